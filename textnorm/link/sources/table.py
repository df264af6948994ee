"""Reads tables by the names of their columns, whatever separates the cells."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from textnorm.errors import InputError, Location
from textnorm.link.concept import Concept
from textnorm.link.sources.columns import Row, Rows, Table
from textnorm.link.sources.reading import File, listed

CELLS: Mapping[str, str] = {"tab": "\t", "comma": ",", "semicolon": ";", "bar": "|"}
_OFTEN_QUOTED = (",", ";")  # a quotation mark between tabs or bars is a letter like any other


class _Cut(NamedTuple):
    """How a file is cut: its columns, what separates cells, and the line of the header."""

    table: Table
    header: Sequence[str]
    delimiter: str
    line: int = 0


def read_table(file: File, tables: Sequence[Table]) -> Iterator[Concept]:
    """The concepts in a file that is one of these kinds of tables."""
    lines = _lines(file, tables)
    cut = _headless(file, tables) or _by_header(file, tables, lines)
    table, file.columns = cut.table, frozenset(cut.header)
    found = re.search(table.file, os.path.basename(file.path)) if table.file else None
    lang = (found.groupdict().get("lang") or "") if found else ""
    rows = Rows(table, cut.header, lang)
    for number, row in _rows(file, lines, cut):
        if len(row) < len(cut.header) or any(row[len(cut.header) :]):
            file.skip("rows with another number of cells than the header", number, str(row[0]))
        elif column := rows.left_out(row):
            file.skip(f"rows left out by their {column}", number)
        elif concept := rows.concept(row):
            yield concept
        else:
            file.skip("rows without an id", number, " ".join(row))


def rank(path: str, tables: Sequence[Table]) -> int:
    """Which of the tables a file is by its name; those after the last for names that say nothing."""
    name = os.path.basename(path)
    found = [n for n, table in enumerate(tables) if table.file and re.search(table.file, name)]
    return found[0] if found else len(tables)


def _lines(file: File, tables: Sequence[Table]) -> Iterator[tuple[int, str]]:
    """The lines of a file; those of comment are asked for what they say about it."""
    mark = tables[0].comments
    facts = {key: fact for table in tables for fact, key in table.facts}
    for number, line in file.lines():
        if mark and line.startswith(mark):
            text = line[len(mark) :].strip()
            key, colon, value = text.partition(":")
            if colon and key.strip() in facts:
                file.note(facts[key.strip()], value.strip().strip("'\""))
            elif any(table.fits(re.split("[\t,]", text)) for table in tables):
                yield number, text  # a header that is marked as a comment
            continue
        yield number, line


def _headless(file: File, tables: Sequence[Table]) -> _Cut | None:
    """The cut of a file that does not name its columns, told by its own name."""
    known = [table for table in tables if table.header or table.widths]
    if not known:
        return None
    name = os.path.basename(file.path)
    fitting = [table for table in known if re.search(table.file, name)] if len(tables) > 1 else known
    if not fitting and len(known) < len(tables):
        return None
    if not fitting:
        remedy = f"keep the names that the files come with: {', '.join(table.file for table in known)}"
        raise InputError(
            "this file is told by its name, which is unknown", at=Location(file.path), remedy=remedy
        )
    table = fitting[0]
    header = table.header or tuple(name for name, _, _ in table.widths)
    return _Cut(table, header, CELLS.get(table.cells, ""))


def _by_header(file: File, tables: Sequence[Table], lines: Iterator[tuple[int, str]]) -> _Cut:
    """The cut of a file by its first line, which names the columns."""
    first = next(((number, line) for number, line in lines if line.strip()), (1, ""))
    seen: Sequence[str] = ()
    for table in tables:
        for delimiter in [CELLS[table.cells]] if table.cells else CELLS.values():
            header = [cell.strip() for cell in _cells(first[1], delimiter)]
            if table.fits(header):
                return _Cut(table, header, delimiter, first[0])
            seen = header if len(header) > len(seen) else seen
    wanted = " or ".join(_wanted(table) for table in tables)
    raise InputError(
        f"the columns are {listed(seen) or 'missing'}",
        at=Location(file.path, first[0]),
        remedy=f"the format wants {wanted}",
    )


def _wanted(table: Table) -> str:
    names = [name.value for name in table.names] or [*table.types, *table.alt_ids]
    return f"{' + '.join(table.id[0].columns)} with {' / '.join(':'.join(value.columns) for value in names)}"


def _rows(file: File, lines: Iterator[tuple[int, str]], cut: _Cut) -> Iterator[tuple[int, Row]]:
    """The rows of a file with the number of the line where each begins."""
    if cut.table.widths:
        spans = [(first, last) for _, first, last in cut.table.widths]
        for number, line in lines:
            if line.strip():
                yield number, [line[first:last] for first, last in spans]
    elif cut.delimiter in _OFTEN_QUOTED:
        yield from _quoted(file, lines, cut)
    else:
        for number, line in lines:
            if line:
                yield number, line.split(cut.delimiter)


def _quoted(file: File, lines: Iterator[tuple[int, str]], cut: _Cut) -> Iterator[tuple[int, Row]]:
    """Rows of CSV, whose cells may hold line ends; a row that cannot be read is skipped."""
    at, ended = cut.line, False

    def fed() -> Iterator[str]:
        nonlocal at, ended
        for number, line in lines:
            at = number
            yield line + "\n"
        ended = True  # asked for more within a row only if a cell goes on

    reader = csv.reader(fed(), delimiter=cut.delimiter)
    while True:
        start = at + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            file.skip(f"rows that are no CSV ({error})", start)
            continue
        if ended:
            file.skip("rows with a quotation mark that is never closed, up to the end", start, row[0])
        elif row:
            yield start, row


def _cells(line: str, delimiter: str) -> list[str]:
    """The cells of a header; none if it cannot be read."""
    try:
        return (
            next(csv.reader([line], delimiter=delimiter))
            if delimiter in _OFTEN_QUOTED
            else line.split(delimiter)
        )
    except (csv.Error, StopIteration):
        return []
