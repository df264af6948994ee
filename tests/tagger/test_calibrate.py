"""The threshold is where held-out words gain most, and there is none without enough of them."""

from __future__ import annotations

from collections.abc import Sequence

from textnorm.fallback.protocol import Answer, Ask
from textnorm.tagger.calibrate import FEWEST, calibrate
from textnorm.tagger.letters import Letters

LETTERS = Letters({"o": "ö"})


class Marking:
    """Marks every o; is sure of short words, less so of longer ones."""

    name, reach = "marking", 2

    def knows(self, word: str) -> bool:
        """Nothing is listed."""
        return False

    def settled(self, word: str) -> str | None:
        """Nothing is certain."""
        return None

    def predict(self, asks: Sequence[Ask]) -> list[Answer]:
        """Every o as ö."""
        return [(ask.word.replace("o", "ö"), -len(ask.word) / 10) for ask in asks]


def test_the_threshold_parts_good_answers_from_bad_ones() -> None:
    """Where longer words are marked wrongly, the threshold lies between."""
    found = calibrate(Marking(), ["mö törri"] * FEWEST + ["korrrro"] * 60, LETTERS)
    assert found.threshold is not None
    assert -0.7 < found.threshold <= -0.5
    assert (found.words, found.changed, found.right, found.needless) == (360, 300, 360, 0)


def test_of_equally_good_thresholds_the_highest_is_taken() -> None:
    """Answers that gain as much as they lose are not worth taking."""
    found = calibrate(Marking(), ["mö"] * FEWEST + ["törri", "korri"] * 9, LETTERS)
    assert found.threshold is not None
    assert -0.5 < found.threshold <= -0.2


def test_too_few_changed_words_are_no_basis() -> None:
    """With fewer than 150 the model is off, and words stay as typed."""
    found = calibrate(Marking(), ["mö ma"] * (FEWEST - 1), LETTERS)
    assert found.threshold is None
    assert found.right == FEWEST - 1
    assert "threshold: off" in str(found)
