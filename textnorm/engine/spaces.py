"""The `spaces` stage: repairs of white space within lines."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from textnorm.document import Edit
from textnorm.errors import PackError
from textnorm.pack.model import Spaces

# Line breaks and their carriage returns are never touched: lines in, lines out.
_REPAIRS = {
    "collapse": (r"[^\S\n\r]{2,}", " "),
    "trim": (r"(?m)^[^\S\n\r]+|[^\S\n\r]+(?=\r?$)", ""),
    "no-break": (r"[\u00a0\u2000-\u200a\u202f\u205f\u3000]", " "),
}


class SpacesStage:
    """The repairs that a pack names, in the order trim, no-break, collapse."""

    def __init__(self, items: Sequence[Spaces]) -> None:
        self._repairs = []
        for item in items:
            for name in item.repairs:
                if name not in _REPAIRS:
                    raise PackError(f"unknown repair {name!r}", at=item.at, remedy=" ".join(_REPAIRS))
                pattern, target = _REPAIRS[name]
                self._repairs.append((list(_REPAIRS).index(name), name, regex.compile(pattern), target, item))
        self._repairs.sort(key=lambda repair: (repair[1] != "trim", repair[0]))

    def apply(self, text: str) -> str:
        """The repaired text."""
        pieces, last = [], 0
        for edit in self.edits(text):
            pieces.append(text[last : edit.start])
            pieces.append(edit.after)
            last = edit.end
        pieces.append(text[last:])
        return "".join(pieces)

    def edits(self, text: str) -> list[Edit]:
        """One edit per repaired stretch; where repairs overlap the longer stretch is repaired."""
        found = [
            Edit(item.id, item.cls, match.start(), match.end(), match.group(), target)
            for _, _, pattern, target, item in self._repairs
            for match in pattern.finditer(text)
            if match.group() != target
        ]
        found.sort(key=lambda edit: (edit.start, edit.start - edit.end))
        kept: list[Edit] = []
        for edit in found:
            if not kept or edit.start >= kept[-1].end:
                kept.append(edit)
        return kept
