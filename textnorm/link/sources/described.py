"""Formats that a YAML file describes: those that come with textnorm, and users' own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from textnorm.errors import InputError, Location
from textnorm.link.concept import SCOPES, Concept
from textnorm.link.sources.columns import Table, table_of
from textnorm.link.sources.reading import File
from textnorm.link.sources.spec import FORMAT
from textnorm.link.sources.table import rank, read_table
from textnorm.pack.check import check, refuse
from textnorm.pack.textfile import decode
from textnorm.pack.yamlfile import parse_yaml

_LISTS = ("id", "names", "lang", "types", "alt_ids", "xrefs")
_CONDITIONS = ("keep", "label_when", "cased_when")
_FOLDER = Path(__file__).parent / "formats"


class Format(NamedTuple):
    """A terminology that comes in tables."""

    doc: str
    licence: str
    tables: tuple[Table, ...]

    def read(self, file: File) -> Iterator[Concept]:
        """The concepts in one of its files."""
        file.licence = self.licence
        return read_table(file, self.tables)

    def keeping(self, where: Sequence[tuple[str, str]]) -> Format:
        """The same format, with only those rows whose columns fit these patterns."""
        return self._replace(
            tables=tuple(table._replace(keep=(*table.keep, *where)) for table in self.tables)
        )

    def order(self, path: str) -> int:
        """Where a file comes among others: files of names before those that add to them."""
        return rank(path, self.tables)


def known() -> list[str]:
    """The names of the formats that come with textnorm."""
    return sorted(path.stem for path in _FOLDER.glob("*.yaml"))


def description(name: str) -> str:
    """The YAML text that describes the format of this name, or that stands in the file of this name."""
    path = _FOLDER / f"{name}.yaml" if name in known() else Path(name)
    try:
        return decode(path.read_bytes(), name)
    except OSError:
        remedy = f"described are {', '.join(known())}; `textnorm index formats` lists all formats"
        raise InputError(
            "no format that is described, and no file", at=Location(name), remedy=remedy
        ) from None


def load_format(name: str) -> Format:
    """The format of this name, or the one that the YAML file of this name describes."""
    tree = parse_yaml(description(name), name)
    check(tree, FORMAT)
    for table in tree["tables"]:
        _check_table(table)
    return Format(str(tree["doc"]), str(tree.get("licence", "")), tuple(map(table_of, tree["tables"])))


def _check_table(table: Any) -> None:
    """Refuse patterns, places and scopes that mean nothing, where they stand."""
    if "file" in table:
        _check_regex(table, "file", table["file"])
    for column, span in table.get("widths", {}).items():
        if not re.fullmatch(r"[1-9]\d*-\d*", span):
            refuse(
                table["widths"], column, f"{span!r} is no place in a line", "write 7-13, or 78- for the rest"
            )
    values = [value for key in _LISTS for value in table.get(key, ())]
    for part in (table, *values):
        for key in _CONDITIONS:
            for name, regex in part.get(key, {}).items():
                _check_regex(part[key], name, regex)
        for key in ("rewrite", "scopes"):
            for regex, text in part.get(key, {}).items():
                _check_regex(part[key], regex, regex, text)
                if key == "scopes" and text not in SCOPES:
                    refuse(part[key], regex, f"{text!r} is no scope", f"one of {', '.join(SCOPES)}")


def _check_regex(tree: Any, key: str, regex: str, replacement: str = "") -> None:
    try:
        re.compile(regex).sub(replacement, "")
    except re.error as error:
        refuse(tree, key, f"{regex!r} is no pattern: {error}")
