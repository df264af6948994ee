"""Examples of training: words in reach, long lines, text without words."""

import pytest

pytest.importorskip("rapidfuzz", reason="needs the extra: pip install 'textnorm[byt5]'")

from textnorm.errors import InputError
from textnorm.neural.examples import Source, batch, example, window_at
from textnorm.neural.settings import Settings
from textnorm.neural.window import Window, encode, encode_target

SENTENCE = [("a", "a"), ("b", "b"), ("c", "c"), ("d", "d"), ("e", "e")]


def test_windows_hold_the_words_in_reach() -> None:
    """At the ends of a sentence there are fewer neighbours, and none beyond the reach."""
    assert window_at(SENTENCE, 0, 2) == (["a"][:0], "a", ["b", "c"])
    assert window_at(SENTENCE, 2, 1) == (["b"], "c", ["d"])
    assert window_at(SENTENCE, 4, 9) == (["a", "b", "c", "d"], "e", [])


def test_an_example_is_what_was_typed_and_what_was_meant() -> None:
    """Numbers go in for the word in its place, and come out for its normal form; in lower case where asked for."""
    tokens = [("Aciu", "Ačiū"), ("Jonai", "Jonai")]
    assert example(tokens, 0, Settings()) == (encode(Window([], "Aciu", ["Jonai"])), encode_target("Ačiū"))
    lower = example(tokens, 0, Settings(lower=True))
    assert lower == (encode(Window([], "aciu", ["jonai"])), encode_target("ačiū"))


def test_a_step_depends_on_seed_and_step_alone() -> None:
    """The same step gives the same examples, another one others."""
    source = Source(pairs=[[(f"w{n}", f"W{n}")] for n in range(50)])
    first = batch(source, Settings(), 8, seed=1, step=5)
    assert first == batch(source, Settings(), 8, seed=1, step=5)
    assert first != batch(source, Settings(), 8, seed=1, step=6)
    assert first != batch(source, Settings(), 8, seed=2, step=5)


def test_a_long_line_gives_some_of_its_words() -> None:
    """A line of many words fills a batch with words from all over it."""
    source = Source(pairs=[[(f"x{n}", f"y{n}") for n in range(5000)]])
    wanted = batch(source, Settings(context=0), 16, seed=1, step=0)
    numbers = {bytes(n - 3 for n in written[1:-1]).decode() for _, written in wanted}
    assert len(wanted) == 16
    assert max(map(int, numbers)) - min(map(int, numbers)) > 1000


def test_text_without_words_is_refused() -> None:
    """Figures alone would keep training looking for a word for ever."""
    with pytest.raises(InputError, match="too few words"):
        batch(Source(pairs=[[("1", "2")]]), Settings(), 2, seed=1, step=0)
