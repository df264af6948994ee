"""The `unicode` stage: one of the normalization forms of Unicode Standard Annex #15."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Literal, cast

from textnorm.document import Edit
from textnorm.pack.model import Unicode

_Form = Literal["NFC", "NFD", "NFKC"]
_BMP = 0x10000
_NORMALIZED = 0x30000  # no character from here on is affected by normalization
_CLUSTERS = 4096  # of which the normalized form is remembered
_SHORT = 4096  # characters up to which asking character by character is cheaper than getting ready to scan


class UnicodeStage:
    """Brings text to one normalization form, as the pack has tailored it."""

    def __init__(self, item: Unicode) -> None:
        self._item = item
        self._form = cast(_Form, item.form)
        # Characters of the form that become something else, and letters with a mark that it does not compose.
        self._other = {char: unicodedata.normalize("NFD", char) for char in item.exclude}
        self._pairs: list[tuple[str, str, str]] = []
        for entry in item.entries:
            composed = unicodedata.normalize(self._form, entry.source)
            if len(composed) == 1:
                self._other[composed] = entry.target
            else:
                self._pairs.append((entry.source[0], entry.source[1], entry.target))
        self._tailored = tuple(self._other), tuple(mark for _, mark, _ in self._pairs)
        self._normalized = lru_cache(_CLUSTERS)(self._normalize)

    def apply(self, text: str) -> str:
        """The text in the form; returned as it is where nothing has to change."""
        if len(text) < _SHORT and self._is_normalized(text):
            return text
        pieces: list[str] = []
        last = 0
        for start, end, after in self._changes(text):
            pieces += (text[last:start], after)
            last = end
        if not pieces:
            return text
        pieces.append(text[last:])
        return "".join(pieces)

    def edits(self, text: str) -> list[Edit]:
        """One edit per changed cluster."""
        item = self._item
        return [
            Edit(item.id, item.cls, start, end, text[start:end], after)
            for start, end, after in self._changes(text)
        ]

    def _is_normalized(self, text: str) -> bool:
        """Whether nothing has to change, as far as can be told at once."""
        return unicodedata.is_normalized(self._form, text) and not any(
            char in text for chars in self._tailored for char in chars
        )

    def _changes(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Start, end and normalized form of every cluster that is not normalized yet."""
        wide = len(text) * 2 != len(text.encode("utf-16-le", "surrogatepass"))
        combining, pattern = _suspects(self._form, wide, *self._tailored)
        for match in pattern.finditer(text):
            start, end = match.span()
            # A cluster begins with a starter; no normalization crosses a line end.
            if start and text[start] in combining and text[start - 1] != "\n":
                start -= 1
            before = text[start:end]
            after = self._normalized(before)
            if after != before:
                yield start, end, after

    def _normalize(self, cluster: str) -> str:
        after = unicodedata.normalize(self._form, cluster)
        for letter, mark, target in self._pairs:
            place = after.find(mark)
            # As in the standard, a mark of the same combining class stands between a mark and its letter.
            if after[:1] == letter and place > 0 and _reaches(mark, after[place - 1]):
                after = target + after[1:place] + after[place + 1 :]
        for char, other in self._other.items():
            after = after.replace(char, other)
        return after


@cache
def _suspects(
    form: _Form, wide: bool, other: tuple[str, ...], marks_of_pairs: tuple[str, ...]
) -> tuple[frozenset[str], re.Pattern[str]]:
    """What combines with a starter before it, and a pattern of stretches that may not be normalized.

    Those are the characters that the quick check of the standard does not pass, marks next to each
    other, which may have to be reordered, and the marks after either. `wide`: in text with characters
    beyond the Basic Multilingual Plane.
    """
    chars = [chr(code) for code in range(_NORMALIZED if wide else _BMP)]
    changing = {char for char in chars if not unicodedata.is_normalized(form, char)} | set(other)
    marks = {char for char in chars if unicodedata.combining(char)}
    # A few signs without a combining class fall apart into marks that have one.
    apart: Literal["NFD", "NFKD"] = "NFKD" if form == "NFKC" else "NFD"
    marks |= {char for char in changing if unicodedata.combining(unicodedata.normalize(apart, char)[0])}
    joining = set(_seconds(chars)) if form != "NFD" else set()
    joining |= {char for char in changing if unicodedata.normalize(apart, char)[0] in joining}
    joining |= set(marks_of_pairs)
    combining = marks | joining
    # In a scan, one wide range is quicker than many narrow ones; what it finds too much is seen later.
    rest = f"{chr(_BMP)}-{chr(_NORMALIZED)}" if wide else ""
    first, mark = (_class(some, rest) for some in (combining | changing, combining))
    passing = _class(marks - joining - changing)
    return frozenset(combining), re.compile(f"{first}(?:(?<!{passing}){mark}*|{mark}+)")


def _reaches(mark: str, before: str) -> bool:
    """Whether a mark combines across the character before it."""
    return unicodedata.combining(before) < unicodedata.combining(mark)


def _seconds(chars: Iterable[str]) -> Iterator[str]:
    """Characters that may be composed with one before them."""
    for char in chars:
        first, _, second = unicodedata.decomposition(char).partition(" ")
        if second and not first.startswith("<"):
            yield chr(int(second, 16))
    yield from map(chr, (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3)))  # conjoining jamo


def _class(chars: Iterable[str], rest: str = "") -> str:
    """Those of the characters that lie in the Basic Multilingual Plane as a bracket expression."""
    codes = sorted(code for code in map(ord, chars) if code < _BMP)
    ends = [code for code, after in zip(codes, [*codes[1:], -1], strict=True) if after != code + 1]
    starts = [code for code, before in zip(codes, [-1, *codes], strict=False) if before != code - 1]
    return f"[{''.join(f'{chr(a)}-{chr(b)}' for a, b in zip(starts, ends, strict=True))}{rest}]"
