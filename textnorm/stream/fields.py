"""What the formats with fields have in common: which field is normalized, and where the result goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from textnorm.document import Document
from textnorm.stream.lines import PLAIN, Detail, count_edits, regroup

EDITS = "edits"  # the field that --edits adds


# A normalized text (None for null), and its edits if they were asked for.
Answer = tuple["str | None", list[dict[str, Any]]]
NOTHING: Answer = (None, [])


@dataclass(frozen=True, slots=True)
class FieldWork:
    """Normalizes `field`; the result takes its place or goes to `out_field`, the edits to "edits"."""

    apply: Callable[[str], str]
    explain: Callable[[str], Document]
    field: str
    out_field: str | None = None
    edits: bool = False
    detail: Detail = PLAIN

    def answers(self, values: Sequence[str]) -> tuple[Iterator[Answer], Mapping[str, int]]:
        """An answer for each value, in order, and how many edits of each class were made."""
        if self.edits:
            documents = [self.explain(value) for value in values]
            counts = count_edits(documents) if self.detail.counts else {}
            edits = ([edit.to_dict() for edit in document.edits] for document in documents)
            return zip((document.text for document in documents), edits, strict=True), counts
        texts = regroup(values, self.apply)
        counts = {}
        if self.detail.counts:
            pairs = zip(values, texts, strict=True)
            counts = count_edits(self.explain(old) for old, new in pairs if old != new)
        return zip(texts, repeat([])), counts
