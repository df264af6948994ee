import pytest
from hypothesis import given
from hypothesis import strategies as st

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


def test_lone_surrogates_do_no_harm() -> None:
    """Text that is not valid Unicode is read with question marks in it."""
    assert encode(Window([], "a\ud800", [])) == [383, 100, 66, 382, 1]
