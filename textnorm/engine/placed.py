"""Character maps whose entries ask where in a word they stand, or what stands around them.

A *word* is a run of letters and marks. Everything else borders on one: digits, signs, white space,
and the joiners U+200C and U+200D.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import regex

from textnorm.document import Edit
from textnorm.errors import PackError
from textnorm.pack.model import CharEntry, Charmap
from textnorm.pack.spec.characters import POSITIONS

_WORD = r"[\p{L}\p{M}]"
# Of each position: whether the word goes on to the left, and to the right.
_SIDES = dict(zip(POSITIONS, ((False, True), (True, True), (True, False), (False, False)), strict=True))
_LETTER = r"[^\W\d_]"  # in a word whatever the library; `re` knows no marks
# What both libraries take for the same: no properties, no sets in sets.
_ALIKE = re.compile(r"(?!.*(?:\[\^?\[|\|\|))(?:\(\?(?:<?[=!]|:)|\\[sSwdDu]|[\w\[\]()|^$\u200c\u200d])*")
_SKIP = "(*SKIP)(*FAIL)"  # what has been matched so far is passed over


class _Target(NamedTuple):
    text: str
    charmap: Charmap


class PlacedStage:
    """All maps of a stage in one simultaneous pass; an earlier map wins, a longer sequence first.

    `expand` writes out the macros in patterns. Places where an entry may apply are scanned for with
    `re`, which is quick where a pattern begins with plain characters; what is found is then held
    against the whole of the entries.
    """

    def __init__(self, charmaps: Sequence[Charmap], expand: Callable[[str], str]) -> None:
        listed = [(entry, charmap) for charmap in charmaps for entry in charmap.entries]
        listed.sort(key=lambda one: -len(one[0].source))
        self._targets = [_Target(entry.target, charmap) for entry, charmap in listed]
        skips = dict.fromkeys(charmap.skip for charmap in charmaps if charmap.skip)
        parts = [f"(?:{expand(skip)}){_SKIP}" for skip in skips]
        parts += [_alternative(number, entry, expand) for number, (entry, _) in enumerate(listed)]
        self._pattern = _compiled("|".join(parts), charmaps)
        self._skips = bool(skips)
        self._scan = re.compile("|".join(dict.fromkeys(_trace(entry, expand) for entry, _ in listed)))

    def apply(self, text: str) -> str:
        """The text with every entry replaced where it stands in its place."""
        pieces: list[str] = []
        last = 0
        for match in self._matches(text):
            start, end = match.span()
            pieces += (text[last:start], self._targets[_number(match)].text)
            last = end
        if not last:
            return text
        pieces.append(text[last:])
        return "".join(pieces)

    def edits(self, text: str) -> list[Edit]:
        """One edit per replaced character or sequence."""
        found = []
        for match in self._matches(text):
            target = self._targets[_number(match)]
            if target.text != match.group():
                charmap = target.charmap
                start, end = match.span()
                found.append(Edit(charmap.id, charmap.cls, start, end, match.group(), target.text))
        return found

    def _matches(self, text: str) -> Iterator[regex.Match[str]]:
        """The matches of entries, from left to right."""
        if self._skips:
            if self._scan.search(text):
                yield from self._pattern.finditer(text)
            return
        fits, end = self._pattern.match, 0
        for place in self._scan.finditer(text):
            start = place.start()
            if start >= end and (match := fits(text, start)):
                end = match.end()
                yield match


class LinesStage:
    """One map, for the lines that its pattern is found in."""

    def __init__(self, charmap: Charmap, expand: Callable[[str], str]) -> None:
        self._stage = PlacedStage([charmap], expand)
        self._lines = _compiled(f"(?m){expand(charmap.lines)}", [charmap])

    def apply(self, text: str) -> str:
        """The text with every entry replaced in the lines that fit."""
        pieces: list[str] = []
        last = 0
        for start, end in self._fitting(text):
            pieces += (text[last:start], self._stage.apply(text[start:end]))
            last = end
        return "".join([*pieces, text[last:]]) if pieces else text

    def edits(self, text: str) -> list[Edit]:
        """One edit per replaced character or sequence."""
        return [
            replace(edit, start=edit.start + start, end=edit.end + start)
            for start, end in self._fitting(text)
            for edit in self._stage.edits(text[start:end])
        ]

    def _fitting(self, text: str) -> Iterator[tuple[int, int]]:
        """Start and end of each line that fits."""
        end = -1
        for match in self._lines.finditer(text):
            if match.start() > end:
                start = text.rfind("\n", 0, match.start()) + 1
                found = text.find("\n", match.start())
                end = len(text) if found < 0 else found
                yield start, end


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


def _trace(entry: CharEntry, expand: Callable[[str], str]) -> str:
    """A pattern for `re` that finds the first character of every place where the entry applies, and more."""
    first, rest = map(re.escape, (entry.source[0], entry.source[1:]))
    left, right = ({side[index] for side in map(_SIDES.__getitem__, entry.position)} for index in (0, 1))
    parts = [first, f"(?={rest})" if rest else ""]
    if len(left) == 1:
        parts.append(f"(?<=\\S{first})" if True in left else f"(?<!{_LETTER}{first})")
    if len(right) == 1 and not rest:
        parts.append(r"(?=\S)" if True in right else f"(?!{_LETTER})")
    parts.append(_understood(f"(?<={expand(entry.before)}{first})") if entry.before else "")
    parts.append(_understood(f"(?={expand(entry.after)})") if entry.after and not (rest or entry.run) else "")
    return "".join(parts)


def _understood(source: str) -> str:
    """The pattern if `re` takes it for the same as `regex`, else one that always fits."""
    try:
        return source if _ALIKE.fullmatch(source) and re.compile(source) else ""
    except re.error:  # look-behind of no fixed width
        return ""
