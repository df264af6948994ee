"""Which of many conditions may hold at a place, found by a few look-ups instead of asking each.

Most of a rule's many cues hold after certain words, before certain words, or for certain fields only.
What a condition must at least find is its *need*. The needs of all cues are indexed: one RE2 set of
relaxed patterns for the text to the left, read backwards, one for the text to the right, and a table
for each field that remembers what a text rules out. So the cost of a place hardly depends on how many
cues there are. Without RE2 only the fields narrow, with the same result.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

from textnorm.errors import PackError
from textnorm.grammar.context import Context
from textnorm.grammar.template import Fields
from textnorm.memo import Memo
from textnorm.patterns import tree
from textnorm.patterns.parser import parse
from textnorm.patterns.relax import relaxed
from textnorm.patterns.sets import match_set

_WINDOW = 40  # characters to either side that are looked at
_PATIENCE = 50  # places that are served before the index is built: a short text does without it
_MANY = 3  # patterns from which on it pays to match all at once
Item = TypeVar("Item")
Test = Callable[[str], bool]


class Need(NamedTuple):
    """What must be there for a condition to hold: patterns ('': any text), and tests of fields."""

    left: str = ""
    right: str = ""
    fields: tuple[tuple[str, Test], ...] = ()


class Prefilter(Generic[Item]):
    """Items in order, each with its need."""

    def __init__(self, items: Sequence[Item], needs: Sequence[Need]) -> None:
        self._items, self._needs = tuple(items), tuple(needs)
        self._left_for_nothing = len(items) < _MANY
        self._asked = 0
        self._ready = False
        self._left: _Side | None = None
        self._right: _Side | None = None
        self._fields: list[tuple[str, Memo[str, int]]] = []
        self._chosen: Memo[int, tuple[Item, ...]] = Memo(self._choose)

    def at(self, fields: Fields, place: Context) -> tuple[Item, ...]:
        """The items, in order, without those whose needs are not met here."""
        if not self._ready:
            self._asked += 1
            if self._asked < _PATIENCE or self._left_for_nothing:
                return self._items
            self._build()
        text, start, end = place
        mask = -1
        if self._left is not None:
            mask = self._left.mask(text[start - _WINDOW if start > _WINDOW else 0 : start][::-1])
        if self._right is not None:
            mask &= self._right.mask(text[end : end + _WINDOW])
        for name, masks in self._fields:
            mask &= masks[fields.get(name) or ""]  # type: ignore[index]
        return self._chosen[mask]

    def _build(self) -> None:
        needs = self._needs
        self._left = _side([relaxed_left(need.left) for need in needs])
        self._right = _side([relaxed_right(need.right) for need in needs])
        tests: dict[str, list[tuple[int, Test]]] = {}
        for index, need in enumerate(needs):
            for name, test in need.fields:
                tests.setdefault(name, []).append((1 << index, test))
        self._fields = [(name, Memo(_masker(listed))) for name, listed in tests.items()]
        self._ready = True

    def _choose(self, mask: int) -> tuple[Item, ...]:
        return tuple(item for index, item in enumerate(self._items) if mask >> index & 1)


class _Side:
    """The patterns of one side, matched all at once."""

    def __init__(self, match: Callable[[bytes], list[int]], bits: Sequence[int]) -> None:
        self._match = match
        self._always = ~sum(bits)  # the items that have no pattern
        self._bits = bits
        self._masks: Memo[tuple[int, ...], int] = Memo(self._add)

    def mask(self, text: str) -> int:
        """Bits of the items whose pattern may match, and of those that have none."""
        return self._masks[tuple(self._match(text.encode("utf-8", "surrogatepass")))]

    def _add(self, found: tuple[int, ...]) -> int:
        return self._always | sum(self._bits[place] for place in found)


def _side(sources: Sequence[str]) -> _Side | None:
    known = {index: source for index, source in enumerate(sources) if source}
    match = match_set(list(known.values())) if len(known) >= _MANY else None
    return None if match is None else _Side(match, [1 << index for index in known])


def _masker(tests: Sequence[tuple[int, Test]]) -> Callable[[str], int]:
    def mask(text: str) -> int:
        gone = 0
        for bit, holds in tests:
            if not gone & bit and not holds(text):
                gone |= bit
        return ~gone

    return mask


def relaxed_left(source: str) -> str:
    """An RE2 pattern that accepts the reverse of at least every text that ends with a match.

    It is '' for patterns with syntax that rules may not use but conditions may.
    """
    try:
        return relaxed(tree.mirrored(parse(source)), _WINDOW) if source else ""
    except PackError:
        return ""


def relaxed_right(source: str) -> str:
    """The same for texts that begin with a match."""
    try:
        return relaxed(parse(source), _WINDOW) if source else ""
    except PackError:
        return ""
