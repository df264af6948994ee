"""What a model has to offer to be asked by the `fallback` stage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol


class Ask(NamedTuple):
    """A word with the tokens around it; less than `reach` of them on a side mean that the line ends there."""

    left: tuple[str, ...]
    word: str
    right: tuple[str, ...]


Answer = tuple[str | None, float]
"""The normal form of a word, None if there is none, and its log-probability as a whole."""


class Engine(Protocol):
    """A model that normalizes words in context; deterministic, and right about its own confidence."""

    name: str  # of the model, for edit records
    reach: int  # how many tokens it looks at on each side

    def knows(self, word: str) -> bool:
        """Whether the word, as written, is one that the model lists as its language's."""
        ...

    def settled(self, word: str) -> str | None:
        """The normal form that a word has wherever it stands, maybe the word itself; None if it depends."""
        ...

    def predict(self, asks: Sequence[Ask]) -> Sequence[Answer]:
        """An answer for each ask, in order. A word that is to stay is answered by itself."""
        ...
