"""Whether a line is in the language at all: its words against those of other languages."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass

from textnorm.memo import Memo

Test = Callable[[str], object]
_KEPT = 100_000


def never(text: str) -> None:
    """A test that nothing passes."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for the language of the model and for others; words are tested in lower case."""

    knows: Callable[[str], bool]
    foreign: Container[str] = frozenset()
    foreign_like: Test = never
    own_like: Test = never


class Words:
    """What words are: `weights` speak for the language (above 0) or against; `foreign` ones stay."""

    def __init__(self, signs: Signs) -> None:
        self._signs = signs
        self.weights = Memo(self._weight, _KEPT)

    def foreign(self, word: str) -> bool:
        """Whether a word is of another language, as far as lists and looks say."""
        return self.weights[word] < 0

    def _weight(self, word: str) -> int:
        signs, word = self._signs, word.lower()
        known, listed = signs.knows(word), word in signs.foreign
        if known or listed:
            return 2 * (known - listed)
        if signs.foreign_like(word):
            return -2
        return int(bool(signs.own_like(word)))
