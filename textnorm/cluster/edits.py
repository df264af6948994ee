"""How likely two spellings are of one word, by the edits between them and how often such edits vary.

Spellings are sequences of units. Every edit (a unit dropped, or one for another, at the start, at the
end or within a word) has a weight: the log-odds that it brings for one word against two. The weights
are learned from attested variants (`textnorm.cluster.learn`) and read from a table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import inf, log

import regex

Units = tuple[str, ...]

BIAS, LENGTH, BLOCK = "(bias)", "(length)", "(block)"
"""Weights besides those of edits: constant, per log of the length, and per log of the number of
spellings that share the block."""
OTHER = "(other)"  # an edit that the table does not list
FLOOR = -2.5  # log-odds below which one pair says no more
_SMALLEST = 8  # short lists leave blocks almost empty, which says nothing about their words
_CHEAPEST = 0.05  # no edit is free, or alignments would be full of them


def splitter(units: Sequence[str]) -> Callable[[str], Units]:
    """A function that cuts a word into the units given, longer ones first, and single letters."""
    longest = sorted(units, key=lambda unit: (-len(unit), unit))
    find = regex.compile("|".join([*map(regex.escape, longest), "."]), regex.S).findall
    return lambda word: tuple(find(word))


def edit_name(one: str, other: str, place: str) -> str:
    """The name of an edit in tables: `^` and `$` mark the ends of a word, `-` stands for nothing."""
    a, b = (one, other) if other == "-" or (one != "-" and one <= other) else (other, one)
    return f"{place}{a}:{b}"


class EditModel:
    """The log-odds that two spellings are of one word; symmetric.

    They are the constant part less the cost of the cheapest alignment, and never below `floor`.
    """

    def __init__(self, weights: Mapping[str, float], floor: float = FLOOR) -> None:
        self._weights, self.floor = weights, floor
        self._other = weights.get(OTHER, 0.0)
        self._constant, self._length, self._block = (weights.get(name, 0.0) for name in (BIAS, LENGTH, BLOCK))
        self._memo: dict[tuple[Units, Units, bool, bool], tuple[float, float]] = {}
        self._constants: dict[tuple[int, int], float] = {}
        self._edits: dict[tuple[str, str, str], tuple[float, str]] = {}

    def constant(self, length: int, block: int) -> float:
        """The part that knows no edits: `length` units in both spellings, `block` spellings in the block."""
        known = self._constants.get((length, block))
        if known is None:
            known = self._constant + self._length * log(length / 2)
            known += self._block * log(max(block, _SMALLEST))
            self._constants[length, block] = known
        return known

    def log_odds(self, a: Units, b: Units, block: int) -> float:
        """For two spellings of a block with `block` spellings."""
        constant = self.constant(len(a) + len(b), block)
        budget = constant - self.floor
        x, y, start, end = different(a, b)
        key = (x, y, start, end) if x <= y else (y, x, start, end)
        cost, sought = self._memo.get(key, (0.0, -1.0))
        if cost > sought and budget > sought:  # not known, or only known to be above what was sought
            cost = self._rows(*key, budget)[-1][-1] if budget >= 0 else inf
            self._memo[key] = cost, budget
        return max(self.floor, constant - cost)

    def edits(self, a: Units, b: Units) -> list[str]:
        """The names of the edits between two spellings, in the cheapest alignment."""
        x, y, start, end = different(a, b)
        rows = self._rows(x, y, start, end, inf)
        names: list[str] = []
        i, j = len(x), len(y)
        while i or j:
            steps = [(i - 1, j - 1), (i - 1, j), (i, j - 1)]
            known = [(u, v) for u, v in steps if u >= 0 and v >= 0]
            ways = [(u, v, *self._step(x, y, u, v, i, j, start, end)) for u, v in known]
            i, j, _, name = min(ways, key=lambda way: rows[way[0]][way[1]] + way[2])
            names += [name] if name else []
        return names

    def _step(
        self, a: Units, b: Units, u: int, v: int, i: int, j: int, start: bool, end: bool
    ) -> tuple[float, str]:
        """Cost and name of the edit that leads from a[:u], b[:v] to a[:i], b[:j]."""
        last = end and i == len(a) and j == len(b)
        place = "$" if last else "^" if start and not u and not v else ""
        return self._edit(a[u] if u < i else "-", b[v] if v < j else "-", place)

    def _rows(self, a: Units, b: Units, start: bool, end: bool, budget: float) -> list[list[float]]:
        """The costs of aligning all beginnings of `a` and `b`; ends early when all are above `budget`."""
        edit, first = self._edit, "^" if start else ""
        added = [edit(y, "-", "")[0] for y in b]
        row = [0.0, edit(b[0], "-", first)[0]] if b else [0.0]
        for cost in added[1:]:
            row.append(row[-1] + cost)
        rows = [row]
        for x in a:
            dropped = edit(x, "-", "")[0]
            new = [row[0] + (dropped if row[0] else edit(x, "-", first)[0])]
            for j, y in enumerate(b):
                change = edit(x, y, "" if j or row[0] else first)[0]
                new.append(min(row[j] + change, row[j + 1] + dropped, new[j] + added[j]))
            rows.append(new)
            if len(rows) <= len(a) and min(new) > budget:  # the last row may yet become cheaper
                return [new]
            row = new
        if end and (a or b):
            rows[-1][-1] = self._last(a, b, rows, start)
        return rows

    def _last(self, a: Units, b: Units, rows: list[list[float]], start: bool) -> float:
        """The cost of the whole alignment, whose last edit is at the end of the word."""
        n, m = len(a), len(b)
        steps = [(u, v) for u, v in ((n - 1, m - 1), (n - 1, m), (n, m - 1)) if u >= 0 and v >= 0]
        return min(rows[u][v] + self._step(a, b, u, v, n, m, start, True)[0] for u, v in steps)

    def _edit(self, a: str, b: str, place: str) -> tuple[float, str]:
        """The cost and the name of the edit of `a` to `b`; equal units cost nothing."""
        key = (a, b, place)
        known = self._edits.get(key)
        if known is None:
            name = "" if a == b else edit_name(a, b, place)
            cost = max(_CHEAPEST, -self._weights.get(name, self._other)) if name else 0.0
            known = self._edits[key] = cost, name
        return known


def different(a: Units, b: Units) -> tuple[Units, Units, bool, bool]:
    """The stretches in which two spellings differ, and whether these touch the start and the end."""
    low, top = 0, min(len(a), len(b))
    while low < top and a[low] == b[low]:
        low += 1
    cut = 0
    while cut < top - low and a[-1 - cut] == b[-1 - cut]:
        cut += 1
    return a[low : len(a) - cut], b[low : len(b) - cut], low == 0, cut == 0
