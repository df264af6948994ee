"""Hashes of stretches depend on their letters, not on where they stand."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from textnorm.tagger.letters import Letters
from textnorm.tagger.vocabulary import Vocabulary

LETTERS = Letters({"a": "ą", "e": "ęė"})
TOKENS = st.lists(st.text("abe", max_size=6), min_size=1, max_size=8)


@given(TOKENS, TOKENS)
def test_equal_tokens_have_equal_hashes_in_any_vocabulary(one: list[str], other: list[str]) -> None:
    """A model sees the same features in training and later; different tokens have different hashes."""
    hashes: dict[str, int] = {}
    for tokens in (one, other):
        words = Vocabulary(tokens, LETTERS)
        for token, found in zip(tokens, words.whole(np.arange(len(tokens))).tolist(), strict=True):
            assert hashes.setdefault(token, found) == found
    assert len(set(hashes.values())) == len(hashes)


def test_tails_of_short_tokens_show_the_edge() -> None:
    """The last three letters of "ab" are not those of "xab"."""
    words = Vocabulary(["ab", "xab", "yxab"], LETTERS)
    tails = words.tail(np.arange(3), 3).tolist()
    assert tails[0] != tails[1] == tails[2]


@given(TOKENS)
def test_the_editable_letters_of_a_token_are_found(tokens: list[str]) -> None:
    """Each token has its letters a and e, in order."""
    words = Vocabulary(tokens, LETTERS)
    for number, token in enumerate(tokens):
        places = words.place[words.first[number] : words.first[number] + words.count[number]]
        assert [chr(words.codes[place]) for place in places] == [char for char in token if char in "ae"]
