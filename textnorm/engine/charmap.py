"""The `charmap` stage: characters and short sequences replaced in one simultaneous pass."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

import regex

from textnorm.document import Edit
from textnorm.pack.model import Charmap, Lexicon

_LONG = 1024  # characters from which replacing letter by letter pays
_SLICE = 1 << 16  # characters that go through the letters together, few enough for the processor's cache
_FEW = 64  # letters, each of which costs a scan of the text
_HANDFUL = 16  # letters whose scans cost less than one look for all of them
_NO_TABLES: Mapping[str, Lexicon] = MappingProxyType({})
_WORD = regex.compile(r"\w+")


class _Target(NamedTuple):
    text: str
    charmap: Charmap


class CharmapStage:
    """All maps of a stage as one table; an earlier map wins where two map the same character."""

    def __init__(self, charmaps: Sequence[Charmap], lexicons: Mapping[str, Lexicon] = _NO_TABLES) -> None:
        self._targets: dict[str, _Target] = {}
        for charmap in charmaps:
            for entry in charmap.entries:
                self._targets.setdefault(entry.source, _Target(entry.target, charmap))
        self._pattern = re.compile(_alternation(self._targets)) if self._targets else None
        self._table = {source: target.text for source, target in self._targets.items()}
        self._foreign = not any(source.isascii() for source in self._table)
        self._letters = _letters(self._table)
        words = (row[0] for item in charmaps if item.words for row in lexicons[item.words].rows)
        self._merged = self._alike(words)

    def apply(self, text: str) -> str:
        """The text with every mapped character replaced."""
        if self._pattern is None or (self._foreign and text.isascii()):
            return text
        if self._pays_letter_by_letter(text):
            return "".join(
                self._letter_by_letter(text[start : start + _SLICE]) for start in range(0, len(text), _SLICE)
            )
        table = self._table
        return self._pattern.sub(lambda match: table[match[0]], text)

    def _pays_letter_by_letter(self, text: str) -> bool:
        """Whether the letters are few, or frequent: one at the start of a long text tells of many more."""
        if not self._letters or len(text) < _LONG or self._pattern is None:
            return False
        return len(self._letters) <= _HANDFUL or self._pattern.search(text, 0, _LONG) is not None

    def _letter_by_letter(self, text: str) -> str:
        """The same for a flat map of letters: scans for one letter after the other are by far the fastest."""
        for source, target in self._letters:
            if source in text:  # `replace` first counts what it deletes, which is slower than a look
                text = text.replace(source, target)
        return text

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
        return list(self._with_merges(text, found)) if self._merged else found

    def _alike(self, words: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Word → itself and the other words that become the same, for words that have any."""
        groups: dict[str, dict[str, None]] = defaultdict(dict)
        for word in words:
            groups[self.apply(word)][word] = None
        return {
            word: (word, *(other for other in group if other != word))
            for group in groups.values()
            if len(group) > 1
            for word in group
        }

    def _with_merges(self, text: str, edits: Sequence[Edit]) -> Iterator[Edit]:
        """The edits, each with what the word around it is merged with."""
        found = _WORD.finditer(text)
        word = next(found, None)
        for edit in edits:
            while word is not None and word.end() <= edit.start:
                word = next(found, None)
            group = word.group() if word is not None and word.start() <= edit.start else ""
            yield replace(edit, merges=self._merged.get(group, ()))


def _letters(table: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """The replacements of a flat map of letters, which may be made one after the other; else ().

    Flat means that no target holds a letter that is itself replaced.
    """
    changes = {source: target for source, target in table.items() if source != target}
    flat = all(len(source) == 1 for source in table) and changes.keys().isdisjoint("".join(changes.values()))
    return tuple(changes.items()) if flat and len(changes) <= _FEW else ()


def _alternation(sources: dict[str, _Target]) -> str:
    """Sequences, the longest first, then all single characters, each of them as it stands.

    Only where every branch begins with a plain character does `re` skip what none of them begins with.
    """
    longest_first = sorted(sources, key=lambda source: (-len(source), source))
    return "|".join(map(re.escape, longest_first))
