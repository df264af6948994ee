"""Tables with one concept a row, whose columns say by their names what they hold.

A column of names is called after a scope, with a language tag or without: `label_en`, `exact`,
`narrow_de`. The first column of labels holds the preferred ones. Names in `cased` columns are exact ones
that count only in their own case. `types`, `alt_ids` and `xrefs` are lists as well; values are separated
by "|".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from textnorm.errors import InputError, Location
from textnorm.link.concept import SCOPES, Alias, Concept
from textnorm.link.sources.reading import File, listed
from textnorm.pack.model import Lexicon

_NAMES = frozenset({*SCOPES, "cased"} - {"user"})
_LISTS = ("types", "alt_ids", "xrefs")


class Layout:
    """Which column of a table holds what; InputError if there is no id or no label."""

    def __init__(self, header: Sequence[str], at: Location) -> None:
        self._names: list[tuple[int, str, str]] = []
        self._lists = {name: header.index(name) for name in _LISTS if name in header}
        for place, column in enumerate(header):
            scope, _, lang = column.partition("_")
            if scope in _NAMES and column not in _LISTS:
                self._names.append((place, scope, lang))
        labels = [entry for entry in self._names if entry[1] == "label"]
        if "id" not in header or not labels:
            remedy = f"its columns: {listed(header)}; it needs id and label, or label_en, label_de, …"
            raise InputError("this is no table of concepts", at=at, remedy=remedy)
        self._id, self._label = header.index("id"), labels[0]
        self._names.remove(self._label)

    def concept(self, row: Sequence[str]) -> Concept:
        """The concept in a row that is as wide as the header."""
        place, _, lang = self._label
        aliases = tuple(
            Alias(text, "exact" if scope == "cased" else scope, tag, scope == "cased")
            for column, scope, tag in self._names
            for text in _values(row[column])
        )
        types, alt_ids, xrefs = (
            tuple(_values(row[self._lists[name]])) if name in self._lists else () for name in _LISTS
        )
        return Concept(row[self._id].strip(), row[place].strip(), aliases, alt_ids, xrefs, types, lang)


def shipped(tables: Iterable[Lexicon]) -> Iterator[Concept]:
    """The concepts in tables that belong to a pack."""
    for table in tables:
        yield from map(Layout(table.columns, Location(table.file, 1)).concept, table.rows)


def read_concepts(file: File) -> Iterator[Concept]:
    """The concepts in a table that a user brings; a row of another width is skipped."""
    layout: Layout | None = None
    width = 0
    for number, line in file.lines():
        if not line.strip() or line.startswith("# "):
            continue
        row = line.split("\t")
        if layout is None:
            layout, width = Layout(row, Location(file.path, number)), len(row)
        elif len(row) != width:
            file.skip("rows with another number of cells than the header", number, line)
        elif not row[0].strip():
            file.skip("rows without an id", number, line)
        else:
            yield layout.concept(row)


def _values(cell: str) -> list[str]:
    return [text for part in cell.split("|") if (text := " ".join(part.split()))]
