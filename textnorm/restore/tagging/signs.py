"""Which letters show that a word was respelled, and which that it was not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from math import log

from textnorm.restore.evidence import MOST

_UNSEEN = 0.5  # times that every letter counts as seen


class Signs:
    """For each letter the log of how much commoner it is in respelled words than in others."""

    def __init__(self, odds: Mapping[str, float]) -> None:
        self.odds = dict(odds)

    def __call__(self, word: str) -> float:
        """How much better a word is explained as respelled than as it stands, in nats."""
        odds = self.odds
        return min(max(sum([odds.get(letter, 0.0) for letter in word]), -MOST), MOST)


def learn_signs(pairs: Iterable[tuple[str, str]]) -> Signs:
    """The signs that tell typed words from clean ones, of pairs of both."""
    typed, clean = Counter[str](), Counter[str]()
    for one, other in pairs:
        typed.update(one)
        clean.update(other)
    total = (typed.total() + 1) / (clean.total() + 1)
    return Signs(
        {
            letter: round(log((typed[letter] + _UNSEEN) / (clean[letter] + _UNSEEN) / total), 2)
            for letter in sorted({*typed, *clean})
        }
    )
