"""Fences: stretches of a line in which no rule may match.

A pack lists what is not to be read: code, file names, tables, sentences in other languages. Fences
are looked for only in lines where a rule matched, and there only where one RE2 scan of the text for all
of them says that one may stand.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from textnorm.engine.language import Languages
from textnorm.errors import PackError
from textnorm.grammar.context import matcher
from textnorm.grammar.grammar import Grammar
from textnorm.patterns.parser import parse
from textnorm.patterns.relax import relaxed
from textnorm.patterns.sets import search_set, searcher

_WIDTH = 24  # characters of a pattern by which lines are scanned for
_Finder = Callable[[str], Iterator[tuple[int, int]]]


class Span(NamedTuple):
    """A stretch [start:end] of a line that the fence called `name` keeps."""

    start: int
    end: int
    name: str


LineFences = Callable[[], list[Span]]  # the fenced stretches of one line, when they are asked for


class Fences:
    """The fences of a pack that the chosen options leave standing."""

    def __init__(self, spec: Mapping[str, Mapping[str, Any]], grammar: Grammar) -> None:
        self._fences = [_Fence(name, entry, grammar) for name, entry in spec.items() if _on(entry, grammar)]
        scans = [fence.scan for fence in self._fences]
        self._search, self._which = searcher("|".join(f"(?:{scan})" for scan in scans)), search_set(scans)

    def within(self, text: str) -> TextFences:
        """The fences in a text of one or more lines."""
        return TextFences(self, text)

    def spans(self, line: str) -> list[Span]:
        """The fenced stretches of a line."""
        wanted: list[int] | range = range(len(self._fences))
        if self._which is not None:
            wanted = self._which(line.encode("utf-8", "surrogatepass"))
        return [
            Span(low, high, self._fences[index].name)
            for index in wanted
            for low, high in self._fences[index].find(line)
        ]

    def marks(self, text: str) -> list[int] | None:
        """One place in each line where a fence may stand, in order; None if every line may have one."""
        if not self._fences:
            return []
        if self._search is None:
            return None
        data = text.encode("utf-8", "surrogatepass")
        found: list[int] = []
        pos = last = chars = 0
        while pos >= 0 and (at := self._search(data, pos)) >= 0:
            if data[at : at + 1] == b"\n":  # what is seen before a word belongs to the line before
                at += 1
            chars += len(data[last:at].decode("utf-8", "surrogatepass"))
            last = at
            found.append(chars)
            pos = data.find(b"\n", at)
        return found


class TextFences:
    """The fences of one text; it is scanned as a whole when the first line is asked for."""

    def __init__(self, fences: Fences, text: str) -> None:
        self._fences, self._text = fences, text
        self._marks: list[int] | None = None
        self._scanned = False

    def spans(self, start: int, line: str) -> list[Span]:
        """The fenced stretches of the line that begins at `start`."""
        if not self._scanned:
            self._marks, self._scanned = self._fences.marks(self._text), True
        if self._marks is not None:
            index = bisect_left(self._marks, start)
            if index == len(self._marks) or self._marks[index] > start + len(line):
                return []
        return self._fences.spans(line)


class _Fence:
    """One fence; its patterns are compiled when a line may need them."""

    def __init__(self, name: str, entry: Mapping[str, Any], grammar: Grammar) -> None:
        self.name = name
        self._languages = Languages(entry, grammar) if "words" in entry else None
        self._whole = "line" in entry
        if (self._languages is not None) + self._whole + ("match" in entry) != 1:
            raise PackError(f"fence {name!r} needs one of: match, line, words")
        self._source = grammar.expand(entry.get("line" if self._whole else "match", ""))
        self._find: _Finder | None = None
        if self._languages is not None:
            self.scan = self._languages.scan
        else:
            self._trigger = grammar.expand(entry["trigger"]) if "trigger" in entry else ""
            self.scan = relaxed(parse(self._trigger or self._source), _WIDTH)

    def find(self, line: str) -> Iterator[tuple[int, int]]:
        """Where the stretches of a line begin and end."""
        if self._find is None:
            self._find = self._finder()
        return self._find(line)

    def _finder(self) -> _Finder:
        if self._languages is not None:
            return self._languages.foreign
        try:
            likely = matcher(self._trigger, method="search")
            if self._whole:
                search = matcher(self._source, method="search")
                return lambda line: iter([(0, len(line))] if likely(line) and search(line) else [])
            finditer = matcher(self._source, method="finditer")
        except PackError as error:
            raise PackError(f"fence {self.name!r}: {error.message}", remedy=error.remedy) from None
        return lambda line: (match.span() for match in finditer(line)) if likely(line) else iter([])


def _on(entry: Mapping[str, Any], grammar: Grammar) -> bool:
    chosen: Mapping[str, str] = entry.get("option", {})
    return all(grammar.option(name) in values.split() for name, values in chosen.items())
