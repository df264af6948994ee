"""Scoring what a pack recognizes: precision, recall and F1 of marked stretches, class by class.

A gold file has two columns separated by a tab: an id, and the text with every stretch in brackets
after its class, `[DRUG Ramipril] [STRENGTH 5 mg]`. A bracket that opens no class is text.

Two counts are made, as is usual for named entities: *strict*, where start, end and class must all be
right (CoNLL 2003), and by *token*, where each word or sign inside a stretch counts by itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from textnorm.document import Document
from textnorm.errors import InputError, Location
from textnorm.evaluate.gold import gold_lines

_OPEN = re.compile(r"\[(?P<cls>[A-Z][A-Z0-9_-]*) ")
_BRACKETS = re.compile(r"\[[A-Z][A-Z0-9_-]* |\]")
_TOKENS = re.compile(r"\w+|[^\w\s]")


class Span(NamedTuple):
    """A stretch `text[start:end]` and its class."""

    start: int
    end: int
    cls: str


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A gold line: its text without the brackets, and its stretches in order."""

    id: str
    text: str
    spans: tuple[Span, ...]
    at: Location


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were right, how many found that should not be, and how many not found."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float | None:
        """Share of what was found that is right; None if nothing was found."""
        found = self.right + self.wrong
        return self.right / found if found else None

    @property
    def recall(self) -> float | None:
        """Share of what is there that was found; None if there is nothing."""
        there = self.right + self.missed
        return self.right / there if there else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; None if there is nothing, found or not."""
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else None

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)


class Miss(NamedTuple):
    """A gold line that was not read right: what should not be there, and what is missing."""

    marked: MarkedText
    wrong: tuple[Span, ...]
    missed: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class SpanEvaluation:
    """Counts by class, and the lines with faults, in order."""

    lines: int
    strict: dict[str, Counts]
    tokens: dict[str, Counts]
    misses: tuple[Miss, ...]


def parse_marked(marked: str) -> tuple[str, tuple[Span, ...]]:
    """The text without its brackets, and the stretches; raises ValueError for brackets that do not pair.

    >>> parse_marked("[DRUG Ramipril] [STRENGTH 5 mg] [1]")
    ('Ramipril 5 mg [1]', (Span(start=0, end=8, cls='DRUG'), Span(start=9, end=13, cls='STRENGTH')))
    """
    pieces: list[str] = []
    spans: list[Span] = []
    pos = length = 0
    while (opened := _OPEN.search(marked, pos)) is not None:
        closed = _BRACKETS.search(marked, opened.end())
        if closed is None or closed.group() != "]":
            raise ValueError(f"{opened.group()!r} is not closed")
        before, inside = marked[pos : opened.start()], marked[opened.end() : closed.start()]
        if not inside.strip():
            raise ValueError(f"{opened.group()!r} holds nothing")
        pieces += (before, inside)
        start = length + len(before)
        length = start + len(inside)
        spans.append(Span(start, length, opened["cls"]))
        pos = closed.end()
    return "".join((*pieces, marked[pos:])), tuple(spans)


def read_spans(paths: Iterable[str | Path]) -> list[MarkedText]:
    """The lines of gold files, in order; ids are unique over all files."""
    found: dict[str, MarkedText] = {}
    for path in paths:
        for at, line in gold_lines(Path(path)):
            if line.startswith("#") or not line.strip() or line.split("\t")[0] == "id":
                continue
            cells = line.split("\t", 1)
            if len(cells) != 2:
                raise InputError("one column where two are needed", at=at, remedy="id, tab, marked text")
            if cells[0] in found:
                raise InputError(f"id {cells[0]!r} is already taken at {found[cells[0]].at}", at=at)
            try:
                text, spans = parse_marked(cells[1])
            except ValueError as error:
                raise InputError(str(error), at=at, remedy="write [CLASS text]") from None
            found[cells[0]] = MarkedText(cells[0], text, spans, at)
    if not found:
        raise InputError("no gold lines", remedy="columns: id, marked text")
    return list(found.values())


def spans_of(document: Document) -> list[Span]:
    """What the edits of a document recognize, with offsets in its source."""
    return [Span(edit.start, edit.end, edit.cls) for edit in document.edits]


def score_spans(
    gold: Iterable[MarkedText], explain: Callable[[str], Document], classes: Collection[str] = ()
) -> SpanEvaluation:
    """Compare what `explain` recognizes with the gold; only `classes`, or all that the gold has."""
    gold = list(gold)
    wanted = set(classes) or {span.cls for marked in gold for span in marked.spans}
    strict = {cls: Counts() for cls in sorted(wanted)}
    tokens = dict(strict)
    misses: list[Miss] = []
    for marked in gold:
        there = {span for span in marked.spans if span.cls in wanted}
        found = {span for span in spans_of(explain(marked.text)) if span.cls in wanted}
        _count(strict, there, found)
        _count(tokens, _tokens(marked.text, there), _tokens(marked.text, found))
        if there != found:
            misses.append(Miss(marked, tuple(sorted(found - there)), tuple(sorted(there - found))))
    return SpanEvaluation(len(gold), strict, tokens, tuple(misses))


def _count(counts: dict[str, Counts], there: set[Span], found: set[Span]) -> None:
    for which, change in ((there & found, (1, 0, 0)), (found - there, (0, 1, 0)), (there - found, (0, 0, 1))):
        for cls, number in Counter(span.cls for span in which).items():
            counts[cls] += Counts(*(number * part for part in change))


def _tokens(text: str, spans: set[Span]) -> set[Span]:
    """The words and signs of the text that lie in one of the spans at least in part."""
    return {
        Span(token.start(), token.end(), span.cls)
        for span in spans
        for token in _TOKENS.finditer(text)
        if token.start() < span.end and span.start < token.end()
    }


def total(counts: dict[str, Counts]) -> Counts:
    """All classes together, each stretch counted once (micro average)."""
    return sum(counts.values(), Counts())


def spans_text(evaluation: SpanEvaluation, errors: int = 0) -> str:
    """The evaluation as a table, and the first lines with faults."""
    head = ("class", "n", "precision", "recall", "F1", "tokens", "precision", "recall", "F1")
    rows: list[tuple[str, ...]] = [head]
    for cls in (*evaluation.strict, "total"):
        sides = (evaluation.strict, evaluation.tokens)
        pair = [total(side) if cls == "total" else side[cls] for side in sides]
        cells = [
            cell
            for counts in pair
            for cell in (
                str(counts.right + counts.missed),
                *map(_percent, (counts.precision, counts.recall, counts.f1)),
            )
        ]
        rows.append((cls, *cells))
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    lines = [
        "  ".join(
            cell.ljust(width) if not column else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    lines += [line for miss in evaluation.misses[:errors] for line in _miss_lines(miss)]
    return "\n".join(lines)


def _miss_lines(miss: Miss) -> list[str]:
    text = miss.marked.text
    return [
        f"\n{miss.marked.id}  {text}",
        *(f"  should not be  {span.cls}  {text[span.start : span.end]!r}" for span in miss.wrong),
        *(f"  missing        {span.cls}  {text[span.start : span.end]!r}" for span in miss.missed),
    ]


def spans_dict(evaluation: SpanEvaluation) -> dict[str, Any]:
    """The figures as JSON-ready data."""
    sides = {"strict": evaluation.strict, "tokens": evaluation.tokens}
    return {
        "lines": evaluation.lines,
        **{
            name: {cls: _figures(counts) for cls, counts in {**side, "total": total(side)}.items()}
            for name, side in sides.items()
        },
    }


def _figures(counts: Counts) -> dict[str, Any]:
    return {
        "right": counts.right,
        "wrong": counts.wrong,
        "missed": counts.missed,
        "precision": counts.precision,
        "recall": counts.recall,
        "f1": counts.f1,
    }


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.1%}"
