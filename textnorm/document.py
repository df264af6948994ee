"""What a normalization did: edits with offsets in the source and in the output.

An edit says which rule replaced which stretch and by what. Replaying the edits over the source
gives the output exactly, and everything outside edits is identical in both.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from itertools import islice
from typing import Any


@dataclass(frozen=True, slots=True)
class Edit:
    """One replaced stretch: `source[start:end] == before` became `text[out_start:out_end] == after`.

    Offsets count code points. An edit whose `before` and `after` are equal only marks the stretch as
    what `cls` and `fields` say. `fields` are the raw captures and what the rule adds. `uncertain` marks a
    reading that rests on a construction's bare default; `alternatives` are the other readings, the
    likeliest first. `evidence` says, where asked for, which cue decided which feature. `steps` holds
    the edits of the single stages where stages overlapped. `merges` names a word and the other words
    of a lexicon from which the edit no longer tells it apart. `chosen_by` is the id of a readings file
    whose model preferred this reading to the one that the rule gives first.
    """

    rule: str
    cls: str
    start: int
    end: int
    before: str
    after: str
    fields: Mapping[str, str] = field(default_factory=dict)
    uncertain: bool = False
    alternatives: tuple[str, ...] = ()
    out_start: int = 0
    out_end: int = 0
    steps: tuple[Edit, ...] = ()
    evidence: tuple[str, ...] = field(default=(), compare=False)
    merges: tuple[str, ...] = ()
    chosen_by: str = ""

    @property
    def readings(self) -> tuple[str, ...]:
        """What the stretch became and what it may have been instead, the likeliest first."""
        return (self.after, *self.alternatives)

    def to_dict(self) -> dict[str, Any]:
        """The edit as JSON-ready data, without empty entries."""
        data: dict[str, Any] = {
            "rule": self.rule,
            "class": self.cls,
            "start": self.start,
            "end": self.end,
            "before": self.before,
            "after": self.after,
            "out_start": self.out_start,
            "out_end": self.out_end,
        }
        if self.fields:
            data["fields"] = dict(self.fields)
        if self.uncertain:
            data["uncertain"] = True
        if self.alternatives:
            data["alternatives"] = list(self.alternatives)
        if self.evidence:
            data["evidence"] = list(self.evidence)
        if self.merges:
            data["merges"] = list(self.merges)
        if self.chosen_by:
            data["chosen_by"] = self.chosen_by
        if self.steps:
            data["steps"] = [step.to_dict() for step in self.steps]
        return data


@dataclass(frozen=True, slots=True)
class Loser:
    """A match that was not used, and why: another rule won, a condition failed, a verbalizer declined."""

    rule: str
    cls: str
    start: int
    end: int
    before: str
    reason: str

    def to_dict(self) -> dict[str, Any]:
        """The loser as JSON-ready data."""
        return {
            "rule": self.rule,
            "class": self.cls,
            "start": self.start,
            "end": self.end,
            "before": self.before,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class Document:
    """A text, its normalized form, and every edit between the two, in order of position."""

    source: str
    text: str
    edits: tuple[Edit, ...]
    losers: tuple[Loser, ...] = ()

    def replay(self) -> str:
        """The output rebuilt from the source and the edits alone; always equal to `text`."""
        return replay(self.source, self.edits)

    def nbest(self, count: int) -> list[str]:
        """At most `count` different readings of the whole text, the likeliest first.

        Edits are taken as independent of each other. A reading is the less likely the further down
        its edits' lists of readings its choices stand; among equals, later edits vary first.
        """
        return [replay(self.source, edits) for edits in islice(_choices(self.edits), max(count, 0))]

    def to_source(self, offset: int) -> int:
        """The source offset behind an output offset; inside an edit, the edit's start."""
        starts = [edit.out_start for edit in self.edits]
        index = bisect_right(starts, offset) - 1
        if index < 0:
            return offset
        edit = self.edits[index]
        if offset < edit.out_end:
            return edit.start
        return edit.end + (offset - edit.out_end)

    def to_dict(self) -> dict[str, Any]:
        """The document as JSON-ready data."""
        data: dict[str, Any] = {
            "source": self.source,
            "text": self.text,
            "edits": [edit.to_dict() for edit in self.edits],
        }
        if self.losers:
            data["losers"] = [loser.to_dict() for loser in self.losers]
        return data

    def to_spans(self) -> dict[str, Any]:
        """The source and every stretch of it that an edit changes or marks, as JSON-ready data."""
        spans = [
            {
                "start": edit.start,
                "end": edit.end,
                "class": edit.cls,
                "text": edit.before,
                **({"fields": dict(edit.fields)} if edit.fields else {}),
            }
            for edit in self.edits
        ]
        return {"text": self.source, "spans": spans}

    def _repr_html_(self) -> str:
        from textnorm.render import document_html

        return document_html(self)


def _choices(edits: Sequence[Edit]) -> Iterator[list[Edit]]:
    """The edits with all combinations of their readings, best first: a heap of index tuples."""
    sizes = [len(edit.readings) for edit in edits]
    start = (0,) * len(edits)
    heap = [(0, start)]
    while heap:
        cost, picked = heappop(heap)
        yield [replace(edit, after=edit.readings[index]) for edit, index in zip(edits, picked, strict=True)]
        # Each tuple has one parent, the one with its last non-zero index lowered, so none comes twice.
        last = max((slot for slot, index in enumerate(picked) if index), default=0)
        for slot in range(last, len(edits)):
            if picked[slot] + 1 < sizes[slot]:
                heappush(heap, (cost + 1, (*picked[:slot], picked[slot] + 1, *picked[slot + 1 :])))


def replay(source: str, edits: Iterable[Edit]) -> str:
    """Apply `edits` (ordered, not overlapping) to `source`."""
    pieces: list[str] = []
    last = 0
    for edit in edits:
        pieces.append(source[last : edit.start])
        pieces.append(edit.after)
        last = edit.end
    pieces.append(source[last:])
    return "".join(pieces)


def place(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits with their output offsets filled in from their order and lengths."""
    placed: list[Edit] = []
    shift = 0
    for edit in edits:
        out_start = edit.start + shift
        out_end = out_start + len(edit.after)
        shift += len(edit.after) - (edit.end - edit.start)
        placed.append(replace(edit, out_start=out_start, out_end=out_end))
    return tuple(placed)


def compose(source: str, first: Sequence[Edit], middle: str, second: Sequence[Edit]) -> tuple[Edit, ...]:
    """Edits from `source` to the final text, given those of two passes through `middle`.

    `first` (placed) leads from `source` to `middle`, `second` from `middle` on. Where an edit of
    the second pass touches output of the first, the two become one edit that keeps both as steps.
    """
    if not first:
        return place(second)
    if not second:
        return tuple(first)
    merged: list[Edit] = []
    i = j = 0
    shift = 0  # middle offset minus source offset, for text after first[:i]
    while i < len(first) or j < len(second):
        if j == len(second) or (i < len(first) and first[i].out_end <= second[j].start):
            # A deletion that touches the next edit lands here too: their order is plain.
            merged.append(first[i])
            shift = first[i].out_end - first[i].end
            i += 1
            continue
        if i == len(first) or second[j].end <= first[i].out_start:
            edit = second[j]
            merged.append(replace(edit, start=edit.start - shift, end=edit.end - shift))
            j += 1
            continue
        end_i, end_j, low, high = _touching(first, second, i, j)
        merged.append(_join(source, middle, first[i:end_i], second[j:end_j], low, high, shift))
        i, j = end_i, end_j
        shift = first[i - 1].out_end - first[i - 1].end
    return place(merged)


def _touching(first: Sequence[Edit], second: Sequence[Edit], i: int, j: int) -> tuple[int, int, int, int]:
    """The stretch of the middle text that second[j] and all edits chained to it by overlap cover.

    Given as the ends of the edits on both sides, and the borders of the stretch; first[i] overlaps
    second[j].
    """
    low, high = second[j].start, second[j].end
    grown = True
    while grown:
        grown = False
        while i < len(first) and first[i].out_start < high:
            low, high = min(low, first[i].out_start), max(high, first[i].out_end)
            i += 1
            grown = True
        while j < len(second) and second[j].start < high:
            high = max(high, second[j].end)
            j += 1
            grown = True
    return i, j, low, high


def _join(
    source: str,
    middle: str,
    first: Sequence[Edit],
    second: Sequence[Edit],
    low: int,
    high: int,
    shift: int,
) -> Edit:
    """One edit for middle[low:high], a stretch whose borders cut no edit of either pass.

    Its alternatives are those of the second pass, each in the place of its own edit; those of the
    first would have to go through the second pass again, and so are found in the steps only.
    """
    start = low - shift
    end = high - (first[-1].out_end - first[-1].end)
    pieces: list[str] = []
    last = low
    for edit in second:
        pieces += (middle[last : edit.start], edit.after)
        last = edit.end
    pieces.append(middle[last:high])
    alternatives = [
        "".join((*pieces[: 2 * n + 1], other, *pieces[2 * n + 2 :]))
        for n, edit in enumerate(second)
        for other in edit.alternatives
    ]
    steps = (*first, *second)
    return Edit(
        rule="+".join(dict.fromkeys(step.rule for step in steps)),
        cls=second[-1].cls,
        start=start,
        end=end,
        before=source[start:end],
        after="".join(pieces),
        fields={name: value for step in steps for name, value in step.fields.items()},
        uncertain=any(step.uncertain for step in steps),
        alternatives=tuple(alternatives),
        steps=steps,
    )
