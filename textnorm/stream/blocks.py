"""Blocks: stretches of a file that end where a line ends, so that each can be worked on by itself.

Input is read in pieces of up to 256 KB and cut after the last line end. A piece that arrives short
(somebody types, or a pipe delivers line by line) is passed on at once: nothing waits for a full block.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from textnorm.errors import InputError, Location, TextnormError
from textnorm.stream.codec import Codec

BLOCK_SIZE = 1 << 18
RECORD_LIMIT = 1 << 26  # a quote that is never closed must not swallow a whole file

Cutter = Callable[[bytes, Codec], int]  # position after the last complete record, or 0


class Source(Protocol):
    """Where bytes come from."""

    name: str

    def read(self, size: int) -> bytes:
        """Up to `size` bytes, as soon as there are any; b"" at the end."""


@dataclass(frozen=True, slots=True)
class Block:
    """Whole lines of one file; only the last block of a file may lack a final line end."""

    data: bytes
    name: str = "<stdin>"
    line: int = 1  # number of its first line
    offset: int = 0  # position of `data` in the file
    lines: int = 0
    bom: bytes = b""  # a byte-order mark that stood before `data`
    codec: Codec = field(default_factory=Codec)
    layout: object = None  # what a format found in the head of the file


@dataclass(frozen=True, slots=True)
class Change:
    """A record that became another one: its first line, and its bytes before and after."""

    line: int
    before: bytes
    after: bytes


@dataclass(slots=True)
class Result:
    """What became of a block. With an `error`, `data` is what came before the faulty line."""

    data: bytes
    changed: bool = False
    changes: list[Change] = field(default_factory=list)
    counts: Mapping[str, int] = field(default_factory=dict)
    error: TextnormError | None = None


def read_blocks(
    source: Source,
    codec: Codec,
    *,
    size: int = BLOCK_SIZE,
    cut: Cutter | None = None,
) -> Iterator[Block]:
    """The blocks of a source, in order. `cut` finds the last record end where records span lines."""
    head = _head(source, codec, size)
    codec, bom = codec.fitted(head)
    buffer = _Buffer(codec, source.name, cut)
    offset, line, data = len(bom), 1, head[len(bom) :]
    while head:
        whole = buffer.add(data, line)
        if whole:
            lines = codec.count_lines(whole)
            yield Block(whole, source.name, line, offset, lines, bom, codec)
            line, offset, bom = line + lines, offset + len(whole), b""
        data = head = source.read(size)
    last = buffer.rest()
    if last or bom:
        lines = codec.count_lines(last) + bool(last and not last.endswith(codec.newline))
        yield Block(last, source.name, line, offset, lines, bom, codec)


def _head(source: Source, codec: Codec, size: int) -> bytes:
    """The first bytes; more than one read only while they may still grow into a byte-order mark."""
    data = source.read(size)
    marks = [mark for mark, _ in codec.marks()]
    while data and any(len(data) < len(mark) and mark.startswith(data) for mark in marks):
        more = source.read(size)
        if not more:
            break
        data += more
    return data


class Lines:
    """The cutting of plain lines, for formats whose records are lines."""

    __slots__ = ()

    def blocks(self, source: Source, codec: Codec, size: int = BLOCK_SIZE) -> Iterator[Block]:
        """The blocks of a source."""
        return read_blocks(source, codec, size=size)


class _Buffer:
    """Holds back what follows the last record end; a long record is not scanned again and again."""

    def __init__(self, codec: Codec, name: str, cut: Cutter | None) -> None:
        self._codec, self._name, self._cut = codec, name, cut
        self._pieces: list[bytes] = []
        self._held = 0
        self._next_scan = 0

    def add(self, data: bytes, line: int) -> bytes:
        """The whole records that `data` completes, or b""; `line` is where the first of them starts."""
        if self._cut is None and len(self._codec.newline) == 1:
            end = self._codec.last_line_end(data)
            return self._split(data, end) if end else self._hold(data)
        self._hold(data)
        if self._held < self._next_scan:
            return b""
        data = self.rest()
        end = self._codec.last_line_end(data)
        if end and self._cut is not None:
            end = self._cut(data[:end], self._codec)
        if end:
            self._next_scan = 0
            return self._split(data, end)
        if self._cut is not None and len(data) > RECORD_LIMIT:
            raise InputError(
                f"a record of more than {RECORD_LIMIT >> 20} MB starts here",
                at=Location(self._name, line),
                remedy="a quote is opened and not closed, most likely",
            )
        self._next_scan = 2 * len(data) if len(data) > BLOCK_SIZE else 0
        return self._hold(data)

    def rest(self) -> bytes:
        """What is held back; the buffer is empty afterwards."""
        data = b"".join(self._pieces)
        self._pieces, self._held = [], 0
        return data

    def _hold(self, data: bytes) -> bytes:
        if data:
            self._pieces.append(data)
            self._held += len(data)
        return b""

    def _split(self, data: bytes, end: int) -> bytes:
        held = self.rest()
        self._hold(data[end:])
        return held + data[:end] if held else data[:end]
