"""Sentence borders around a match: who gets a capital, which abbreviation period also ends the sentence."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

import regex

from textnorm.grammar.context import Context, compile_regex

_OPENING = " \t\u00a0\u202f\u2009\"'„“«‹([*_"
_DASHES = "-–—"
_TERMINALS = ".!?…"
_LAST_WORD = regex.compile(r"(?r)[\w.]+")
_NEXT = regex.compile(r"[\"'”“»)\]]*(\s*)([\"'„“«(\[]*)(\w*)")
_CLOSING_BRACKETS = ")]"


class Sentences:
    """Border rules of a pack: its abbreviations, words that open sentences, and proper names."""

    def __init__(
        self,
        spec: Mapping[str, Any],
        entries: Callable[[str], Collection[str]],
        has_reading: Callable[[str, tuple[str, ...]], bool],
    ) -> None:
        def listed(key: str) -> set[str]:
            names = spec.get(key, [])
            return {entry for name in names for entry in entries(name)}

        self._abbreviations = {
            part.rstrip(".").lower() for entry in listed("abbreviations") for part in entry.split(" ")
        }
        self._openers = {entry.lower() for entry in listed("openers")}
        self._names = listed("names")
        self._name_like = compile_regex(spec["name_like"]) if "name_like" in spec else None
        self._opening = tuple(spec.get("opening_reading", "").split())
        self._has_reading = has_reading
        self._borders = spec.get("borders") != "off"  # lists of titles and terms are no sentences
        self._minimum = int(spec.get("minimum_words", 3))

    def starts(self, at: Context) -> bool:
        """Whether the match opens a sentence: at the line's start, or after a sentence's end."""
        if not self._borders:
            return False
        text = at.text
        pos = at.start - 1
        while pos >= 0 and text[pos] in _OPENING:
            pos -= 1
        if pos < 0:
            return True
        if text[pos] in _DASHES:
            # A dash opens a turn of dialogue at the start of a line or after a sentence's end.
            rest = text[:pos].rstrip()
            return at.start > pos + 1 and (not rest or rest[-1] in "!?…")
        if text[pos] not in _TERMINALS or pos == at.start - 1:
            return False
        if text[pos] != ".":
            return True
        found = _LAST_WORD.match(text, 0, pos)
        word = found.group().lower() if found else ""
        if not word or word.isdecimal():
            # The number of a list item opens a sentence; elsewhere it may be an ordinal.
            return pos - len(word) <= 0 or not word
        return not self.abbreviated(word)

    def abbreviated(self, word: str) -> bool:
        """Whether the period after a word does not end a sentence: initials, and the abbreviations listed."""
        word = word.lower()
        last = word.rsplit(".", 1)[-1]
        return len(last) < 2 or word in self._abbreviations or last in self._abbreviations

    def ends(self, at: Context) -> bool:
        """Whether the sentence ends right after the match (whose last sign is a period)."""
        if not self._borders:
            return False
        text, end = at.text, at.end
        rest = text[end:].rstrip()
        if not rest:
            return True
        if rest[0] in _CLOSING_BRACKETS or rest[0] in ",;:":
            return False
        found = _NEXT.match(text, end)
        if found is None:
            return False
        space, _, word = found.groups()
        if self._name_like and self._name_like.match(text, found.start(3)):
            return False
        if not word:
            return not text[found.end() :].strip()
        if not space or not word[0].isupper():
            return False
        return self._opens(word, at)

    def _opens(self, word: str, at: Context) -> bool:
        if word.lower() in self._openers:
            return True
        if self.starts(at):
            return False  # "1918 m. Taryba …": an abbreviation alone is hardly a sentence
        if self._opening and word not in self._names and self._has_reading(word, self._opening):
            return True
        if word in self._names:
            return False
        if len(word) > 1 and word.isupper():
            return False
        before = at.text[: at.start]
        return len(before.split()) >= self._minimum
