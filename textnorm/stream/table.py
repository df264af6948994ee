"""CSV and TSV: one column is normalized, every other byte of a row stays.

Cells are kept as they are written; a cell with new text is quoted if the old one was, or if it must be.
CSV cells may be quoted and may then hold line ends. TSV has no quoting: a tab ends a cell, a line end
ends a row, and a quotation mark is a letter like any other.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from textnorm.errors import InputError, Location
from textnorm.stream.blocks import BLOCK_SIZE, Block, Result, Source, read_blocks
from textnorm.stream.cells import CSV, Dialect, last_row_end, match_row, quoted, split_row, unquoted
from textnorm.stream.codec import Codec
from textnorm.stream.fields import EDITS, Answer, FieldWork
from textnorm.stream.jsonl import dump
from textnorm.stream.lines import assemble, decode


@dataclass(frozen=True, slots=True)
class Layout:
    """What the header says: the number of columns, and which ones matter (-1: to be added)."""

    width: int
    column: int
    out: int
    edits: int


class _OpenQuote(InputError):
    """A quoted cell does not end before the text does."""


class _Row(NamedTuple):
    """A row as it is written, without its line end; a blank line has no cells."""

    text: str
    cells: list[str]
    tail: str  # the carriage return of a CRLF


@dataclass(frozen=True, slots=True)
class TableWork(FieldWork):
    """Normalizes one column of every row in a block."""

    dialect: Dialect = CSV

    def blocks(self, source: Source, codec: Codec, size: int = BLOCK_SIZE) -> Iterator[Block]:
        """Blocks of whole rows, each with the layout that the header of the file gives."""
        layout: Layout | None = None
        cut = functools.partial(last_row_end, dialect=self.dialect) if self.dialect.quoting else None
        for block in read_blocks(source, codec, size=size, cut=cut):
            if layout is None:
                layout = self._layout(block)
            yield replace(block, layout=layout)

    def __call__(self, block: Block) -> Result:
        """The block with the column of every row normalized; blank lines stay."""
        layout = block.layout
        assert isinstance(layout, Layout)
        source = decode(block)
        rows: list[_Row] = []
        error: InputError | None = None
        try:
            for row in self._rows(source.text, layout.width, block):
                rows.append(row)
        except _OpenQuote as fault:
            error = source.error or fault  # bytes that are not text may hide the closing quote
        except InputError as fault:
            error = fault
        heads = rows[: block.line == 1]
        body = rows[len(heads) :]
        cells = [row.cells[layout.column] for row in body if row.cells]
        values = [unquoted(cell, self.dialect) if cell[:1] == '"' else cell for cell in cells]
        answers, counts = self.answers(values)
        done = zip(values, answers, strict=True)
        pairs = [(row.text, self._header(row, layout)) for row in heads]
        try:
            for row in body:
                pairs.append((row.text, self._write(row, layout, *next(done)) if row.cells else row.text))
        except ValueError as fault:
            line = block.line + sum(old.count("\n") + 1 for old, _ in pairs)
            error = InputError(str(fault), at=Location(block.name, line))
        return assemble(block, source, pairs, self.detail, counts, error)

    def _layout(self, block: Block) -> Layout:
        """What the first row of a file says."""
        source, at = decode(block), Location(block.name, 1)
        if source.error and not source.text:
            raise source.error
        found = split_row(source.text, 0, self.dialect)
        if found is None:
            raise _open_quote(at)
        names = [unquoted(cell, self.dialect) for cell in found[0]]
        if self.field not in names:
            remedy = f"its columns: {', '.join(names)}"
            if len(names) == 1 and any(mark in names[0] for mark in ",;\t|"):
                remedy = f"its header is {names[0]!r}: name the right --delimiter"
            raise InputError(f"no column {self.field!r}", at=at, remedy=remedy)
        column = names.index(self.field)
        out = column if self.out_field is None else _find(names, self.out_field)
        return Layout(len(names), column, out, _find(names, EDITS))

    def _rows(self, text: str, width: int, block: Block) -> Iterator[_Row]:
        """The rows of a text, and a blank one after the last line end; a faulty row is an error."""
        delimiter, quoting, start = self.dialect.delimiter, self.dialect.quoting, 0
        while start <= len(text):
            end = text.find("\n", start)
            row = text[start:end] if end >= 0 else text[start:]
            tail = "\r" if row[-1:] == "\r" else ""
            if quoting and '"' in row:
                found = match_row(text, start, self.dialect, width)
                if found is None:
                    raise self._fault(text, start, width, block)
                *cells, tail = found
                row = delimiter.join(cells) + tail
            else:
                body = row[:-1] if tail else row
                cells = body.split(delimiter) if body else []
                if cells and len(cells) != width:
                    raise self._fault(text, start, width, block)
            yield _Row(row, cells, tail)
            start += len(row) + 1

    def _fault(self, text: str, start: int, width: int, block: Block) -> InputError:
        """What is wrong with the row at `start`."""
        at = Location(block.name, block.line + text.count("\n", 0, start))
        found = split_row(text, start, self.dialect)
        if found is None:
            return _open_quote(at)
        shown = "1 cell" if len(found[0]) == 1 else f"{len(found[0])} cells"
        remedy = "each row must have as many cells as the header"
        return InputError(f"this row has {shown}, the header {width}", at=at, remedy=remedy)

    def _header(self, row: _Row, layout: Layout) -> str:
        """The header, with the names of columns that are added."""
        names = [str(self.out_field)] if layout.out < 0 else []
        names += [EDITS] if self.edits and layout.edits < 0 else []
        return self._joined(row, row.cells + [quoted(name, self.dialect) for name in names])

    def _write(self, row: _Row, layout: Layout, old: str, answer: Answer) -> str:
        new, lists = answer
        if new == old and not self.edits and layout.out == layout.column:
            return row.text
        cells = list(row.cells)
        cell = cells[layout.column]
        if new != old:
            cell = quoted(str(new), self.dialect, force=self.dialect.quoting and cell[:1] == '"')
        _put(cells, layout.out, cell)
        if self.edits:
            _put(cells, layout.edits, quoted(dump(lists[EDITS]), self.dialect))
        return self._joined(row, cells)

    def _joined(self, row: _Row, cells: list[str]) -> str:
        return self.dialect.delimiter.join(cells) + row.tail


def _put(cells: list[str], index: int, cell: str) -> None:
    if index < 0:
        cells.append(cell)
    else:
        cells[index] = cell


def _open_quote(at: Location) -> _OpenQuote:
    remedy = "in a quoted cell write a quote twice"
    return _OpenQuote("a quote is opened and not closed", at=at, remedy=remedy)


def _find(names: list[str], name: str) -> int:
    return names.index(name) if name in names else -1
