"""A text taken apart, with everything that steps of the annotation need to know about it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

from textnorm.link.annotate.document import Sense
from textnorm.link.annotate.senses import Reading
from textnorm.link.annotate.tokens import offsets

_START = itemgetter(0)


class Candidate(NamedTuple):
    """A stretch that may be a mention: from part `start` up to part `end`."""

    start: int
    end: int
    reading: Reading
    found: str = "dictionary"

    @property
    def linked(self) -> bool:
        """Whether it stands for a concept, and is not a short form that only the dictionary explains."""
        return not self.reading.short or self.found != "dictionary"

    @property
    def ambiguous(self) -> bool:
        """Whether several senses are left."""
        return self.reading.open or not self.linked

    def settled(self, sense: Sense) -> Candidate:
        """The same with one sense only."""
        return self._replace(reading=Reading((sense,), user=self.reading.user))


class Passage:
    """A text and its parts: words, and what stands between them."""

    def __init__(self, text: str, parts: list[str]) -> None:
        self.text, self.parts = text, parts

    @cached_property
    def offsets(self) -> list[int]:
        """Where each part starts, and where the last one ends."""
        return offsets(self.parts)

    def written(self, start: int, end: int) -> str:
        """The text of some parts."""
        if end - start == 1:
            return self.parts[start]
        return self.text[self.offsets[start] : self.offsets[end]]

    def parts_of(self, start: int, end: int) -> tuple[int, int]:
        """The parts that a stretch of characters touches."""
        first = max(bisect_right(self.offsets, start) - 1, 0)
        return first, max(bisect_left(self.offsets, end), first + 1)


def longest(candidates: list[Candidate]) -> list[Candidate]:
    """The candidates without those that overlap a longer one, in order; of equals the first stays."""
    candidates.sort(key=_START)
    kept: list[Candidate] = []
    group: list[Candidate] = []  # candidates that hang together by overlaps
    end = 0
    for one in candidates:
        if one[0] >= end:
            kept += _longest_of(group) if len(group) > 1 else group
            group = []
        group.append(one)
        if one[1] > end:
            end = one[1]
    return kept + _longest_of(group)


def _longest_of(group: list[Candidate]) -> list[Candidate]:
    start, end = group[0][0], max(one[1] for one in group)
    for one in group:
        if one[0] == start and one[1] == end:
            return [one]
    kept: list[Candidate] = []
    for one in sorted(group, key=lambda one: (one.start - one.end, one.start)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=_START)
