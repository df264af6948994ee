"""Character maps whose entries ask where in a word they stand, or what stands around them.

A *word* is a run of letters and marks. Everything else borders on one: digits, signs, white space,
and the joiners U+200C and U+200D.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

import regex

from textnorm.document import Edit
from textnorm.errors import PackError
from textnorm.pack.model import CharEntry, Charmap
from textnorm.pack.spec import POSITIONS

_WORD = r"[\p{L}\p{M}]"
# Of each position: whether the word goes on to the left, and to the right.
_SIDES = dict(zip(POSITIONS, ((False, True), (True, True), (True, False), (False, False)), strict=True))
_SKIP = "(*SKIP)(*FAIL)"  # what has been matched so far is passed over


class _Target(NamedTuple):
    text: str
    charmap: Charmap


class PlacedStage:
    """All maps of a stage in one simultaneous pass; an earlier map wins, a longer sequence first.

    `expand` writes out the macros in patterns. A text without the first character of any entry is
    left after one scan.
    """

    def __init__(self, charmaps: Sequence[Charmap], expand: Callable[[str], str]) -> None:
        listed = [(entry, charmap) for charmap in charmaps for entry in charmap.entries]
        listed.sort(key=lambda one: -len(one[0].source))
        self._targets = [_Target(entry.target, charmap) for entry, charmap in listed]
        skips = dict.fromkeys(charmap.skip for charmap in charmaps if charmap.skip)
        parts = [f"(?:{expand(skip)}){_SKIP}" for skip in skips]
        parts += [_alternative(number, entry, expand) for number, (entry, _) in enumerate(listed)]
        self._pattern = _compiled("|".join(parts), charmaps)
        firsts = "".join(dict.fromkeys(re.escape(entry.source[0]) for entry, _ in listed))
        self._scan = re.compile(f"[{firsts}]").search

    def apply(self, text: str) -> str:
        """The text with every entry replaced where it stands in its place."""
        if self._scan(text) is None:
            return text
        targets = self._targets
        return str(self._pattern.sub(lambda match: targets[_number(match)].text, text))

    def edits(self, text: str) -> list[Edit]:
        """One edit per replaced character or sequence."""
        if self._scan(text) is None:
            return []
        found = []
        for match in self._pattern.finditer(text):
            target = self._targets[_number(match)]
            if target.text != match.group():
                charmap = target.charmap
                start, end = match.span()
                found.append(Edit(charmap.id, charmap.cls, start, end, match.group(), target.text))
        return found


class LinesStage:
    """One map, for the lines that its pattern is found in."""

    def __init__(self, charmap: Charmap, expand: Callable[[str], str]) -> None:
        self._stage = PlacedStage([charmap], expand)
        self._fits = _compiled(expand(charmap.lines), [charmap]).search

    def apply(self, text: str) -> str:
        """The text with every entry replaced in the lines that fit."""
        lines = text.split("\n")
        return "\n".join([self._stage.apply(line) if self._fits(line) else line for line in lines])

    def edits(self, text: str) -> list[Edit]:
        """One edit per replaced character or sequence."""
        found: list[Edit] = []
        start = 0
        for line in text.split("\n"):
            if self._fits(line):
                edits = self._stage.edits(line)
                found += (replace(edit, start=edit.start + start, end=edit.end + start) for edit in edits)
            start += len(line) + 1
        return found


def _number(match: regex.Match[str]) -> int:
    assert match.lastgroup is not None  # every alternative is a group of its own
    return int(match.lastgroup[1:])


def _compiled(source: str, charmaps: Sequence[Charmap]) -> regex.Pattern[str]:
    try:
        return regex.compile(source, regex.V1)
    except regex.error as error:
        names = ", ".join(charmap.id for charmap in charmaps)
        raise PackError(f"a pattern of {names} cannot be used: {error}", at=charmaps[0].at) from None


def _alternative(number: int, entry: CharEntry, expand: Callable[[str], str]) -> str:
    """The source first, so that a search jumps to it; then what is asked of the left and the right."""
    source = regex.escape(entry.source, literal_spaces=True)
    left = f"(?<=(?:{expand(entry.before)}){source})" if entry.before else ""
    right = f"(?={expand(entry.after)})" if entry.after else ""
    # A run is taken from its start to its end, or not at all.
    rest = f"(?<!{source}{source})(?:{source})*+" if entry.run else ""
    ways = [
        f"{left}(?<{'=' if before else '!'}{_WORD}{source}){rest}(?{'=' if after else '!'}{_WORD}){right}"
        for before, after in map(_SIDES.__getitem__, entry.position)
    ]
    return f"(?P<e{number}>{source}(?:{'|'.join(ways) or left + rest + right}))"
