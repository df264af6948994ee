"""A text taken apart, with everything that steps of the annotation need to know about it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from functools import cached_property

from textnorm.link.annotate.document import Sense
from textnorm.link.annotate.senses import Reading
from textnorm.link.annotate.tokens import offsets


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that may be a mention: from part `start` up to part `end`."""

    start: int
    end: int
    reading: Reading
    found: str = "dictionary"
    linked: bool = True

    @property
    def ambiguous(self) -> bool:
        """Whether several senses are left."""
        return self.reading.open or not self.linked

    def settled(self, sense: Sense) -> Candidate:
        """The same with one sense only."""
        return replace(self, reading=Reading((sense,), False, self.reading.user), linked=True)


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
    """The candidates without those that overlap a longer one; of equally long ones the first stays."""
    candidates.sort(key=lambda one: (one.start, -one.end))
    kept: list[Candidate] = []
    group: list[Candidate] = []
    end = 0
    for one in candidates:
        if one.start >= end:
            kept += _longest_of(group)
            group = []
        group.append(one)
        end = max(end, one.end)
    return kept + _longest_of(group)


def _longest_of(group: list[Candidate]) -> list[Candidate]:
    """The same for candidates that hang together by overlaps."""
    if len(group) < 2:
        return group
    if group[0].end == max(one.end for one in group):
        return group[:1]
    kept: list[Candidate] = []
    for one in sorted(group, key=lambda one: (one.start - one.end, one.start)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)
