"""What a letter is judged by: near words by their place, others by their side, none of another sentence."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from textnorm.tagger.features import NEAR, WIDE, beside, cut
from textnorm.tagger.letters import Letters
from textnorm.tagger.vocabulary import Ints, Vocabulary

TOKENS = ("\n", "bora", "von", "si", "lom", "mol", ".")
BORA = 1


@pytest.fixture
def words(letters: Letters) -> Vocabulary:
    """A few tokens, the first of which stands for what is beyond a line."""
    return Vocabulary(TOKENS, letters)


def near(*before: str) -> Ints:
    """A column of neighbours with these before a word, the nearest first, and nothing after."""
    found = [TOKENS.index(token) for token in before]
    return np.array([*found, *[0] * (2 * WIDE - len(found))], dtype=np.int64).reshape(-1, 1)


def features(words: Vocabulary, column: Ints) -> Counter[int]:
    """The features that the last letter of a word has from its neighbours."""
    letter = np.array([words.first[BORA] + 1])
    return Counter(int(found[0]) for found in beside(words, letter, np.array([BORA]), column, True))


def test_of_far_words_the_side_counts_and_not_the_place(words: Vocabulary) -> None:
    """The third and the fourth word may change places, the first and the second may not."""
    found = features(words, near("von", "si", "lom", "mol"))
    assert found == features(words, near("von", "si", "mol", "lom"))
    assert found != features(words, near("si", "von", "lom", "mol"))
    assert found != features(words, near("von", "si", "lom"))


def test_words_beyond_the_end_of_a_sentence_do_not_count(words: Vocabulary) -> None:
    """But for those that are near: a full stop may as well belong to an abbreviation."""
    column = near("von", ".", "lom", "mol")
    kept = cut(column.copy(), column == TOKENS.index("."))
    assert (kept == near("von", ".")).all()
    close = near(".", "von", "lom")
    assert (cut(close.copy(), close == TOKENS.index(".")) == near(".", "von")).all()


def test_without_far_words_there_are_only_features_by_place(words: Vocabulary) -> None:
    """Models that look at the nearest words alone keep the features they were trained with."""
    column = near("von", "si")
    narrow = column[[0, 1, WIDE, WIDE + 1]]
    assert len(narrow) == 2 * NEAR
    few, all_of_them = features(words, narrow), features(words, column)
    assert few < all_of_them
