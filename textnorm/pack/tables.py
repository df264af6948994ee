"""Lexicons: TSV files with a header line, read when first asked for.

As YAML ten thousand entries take a second to load, as TSV ten milliseconds. A line that starts with
`# ` is a comment; a `#` followed by a tab is data.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from textnorm.errors import Location, PackError
from textnorm.pack.model import Lexicon
from textnorm.pack.places import display
from textnorm.pack.textfile import decode

MODEL_SUFFIX, TAGGER_SUFFIX = ".charlm", ".tagger"
LEXICON_NAME = re.compile(r"[A-Za-z][\w-]*(?:/[\w-]+)+")


def read_table(path: Path, name: str) -> Lexicon:
    """The table in the file at `path`, called `name`; every row is as wide as the header."""
    file = display(path)
    try:
        text = decode(path.read_bytes(), file)
    except OSError as error:
        raise PackError(f"cannot read this file: {error.strerror}", at=Location(file)) from None
    lines = text.split("\n")
    data = [line for line in lines if line and line[:2] != "# " and line != "#"]
    if not data:
        raise PackError("this table is empty", at=Location(file), remedy="start with a header line")
    columns = tuple(data[0].split("\t"))
    if len(set(columns)) < len(columns) or "" in columns:
        at = Location(file, lines.index(data[0]) + 1, 1)
        raise PackError(f'header "{data[0]}" has an empty or double column name', at=at)
    rows = tuple([tuple(line.split("\t")) for line in data[1:]])
    width = len(columns)
    if any(len(row) != width for row in rows):
        _refuse_width(lines, width, file)
    if not unicodedata.is_normalized("NFC", text):
        _refuse_form(lines, file)
    return Lexicon(name, columns, rows, file)


def _refuse_width(lines: Sequence[str], width: int, file: str) -> None:
    for number, line in enumerate(lines, 1):
        if line and line[:2] != "# " and line != "#" and line.count("\t") + 1 != width:
            cells = line.count("\t") + 1
            message = f'"{line}" has {cells} cells, the header has {width}'
            raise PackError(message, at=Location(file, number, 1), remedy="separate cells with single tabs")


def _refuse_form(lines: Sequence[str], file: str) -> None:
    for number, line in enumerate(lines, 1):
        if not unicodedata.is_normalized("NFC", line):
            raise PackError(
                f'"{line}" is not in NFC', at=Location(file, number, 1), remedy="save the file as NFC"
            )


class Lexicons(Mapping[str, Lexicon]):
    """The lexicons of a pack by name; each is read at its first use, then kept.

    Iteration covers the lexicons that the pack refers to, in order of name; any other table in the
    data folders can still be asked for.
    """

    def __init__(self, folders: Sequence[Path], names: Sequence[str] = ()) -> None:
        self.folders = tuple(folders)
        self.names = tuple(sorted(set(names)))
        self._tables: dict[str, Lexicon] = {}
        self._patterns: dict[tuple[str, str], str] = {}

    def __getitem__(self, name: str) -> Lexicon:
        table = self._tables.get(name)
        if table is None:
            path = self.find(name)
            if path is None:
                raise KeyError(name)
            table = self._tables[name] = read_table(path, name)
        return table

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self.find(name) is not None

    def find(self, name: str) -> Path | None:
        """The file of the lexicon called `name`; earlier folders win."""
        return self.file(name, ".tsv")

    def file(self, name: str, suffix: str) -> Path | None:
        """The data file called `name` with this suffix; earlier folders win."""
        if LEXICON_NAME.fullmatch(name):
            for folder in self.folders:
                path = folder / f"{name}{suffix}"
                if path.is_file():
                    return path
        return None

    def known(self) -> list[str]:
        """Names of all tables in the data folders, for hints in messages."""
        found = {
            path.relative_to(folder).with_suffix("").as_posix()
            for folder in self.folders
            for path in folder.glob("*/**/*.tsv")
        }
        return sorted(found)

    def pattern(self, name: str, column: str, build: Callable[[Sequence[str]], str]) -> str:
        """`build` over the entries of a column, remembered; the first column if `column` is empty."""
        key = (name, column)
        if key not in self._patterns:
            self._patterns[key] = build(entries(self[name], column))
        return self._patterns[key]


def entries(table: Lexicon, column: str) -> list[str]:
    """The non-empty values of a column, each once; the first column if `column` is empty."""
    index = table.column(column) if column else 0
    return [value for value in dict.fromkeys(row[index] for row in table.rows) if value]
