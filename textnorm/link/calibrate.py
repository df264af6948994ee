"""From what the search says of a candidate to the probability that it is right.

Two logistic regressions, one for candidates that a tier of the sieve found and one for those that are
merely alike, over a handful of features. They are fitted by iteratively reweighted least squares with a
ridge towards `PRIOR`, weights found on several terminologies: so a small index has sensible figures too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, log1p
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from textnorm.link.sieve import FULL, LABEL, USER

_TIERS = 8  # tiers that are told apart; later ones count as the last of them
SIEVE = ("ties", "behind", "label", "weak", "short", "lead", "cosine", *(f"tier {n}" for n in range(_TIERS)))
ALIKE = ("base", "cosine", "centroid", "margin", "behind", "rank", "known", "length", "after")
TARGETS = tuple(round(0.5 + 0.01 * step, 2) for step in range(50))  # precisions that thresholds are kept for
NIL = 0.07
"""Where no tier answers and the best candidate is less likely than this, no concept fits."""

_RIDGE = 2.0
_ROUNDS = 50
_FINE = 1e-6
_SUREST = 0.97  # what somebody writes may mean something else than the name that it is
_USER = 0.98  # how sure a user's own alias is
_LEAST = 30  # answers that a precision must rest on


class Sieved(NamedTuple):
    """What is known of a candidate of the sieve.

    `tier` its number, `ties` how many concepts are as sure, `rank` its place from 0, `scope` of the name,
    `size` characters of the string, `lead` by how much the string is more like this concept than like the
    likest other one, `cosine` with its likest name, `share` of the times that users meant
    it by this string.
    """

    tier: int
    ties: int
    rank: int
    scope: int
    size: int
    lead: float = 0.0
    cosine: float = 1.0
    share: float = 0.0

    def features(self) -> tuple[float, ...]:
        """Values for the features in `SIEVE`."""
        behind = log1p(self.rank) if self.rank >= self.ties else 0.0
        tiers = [0.0] * _TIERS
        tiers[min(self.tier, _TIERS - 1)] = 1.0
        scope = self.scope == LABEL, self.scope > FULL
        own = (log1p(self.ties - 1), behind, *scope, self.size <= 3, self.lead, self.cosine)
        return (*own, *tiers)


class Alike(NamedTuple):
    """What is known of a candidate that is merely alike.

    `cosine` with its likest name and `centroid` with all of its names; `margin` by how much it leads the
    next (or 0), `behind` by how much it is behind the first; `rank` its place from 0; `known` the share of
    the string that the index knows; `words` their number; `after` whether the sieve answered already.
    """

    cosine: float
    centroid: float
    margin: float
    behind: float
    rank: int
    known: float
    words: int
    after: bool

    def features(self) -> tuple[float, ...]:
        """Values for the features in `ALIKE`."""
        return (
            1,
            self.cosine,
            self.centroid,
            self.margin,
            self.behind,
            log1p(self.rank),
            self.known,
            log1p(self.words),
            self.after,
        )


PRIOR: Mapping[str, tuple[float, ...]] = {
    "sieve": (-1.7, -2.2, 0.9, -2.0, -0.3, 2.5, 0.0, 1.5, 2.5, 2.5, 2.0, 0.5, 0.5, 0.5, 0.5),
    "alike": (-5.2, 7.0, 1.5, 5.0, -5.5, -0.9, 0.0, -0.2, -2.6),
}


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights of both regressions, and for each precision in `TARGETS` the score from which it holds."""

    weights: Mapping[str, tuple[float, ...]] = field(default_factory=lambda: PRIOR)
    thresholds: tuple[float, ...] = TARGETS
    queries: int = 0

    def __call__(self, candidate: Sieved | Alike) -> float:
        """The probability that a candidate is right."""
        if isinstance(candidate, Sieved) and candidate.scope == USER:
            return _USER * candidate.share
        kind = "sieve" if isinstance(candidate, Sieved) else "alike"
        total = sum(a * b for a, b in zip(self.weights[kind], candidate.features(), strict=True))
        return min(_SUREST, 1 / (1 + exp(-max(-30.0, min(30.0, total)))))

    def threshold(self, precision: float) -> float:
        """The score from which on answers are right at least that often; above 1 where nothing is."""
        if precision <= 0:
            return 0.0
        place = int(np.searchsorted(TARGETS, precision - 1e-9))
        return self.thresholds[place] if place < len(TARGETS) else 1.01

    def to_dict(self) -> dict[str, Any]:
        """As it stands in the manifest of an index."""
        weights = {name: [round(value, 5) for value in values] for name, values in self.weights.items()}
        return {"weights": weights, "thresholds": list(self.thresholds), "queries": self.queries}

    @classmethod
    def from_dict(cls, tree: Mapping[str, Any]) -> Calibration:
        """What `to_dict` made."""
        weights = {name: tuple(values) for name, values in tree["weights"].items()}
        return cls(weights, tuple(tree["thresholds"]), tree["queries"])


class Outcome(NamedTuple):
    """A candidate of a query made for calibration, and whether it was right; `first` of its query."""

    candidate: Sieved | Alike
    right: bool
    first: bool


def calibrate(outcomes: Sequence[Outcome], queries: int) -> Calibration:
    """The calibration that fits the outcomes of some queries."""
    weights = {}
    for name, kind in (("sieve", Sieved), ("alike", Alike)):
        rows = [one for one in outcomes if isinstance(one.candidate, kind)]
        weights[name] = fit_logistic([(one.candidate.features(), one.right) for one in rows], PRIOR[name])
    fitted = Calibration(weights, queries=queries)
    firsts = [(fitted(one.candidate), one.right) for one in outcomes if one.first]
    return Calibration(weights, _thresholds(firsts), queries)


def fit_logistic(rows: Sequence[tuple[tuple[float, ...], bool]], prior: Sequence[float]) -> tuple[float, ...]:
    """Weights of a logistic regression that are likeliest given the rows, and that the prior is a guess."""
    before = np.array(prior)
    weights = before.copy()
    if not rows:
        return tuple(prior)
    values = np.array([features for features, _ in rows], np.float64)
    right = np.array([right for _, right in rows], np.float64)
    ridge = _RIDGE * np.eye(len(prior))

    def cost(weights: NDArray[np.float64]) -> float:
        total = values @ weights
        gap = weights - before
        return float(np.logaddexp(0, total).sum() - right @ total + gap @ ridge @ gap / 2)

    for _ in range(_ROUNDS):
        chance = 1 / (1 + np.exp(-np.clip(values @ weights, -30, 30)))
        slope = values.T @ (right - chance) - ridge @ (weights - before)
        curve = (values * (chance * (1 - chance))[:, None]).T @ values + ridge
        step = np.linalg.solve(curve, slope)
        while cost(weights + step) > cost(weights) and np.abs(step).max() > _FINE:
            step /= 2  # a full step may lead away from where the answers are too sure
        weights = weights + step
        if np.abs(step).max() <= _FINE:
            break
    return tuple(float(value) for value in weights)


def _thresholds(firsts: Sequence[tuple[float, bool]]) -> tuple[float, ...]:
    """For each target the lowest score from which on the precision holds; 1.01 where it never does."""
    if len(firsts) < _LEAST:
        return TARGETS
    order = sorted(firsts, key=lambda pair: -pair[0])
    scores: NDArray[np.float64] = np.array([score for score, _ in order])
    precision = _at_least(np.cumsum([right for _, right in order]), np.arange(1, len(order) + 1))
    ends = np.append(scores[1:] != scores[:-1], True)  # equal scores stand or fall together
    ends[: _LEAST - 1] = False
    found = []
    for target in TARGETS:
        good = np.flatnonzero(ends & (precision >= target))
        found.append(float(scores[good[-1]]) if len(good) else 1.01)
    return tuple(found)


def _at_least(right: NDArray[Any], count: NDArray[Any]) -> NDArray[np.float64]:
    """What a share of right ones is at least, with 84 % confidence: the lower end of Wilson's interval."""
    share = right / count
    spread = np.sqrt(share * (1 - share) / count + 1 / (4 * count**2))
    low: NDArray[np.float64] = (share + 1 / (2 * count) - spread) / (1 + 1 / count)
    return low
