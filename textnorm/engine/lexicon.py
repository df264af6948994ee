"""The `lexicon` stage: whole words replaced from a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import regex

from textnorm.document import Edit
from textnorm.pack.model import Lexicon, LexiconMap

_WORD = regex.compile(r"\w+")


class LexiconStage:
    """All word tables of a stage; an earlier table wins where two know the same word."""

    def __init__(self, maps: Sequence[LexiconMap], lexicons: Mapping[str, Lexicon]) -> None:
        self._targets: dict[str, tuple[str, LexiconMap]] = {}
        for item in maps:
            table = lexicons[item.table]
            value = table.column(item.column)
            for row in table.rows:
                for source, target in _case_forms(row[0], row[value], item.match_case):
                    self._targets.setdefault(source, (target, item))

    def apply(self, text: str) -> str:
        """The text with every listed word replaced."""
        targets = self._targets

        def replacement(match: regex.Match[str]) -> str:
            found = targets.get(match.group())
            return match.group() if found is None else found[0]

        return str(_WORD.sub(replacement, text)) if targets else text

    def edits(self, text: str) -> list[Edit]:
        """One edit per replaced word."""
        found = []
        for match in _WORD.finditer(text):
            target = self._targets.get(match.group())
            if target is not None and target[0] != match.group():
                after, item = target
                start, end = match.span()
                found.append(Edit(item.id, item.cls, start, end, match.group(), after))
        return found


def _case_forms(source: str, target: str, mode: str) -> list[tuple[str, str]]:
    if mode == "exact":
        return [(source, target)]
    return [
        (source, target),
        (source[:1].upper() + source[1:], target[:1].upper() + target[1:]),
        (source.upper(), target.upper()),
    ]
