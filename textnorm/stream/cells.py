"""The grammar of CSV and TSV: what a cell is, what a row is, and how text is put into a cell."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import regex

from textnorm.stream.codec import Codec


@dataclass(frozen=True, slots=True)
class Dialect:
    """What separates cells, and whether they may be quoted."""

    delimiter: str = ","
    quoting: bool = True

    @property
    def cell(self) -> str:
        """A pattern for one cell. The carriage return of a CRLF belongs to the row, not to the cell."""
        stop = regex.escape(self.delimiter)
        plain = rf"[^{stop}\r\n]*+(?:\r(?!\n|\Z)[^{stop}\r\n]*+)*+"
        # As in Python's csv module, what follows a closing quote is text of the cell.
        return rf'(?:"[^"]*+(?:""[^"]*+)*+"{plain}|(?!"){plain})' if self.quoting else plain


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
    match = _rows_pattern(dialect).match(text)
    assert match is not None  # it matches the empty string
    return int(match.end())


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
    return str(match[1].replace('""', '"') + match[2])


_QUOTED = regex.compile(r'"((?:[^"]|"")*+)"(.*)', regex.DOTALL)


@functools.lru_cache(maxsize=64)
def row_pattern(dialect: Dialect, width: int, wanted: tuple[int, ...]) -> regex.Pattern[str]:
    """A whole row of `width` cells: a group for each wanted one, and an empty group after the last."""
    cells = (f"({dialect.cell})" if index in wanted else dialect.cell for index in range(width))
    return regex.compile(regex.escape(dialect.delimiter).join(cells) + r"()\r?(?:\n|\Z)")


@functools.lru_cache(maxsize=8)
def cell_pattern(dialect: Dialect) -> regex.Pattern[str]:
    """One cell, and what ends it."""
    return regex.compile(rf"({dialect.cell})({regex.escape(dialect.delimiter)}|\r?\n|\r?\Z)")


@functools.lru_cache(maxsize=8)
def _rows_pattern(dialect: Dialect) -> regex.Pattern[str]:
    """As many complete rows as there are."""
    cell, stop = dialect.cell, regex.escape(dialect.delimiter)
    return regex.compile(rf"(?:{cell}(?:{stop}{cell})*+\r?\n)*+")
