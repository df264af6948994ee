"""Words that govern what stands to their right: prepositions, verbs, measure nouns.

A governor table lists words or phrases (or stems ending in '*'), the features they ask for, and
optionally the *senses* for which a row holds (time, money, …) and how far the governor reaches:
`adjacent`, with nothing but transparent words between, or `clause`, from anywhere in the clause.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import regex

from textnorm.grammar.context import REACH, Context, compile_regex
from textnorm.grammar.features import Bundle, Features
from textnorm.pack.model import Lexicon

_WORD = regex.compile(r"\w+(?:[-'’]\w+)*\.?|[^\w\s]")
_LONGEST_PHRASE = 4
Row = tuple[Bundle, frozenset[str], bool]  # features, senses, reaches the whole clause


class GovernorTable:
    """Finds the governor of a match."""

    def __init__(
        self, lexicon: Lexicon, spec: Mapping[str, Any], skip: Iterable[str], features: Features
    ) -> None:
        self._exact: dict[str, list[Row]] = {}
        self._stems: dict[str, list[Row]] = {}
        self._clause_words = int(spec.get("clause_words", 8))
        self._stops = frozenset(spec.get("stops", '. ; : ! ? ( ) „ “ ” " —').split())
        self._soft_stops = frozenset(spec.get("soft_stops", ",").split())
        key, value = lexicon.column(spec["key"]), lexicon.column(spec["value"])
        senses = lexicon.columns.index("sense") if "sense" in lexicon.columns else None
        reach = lexicon.columns.index("reach") if "reach" in lexicon.columns else None
        default_reach = spec.get("reach", "adjacent")
        for row in lexicon.rows:
            words = row[key].lower()
            entry: Row = (
                features.parse(row[value]),
                frozenset(row[senses].split()) if senses is not None else frozenset(),
                (row[reach] if reach is not None else default_reach) == "clause",
            )
            if words.endswith("*"):
                self._stems.setdefault(words[:-1], []).append(entry)
            else:
                self._exact.setdefault(words, []).append(entry)
        self._stem_lengths = sorted({len(stem) for stem in self._stems}, reverse=True)
        self._skip_phrases = frozenset(phrase.lower() for phrase in skip)
        self._pass = compile_regex(spec["pass"]) if "pass" in spec else None
        self._memo: dict[tuple[str, str], tuple[Bundle, ...]] = {}

    def find(self, at: Context, sense: str) -> tuple[Bundle, ...]:
        """Bundles asked for by the nearest governor to the left of the match; empty if none."""
        low = max(at.line_start, at.start - REACH)
        key = (at.text[low : at.start], sense)
        known = self._memo.get(key)
        if known is None:
            if len(self._memo) > 20_000:
                self._memo.clear()
            known = self._memo[key] = self._find(key[0], sense)
        return known

    def _find(self, left: str, sense: str) -> tuple[Bundle, ...]:
        words = _WORD.findall(left)[-(self._clause_words + _LONGEST_PHRASE) :]
        while words and self._passes(words[-1]):
            words.pop()
        words = [word.lower() for word in words]
        adjacent = True
        steps = 0
        while words and steps < self._clause_words:
            if words[-1] in self._stops:
                return ()
            if words[-1] in self._soft_stops:
                adjacent = False
                break
            if adjacent and (width := self._skipped(words)):
                del words[-width:]
                continue
            found, _ = self._lookup(words, sense, adjacent)
            if found:
                return found
            words.pop()
            adjacent = False
            steps += 1
        return ()

    def _passes(self, word: str) -> bool:
        """Whether the search goes on past this word: it fits the table's `pass` and governs nothing."""
        if self._pass is None or self._pass.fullmatch(word) is None:
            return False
        return not self._lookup([word.lower()], "", True)[0]

    def _skipped(self, words: list[str]) -> int:
        for width in range(min(_LONGEST_PHRASE, len(words)), 0, -1):
            if " ".join(words[-width:]) in self._skip_phrases:
                return width
        return 0

    def _lookup(self, words: list[str], sense: str, adjacent: bool) -> tuple[tuple[Bundle, ...], int]:
        for width in range(min(_LONGEST_PHRASE, len(words)), 0, -1):
            rows = self._exact.get(" ".join(words[-width:]))
            if rows and (found := _fitting(rows, sense, adjacent)):
                return found, width
        word = words[-1]
        for length in self._stem_lengths:
            if length <= len(word):
                rows = self._stems.get(word[:length])
                if rows and (found := _fitting(rows, sense, adjacent)):
                    return found, 1
        return (), 0


def _fitting(rows: list[Row], sense: str, adjacent: bool) -> tuple[Bundle, ...]:
    """Rows made for the sense first; rows for other senses only where no row is neutral."""
    near = [row for row in rows if adjacent or row[2]]
    chosen = [row for row in near if sense and sense in row[1]]
    chosen += [row for row in near if not row[1]]
    if not sense and not chosen:
        chosen = near
    return tuple(dict.fromkeys(row[0] for row in chosen))
