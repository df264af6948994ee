"""Chooses among candidates those that read back as what was spoken.

All candidates of a line that do not overlap are written in at once, and the forward rules read the
line. Where they do not say what was spoken, the candidates there are given up for the next ones,
until the whole line reads back. The readings under the pack's other style options count as well: a
speaker may have chosen any of them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from textnorm.document import Document, Edit, Loser
from textnorm.inverse.rules import Candidate

_ROUNDS = 12
Line = tuple[int, int]


class Reader(Protocol):
    """A forward normalizer."""

    def __call__(self, text: str) -> str:
        """What is said."""

    def explain(self, text: str) -> Document:
        """What is said, with every edit."""


class _Stretch(NamedTuple):
    """A stretch of the written line, and the candidates in it."""

    start: int
    end: int
    inside: list[int]


class Verifier:
    """Reads written lines back; the first reader is the pack as it is, others are its other styles."""

    def __init__(self, readers: Sequence[Callable[[], Reader]]) -> None:
        self._make = list(readers)
        self._made: list[Reader] = []

    def _reader(self, index: int) -> Reader:
        while len(self._made) <= index:
            self._made.append(self._make[len(self._made)]())
        return self._made[index]

    def choose(
        self, text: str, found: Mapping[Line, list[Candidate]], losers: list[Loser] | None
    ) -> list[Candidate]:
        """The candidates that are used, in order of position."""
        lines = list(found)
        first = [_pick(found[line], ()) for line in lines]
        spoken = [_splice(text, line, picked, True) for line, picked in zip(lines, first, strict=True)]
        written = [_splice(text, line, picked) for line, picked in zip(lines, first, strict=True)]
        read = self._reader(0)
        said, wanted = read("\n".join(written)).split("\n"), read("\n".join(spoken)).split("\n")
        chosen: list[Candidate] = []
        for line, picked, heard, want in zip(lines, first, said, wanted, strict=True):
            good = picked if _same(heard, want) else self._settle(text, line, found[line])
            chosen += good
            if losers is not None:
                losers += (_loser(text, item) for item in found[line] if item not in good)
        return chosen

    def _settle(self, text: str, line: Line, candidates: list[Candidate]) -> list[Candidate]:
        """The candidates of a line that read back, found by giving up those that do not."""
        rejected: set[int] = set()
        for round_ in range(_ROUNDS):
            picked = _pick(candidates, rejected)
            if not picked:
                break
            bad = self._bad(text, line, picked)
            if not bad:
                return picked
            for index in bad:
                if round_ < _ROUNDS // 2:
                    rejected.add(id(picked[index]))
                else:  # no more time for other ways to write it
                    rejected.update(id(item) for item in candidates if _overlap(item, picked[index]))
        return []

    def _bad(self, text: str, line: Line, picked: list[Candidate]) -> set[int]:
        """The candidates, by index, whose surroundings do not read back."""
        written = _splice(text, line, picked)
        wanted = self._reader(0).explain(_splice(text, line, picked, True))
        places = _places(picked, line[0])
        bad = set(range(len(picked)))
        unread: set[int] = set()
        for index in range(len(self._make)):
            heard = self._reader(index).explain(written)
            if index == 0 and _same(heard.text, wanted.text):
                return set()
            failed, stray = _compare(heard, wanted, places)
            if index == 0:
                if stray:
                    return failed | stray
                unread = _unread(heard, places)
            bad &= failed
            if not bad:
                break
        return bad | unread


def _pick(candidates: Iterable[Candidate], rejected: Iterable[int]) -> list[Candidate]:
    """The candidates that are tried: those first in order, of which no two overlap; by position."""
    picked: list[Candidate] = []
    for item in candidates:
        if id(item) not in rejected and not any(_overlap(item, other) for other in picked):
            picked.append(item)
    return sorted(picked)


def _overlap(first: Candidate, second: Candidate) -> bool:
    return first.start < second.end and second.start < first.end


def _splice(text: str, line: Line, picked: Iterable[Candidate], spoken: bool = False) -> str:
    """The line as it is written with the candidates, or as the forward rules would have it `spoken`."""
    pieces: list[str] = []
    last = line[0]
    for item in picked:
        pieces += text[last : item.start], item.said if spoken else item.after
        last = item.end
    return "".join([*pieces, text[last : line[1]]])


class _Map:
    """Offsets of one text as offsets of another that differs from it by replaced stretches."""

    def __init__(self, stretches: Iterable[tuple[int, int, int, int]]) -> None:
        self._stretches = list(stretches)  # (start, end, other start, other end)
        self._starts = [item[0] for item in self._stretches]

    def __call__(self, pos: int, last: bool = False) -> int:
        """The other offset; within a stretch its start, or its end if `last`."""
        index = bisect_right(self._starts, pos) - 1
        if index < 0:
            return pos
        start, end, other_start, other_end = self._stretches[index]
        if pos >= end and not (last and pos == end == start):
            return other_end + pos - end
        return other_end if last and pos > start else other_start


def _places(picked: Sequence[Candidate], offset: int) -> list[tuple[int, int, int, int]]:
    """(start, end) of each candidate in the written line and in the spoken one."""
    places = []
    written = spoken = -offset
    for item in picked:
        start, other = item.start + written, item.start + spoken
        places.append((start, start + len(item.after), other, other + len(item.said)))
        written += len(item.after) - (item.end - item.start)
        spoken += len(item.said) - (item.end - item.start)
    return places


def _compare(
    heard: Document, wanted: Document, places: Sequence[tuple[int, int, int, int]]
) -> tuple[set[int], set[int]]:
    """Candidates whose stretch is not heard as wanted; and those nearest to other differences."""
    to_spoken = _Map(places)
    to_written = _Map((c, d, a, b) for a, b, c, d in places)
    to_heard, to_wanted = _Map(map(_span, heard.edits)), _Map(map(_span, wanted.edits))
    spans = [(place[0], place[1], index) for index, place in enumerate(places)]
    spans += [(edit.start, edit.end, -1) for edit in heard.edits]
    spans += [(to_written(edit.start), to_written(edit.end, True), -1) for edit in wanted.edits]
    failed: set[int] = set()
    stray: set[int] = set()
    for start, end, inside in _stretches(spans):
        said = heard.text[to_heard(start) : to_heard(end, True)]
        want = wanted.text[to_wanted(to_spoken(start)) : to_wanted(to_spoken(end, True), True)]
        if _same(said, want):
            continue
        if inside:
            failed.update(inside)
        else:
            near = bisect_right([place[0] for place in places], start)
            stray.update(index for index in (near - 1, near) if 0 <= index < len(places))
    if not failed and not stray and heard.text.lower() != wanted.text.lower():
        stray = set(range(len(places)))
    return failed, stray


def _same(heard: str, want: str) -> bool:
    """Whether this is what was spoken; a transcript need not begin its sentences with capitals."""
    return heard == want or (heard[1:] == want[1:] and heard[:1] == want[:1].upper())


def _unread(heard: Document, places: Sequence[tuple[int, int, int, int]]) -> set[int]:
    """Candidates that the pack, as it is, leaves as they are written."""
    touched = [(edit.start, edit.end) for edit in heard.edits]
    return {
        index
        for index, (start, end, _, _) in enumerate(places)
        if not any(low < end and start < high for low, high in touched)
    }


def _stretches(spans: list[tuple[int, int, int]]) -> list[_Stretch]:
    """Spans that overlap as one."""
    joined: list[_Stretch] = []
    for start, end, index in sorted(spans):
        inside = [index] if index >= 0 else []
        if joined and start < joined[-1].end:
            last = joined[-1]
            joined[-1] = _Stretch(last.start, max(end, last.end), last.inside + inside)
        else:
            joined.append(_Stretch(start, end, inside))
    return joined


def _span(edit: Edit) -> tuple[int, int, int, int]:
    return edit.start, edit.end, edit.out_start, edit.out_end


def _loser(text: str, item: Candidate) -> Loser:
    reason = f"not used as {item.after!r}: another reading won, or it does not read back"
    return Loser(
        item.rule.rule.id, item.rule.rule.cls, item.start, item.end, text[item.start : item.end], reason
    )
