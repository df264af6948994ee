import pytest
from hypothesis import given
from hypothesis import strategies as st

from textnorm.neural.settings import Settings
from textnorm.neural.window import Window, decode, encode, encode_target


@pytest.mark.parametrize(
    ("window", "numbers"),
    [
        (Window(["hi"], "u", ["ok"]), [107, 108, 383, 120, 382, 114, 110, 1]),
        (Window([], "hi", ["u", "ok"]), [383, 107, 108, 382, 120, 35, 114, 110, 1]),
        (Window(["hi", "u"], "ok", []), [107, 108, 35, 120, 383, 114, 110, 382, 1]),
    ],
)
def test_input_is_what_the_published_models_were_trained_on(window: Window, numbers: list[int]) -> None:
    """Sentinels are 383 and 382, and no space stands beside them."""
    assert encode(window) == numbers


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_written_can_be_read(text: str) -> None:
    """Any text survives being written as numbers and read back."""
    assert decode(encode_target(text)) == text


@pytest.mark.parametrize("numbers", [[0xC5 + 3, 1], [259, 1], [383, 1], [2, 1]])
def test_no_text_comes_of_numbers_that_are_none(numbers: list[int]) -> None:
    """Half a letter, sentinels and unknown numbers are no text, not text with holes."""
    assert decode(numbers) is None


def test_context_is_cut_on_both_sides() -> None:
    """A model that sees two words on either side gets the nearest two."""
    window = Window(["a", "b", "c"], "w", ["d", "e", "f"])
    assert window.within(2) == (["b", "c"], "w", ["d", "e"])
    assert window.within(0) == ([], "w", [])
    assert window.within(None) == window


def test_long_sentences_are_cut_around_the_word() -> None:
    """The word and its nearest neighbours are read, wherever it stands; a far end is what is left out."""
    words = [f"w{number}" for number in range(200)]
    for place in (0, 1, 100, 199):
        window = Window(words[:place], words[place], words[place + 1 :]).fitting(60)
        assert window.word == words[place]
        assert words[: place + 1][-len(window.left) - 1 :] == [*window.left, window.word]
        assert list(window.right) == words[place + 1 :][: len(window.right)]
        assert 50 < len(encode(window)) <= 60


@given(
    st.lists(st.text(max_size=6), max_size=9), st.text(max_size=9), st.lists(st.text(max_size=6), max_size=9)
)
def test_a_window_that_fits_stays_as_it_is(left: list[str], word: str, right: list[str]) -> None:
    """Nothing is cut where there is room, and what is cut fits."""
    window = Window(left, word, right)
    size = len(encode(window))
    assert window.fitting(size + 2) == window
    assert len(encode(window.fitting(40))) <= max(40, len(encode(Window([], word, []))))


def test_what_models_read_is_bounded() -> None:
    """A model reads as many words as its settings say, and never more numbers than it can take."""
    window = Window(["Left"] * 500, "Word", ["right"] * 500)
    assert Settings(context=1, lower=True).numbers(window) == encode(Window(["left"], "word", ["right"]))
    assert Settings().reach == 160
    assert 310 < len(Settings().numbers(window)) <= 320
    assert len(Settings(longest=8).numbers(Window([], "x" * 99, []))) == 8


def test_lone_surrogates_do_no_harm() -> None:
    """Text that is not valid Unicode is read with question marks in it."""
    assert encode(Window([], "a\ud800", [])) == [383, 100, 66, 382, 1]
