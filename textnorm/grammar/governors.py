"""Words that govern what stands to their right: prepositions, verbs, measure nouns.

A governor table lists words or phrases (or stems ending in '*'), the features they ask for, and
optionally the *senses* for which a row holds (time, money, …) and how far the governor reaches:
`adjacent`, with nothing but transparent words between, or `clause`, from anywhere in the clause.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import regex

from textnorm.grammar.context import Context, compile_regex
from textnorm.grammar.features import Bundle, Features
from textnorm.pack.model import Lexicon

_WORDS_BACKWARDS = regex.compile(r"(?r)\w+(?:[-'’]\w+)*\.?|[^\w\s]")
_LONGEST_PHRASE = 4
_HEAD = 2  # letters by which stems are looked up
_REACH = 90  # characters to the left in which a governor is looked for
_KEPT = 20_000
Row = tuple[Bundle, frozenset[str], bool]  # features, senses, reaches the whole clause
Found = tuple[Bundle, ...]


class _Words:
    """The words to the left of a match, nearest first, read only as far as they are asked for."""

    def __init__(self, text: str) -> None:
        self._matches: Iterator[Any] = _WORDS_BACKWARDS.finditer(text)
        self._read: list[str] = []

    def get(self, index: int) -> str:
        """The word `index` places to the left, or '' beyond the beginning."""
        while len(self._read) <= index:
            match = next(self._matches, None)
            if match is None:
                return ""
            self._read.append(match.group())
        return self._read[index]

    def phrase(self, index: int, width: int) -> str:
        """The `width` words that end `index` places to the left, in lower case and reading order."""
        return " ".join(self.get(index + offset) for offset in range(width - 1, -1, -1)).lower()


class GovernorTable:
    """Finds the governor of a match."""

    def __init__(
        self,
        lexicon: Lexicon,
        spec: Mapping[str, Any],
        skip: Iterable[str],
        features: Features,
        abbreviated: Callable[[str], bool],
    ) -> None:
        self._abbreviated = abbreviated  # whether a word keeps its period within a sentence
        self._rows: dict[str, list[Row]] = {}
        self._widths: dict[str, tuple[int, ...]] = {}  # last word → lengths of the phrases it ends
        self._stems: dict[str, list[tuple[str, Row]]] = {}  # first letters → stems, the longest first
        self._clause_words = int(spec.get("clause_words", 8))
        self._stops = frozenset(spec.get("stops", '. ; : ! ? ( ) „ “ ” " —').split())
        self._soft_stops = frozenset(spec.get("soft_stops", ",").split())
        self._pass = compile_regex(spec["pass"]) if "pass" in spec else None
        self._read_rows(lexicon, spec, features)
        self._skipped: frozenset[str] = frozenset(phrase.lower() for phrase in skip)
        self._skip_widths = _widths_by_last_word(self._skipped)
        self._memo: dict[tuple[str, str], Found] = {}

    def _read_rows(self, lexicon: Lexicon, spec: Mapping[str, Any], features: Features) -> None:
        key, value = lexicon.column(spec["key"]), lexicon.column(spec["value"])
        senses = lexicon.columns.index("sense") if "sense" in lexicon.columns else None
        reach = lexicon.columns.index("reach") if "reach" in lexicon.columns else None
        default_reach = spec.get("reach", "adjacent")
        for cells in lexicon.rows:
            words = cells[key].lower()
            row: Row = (
                features.parse(cells[value]),
                frozenset(cells[senses].split()) if senses is not None else frozenset(),
                (cells[reach] if reach is not None else default_reach) == "clause",
            )
            if words.endswith("*"):
                self._stems.setdefault(words[:_HEAD], []).append((words[:-1], row))
            else:
                self._rows.setdefault(words, []).append(row)
        self._widths = _widths_by_last_word(self._rows)
        for stems in self._stems.values():
            stems.sort(key=lambda entry: -len(entry[0]))

    def find(self, at: Context, sense: str) -> Found:
        """Bundles asked for by the nearest governor to the left of the match; empty if none."""
        low = max(at.line_start, at.start - _REACH)
        key = (at.text[low : at.start], sense)
        known = self._memo.get(key)
        if known is None:
            if len(self._memo) > _KEPT:
                self._memo.clear()
            known = self._memo[key] = self._find(_Words(key[0]), sense)
        return known

    def _find(self, words: _Words, sense: str) -> Found:
        index = 0
        while self._passes(words, index):
            index += 1
        adjacent = True
        steps = 0
        while steps < self._clause_words:
            word = words.get(index)
            if not word or word in self._stops or word in self._soft_stops:
                return ()
            if word[-1] == "." and self._ends_sentence(words, index):
                return ()
            if adjacent and (width := self._skips(words, index)):
                index += width
                continue
            found = self._lookup(words, index, sense, adjacent)
            if found:
                return found
            index += 1
            adjacent = False
            steps += 1
        return ()

    def _ends_sentence(self, words: _Words, index: int) -> bool:
        """Whether this word's period ends a sentence: no abbreviation, and a capital or the match follows."""
        following = words.get(index - 1) if index else ""
        return (not following or following[0].isupper()) and not self._abbreviated(words.get(index)[:-1])

    def _passes(self, words: _Words, index: int) -> bool:
        """Whether the search goes on past this word: it fits the table's `pass` and governs nothing."""
        if self._pass is None or self._pass.fullmatch(words.get(index)) is None:
            return False
        return bool(words.get(index)) and not self._lookup(words, index, "", True)

    def _skips(self, words: _Words, index: int) -> int:
        """How many words from here to the left are a transparent phrase; 0 if none."""
        for width in self._skip_widths.get(words.get(index).lower(), ()):
            if words.phrase(index, width) in self._skipped:
                return width
        return 0

    def _lookup(self, words: _Words, index: int, sense: str, adjacent: bool) -> Found:
        word = words.get(index).lower()
        for width in self._widths.get(word, ()):
            rows = self._rows.get(words.phrase(index, width))
            if rows and (found := _fitting(rows, sense, adjacent)):
                return found
        for stem, row in self._stems.get(word[:_HEAD], ()):
            if word.startswith(stem) and (found := _fitting([row], sense, adjacent)):
                return found
        return ()


def _widths_by_last_word(phrases: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Last word → numbers of words of the phrases that end with it, the largest first."""
    widths: dict[str, set[int]] = {}
    for phrase in phrases:
        words = phrase.split(" ")
        if len(words) <= _LONGEST_PHRASE:
            widths.setdefault(words[-1], set()).add(len(words))
    return {word: tuple(sorted(found, reverse=True)) for word, found in widths.items()}


def _fitting(rows: list[Row], sense: str, adjacent: bool) -> Found:
    """Rows made for the sense first, then neutral ones; without a sense, all of them."""
    near = [row for row in rows if adjacent or row[2]]
    chosen = [row for row in near if sense and sense in row[1]]
    chosen += [row for row in near if not row[1]]
    if not sense and not chosen:
        chosen = near
    return tuple(dict.fromkeys(row[0] for row in chosen))
