"""Script maps: how the letters of a language are typed in the script of another."""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from textnorm.errors import Location, PackError
from textnorm.pack.model import Lexicon

NOTHING = "∅"
COLUMNS = ("clean", "typed", "where", "share")
# Where a unit may stand: is it at the start, is it at the end of its word?
_PLACES: dict[str, Callable[[bool, bool], bool]] = {
    "any": lambda start, end: True,
    "initial": lambda start, end: start,
    "medial": lambda start, end: not start and not end,
    "final": lambda start, end: end,
    "inner": lambda start, end: not end,
    "later": lambda start, end: not start,
}
_SIGNS = {NOTHING: "", "␣": " ", "ZWNJ": "\u200c"}


@dataclass(frozen=True, slots=True)
class Row:
    """One way to type a unit: `clean` (one or more letters) becomes `typed`, in `share` of the cases."""

    clean: str
    typed: str
    where: str
    share: float

    def fits(self, start: bool, end: bool) -> bool:
        """Whether the row speaks of a unit that stands at the start, or the end, of its word."""
        return _PLACES[self.where](start, end)


class ScriptMap:
    """The rows of a table, and what follows from them.

    What the shares of a unit leave open is the share of writers who type the unit as it is.
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = tuple(rows)
        self._by_unit: dict[str, list[Row]] = {}
        for row in self.rows:
            self._by_unit.setdefault(row.clean, []).append(row)
        self._longest = max(map(len, self._by_unit), default=1)
        self._choices: dict[tuple[str, bool, bool, bool], tuple[list[str], list[float]]] = {}

    def units(self, word: str) -> Iterator[tuple[str, bool, bool]]:
        """The word cut into units, the longest that the map has a row for; with start and end marks."""
        at, length = 0, len(word)
        while at < length:
            for size in range(min(self._longest, length - at), 0, -1):
                unit = word[at : at + size]
                start, end = at == 0, at + size == length
                if size == 1 or any(row.fits(start, end) for row in self._by_unit.get(unit, ())):
                    yield unit, start, end
                    at += size
                    break

    def ways(self, unit: str, start: bool, end: bool, even: bool = False) -> list[tuple[str, float]]:
        """All ways to type a unit with their shares, which sum to 1; with `even`, equal shares."""
        rows = [row for row in self._by_unit.get(unit, ()) if row.fits(start, end)]
        if not rows:
            return [(unit, 1.0)]
        if even:
            letters = sum(" " not in row.typed for row in rows)
            rows = [replace(row, share=row.share if " " in row.typed else 1 / letters) for row in rows]
        total = sum(row.share for row in rows)
        scale = 1 / total if total > 1 else 1.0
        ways = [(row.typed, row.share * scale) for row in rows]
        return ways if total >= 1 else [*ways, (unit, 1 - total)]

    def respell(self, word: str, rng: random.Random, even: bool = False) -> str:
        """The word as somebody might type it; never empty."""
        return "".join([form for _, form in self.typed(word, rng, even)]).strip() or word

    def typed(self, word: str, rng: random.Random, even: bool = False) -> Iterator[tuple[str, str]]:
        """The units of the word, each with what somebody might type for it."""
        for unit, start, end in self.units(word):
            forms, up_to = self._choice(unit, start, end, even)
            yield unit, forms[0] if len(forms) == 1 else forms[bisect(up_to, rng.random(), hi=len(forms) - 1)]

    def _choice(self, unit: str, start: bool, end: bool, even: bool) -> tuple[list[str], list[float]]:
        """The ways to type a unit, and the running sums of their shares."""
        key = unit, start, end, even
        found = self._choices.get(key)
        if found is None:
            ways = self.ways(unit, start, end, even)
            found = [form for form, _ in ways], list(accumulate(share for _, share in ways))
            self._choices[key] = found
        return found


def read_map(tables: Sequence[Lexicon]) -> ScriptMap:
    """The script map in tables with the columns `clean`, `typed`, `where` and `share`.

    What a table says of a unit takes the place of what those before it say. `∅` stands for nothing,
    `␣` for a space, `ZWNJ` for the zero-width non-joiner.
    """
    units: dict[str, list[Row]] = {}
    for table in tables:
        own: dict[str, list[Row]] = {}
        for row in _rows(table):
            own.setdefault(row.clean, []).append(row)
        units.update(own)
    return ScriptMap(row for rows in units.values() for row in rows)


def _rows(table: Lexicon) -> Iterator[Row]:
    missing = [name for name in COLUMNS if name not in table.columns]
    if missing:
        raise PackError(
            f"a script map needs the column {missing[0]!r}",
            at=Location(table.file),
            remedy=f"columns: {' '.join(COLUMNS)}",
        )
    places = [table.column(name) for name in COLUMNS]
    return (_row([row[place] for place in places], table.file) for row in table.rows)


def _row(cells: Sequence[str], file: str) -> Row:
    clean, typed, where, share = cells
    if where not in _PLACES:
        raise PackError(
            f'"{where}" is no place in a word', at=Location(file), remedy=f"one of: {' '.join(_PLACES)}"
        )
    try:
        value = float(share)
    except ValueError:
        value = -1.0
    if not 0 < value <= 1:
        raise PackError(
            f'"{share}" is no share of the ways to type "{clean}"',
            at=Location(file),
            remedy="a number above 0, at most 1",
        )
    for sign, text in _SIGNS.items():
        typed = typed.replace(sign, text)
    return Row(clean, typed, where, value)
