"""Takes a model's choice by its number, and only where the model is much surer of it than of the first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import exp
from typing import NamedTuple

from textnorm.fallback.guarded import tried
from textnorm.readings.protocol import Ask, Engine

_KEPT = 20_000  # choices that are remembered
_ROUNDING = 1e-3  # how far above 0 the logarithm of 1 may come out


class Choice(NamedTuple):
    """Which reading is taken, and its log-probability; None where the model says nothing of use."""

    number: int
    score: float | None


FIRST = Choice(0, None)


class Chooser:
    """Asks a model about readings; the first stays unless another is likelier by the `margin`.

    `id` names the chooser in edits. The margin is a difference of log-probabilities. The model is made
    when the first question comes; where it fails, all first readings stay.
    """

    def __init__(self, id: str, margin: float, make: Callable[[], Engine]) -> None:
        self.id, self._margin, self._make = id, margin, make
        self._engine: Engine | None = None
        self._known: dict[Ask, Choice] = {}

    def choose(self, asks: Sequence[Ask]) -> list[Choice]:
        """A choice for each ask; each is put to the model once."""
        known = self._known
        found = {ask: known.get(ask) for ask in asks}
        fresh = tuple(ask for ask, choice in found.items() if choice is None)
        if fresh:
            if len(known) + len(fresh) > _KEPT:
                known.clear()
            chosen = dict(zip(fresh, self._asked(fresh), strict=True))
            known.update(chosen)
            found.update(chosen)
        return [found[ask] or FIRST for ask in asks]

    def evidence(self, choice: Choice) -> tuple[str, ...]:
        """What speaks for a choice, for edit records."""
        if self._engine is None or choice.score is None:
            return ()
        shown = f"log-probability: {choice.score:.2f}, that is {exp(choice.score):.0%}"
        return f"model: {self._engine.name}", shown

    def _asked(self, asks: tuple[Ask, ...]) -> list[Choice]:
        if self._engine is None:
            self._engine = self._make()
        engine = self._engine
        rows = tried(
            str(engine.name), lambda: [list(row) for row in engine.score(asks)], [], "the first readings stay"
        )
        if len(rows) != len(asks):
            return [FIRST] * len(asks)
        return [self._choice(ask, row) for ask, row in zip(asks, rows, strict=True)]

    def _choice(self, ask: Ask, scores: Sequence[object]) -> Choice:
        """The likeliest reading if it is so by the margin, else the first; of equals the first listed."""
        sound = [score for score in scores if isinstance(score, float) and score <= _ROUNDING]
        if len(scores) != len(ask.candidates) or len(sound) != len(scores):
            return FIRST  # which leaves out what is no number, too
        best = max(range(len(sound)), key=sound.__getitem__)
        number = best if best and sound[best] - sound[0] >= self._margin else 0
        return Choice(number, sound[number])
