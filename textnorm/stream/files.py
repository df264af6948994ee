"""Files through a pool of workers: into one output, in place, or compared only."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from textnorm.errors import InputError, Location
from textnorm.stream.atomic import AtomicFile
from textnorm.stream.blocks import Block, Result, Source
from textnorm.stream.codec import Codec
from textnorm.stream.diff import ChangeList, UnifiedDiff
from textnorm.stream.parallel import Pool
from textnorm.stream.readers import STDIN, cannot, open_source
from textnorm.stream.writers import FdSink, Sink, compressed


class Work(Protocol):
    """A format: how a source is cut into blocks, and what happens to a block."""

    def blocks(self, source: Source, codec: Codec) -> Iterator[Block]:
        """The blocks of a source."""

    def __call__(self, block: Block) -> Result:
        """What becomes of a block."""


@dataclass(slots=True)
class Tally:
    """What has gone through so far."""

    lines: int = 0
    bytes: int = 0
    changed: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    position: int = 0  # of the files as they lie on disk, read so far

    def add(self, block: Block, result: Result) -> None:
        """Count one block."""
        self.lines += block.lines
        self.bytes += len(block.bom) + len(block.data)
        self.changed += len(result.changes)
        self.counts.update(result.counts)


@dataclass(slots=True)
class Run:
    """One run over some files: a format, a pool that works on its blocks, an encoding, a tally."""

    work: Work
    pool: Pool[Block, Result]
    codec: Codec
    tally: Tally = field(default_factory=Tally)
    watch: Callable[[Tally], None] | None = None  # told after each block

    def into(self, paths: Iterable[str], sink: Sink) -> None:
        """Write what becomes of the files, one after the other.

        A file without a final line end gets one if another file follows: no two lines become one.
        """
        end = b""
        for block, result in self.pool.map(self._blocks(paths)):
            if block.line == 1 and end:
                sink.write(end)
            self._write(sink, block, result)
            newline = block.codec.newline
            end = b"" if result.data.endswith(newline) or not result.data else newline

    def in_place(self, path: str) -> None:
        """Replace a file by what becomes of it; a file that would stay the same is not touched."""
        _require_plain_file(path)
        with AtomicFile(path) as file:
            changed = False
            with compressed(FdSink(file.fd, path), path) as sink:
                for block, result in self.pool.map(self._blocks([path])):
                    self._write(sink, block, result)
                    changed = changed or result.changed
            if not changed:
                file.discard()

    def compare(self, paths: Iterable[str], report: ChangeList | UnifiedDiff) -> bool:
        """Tell `report` what would change; whether there was anything to tell."""
        found = False
        for block, result in self.pool.map(self._blocks(paths)):
            self._count(block, result)
            report.add(block, result)
            found = found or bool(result.changes)
            if result.error:
                report.close()
                raise result.error
        report.close()
        return found

    def _write(self, sink: Sink, block: Block, result: Result) -> None:
        sink.write(result.data)
        self._count(block, result)
        if result.error:
            raise result.error

    def _count(self, block: Block, result: Result) -> None:
        self.tally.add(block, result)
        if self.watch:
            self.watch(self.tally)

    def _blocks(self, paths: Iterable[str]) -> Iterator[Block]:
        for path in paths:
            before = self.tally.position
            with open_source(path) as source:
                for block in self.work.blocks(source, self.codec):
                    if path != STDIN:
                        self.tally.position = before + source.position()
                    yield block


def total_size(paths: Sequence[str]) -> int | None:
    """The size of all files together, or None if one of them is not a plain file."""
    try:
        found = [os.stat(path) for path in paths if path != STDIN]
    except OSError:
        return None
    if len(found) < len(paths) or not all(stat.S_ISREG(item.st_mode) for item in found):
        return None
    return sum(item.st_size for item in found)


def _require_plain_file(path: str) -> None:
    try:
        mode = os.stat(path).st_mode
    except OSError as error:
        raise cannot("read", path, error) from None
    if stat.S_ISDIR(mode):
        raise cannot("read", path, IsADirectoryError())
    if not stat.S_ISREG(mode):
        raise InputError("only a plain file can be changed in place", at=Location(path), remedy="use -o FILE")
