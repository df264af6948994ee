"""Parquet: one column of strings is normalized; other columns, row groups and metadata stay.

A row group is read, worked on in slices by the pool, and written: memory is bound by the row group.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from textnorm.errors import InputError, Location
from textnorm.stream.atomic import AtomicFile
from textnorm.stream.fields import EDITS, NOTHING, FieldWork
from textnorm.stream.jsonl import dump
from textnorm.stream.parallel import Pool
from textnorm.stream.readers import cannot, require

SLICE = 4096  # rows that go to a worker at a time


@dataclass(frozen=True, slots=True)
class Slice:
    """Some values of a column."""

    values: Sequence[str | None]
    name: str
    line: int  # number of the first row, from 1


@dataclass(slots=True)
class SliceResult:
    """What became of a slice: new values, edits as JSON if asked for, and the rows that changed."""

    values: list[str | None]
    edits: list[str | None]
    changed: list[int]
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SliceWork(FieldWork):
    """Normalizes the values of a column; null stays null."""

    def __call__(self, item: Slice) -> SliceResult:
        """The slice with every value normalized."""
        answers, counts = self.answers([value for value in item.values if value is not None])
        found = [NOTHING if value is None else next(answers) for value in item.values]
        pairs = enumerate(zip(item.values, found, strict=True), start=item.line)
        changed = [row for row, (old, (new, _)) in pairs if old != new]
        edits = [None if new is None else dump(lists[EDITS]) for new, lists in found] if self.edits else []
        return SliceResult([new for new, _ in found], edits, changed, counts)


@dataclass(slots=True)
class ParquetRun:
    """One run over Parquet files, and what has gone through so far."""

    work: SliceWork
    pool: Pool[Slice, SliceResult]
    rows: int = 0
    changed: int = 0
    counts: Counter[str] = field(default_factory=Counter)

    def convert(self, path: str, target: str) -> None:
        """Write what becomes of the file at `path` to `target`; in place, only if something changed."""
        before = self.changed
        with _opened(path) as file, AtomicFile(target) as out:
            schema = self._schema(file.schema_arrow, path)
            with os.fdopen(os.dup(out.fd), "wb") as raw, _writer(raw, schema, file) as writer:
                for table, _ in self._tables(file, path):
                    try:
                        writer.write_table(table.cast(schema), row_group_size=max(1, table.num_rows))
                    except OSError as error:
                        raise cannot("write", target, error) from None
            if path == target and self.changed == before and schema == file.schema_arrow:
                out.discard()

    def compare(self, path: str) -> Iterator[int]:
        """The numbers of the rows that would change, from 1."""
        with _opened(path) as file:
            self._schema(file.schema_arrow, path)
            for _, changed in self._tables(file, path):
                yield from changed

    def _schema(self, schema: Any, path: str) -> Any:
        """The schema of the output; a column that is not there, or is not text, is an error."""
        import pyarrow as pa

        if self.work.field not in schema.names:
            remedy = f"its columns: {', '.join(schema.names)}"
            raise InputError(f"no column {self.work.field!r}", at=Location(path), remedy=remedy)
        kind = schema.field(self.work.field).type
        plain = kind.value_type if pa.types.is_dictionary(kind) else kind
        if not (pa.types.is_string(plain) or pa.types.is_large_string(plain)):
            message = f"column {self.work.field!r} holds {kind}, not text"
            raise InputError(message, at=Location(path), remedy="name a --field that holds text")
        if self.work.out_field:
            schema = _with_field(schema, pa.field(self.work.out_field, kind))
        if self.work.edits:
            schema = _with_field(schema, pa.field(EDITS, pa.string()))
        return schema

    def _tables(self, file: Any, path: str) -> Iterator[tuple[Any, list[int]]]:
        """The row groups, normalized, each with the numbers of the rows that changed."""
        import pyarrow as pa

        first = 1
        for index in range(file.num_row_groups):
            table = file.read_row_group(index)
            column = table.column(self.work.field)
            results = [result for _, result in self.pool.map(_slices(column, path, first))]
            first += table.num_rows
            changed = [row for result in results for row in result.changed]
            self._count(table.num_rows, len(changed), results)
            values = pa.array([value for result in results for value in result.values], pa.large_string())
            table = _with_column(table, self.work.out_field or self.work.field, values.cast(column.type))
            if self.work.edits:
                edits = [edit for result in results for edit in result.edits]
                table = _with_column(table, EDITS, pa.array(edits, pa.string()))
            yield table, changed

    def _count(self, rows: int, changed: int, results: list[SliceResult]) -> None:
        self.rows += rows
        self.changed += changed
        for result in results:
            self.counts.update(result.counts)


@contextmanager
def _opened(path: str) -> Iterator[Any]:
    pq = require("pyarrow.parquet", "arrow", "a Parquet file")
    import pyarrow as pa

    try:
        # Opened here, for messages like those for any other file.
        raw = open(path, "rb")  # noqa: SIM115
    except OSError as error:
        raise cannot("read", path, error) from None
    with raw:
        try:
            yield pq.ParquetFile(raw)
        except pa.ArrowInvalid as error:
            raise InputError(f"not a Parquet file, or damaged: {error}", at=Location(path)) from None


def _writer(raw: Any, schema: Any, file: Any) -> Any:
    import pyarrow.parquet as pq

    groups = file.metadata.num_row_groups
    codec = file.metadata.row_group(0).column(0).compression if groups else "SNAPPY"
    return pq.ParquetWriter(raw, schema, compression="NONE" if codec == "UNCOMPRESSED" else codec)


def _slices(column: Any, name: str, first: int) -> Iterator[Slice]:
    for start in range(0, len(column), SLICE):
        yield Slice(column.slice(start, SLICE).to_pylist(), name, first + start)


def _with_field(schema: Any, new: Any) -> Any:
    index = schema.get_field_index(new.name)
    return schema.append(new) if index < 0 else schema.set(index, new)


def _with_column(table: Any, name: str, values: Any) -> Any:
    index = table.schema.get_field_index(name)
    return table.append_column(name, values) if index < 0 else table.set_column(index, name, values)
