"""The `case` stage: letter case folded as Unicode defines it (The Unicode Standard, section 3.13)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import regex

from textnorm.document import Edit
from textnorm.engine.tokens import split
from textnorm.errors import PackError
from textnorm.memo import Memo
from textnorm.pack.model import Case

_KEPT = 400_000  # words that are remembered


class CaseStage:
    """Folds the case of all letters, except in words that the pack keeps."""

    def __init__(self, items: Sequence[Case]) -> None:
        self._item = items[0]
        try:
            self._keeps = [regex.compile(item.keep).fullmatch for item in items if item.keep]
        except regex.error as error:
            raise PackError(
                f"{self._item.id}: keep: not a valid pattern: {error}", at=self._item.at
            ) from None
        self._memo: Memo[str, str] = Memo(self._folded, _KEPT)

    def apply(self, text: str) -> str:
        """The text in folded case."""
        if not self._keeps:
            return text.casefold()
        return "".join(map(self._memo.__getitem__, split(text, apostrophes=False)))

    def edits(self, text: str) -> list[Edit]:
        """One edit per word that changes."""
        parts = split(text, apostrophes=False)
        starts = accumulate(map(len, parts), initial=0)
        return [
            Edit(self._item.id, self._item.cls, start, start + len(part), part, after)
            for start, part in zip(starts, parts, strict=False)
            if (after := self._memo[part]) != part
        ]

    def _folded(self, word: str) -> str:
        return word if any(keeps(word) for keeps in self._keeps) else word.casefold()
