"""Plain lines in, a JSON object for each out: the line, what became of it, and its other readings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from textnorm.document import Document
from textnorm.stream.blocks import Block, Lines, Result
from textnorm.stream.fields import EDITS, NBEST
from textnorm.stream.jsonl import dump
from textnorm.stream.lines import PLAIN, Detail, assemble, count_edits, decode


@dataclass(frozen=True, slots=True)
class ReadingsWork(Lines):
    """Writes `{"source", "text", "nbest"}` for each line of a block, at most `count` readings each."""

    explain: Callable[[str], Document]
    count: int
    edits: bool = False
    detail: Detail = PLAIN

    def __call__(self, block: Block) -> Result:
        """The block with an object in the place of every line; a line end at the end stays one."""
        source = decode(block)
        lines = source.text.split("\n")
        tail = lines.pop() if not lines[-1] else None
        documents = [self.explain(line.removesuffix("\r")) for line in lines]
        pairs = [(line, self._write(doc)) for line, doc in zip(lines, documents, strict=True)]
        if tail is not None:
            pairs.append((tail, tail))
        counts = count_edits(documents) if self.detail.counts else {}
        return assemble(block, source, pairs, self.detail, counts)

    def _write(self, document: Document) -> str:
        data: dict[str, Any] = {"source": document.source, "text": document.text}
        data[NBEST] = document.nbest(self.count)
        if self.edits:
            data[EDITS] = [edit.to_dict() for edit in document.edits]
        return dump(data)
