"""Trigrams and words as codes."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from textnorm.link.features import features


def _sets(*texts: str, words: bool = True) -> list[set[int]]:
    rows, codes = features(texts, words)
    return [set(codes[rows == number].tolist()) for number in range(len(texts))]


def test_trigrams_know_where_words_begin_and_end() -> None:
    """Each character of a word is the middle of one trigram; blanks between words are in none."""
    one, two, both = _sets("nurse", "aide", "nurse aide", words=False)
    assert len(one) == 5
    assert len(two) == 4
    assert both == one | two


def test_words_are_features_beside_trigrams() -> None:
    """A word has one code wherever it stands, and its neighbour in spelling another."""
    alone, second, other = _sets("nurse", "staff nurse", "nursed")
    trigrams = _sets("nurse", words=False)[0]
    word = alone - trigrams
    assert len(word) == 1
    assert word <= second
    assert not word & other


def test_words_of_some_strings_only() -> None:
    """An array says for each string whether its words count."""
    rows, _ = features(["nurse", "nurse"], np.array([True, False]))
    assert np.bincount(rows).tolist() == [6, 5]


def test_punctuation_separates_but_for_plus_and_hash() -> None:
    """C++ and C# are words of their own; hyphens, brackets and underscores are blanks."""
    plus, sharp, plain, joined = _sets("C++", "C#", "C", "x-ray_(tech)")
    assert plus != plain != sharp
    assert joined == _sets("x ray tech")[0]


@given(st.lists(st.text(max_size=12), max_size=5))
def test_strings_do_not_touch_each_other(texts: list[str]) -> None:
    """The features of a string are the same alone and among others, whatever is in it."""
    together = _sets(*texts)
    assert together == [_sets(text)[0] for text in texts]
