from __future__ import annotations

import math

import pytest

from textnorm.restore.train import Counts
from textnorm.restore.wordmodel import WordModel, pair

LETTERS = "ئابپتجچحخدرڕزژسشعغفڤقکگلڵمنوۆهەیێ"


def test_words_and_neighbours_are_counted() -> None:
    """Neighbours are words with nothing but white space between; foreign letters part them."""
    counts = Counts(LETTERS)
    counts.add(["من لە کوردستان دەژیم", "لە کوردستان، من", "لە فأس کوردستان", "لە x1 کوردستان"])
    assert counts.words["کوردستان"] == 4
    assert counts.pairs["لە", "کوردستان"] == 2
    assert ("کوردستان", "من") not in counts.pairs
    assert "فأس" not in counts.words


def test_all_words_together_are_certain(words: WordModel) -> None:
    """Listed words, and what is left to others, sum to no more than one."""
    listed = sum(math.exp(words.log_probability(word)) for word in words.words)
    assert listed + math.exp(words.unseen) == pytest.approx(1, abs=0.25)
    assert listed < 1


def test_a_seen_pair_is_likelier_than_the_word_alone(words: WordModel) -> None:
    """And after a word that is always followed by another, the rest is less likely."""
    auga, sode = words.ids["auga"], words.ids["sode"]
    assert words.pairs[pair(words.ids["česnakas"], auga)] > words.logs[auga]
    assert pair(sode, words.ids["šuo"]) not in words.pairs
    assert words.backoffs[sode] < 0
