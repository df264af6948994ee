"""Probabilities fitted to outcomes, and the thresholds of precisions."""

from __future__ import annotations

import random

import numpy as np
import pytest

from textnorm.link.calibrate import TARGETS, Alike, Calibration, Outcome, Sieved, calibrate
from textnorm.link.concept import SCOPES

EXACT, RELATED = SCOPES.index("exact"), SCOPES.index("related")


def _alike(cosine: float, margin: float) -> Alike:
    return Alike(cosine, cosine, margin, 0.0, 0, 1.0, 2, False)


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    """Candidates that are right the more often the more they are alike; those of a tier nine times in ten."""
    rng = random.Random(1)
    found = []
    for _ in range(3000):
        cosine = rng.random()
        found.append(Outcome(_alike(cosine, cosine / 2), rng.random() < cosine, True))
        found.append(Outcome(Sieved(0, 1, 0, EXACT, 9), rng.random() < 0.9, True))
    return found


def test_scores_are_probabilities(outcomes: list[Outcome]) -> None:
    """Of the candidates with a score about p, a share of about p is right."""
    fitted = calibrate(outcomes, 6000)
    scores = np.array([fitted(one.candidate) for one in outcomes])
    right = np.array([one.right for one in outcomes])
    for low in np.arange(0.1, 0.9, 0.1):
        near = (scores >= low) & (scores < low + 0.1)
        assert right[near].mean() == pytest.approx(scores[near].mean(), abs=0.06)


def test_thresholds_keep_the_precision(outcomes: list[Outcome]) -> None:
    """From its threshold on a precision holds; one that is out of reach answers nothing."""
    fitted = calibrate(outcomes, 6000)
    scores = np.array([fitted(one.candidate) for one in outcomes])
    right = np.array([one.right for one in outcomes])
    for target in (0.5, 0.7, 0.8, 0.9):
        answered = scores >= fitted.threshold(target)
        assert right[answered].mean() >= target
    assert fitted.threshold(0.99) > 1
    assert fitted.threshold(0.0) == 0
    assert fitted.threshold(1.0) > 1
    assert list(fitted.thresholds) == sorted(fitted.thresholds)
    assert len(fitted.thresholds) == len(TARGETS)


def test_few_outcomes_leave_the_guess_that_comes_along() -> None:
    """Without data the scores are those of any index; a precision then takes a score as high."""
    fitted = calibrate([], 0)
    assert fitted == Calibration()
    assert fitted.threshold(0.95) == pytest.approx(0.95)


def test_what_makes_a_candidate_likely() -> None:
    """A label is surer than a synonym, that than a related name; rivals take from it; likeness adds."""
    score = Calibration()
    label = score(Sieved(0, 1, 0, SCOPES.index("label"), 9))
    synonym = score(Sieved(0, 1, 0, EXACT, 9))
    assert label > synonym > score(Sieved(0, 1, 0, RELATED, 9))
    assert synonym > score(Sieved(0, 3, 0, EXACT, 9))
    assert score(_alike(0.9, 0.3)) > score(_alike(0.9, 0.0)) > score(_alike(0.4, 0.0))


def test_a_users_alias_counts_by_how_often_it_was_meant() -> None:
    """Three times of four is three quarters, and never quite certain."""
    score = Calibration()
    assert score(Sieved(0, 2, 0, 0, 9, share=0.75)) == pytest.approx(0.735)


def test_round_trip(outcomes: list[Outcome]) -> None:
    """The manifest keeps all of it, up to rounding."""
    fitted = calibrate(outcomes, 6000)
    again = Calibration.from_dict(fitted.to_dict())
    assert again.thresholds == fitted.thresholds
    assert again(_alike(0.5, 0.1)) == pytest.approx(fitted(_alike(0.5, 0.1)), abs=1e-4)
