"""The `charmap` stage: characters and short sequences replaced in one simultaneous pass."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import regex

from textnorm.document import Edit
from textnorm.pack.model import Charmap


class _Target(NamedTuple):
    text: str
    charmap: Charmap


class CharmapStage:
    """All maps of a stage as one table; an earlier map wins where two map the same character."""

    def __init__(self, charmaps: Sequence[Charmap]) -> None:
        self._targets: dict[str, _Target] = {}
        for charmap in charmaps:
            for entry in charmap.entries:
                self._targets.setdefault(entry.source, _Target(entry.target, charmap))
        self._pattern = regex.compile(_alternation(self._targets)) if self._targets else None
        self._single = all(len(source) == 1 for source in self._targets)
        self._table = {source: target.text for source, target in self._targets.items()}

    def apply(self, text: str) -> str:
        """The text with every mapped character replaced."""
        if self._pattern is None:
            return text
        table = self._table
        return str(self._pattern.sub(lambda match: table[match.group()], text))

    def edits(self, text: str) -> list[Edit]:
        """One edit per replaced character or sequence."""
        if self._pattern is None:
            return []
        found = []
        for match in self._pattern.finditer(text):
            target = self._targets[match.group()]
            if target.text != match.group():
                charmap = target.charmap
                start, end = match.span()
                found.append(Edit(charmap.id, charmap.cls, start, end, match.group(), target.text))
        return found


def _alternation(sources: dict[str, _Target]) -> str:
    """Sequences, the longest first, then one class for all single characters."""
    longer = sorted((s for s in sources if len(s) > 1), key=lambda s: (-len(s), s))
    single = "".join(regex.escape(s) for s in sources if len(s) == 1)
    parts = [regex.escape(s) for s in longer] + ([f"[{single}]"] if single else [])
    return "|".join(parts)
