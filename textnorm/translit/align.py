"""Learns which letters correspond in pairs of words, by expectation maximization over all alignments.

A pair is cut into steps: a unit of one word (a letter, or a listed sequence) and a stretch of the other,
possibly empty. A pair does not say where the cuts are, so counts are expectations under the
probabilities of the round before (Dempster, Laird & Rubin 1977; for letters: Ristad & Yianilos 1998).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

Units = tuple[str, ...]
Weight = Callable[[str, str], float]
LONGEST = 4  # letters of a stretch
_FIRST, _INNER, _LAST = PLACES = ("initial", "medial", "final")


class Step(NamedTuple):
    """A unit, the stretch that it corresponds to, and its place in the word."""

    unit: str
    stretch: str
    place: str


class Pair(NamedTuple):
    """A word in units, the same word in the other script, and how often they were seen."""

    units: Units
    other: str
    times: float


def place_of(index: int, length: int) -> str:
    """The place of unit number `index` of a word of `length` units."""
    return _FIRST if index == 0 else _LAST if index == length - 1 else _INNER


def learn_steps(pairs: Sequence[Pair], rounds: int = 5, least: float = 0.5) -> dict[Step, float]:
    """Expected counts of steps; those rarer than `least` are left out in the end.

    The first round prefers stretches of one letter; places are told apart only in the end, when it is
    known what corresponds.
    """
    weights: dict[tuple[str, str], float] = {}
    for _ in range(rounds - 1):
        found = _expected(pairs, _weight(weights))
        counts: dict[tuple[str, str], float] = defaultdict(float)
        for step, count in found.items():
            counts[step.unit, step.stretch] += count
        weights = _shares(counts)
    final = _expected(pairs, _weight(weights))
    return {step: count for step, count in final.items() if count >= least}


def _weight(weights: Mapping[tuple[str, str], float]) -> Weight:
    """The weight of a step, before anything is known by the length of its stretch."""
    if weights:
        return lambda unit, stretch: weights.get((unit, stretch), 0.0)
    return lambda unit, stretch: (0.05, 1.0, 0.3, 0.05, 0.01)[len(stretch)]


def _shares(counts: Mapping[tuple[str, str], float]) -> dict[tuple[str, str], float]:
    totals: dict[str, float] = defaultdict(float)
    for (unit, _), count in counts.items():
        totals[unit] += count
    return {key: count / totals[key[0]] for key, count in counts.items() if count > 1e-3}


def _expected(pairs: Iterable[Pair], weight: Weight) -> dict[Step, float]:
    counts: dict[Step, float] = defaultdict(float)
    for pair in pairs:
        _add(counts, *pair, weight)
    return counts


def _add(counts: dict[Step, float], units: Units, other: str, times: float, weight: Weight) -> None:
    """Add the expected steps of one pair."""
    n, m = len(units), len(other)
    forward = [[0.0] * (m + 1) for _ in range(n + 1)]
    forward[0][0] = 1.0
    steps: list[tuple[int, int, int, float]] = []
    for i, unit in enumerate(units):
        here, there = forward[i], forward[i + 1]
        for j, mass in enumerate(here):
            if mass:
                for k in range(j, min(m, j + LONGEST) + 1):
                    value = weight(unit, other[j:k])
                    if value:
                        there[k] += mass * value
                        steps.append((i, j, k, value))
    total = forward[n][m]
    if not total:
        return
    backward = [[0.0] * (m + 1) for _ in range(n + 1)]
    backward[n][m] = 1.0
    for i, j, k, value in reversed(steps):
        after = backward[i + 1][k]
        if after:
            backward[i][j] += value * after
            share = forward[i][j] * value * after / total
            if share > 1e-4:
                counts[Step(units[i], other[j:k], place_of(i, n))] += times * share
