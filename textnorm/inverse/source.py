"""The text being parsed, and phrases found in it by their first word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

_WORD = re.compile(r"\w+")


Swap = tuple[int, int, str]  # a stretch said in another way than the forward rules do, and what they say


class Got(NamedTuple):
    """What a field was found to hold: how it is written, where it was said, whether it is a number."""

    value: str
    start: int
    end: int
    number: bool = False
    swaps: tuple[Swap, ...] = ()


Fields = dict[str, Got]
Found = tuple[int, Fields]  # where a parse ends, and its fields
Counted = tuple[int, int, tuple[Swap, ...]]  # where a number ends, the number, how it is said otherwise
Start = tuple[str, bool]  # the first word of a phrase; False: only how that word begins


class Source:
    """A text in lower case, of the same length as the original, with what was parsed of it so far."""

    __slots__ = ("_words", "memo", "raw", "readings", "text")

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.text = lower(raw)
        self.memo: dict[tuple[int, int, int], list[Counted]] = {}
        self.readings: dict[tuple[int, int], list[Any]] = {}
        self._words: dict[int, str] = {}

    def word(self, pos: int) -> str:
        """The rest of the word at `pos`, or ''."""
        known = self._words.get(pos)
        if known is None:
            found = _WORD.match(self.text, pos)
            known = self._words[pos] = found[0] if found else ""
        return known

    def ends_word(self, pos: int) -> bool:
        """Whether no letter or digit follows at `pos`."""
        return not self.word(pos)


def lower(text: str) -> str:
    """The text in lower case, letter for letter: one whose lower case is longer stays."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


class Phrases:
    """Phrases of one or more words, each with what it stands for."""

    def __init__(self) -> None:
        self._by_first: dict[str, dict[str, list[Any]]] = {}

    def add(self, phrase: str, meaning: Any) -> None:
        """Make a phrase known; several may sound alike."""
        phrase = lower(phrase)
        first = _WORD.match(phrase)
        if first:
            self._by_first.setdefault(first[0], {}).setdefault(phrase, []).append(meaning)

    def at(self, src: Source, pos: int) -> Iterator[tuple[int, str, Any]]:
        """(end, phrase, meaning) of every phrase at `pos`, the longest first."""
        known = self._by_first.get(src.word(pos))
        if known is None:
            return
        for phrase in sorted(known, key=len, reverse=True) if len(known) > 1 else known:
            end = pos + len(phrase)
            if src.text.startswith(phrase, pos) and src.ends_word(end):
                for meaning in known[phrase]:
                    yield end, phrase, meaning

    def starts(self) -> set[Start]:
        """The first words."""
        return {(first, True) for first in self._by_first}


def first_words(text: str) -> set[Start]:
    """The first word of a fixed text; it is open where the text ends within it."""
    text = lower(text).lstrip()
    found = _WORD.match(text)
    return {(found[0], found.end() < len(text))} if found else set()


class Follow:
    """What may come after a part: a fixed text, and one of some words."""

    def __init__(self, text: str, starts: set[Start]) -> None:
        self._text, self._size = text, len(text)
        self._words = frozenset(word for word, whole in starts if whole)
        self._open = tuple(word for word, whole in starts if not whole)

    def __call__(self, src: Source, pos: int) -> bool:
        """Whether it comes at `pos`."""
        if not src.text.startswith(self._text, pos):
            return False
        word = src.word(pos + self._size)
        return word in self._words or (bool(self._open) and word.startswith(self._open))

    def closed(self) -> frozenset[str] | None:
        """The words after a space, if that is all there can be."""
        return self._words if self._text == " " and not self._open else None


def begins(word: str, starts: set[Start]) -> bool:
    """Whether `word` is one of the first words."""
    return (word, True) in starts or any((word[:size], False) in starts for size in range(len(word) + 1))
