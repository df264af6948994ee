"""What a model has to offer to choose among the readings of a match."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from textnorm.grammar.features import Bundle

REACH = 120  # characters of the line that a model is shown on each side


class Candidate(NamedTuple):
    """A way to read a match: what is said, the rule that says so, and the features under which it does."""

    text: str
    rule: str
    bundles: tuple[Bundle, ...]  # the likeliest first; () if it is the text as it stands


class Ask(NamedTuple):
    """A match between what stands left and right of it on its line, and its readings in the written order."""

    left: str
    before: str
    right: str
    candidates: tuple[Candidate, ...]


class Engine(Protocol):
    """A model that weighs readings in context; deterministic, and right about its own confidence."""

    name: str  # of the model, for edit records

    def score(self, asks: Sequence[Ask]) -> Sequence[Sequence[float]]:
        """For each ask the log-probabilities (natural) of its candidates, in their order."""
        ...
