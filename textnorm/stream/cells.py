"""The grammar of CSV and TSV: what a cell is, what a row is, and how text is put into a cell."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from textnorm.stream.codec import Codec


@dataclass(frozen=True, slots=True)
class Dialect:
    """What separates cells, and whether they may be quoted."""

    delimiter: str = ","
    quoting: bool = True

    @property
    def cell(self) -> str:
        """A pattern for one cell. The carriage return of a CRLF belongs to the row, not to the cell.

        Every text has one reading only, so that a row that does not fit fails at once.
        """
        stop = re.escape(self.delimiter)
        plain = rf"[^{stop}\r\n]*(?:\r(?!\n|\Z)[^{stop}\r\n]*)*"
        # As in Python's csv module, what follows a closing quote is text of the cell.
        return rf'(?:"[^"]*(?:""[^"]*)*"(?!"){plain}|(?!"){plain})' if self.quoting else plain


CSV = Dialect()
TSV = Dialect("\t", quoting=False)


def last_row_end(data: bytes, codec: Codec, *, dialect: Dialect) -> int:
    """The position after the last complete row in `data`: a line end inside quotes ends no row."""
    if codec.one_byte_ascii:
        if b'"' not in data:
            return len(data)
        return _end_of_rows(data.decode("latin-1"), dialect)  # one character for each byte
    try:
        text = data.decode(codec.encoding, codec.errors)
    except UnicodeDecodeError:
        return len(data)  # the worker will say where
    return min(len(data), len(text[: _end_of_rows(text, dialect)].encode(codec.encoding, codec.errors)))


def _end_of_rows(text: str, dialect: Dialect) -> int:
    end = 0
    for match in _rows_pattern(dialect).finditer(text):
        if match.start() != end:
            break
        end = match.end()
    return end


def quoted(text: str, dialect: Dialect, *, force: bool = False) -> str:
    """`text` as a cell, in quotes where it needs them.

    >>> quoted("5, 6", CSV)
    '"5, 6"'
    """
    special = any(mark in text for mark in (dialect.delimiter, '"', "\n", "\r"))
    if not dialect.quoting:
        if special and any(mark in text for mark in (dialect.delimiter, "\n", "\r")):
            raise ValueError("the normalized text holds a tab or a line end, which no TSV cell can hold")
        return text
    return '"' + text.replace('"', '""') + '"' if special or force else text


def unquoted(cell: str, dialect: Dialect) -> str:
    """The text of a cell."""
    if not dialect.quoting or not cell.startswith('"'):
        return cell
    match = _QUOTED.fullmatch(cell)
    assert match is not None  # the cell came out of a pattern that requires the closing quote
    return match[1].replace('""', '"') + match[2]


def split_row(text: str, start: int, dialect: Dialect) -> tuple[list[str], int] | None:
    """The cells of the row at `start`, as they are written, and where its line end begins.

    None if a quote is opened and not closed.
    """
    pattern, cells = _cell_pattern(dialect), []
    while match := pattern.match(text, start):
        cells.append(match[1])
        if not match[2]:
            return cells, match.end()
        start = match.end()
    return None


def match_row(text: str, start: int, dialect: Dialect, width: int) -> list[str] | None:
    """The `width` cells of the row at `start` and, as one more, the carriage return after them or ""."""
    match = _row_pattern(dialect, width).match(text, start)
    return list(match.groups()) if match else None


_QUOTED = re.compile(r'"([^"]*(?:""[^"]*)*)"(?!")(.*)', re.DOTALL)


@functools.lru_cache(maxsize=8)
def _cell_pattern(dialect: Dialect) -> re.Pattern[str]:
    """One cell, and the delimiter after it if it is not the last."""
    return re.compile(rf"({dialect.cell})(?:({re.escape(dialect.delimiter)})|(?=\r?\n|\r?\Z))")


@functools.lru_cache(maxsize=64)
def _row_pattern(dialect: Dialect, width: int) -> re.Pattern[str]:
    """A row of so many cells: much quicker than cell by cell, but it does not tell what is wrong."""
    cells = re.escape(dialect.delimiter).join([f"({dialect.cell})"] * width)
    return re.compile(rf"{cells}(\r?)(?:\n|\Z)")


@functools.lru_cache(maxsize=8)
def _rows_pattern(dialect: Dialect) -> re.Pattern[str]:
    """One complete row."""
    return re.compile(rf"{dialect.cell}(?:{re.escape(dialect.delimiter)}{dialect.cell})*\r?\n")
