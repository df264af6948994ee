"""Fences: stretches of a line in which no rule may match.

A pack lists what is not to be read: code, file names, tables, sentences in other languages. Fences
are looked for only in lines where a rule matched, and there only those that one RE2 scan for all of
them says may stand there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from textnorm.engine import pattern as tree
from textnorm.engine.language import Languages
from textnorm.engine.relax import relaxed
from textnorm.errors import PackError
from textnorm.grammar.context import matcher
from textnorm.grammar.grammar import Grammar

try:
    import re2
except ImportError:  # pragma: no cover - exercised by a test that blocks the import
    re2 = None

_WIDTH = 24  # characters of a pattern by which lines are scanned for
_MEMORY = 64 << 20  # for the automaton of the scan
_Finder = Callable[[str], Iterator[tuple[int, int]]]


class Span(NamedTuple):
    """A stretch text[start:end] that the fence called `name` keeps."""

    start: int
    end: int
    name: str


class Fences:
    """The fences of a pack that the chosen options leave standing."""

    def __init__(self, spec: Mapping[str, Mapping[str, Any]], grammar: Grammar) -> None:
        self._fences = [_Fence(name, entry, grammar) for name, entry in spec.items() if _on(entry, grammar)]
        self._possible = _scanner([fence.scan for fence in self._fences])

    def spans(self, text: str, start: int, end: int) -> list[Span]:
        """The fenced stretches of the line text[start:end]."""
        if not self._fences:
            return []
        line = text[start:end]
        wanted: list[int] | range = range(len(self._fences))
        if self._possible is not None:
            wanted = self._possible(line.encode("utf-8", "surrogatepass"))
        return [
            Span(start + low, start + high, self._fences[index].name)
            for index in wanted
            for low, high in self._fences[index].find(line)
        ]


class _Fence:
    """One fence; its patterns are compiled when a line may need them."""

    def __init__(self, name: str, entry: Mapping[str, Any], grammar: Grammar) -> None:
        self.name, self._entry = name, entry
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
            self.scan = relaxed(tree.parse(self._trigger or self._source), _WIDTH)

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


def _scanner(scans: list[str]) -> Callable[[bytes], list[int]] | None:
    """A function from a line to the numbers of the scans that fit it somewhere; None without RE2."""
    if re2 is None or not scans:
        return None
    options = re2.Options()
    options.max_mem = _MEMORY
    options.never_capture = True
    options.log_errors = False
    built = re2.Set.SearchSet(options)
    for scan in scans:
        built.Add(scan)
    built.Compile()
    search: Callable[[bytes], list[int]] = built._set.Match
    return search
