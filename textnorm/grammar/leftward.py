"""Conditions on the text to the left of a place, asked all at once.

Most of the many cues of a rule hold after certain words only. One RE2 set of their relaxed patterns,
read backwards from the place, leaves the few that may hold there; without RE2 all of them stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from textnorm.engine import pattern
from textnorm.engine.relax import relaxed
from textnorm.engine.sets import SetMatcher, match_set
from textnorm.errors import PackError
from textnorm.grammar.context import Context

_WINDOW = 32  # characters to the left that are looked at
_PATIENCE = 50  # places that are served before the set is built: a short text does without it
_KEPT = 10_000  # answers that are remembered
Item = TypeVar("Item")


class Leftward(Generic[Item]):
    """Items of which some have a pattern that the text to the left must end with."""

    def __init__(self, items: Sequence[Item], lefts: Sequence[str]) -> None:
        self._items, self._lefts = tuple(items), tuple(lefts)
        self._numbers: list[int] = []  # of the items with a pattern, in the order of the set
        self._asked = 0
        self._match: SetMatcher | None = None
        self._known: dict[tuple[int, ...], tuple[Item, ...]] = {}

    def at(self, place: Context) -> tuple[Item, ...]:
        """The items, in order, without those whose pattern cannot match here."""
        match = self._match
        if match is None:
            self._asked += 1
            if self._asked == _PATIENCE:
                self._build()
            return self._items
        text, start, _ = place
        behind = text[start - _WINDOW if start > _WINDOW else 0 : start][::-1]
        key = tuple(match(behind.encode("utf-8", "surrogatepass")))
        known = self._known.get(key)
        return self._narrow(key) if known is None else known

    def _build(self) -> None:
        relaxed_lefts = {index: relaxed_left(left) for index, left in enumerate(self._lefts) if left}
        known = {index: source for index, source in relaxed_lefts.items() if source}
        self._numbers = list(known)
        self._match = match_set(list(known.values()))

    def _narrow(self, key: tuple[int, ...]) -> tuple[Item, ...]:
        if len(self._known) > _KEPT:
            self._known.clear()
        gone = set(self._numbers) - {self._numbers[place] for place in key}
        known = tuple(item for index, item in enumerate(self._items) if index not in gone)
        self._known[key] = known
        return known


def relaxed_left(source: str) -> str:
    """An RE2 pattern that accepts the reverse of at least every text that ends with a match.

    It is '' for patterns with syntax that rules may not use but conditions may.
    """
    try:
        return relaxed(pattern.mirrored(pattern.parse(source)), _WINDOW)
    except PackError:
        return ""
