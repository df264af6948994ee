"""What would change, for people and for `patch`: `file:line` lists and unified diffs.

Records keep their place, so no search for common lines is needed: old and new run side by side.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from textnorm.stream.blocks import Block, Change, Result
from textnorm.stream.codec import Codec
from textnorm.stream.lines import split_lines
from textnorm.stream.writers import Sink

CONTEXT = 3


class ChangeList:
    """Writes `file:line` for every record that would change."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    def add(self, block: Block, result: Result) -> None:
        """List the changes of one block."""
        name = os.fsencode(block.name)
        self._sink.write(b"".join(b"%s:%d\n" % (name, change.line) for change in result.changes))

    def close(self) -> None:
        """Nothing is held back."""


class _Step(NamedTuple):
    """Lines of the old file and of the new one; the same if `changed` is not set."""

    old: list[bytes]
    new: list[bytes]
    changed: bool


class UnifiedDiff:
    """Writes a unified diff, a hunk at a time; memory is bound by the longest hunk."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._name = ""
        self._started = False
        self._begin("")

    def add(self, block: Block, result: Result) -> None:
        """Go through one block; the first block of a file ends the diff of the file before."""
        if block.line == 1:
            self._flush()
            self._begin(block.name)
        for step in _steps(block, result):
            self._feed(step)

    def close(self) -> None:
        """Write the last hunk."""
        self._flush()

    def _begin(self, name: str) -> None:
        self._name, self._started = name, False
        self._context: deque[_Step] = deque(maxlen=CONTEXT)
        self._hunk: list[_Step] = []
        self._quiet = 0  # unchanged lines at the end of the hunk
        self._old_line = self._new_line = 1  # of the next line to come
        self._starts = 1, 1  # of the hunk

    def _feed(self, step: _Step) -> None:
        if step.changed:
            if not self._hunk:
                self._hunk, self._quiet = list(self._context), 0
                self._starts = self._old_line - len(self._hunk), self._new_line - len(self._hunk)
                self._context.clear()
            self._hunk.append(step)
            self._quiet = 0
        elif self._hunk:
            self._hunk.append(step)
            self._quiet += 1
            if self._quiet > 2 * CONTEXT:
                self._flush()
        else:
            self._context.append(step)
        self._old_line += len(step.old)
        self._new_line += len(step.new)

    def _flush(self) -> None:
        """Write the open hunk with its context; what follows becomes context of the next one."""
        if not self._hunk:
            return
        surplus = max(0, self._quiet - CONTEXT)
        kept = self._hunk[: len(self._hunk) - surplus]
        self._context.extend(self._hunk[len(self._hunk) - self._quiet :])
        if not self._started:
            name = os.fsencode(self._name)
            self._sink.write(b"--- %s\n+++ %s\n" % (name, name))
            self._started = True
        old = sum(len(step.old) for step in kept)
        new = sum(len(step.new) for step in kept)
        head = b"@@ -%d,%d +%d,%d @@\n" % (self._starts[0], old, self._starts[1], new)
        self._sink.write(head + b"".join(_marked(kept)))
        self._hunk = []


def _marked(steps: list[_Step]) -> Iterator[bytes]:
    """Lines with their marks; in a run of changed records all old lines come first."""
    minus: list[bytes] = []
    plus: list[bytes] = []
    for step in [*steps, _Step([], [], False)]:
        if step.changed:
            minus += step.old
            plus += step.new
            continue
        yield from (_line(b"-", line) for line in minus)
        yield from (_line(b"+", line) for line in plus)
        yield from (_line(b" ", line) for line in step.old)
        minus, plus = [], []


def _line(mark: bytes, line: bytes) -> bytes:
    return mark + line if line.endswith(b"\n") else mark + line + b"\n\\ No newline at end of file\n"


def _steps(block: Block, result: Result) -> Iterator[_Step]:
    """The records of a block that are done with, old beside new, as UTF-8 or what is written like it."""
    lines = _physical(block.data, block.codec)
    if result.error and result.error.at:
        lines = lines[: result.error.at.line - block.line]
    changes = {change.line: change for change in result.changes}
    mark = block.bom if block.codec.ascii_newline else b""
    at = 0
    while at < len(lines):
        change = changes.get(block.line + at)
        if change is None:
            old = [mark + lines[at]]
            step = _Step(old, old, False)
        else:
            step = _changed(change, mark, lines, at, block.codec)
        yield step
        at += len(step.old)
        mark = b""


def _changed(change: Change, mark: bytes, lines: list[bytes], at: int, codec: Codec) -> _Step:
    height = len(_physical(change.before + codec.newline, codec))
    old = lines[at : at + height]
    new = _physical(change.after + codec.newline, codec)
    if not old[-1].endswith(b"\n"):
        new[-1] = new[-1].removesuffix(b"\n")
    old[0], new[0] = mark + old[0], mark + new[0]
    return _Step(old, new, True)


def _physical(data: bytes, codec: Codec) -> list[bytes]:
    """The lines of `data` with their ends, in an encoding where the byte 0x0A ends a line."""
    if codec.ascii_newline:
        return _with_ends(data.split(b"\n"))
    lines = split_lines(data, codec)
    return _with_ends([line.decode(codec.encoding, "replace").encode() for line in lines])


def _with_ends(lines: list[bytes]) -> list[bytes]:
    return [line + b"\n" for line in lines[:-1]] + lines[-1:] * bool(lines[-1])
