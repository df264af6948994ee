"""Learns the weights of a linear model from examples, and finds out whether the model is worth having."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from math import comb, sqrt
from typing import NamedTuple

from textnorm.readings.chooser import Chooser
from textnorm.readings.clues import clues, values
from textnorm.readings.examples import Example
from textnorm.readings.linear import Linear, Weights, distribution

MARGINS = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0)
_CHANCE = 0.05  # a model that is no better than this may be so by chance


@dataclass(frozen=True, slots=True)
class Settings:
    """How long a model learns, from how many parts of the examples it is validated, and the seed."""

    rounds: int = 4
    folds: int = 5
    rate: float = 0.1
    seed: int = 1


class Result(NamedTuple):
    """Held-out sentences that come out right with a margin, but not as written, and the other way round."""

    margin: float
    fixed: int
    broken: int

    @property
    def is_better(self) -> bool:
        """Whether more is fixed than broken, by the sign test (Dixon and Mood 1946) not by chance."""
        tried = self.fixed + self.broken
        chance = sum(comb(tried, n) for n in range(self.fixed, tried + 1)) / 2.0**tried
        return chance < _CHANCE


class Validation(NamedTuple):
    """How a model does on sentences it has not seen: all, right as written, within reach, by margin."""

    sentences: int
    right: int
    reachable: int
    results: tuple[Result, ...]

    @property
    def best(self) -> Result | None:
        """The margin that gains most, of equals the highest; None if the written order does as well."""
        best = max(self.results, key=lambda result: (result.fixed - result.broken, result.margin))
        return best if best.is_better else None


def train(examples: Sequence[Example], settings: Settings) -> Weights:
    """The weights learned from the examples by AdaGrad (Duchi et al. 2011); the same each time."""
    course = _Course(settings.rate)
    prepared = [case for example in examples for case in _cases(example)]
    order = random.Random(settings.seed)
    for _ in range(settings.rounds):
        order.shuffle(prepared)
        for case in prepared:
            course.learn(case)
    return course.weights


def validate(examples: Sequence[Example], settings: Settings) -> Validation:
    """Cross-validation: each part of the examples is judged by a model of the others."""
    mixed = list(examples)
    random.Random(settings.seed).shuffle(mixed)
    tally = {margin: [0, 0] for margin in MARGINS}
    for fold in range(settings.folds):
        weights = train([one for n, one in enumerate(mixed) if n % settings.folds != fold], settings)
        for margin, counts in tally.items():
            chooser = Chooser("", margin, lambda weights=weights: Linear("", weights))  # type: ignore[misc]
            for example in mixed[fold :: settings.folds]:
                as_written = (0,) * len(example.asks) in example.right
                chosen = tuple(choice.number for choice in chooser.choose(example.asks)) in example.right
                counts[0] += chosen and not as_written
                counts[1] += as_written and not chosen
    return Validation(
        len(mixed),
        sum((0,) * len(example.asks) in example.right for example in mixed),
        sum(bool(example.right) for example in mixed),
        tuple(Result(margin, fixed, broken) for margin, (fixed, broken) in tally.items()),
    )


class _Case(NamedTuple):
    """A question as training sees it: its clues, the values of its readings, and those that are right."""

    clues: tuple[str, ...]
    sets: list[tuple[tuple[str, ...], ...]]
    right: frozenset[int]


def _cases(example: Example) -> list[_Case]:
    if not example.right:
        return []  # no choice is right
    return [
        _Case(
            clues(ask),
            [values(candidate, number) for number, candidate in enumerate(ask.candidates)],
            frozenset(picked[place] for picked in example.right),
        )
        for place, ask in enumerate(example.asks)
    ]


class _Course:
    """Weights in training. Where several readings are right, the loss is that of their sum."""

    def __init__(self, rate: float) -> None:
        self.weights: dict[str, dict[str, float]] = {}
        self._squares: dict[str, dict[str, float]] = {}
        self._rate = rate

    def learn(self, case: _Case) -> None:
        """One step towards the right readings of a case."""
        shares = distribution([self.weights[clue] for clue in case.clues if clue in self.weights], case.sets)
        wanted = max(sum(sum(shares[number]) for number in case.right), 1e-9)
        slopes: dict[str, float] = {}
        for number, (row, sets) in enumerate(zip(shares, case.sets, strict=True)):
            factor = 1.0 - (1.0 / wanted if number in case.right else 0.0)
            for share, named in zip(row, sets, strict=True):
                for value in named:
                    slopes[value] = slopes.get(value, 0.0) + share * factor
        steep = {value: slope for value, slope in slopes.items() if abs(slope) > 1e-3}
        for clue in case.clues:
            weights, squares = self.weights.setdefault(clue, {}), self._squares.setdefault(clue, {})
            for value, slope in steep.items():
                square = squares[value] = squares.get(value, 1.0) + slope * slope
                weights[value] = weights.get(value, 0.0) - self._rate * slope / sqrt(square)
