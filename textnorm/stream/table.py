"""CSV and TSV: one column is normalized, every other byte of a row stays.

A pattern for a whole row finds the cells that matter in one step; new text is spliced in, quoted like the
cell it replaces. CSV cells may be quoted and may then hold line ends. TSV has no quoting: a tab ends a
cell, a line end ends a row, and a quotation mark is a letter like any other.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import NamedTuple

from textnorm.errors import InputError, Location
from textnorm.stream.blocks import BLOCK_SIZE, Block, Result, Source, read_blocks
from textnorm.stream.cells import CSV, Dialect, cell_pattern, last_row_end, quoted, row_pattern, unquoted
from textnorm.stream.codec import Codec
from textnorm.stream.fields import EDITS, Answer, FieldWork
from textnorm.stream.jsonl import dump
from textnorm.stream.lines import assemble, decode


@dataclass(frozen=True, slots=True)
class Layout:
    """What the header says: the number of columns, and which ones matter (out is -1: to be added)."""

    width: int
    column: int
    out: int
    edits: int


class _Row(NamedTuple):
    """A row without its line end; a blank line has no cells and no value."""

    text: str
    cells: dict[int, tuple[int, int]]  # where the cells that matter stand in `text`
    end: int  # where the last cell ends
    value: str | None


BLANK = ("\n", "\r\n", "\r", "")


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
            rows.extend(self._rows(source.text, layout, block))
        except InputError as fault:
            error = fault
        has_head = block.line == 1 and bool(rows)
        body = rows[has_head:]
        answers, counts = self.answers([row.value for row in body if row.value is not None])
        pairs = [(row.text, self._with_columns(row, layout)) for row in rows[:has_head]]
        try:
            for row in body:
                pairs.append((row.text, self._write(row, layout, answers)))
        except ValueError as fault:
            height = sum(old.count("\n") + 1 for old, _ in pairs)
            error = InputError(str(fault), at=Location(block.name, block.line + height))
        return assemble(block, source, pairs, self.detail, counts, error)

    def _layout(self, block: Block) -> Layout:
        source = decode(block)
        if source.error and not source.text:
            raise source.error
        names = self._header(source.text, Location(block.name, 1))
        if self.field not in names:
            known = ", ".join(names)
            remedy = f"its columns: {known}"
            if len(names) == 1 and any(mark in known for mark in ";\t|,"):
                remedy = f"its header is {known!r}: name the right --delimiter"
            raise InputError(f"no column {self.field!r}", at=Location(block.name, 1), remedy=remedy)
        column = names.index(self.field)
        out = column if self.out_field is None else _find(names, self.out_field)
        return Layout(len(names), column, out, _find(names, EDITS))

    def _header(self, text: str, at: Location) -> list[str]:
        names: list[str] = []
        for match in cell_pattern(self.dialect).finditer(text):
            names.append(unquoted(match[1], self.dialect))
            if match[2] != self.dialect.delimiter:
                return names
        raise _open_quote(at)

    def _rows(self, text: str, layout: Layout, block: Block) -> Iterator[_Row]:
        """The rows of a text, and an empty one after the last line end; a faulty row is an error."""
        wanted = tuple(sorted({layout.column, layout.out, layout.edits} - {-1}))
        pattern, column = row_pattern(self.dialect, layout.width, wanted), wanted.index(layout.column)
        groups = range(1, len(wanted) + 1)
        start = 0
        while start < len(text):
            match = pattern.match(text, start)
            if match is None or text[start] in "\r\n":
                end = text.find("\n", start) + 1 or len(text)
                if text[start:end] not in BLANK:
                    line = block.line + text.count("\n", 0, start)
                    raise self._fault(text, start, layout, Location(block.name, line))
                yield _Row(text[start:end].rstrip("\n"), {}, 0, None)
            else:
                end = match.end()
                spans = (match.span(group) for group in groups)
                places = zip(wanted, spans, strict=True)
                cells = {index: (low - start, high - start) for index, (low, high) in places}
                value = unquoted(match[column + 1], self.dialect)
                row = match[0].removesuffix("\n")
                yield _Row(row, cells, match.start(len(wanted) + 1) - start, value)
            start = end
        if not text or text.endswith("\n"):
            yield _Row("", {}, 0, None)

    def _fault(self, text: str, start: int, layout: Layout, at: Location) -> InputError:
        """What is wrong with the row at `start`."""
        count = 0
        for match in cell_pattern(self.dialect).finditer(text, start):
            if match.start() != start:
                break
            count, start = count + 1, match.end()
            if match[2] != self.dialect.delimiter:
                cells = f"{count} cell" if count == 1 else f"{count} cells"
                remedy = "each row must have as many cells as the header"
                return InputError(f"this row has {cells}, the header {layout.width}", at=at, remedy=remedy)
        return _open_quote(at)

    def _with_columns(self, row: _Row, layout: Layout) -> str:
        """The header, with the names of columns that are added."""
        names = [self.out_field] if layout.out < 0 else []
        names += [EDITS] if self.edits and layout.edits < 0 else []
        added = "".join(self.dialect.delimiter + quoted(str(name), self.dialect) for name in names)
        return row.text[: row.end] + added + row.text[row.end :]

    def _write(self, row: _Row, layout: Layout, answers: Iterator[Answer]) -> str:
        if row.value is None:
            return row.text
        answer = next(answers)
        low, high = row.cells[layout.column]
        cell = row.text[low:high]
        if answer.text != row.value:
            cell = quoted(str(answer.text), self.dialect, force=cell.startswith('"'))
        splices = [self._place(row, layout.out, cell)]
        if self.edits:
            splices.append(self._place(row, layout.edits, quoted(dump(answer.edits), self.dialect)))
        text = row.text
        for low, high, new in sorted(splices, key=itemgetter(0, 1), reverse=True):
            text = text[:low] + new + text[high:]
        return text

    def _place(self, row: _Row, index: int, cell: str) -> tuple[int, int, str]:
        if index < 0:
            return row.end, row.end, self.dialect.delimiter + cell
        return (*row.cells[index], cell)


def _open_quote(at: Location) -> InputError:
    remedy = "in a quoted cell write a quote twice"
    return InputError("a quote is opened and not closed", at=at, remedy=remedy)


def _find(names: list[str], name: str) -> int:
    return names.index(name) if name in names else -1
