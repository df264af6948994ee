"""From the name of a format to the work that a worker does on its blocks."""

from __future__ import annotations

from dataclasses import dataclass

from textnorm.errors import TextnormError
from textnorm.stream.cells import TSV, Dialect
from textnorm.stream.files import Work
from textnorm.stream.jsonl import JsonlWork
from textnorm.stream.lines import PLAIN, Detail, LineWork, Normalizes
from textnorm.stream.parquet import SliceWork
from textnorm.stream.readings import ReadingsWork
from textnorm.stream.table import TableWork


@dataclass(frozen=True, slots=True)
class Fields:
    """Which field is normalized, and where the result goes."""

    name: str = ""
    out: str | None = None
    edits: bool = False
    delimiter: str = ","
    nbest: int = 0


def make_work(normalizer: Normalizes, kind: str, fields: Fields, detail: Detail = PLAIN) -> Work:
    """The work for lines of text, for "readings" of such lines, or for fields of "jsonl", "csv", "tsv"."""
    if kind == "text":
        return LineWork(normalizer, normalizer.explain, detail)
    if kind == "readings":
        return ReadingsWork(normalizer.explain, fields.nbest, fields.edits, detail)
    common = (normalizer, normalizer.explain, fields.name, fields.out, fields.edits, detail, fields.nbest)
    if kind == "jsonl":
        return JsonlWork(*common)
    return TableWork(*common, dialect=TSV if kind == "tsv" else Dialect(check_delimiter(fields.delimiter)))


def make_slice_work(normalizer: Normalizes, fields: Fields, detail: Detail = PLAIN) -> SliceWork:
    """The work for slices of a Parquet column."""
    return SliceWork(normalizer, normalizer.explain, fields.name, fields.out, fields.edits, detail)


def check_delimiter(text: str) -> str:
    r"""The delimiter meant by `text`; a tab may be written as `\t`."""
    mark = "\t" if text == r"\t" else text
    if len(mark) != 1 or not mark.isascii() or mark in '"\r\n':
        raise TextnormError(f"{text!r} cannot separate cells", remedy="name one ASCII character, such as ';'")
    return mark
