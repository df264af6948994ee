"""The fields of a rule: what the groups of its pattern can hold, and so how a value is written there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from textnorm.grammar.context import compile_regex
from textnorm.grammar.grammar import Grammar
from textnorm.pack.expand import references

_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\]|\(\?P<(\w+)>|\(|\)", re.DOTALL)
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
          (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip


class FieldPatterns:
    """The named groups of a pattern."""

    def __init__(self, match: str, macros: Mapping[str, str], grammar: Grammar) -> None:
        self._grammar = grammar
        self._plain = [match, *macros.values()]
        self._sources: dict[str, list[str]] = {}
        for name, source in groups(grammar.expand(match, macros)):
            self._sources.setdefault(name, []).append(source)
        self._compiled: dict[str, Any] = {}
        self._numbers: dict[tuple[str, int], str | None] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._sources

    def pattern(self, name: str) -> Any:
        """The compiled pattern of a group."""
        known = self._compiled.get(name)
        if known is None:
            known = self._compiled[name] = compile_regex("|".join(self._sources[name]))
        return known

    def fits(self, name: str, value: str) -> bool:
        """Whether the field could hold this text; a name that is no field holds anything."""
        return name not in self._sources or self.pattern(name).fullmatch(value) is not None

    def number(self, name: str, value: int) -> str | None:
        """The number as the field writes it: plain, with a leading zero, or Roman; or None."""
        key = (name, value)
        if key not in self._numbers:
            if len(self._numbers) > 5_000:
                self._numbers.clear()
            self._numbers[key] = self._number(name, value)
        return self._numbers[key]

    def _number(self, name: str, value: int) -> str | None:
        for text in (str(value), f"{value:02}"):
            if self.fits(name, text):
                return text
        text = roman(value)
        return text if text and self.fits(name, text) else None

    def entries(self, name: str) -> Iterator[str]:
        """The entries of the lexicons that the group refers to."""
        for plain in self._plain:
            for group, source in groups(plain):
                if group == name:
                    for kind, lexicon in references(source):
                        if kind == "lexicon":
                            yield from self._grammar.tables.keys(lexicon)


def groups(pattern: str) -> Iterator[tuple[str, str]]:
    """(name, source) of every named group."""
    stack: list[tuple[str, int]] = []
    for token in _TOKEN.finditer(pattern):
        if token[0][0] == "(":
            stack.append((token[1] or "", token.end()))
        elif token[0] == ")" and stack:
            name, start = stack.pop()
            if name:
                yield name, pattern[start : token.start()]


def roman(value: int) -> str:
    """The Roman numeral, or '' where there is none."""
    if not 0 < value < 4000:
        return ""
    pieces = []
    for worth, sign in _ROMAN:
        count, value = divmod(value, worth)
        pieces.append(sign * count)
    return "".join(pieces)
