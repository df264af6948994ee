"""Plain text: what happens to a block of lines in a worker, bytes to bytes."""

from __future__ import annotations

import codecs
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from typing import Protocol

from textnorm.document import Document
from textnorm.errors import InputError, TextnormError
from textnorm.stream.blocks import Block, Change, Lines, Result
from textnorm.stream.codec import Codec, bad_bytes


class Normalizes(Protocol):
    """What the stream layer needs of a normalizer."""

    def __call__(self, text: str) -> str:
        """The normalized text, with as many lines as before."""

    def explain(self, text: str) -> Document:
        """The same, with every edit."""


@dataclass(frozen=True, slots=True)
class Detail:
    """What to note besides the output: each changed record, and how many edits of each class."""

    changes: bool = False
    counts: bool = False


PLAIN = Detail()


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a block. With an `error`, of the lines before the faulty one only."""

    data: bytes
    text: str
    altered: bool = False  # some bytes were not text, and the error handler put others in their place
    error: InputError | None = None


@dataclass(frozen=True, slots=True)
class LineWork(Lines):
    """Applies a function to the text of a block; lines that stay the same keep their very bytes."""

    apply: Callable[[str], str]
    explain: Callable[[str], Document] | None = None
    detail: Detail = PLAIN

    def __call__(self, block: Block) -> Result:
        """The block with every line normalized."""
        source = decode(block)
        out = self.apply(source.text)
        if out == source.text and not source.altered:
            return Result(block.bom + source.data, error=source.error)
        if block.codec.round_trip and not (source.altered or self.detail.changes):
            with suppress(InputError):  # line by line the fault is found, and what comes before it
                data = block.codec.encode(out, block.name, block.line)
                return Result(block.bom + data, changed=True, error=source.error)
        pairs = list(zip(source.text.split("\n"), out.split("\n"), strict=True))
        counts = self._count(old for old, new in pairs if old != new)
        return assemble(block, source, pairs, self.detail, counts)

    def _count(self, lines: Iterable[str]) -> Mapping[str, int]:
        if not self.detail.counts or self.explain is None:
            return {}
        return count_edits(self.explain(line) for line in lines)


@dataclass(frozen=True, slots=True)
class AnswerWork(LineWork):
    """The same for functions that answer every line in JSON, where no byte-order mark of UTF-8 may stand."""

    def __call__(self, block: Block) -> Result:
        """The answers to the lines of the block."""
        bare = replace(block, bom=b"") if block.bom == codecs.BOM_UTF8 else block
        return LineWork.__call__(self, bare)


def assemble(
    block: Block,
    source: Decoded,
    pairs: Sequence[tuple[str, str]],
    detail: Detail,
    counts: Mapping[str, int],
    error: TextnormError | None = None,
) -> Result:
    """The result of a block from its records (one or more lines, without the last line end) old and new.

    Records that stay the same keep their very bytes, also in encodings that have two codes for one
    letter. With an `error`, the records are those before it.
    """
    codec, newline = block.codec, block.codec.newline
    if codec.round_trip and not (source.altered or detail.changes):
        with suppress(InputError):  # the way below finds the line and what comes before it
            text = "\n".join([new for _, new in pairs]) + ("\n" if error and pairs else "")
            data = codec.encode(text, block.name, block.line)
            return Result(block.bom + data, text != source.text, [], counts, error or source.error)
    befores = iter(split_lines(source.data, codec))
    pieces: list[bytes] = []
    changes: list[Change] = []
    changed = False
    line = block.line
    for old, new in pairs:
        height = old.count("\n") + 1
        before = after = newline.join(islice(befores, height))
        if old != new or (source.altered and not _is_text(before, codec)):
            try:
                after = codec.encode(new, block.name, line)
            except InputError as fault:
                error = fault
                break
        if after != before:
            changed = True
            if detail.changes:
                changes.append(Change(line, before, after))
        pieces.append(after)
        line += height
    data = newline.join(pieces) + (newline if error and pieces else b"")
    return Result(block.bom + data, changed, changes, counts, error or source.error)


def count_edits(documents: Iterable[Document]) -> Mapping[str, int]:
    """How many changes of each class there are; edits that only mark the text are none."""
    return Counter(edit.cls for document in documents for edit in document.edits if edit.after != edit.before)


def decode(block: Block) -> Decoded:
    """The text of a block, as far as its bytes are text."""
    data, codec = block.data, block.codec
    try:
        return Decoded(data, data.decode(codec.encoding, "strict" if codec.lossy else codec.errors))
    except UnicodeDecodeError as error:
        if codec.lossy:
            return Decoded(data, data.decode(codec.encoding, codec.errors), altered=True)
        good = data[: codec.last_line_end(data[: error.start])]
        line = block.line + codec.count_lines(good)
        fault = bad_bytes(error, block.name, line, block.offset)
        return Decoded(good, good.decode(codec.encoding, codec.errors), error=fault)


def split_lines(data: bytes, codec: Codec) -> list[bytes]:
    """`data` cut at its line ends, which are left out."""
    if len(codec.newline) == 1:
        return data.split(codec.newline)
    lines = data.decode(codec.encoding, codec.errors).split("\n")
    return [line.encode(codec.encoding, codec.errors) for line in lines]


def regroup(texts: Sequence[str], apply: Callable[[str], str]) -> list[str]:
    """Each text normalized, by one call for all of them: a call costs more than a short text.

    Texts may hold line ends; the number of lines never changes, which is how they are told apart again.
    """
    if not texts:
        return []
    lines = apply("\n".join(texts) + "\n").split("\n")
    if len(lines) == len(texts) + 1:  # no text is longer than a line
        return lines[:-1]
    out: list[str] = []
    start = 0
    for text in texts:
        end = start + text.count("\n") + 1
        out.append("\n".join(lines[start:end]))
        start = end
    if start + 1 != len(lines):
        raise RuntimeError("the normalizer changed the number of lines")
    return out


def _is_text(data: bytes, codec: Codec) -> bool:
    try:
        data.decode(codec.encoding)
    except UnicodeDecodeError:
        return False
    return True
