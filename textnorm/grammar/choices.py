"""Tables of words with several readings, of which the neighbours choose one.

A row has the word in its first column, and in the columns `before` and `after` the neighbours that it
asks for: words separated by spaces, any of which will do; `*` at the end of one is any ending, `^` and
`$` are a neighbour that is missing, and an empty cell is any neighbour or none. The first row that fits
counts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import regex

from textnorm.errors import Location, PackError
from textnorm.pack.model import Lexicon

_Test = Callable[[str], bool]


class _Row(NamedTuple):
    before: _Test
    after: _Test
    reading: str


class Choices:
    """The readings of a table, looked up by the word in any letter case, with or without periods."""

    def __init__(self, table: Lexicon, column: str, plain: Callable[[str], str]) -> None:
        """`column` has the readings; `plain` makes spellings of one word alike."""
        missing = next((name for name in ("before", "after", column) if name not in table.columns), None)
        if missing is not None:
            raise PackError(f"table {table.name} has no column {missing!r}", at=Location(table.file))
        before, after, reading = (table.column(name) for name in ("before", "after", column))
        self._plain = plain
        self._rows: dict[str, list[_Row]] = {}
        for row in table.rows:
            choice = _Row(_test(row[before]), _test(row[after]), row[reading])
            self._rows.setdefault(plain(row[0].lower()), []).append(choice)

    def read(self, word: str, before: str, after: str) -> str | None:
        """The reading of `word` between these neighbours; '' is a neighbour that is missing."""
        before, after = before.lower(), after.lower()
        rows = self._rows.get(self._plain(word.lower()), ())
        return next((row.reading for row in rows if row.before(before) and row.after(after)), None)


def _test(cell: str) -> _Test:
    if not cell:
        return lambda word: True
    words = ["" if word in "^$" else word for word in cell.split()]
    pattern = "|".join(
        regex.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "") for word in words
    )
    find = regex.compile(pattern).fullmatch
    return lambda word: find(word) is not None
