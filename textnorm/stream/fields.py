"""What the formats with fields have in common: which field is normalized, and where the result goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from textnorm.document import Document
from textnorm.stream.lines import PLAIN, Detail, count_edits, regroup

EDITS = "edits"  # the field that --edits adds
NBEST = "nbest"  # the field that --nbest adds

# A normalized text (None for null), and the lists for the fields that are to be added.
Answer = tuple["str | None", Mapping[str, list[Any]]]
NOTHING: Answer = (None, {})


@dataclass(frozen=True, slots=True)
class FieldWork:
    """Normalizes `field`; the result takes its place or goes to `out_field`.

    The edits go to "edits", at most `nbest` readings to "nbest", if they are asked for.
    """

    apply: Callable[[str], str]
    explain: Callable[[str], Document]
    field: str
    out_field: str | None = None
    edits: bool = False
    detail: Detail = PLAIN
    nbest: int = 0

    @property
    def added(self) -> tuple[str, ...]:
        """The names of the fields that are added."""
        return (*((EDITS,) if self.edits else ()), *((NBEST,) if self.nbest else ()))

    def answers(self, values: Sequence[str]) -> tuple[Iterator[Answer], Mapping[str, int]]:
        """An answer for each value, in order, and how many edits of each class were made."""
        if self.added:
            documents = [self.explain(value) for value in values]
            counts = count_edits(documents) if self.detail.counts else {}
            return ((document.text, self._lists(document)) for document in documents), counts
        texts = regroup(values, self.apply)
        counts = {}
        if self.detail.counts:
            pairs = zip(values, texts, strict=True)
            counts = count_edits(self.explain(old) for old, new in pairs if old != new)
        return zip(texts, repeat({})), counts

    def _lists(self, document: Document) -> dict[str, list[Any]]:
        return {
            EDITS: [edit.to_dict() for edit in document.edits] if self.edits else [],
            NBEST: document.nbest(self.nbest),
        }
