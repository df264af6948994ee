"""Where a word and its normal form differ, and the rewrites that would lead from one to the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

_FAR = 4  # edits up to which pairs are compared, if they are not half of the word

_CONTEXTS = tuple((left, right) for left in range(3) for right in range(3) if left + right <= 3)


class Span(NamedTuple):
    """word[start:end] stands for normal[low:high]."""

    start: int
    end: int
    low: int
    high: int


def differences(word: str, normal: str) -> tuple[list[Span], int]:
    """The stretches that differ in the best alignment, from left to right, and the edit distance."""
    rows = _distances(word, normal)
    i, j = len(word), len(normal)
    found: list[Span] = []
    open_at: tuple[int, int] | None = None  # the end of the stretch at hand
    while i or j:
        here = rows[i][j]
        if i and j and word[i - 1] == normal[j - 1] and here == rows[i - 1][j - 1]:
            if open_at:
                found.append(Span(i, open_at[0], j, open_at[1]))
                open_at = None
            i, j = i - 1, j - 1
            continue
        open_at = open_at or (i, j)
        if i and j and here == rows[i - 1][j - 1] + 1:
            i, j = i - 1, j - 1
        elif i and here == rows[i - 1][j] + 1:
            i -= 1
        else:
            j -= 1
    if open_at:
        found.append(Span(0, open_at[0], 0, open_at[1]))
    return found[::-1], rows[-1][-1]


def _distances(word: str, normal: str) -> list[list[int]]:
    """Edit distances of all beginnings of both (Wagner and Fischer 1974)."""
    rows = [list(range(len(normal) + 1))]
    for i, letter in enumerate(word, 1):
        above, row = rows[-1], [i]
        for j, other in enumerate(normal, 1):
            row.append(min(above[j - 1] + (letter != other), above[j] + 1, row[-1] + 1))
        rows.append(row)
    return rows


def candidates(word: str, normal: str) -> set[tuple[str, str]]:
    """Rewrites that turn the word into its normal form: what is replaced, and by what.

    They are the differing stretches, and the shortest one that spans all, with up to three letters around
    them; `^` and `$` are the ends of the word.
    """
    spans, distance = differences(word, normal)
    if distance > _FAR and distance > len(word) / 2:
        return set()
    if len(spans) > 1:
        spans.append(Span(spans[0].start, spans[-1].end, spans[0].low, spans[-1].high))
    return {found for span in spans for found in _around(f"^{word}$", normal[span.low : span.high], span)}


def _around(framed: str, new: str, span: Span) -> Iterator[tuple[str, str]]:
    for left, right in _CONTEXTS:
        low, high = span.start + 1 - left, span.end + 1 + right
        if low < 0 or high > len(framed):
            continue
        old = framed[low:high]
        if len(old) < 2 or old == framed or old == "^$" or old == "^" or old == "$":
            continue
        yield old, framed[low : span.start + 1] + new + framed[span.end + 1 : high]
