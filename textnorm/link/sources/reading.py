"""What reading a terminology leaves besides its concepts: version, licence, and what was skipped.

Real files are imperfect. A reader takes what is there, counts what it cannot use under a short reason, and
goes on.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import chain
from textwrap import shorten
from typing import Any

from textnorm.errors import InputError, Location
from textnorm.link.concept import Concept
from textnorm.stream.blocks import read_blocks
from textnorm.stream.codec import Codec
from textnorm.stream.readers import STDIN, cannot, open_source


@dataclass(slots=True)
class Skip:
    """How often something was skipped, and where first; `text` is what stood there."""

    count: int
    at: Location
    text: str = ""


@dataclass(slots=True)
class File:
    """A source file while it is read."""

    path: str
    codec: Codec = field(default_factory=Codec)
    version: str = ""
    licence: str = ""
    records: int = 0
    columns: frozenset[str] = frozenset()
    skipped: dict[str, Skip] = field(default_factory=dict)

    def skip(self, reason: str, line: int, text: str = "", count: int = 1) -> None:
        """Count something that was not used."""
        found = self.skipped.get(reason)
        if found is None:
            self.skipped[reason] = Skip(count, Location(self.path, line), text.strip()[:80])
        else:
            found.count += count

    def note(self, fact: str, value: str) -> None:
        """What the file says of itself: its `version` or its `licence`."""
        if fact == "version":
            self.version = value
        elif fact == "licence":
            self.licence = value

    def lines(self) -> Iterator[tuple[int, str]]:
        """The lines with their numbers, without their ends; wrong bytes are replaced and counted."""
        with open_source(self.path) as source:
            for block in read_blocks(source, self.codec):
                text = self._decoded(block.data, block.codec.encoding, block.line)
                number = block.line
                for line in text.removesuffix("\n").split("\n"):
                    yield number, line.removesuffix("\r")
                    number += 1

    def _decoded(self, data: bytes, encoding: str, line: int) -> str:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            at = line + data.count(b"\n", 0, error.start)
            text = data.decode(encoding, "replace")
            wrong = text.count("\ufffd")
            self.skip(f"bytes that are not {encoding.upper()}, replaced", at, "", wrong)
            return text

    def facts(self) -> dict[str, Any]:
        """What the manifest says about this file."""
        return {
            "file": os.path.basename(self.path),
            "sha256": digest(self.path),
            "version": self.version,
            "licence": self.licence,
            "records": self.records,
            "skipped": {
                reason: {"count": skip.count, "first": skip.at.line, "text": skip.text}
                for reason, skip in sorted(self.skipped.items())
            },
        }


Reader = Callable[[File], Iterator[Concept]]


class Reading:
    """The concepts of some files, read once; what is known about the files fills up meanwhile.

    At least one file must have each of `columns`.
    """

    def __init__(
        self, format: str, files: Sequence[File], reader: Reader, columns: Sequence[str] = ()
    ) -> None:
        self.format, self.files, self._reader, self._columns = format, list(files), reader, columns

    def __iter__(self) -> Iterator[Concept]:
        for file in self.files:
            for concept in self._reader(file):
                file.records += 1
                yield concept
        seen = frozenset().union(*(file.columns for file in self.files))
        for column in self._columns:
            if column not in seen:
                remedy = f"there are {listed(sorted(seen))}"
                raise InputError(f"no file has a column {column!r}", remedy=remedy)

    @property
    def version(self) -> str:
        """The versions that the files name."""
        return ", ".join(dict.fromkeys(file.version for file in self.files if file.version))

    @property
    def licence(self) -> str:
        """The licences that the files name."""
        return "; ".join(dict.fromkeys(file.licence for file in self.files if file.licence))

    def facts(self) -> list[dict[str, Any]]:
        """What the manifest says about the sources."""
        return [{"format": self.format, **file.facts()} for file in self.files]


class Readings:
    """Several readings, one after the other."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self._readings = readings

    def __iter__(self) -> Iterator[Concept]:
        return chain.from_iterable(self._readings)

    def facts(self) -> list[dict[str, Any]]:
        """What the manifest says about the sources."""
        return [entry for reading in self._readings for entry in reading.facts()]


def listed(columns: Iterable[str]) -> str:
    """Columns in a row for a message, cut where it gets long."""
    return shorten(", ".join(columns), 200, placeholder=" …")


def digest(path: str) -> str:
    """SHA-256 of the file as it lies on disk."""
    if path == STDIN:
        return ""
    found = sha256()
    try:
        with open(path, "rb") as file:
            while data := file.read(1 << 20):
                found.update(data)
    except OSError as error:
        raise cannot("read", path, error) from None
    return found.hexdigest()
