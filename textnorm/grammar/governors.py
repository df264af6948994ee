"""Words that govern what stands to their right: prepositions, verbs, measure nouns.

A governor table lists words or phrases (or stems ending in '*'), the features they ask for, and
optionally the *senses* for which a row holds (time, money, …; `other` if none) and how far the
governor reaches: `adjacent`, with nothing but transparent words between, or `clause`, from anywhere
in the clause.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from textnorm.grammar.context import Context, compile_regex
from textnorm.grammar.features import Bundle, Features
from textnorm.grammar.government import Filled, Found, HasReading, Keys, Negation
from textnorm.grammar.governor_rows import Cells, GovernorRows, widths_by_last_word
from textnorm.grammar.neighbours import Words, left_text, phrase_at, preceding, word_at
from textnorm.memo import Memo

Row = tuple[Bundle, frozenset[str], bool]  # features, senses, reaches the whole clause


class GovernorTable:
    """Finds the governor of a match."""

    def __init__(
        self,
        rows: GovernorRows,
        spec: Mapping[str, Any],
        skip: Iterable[str],
        features: Features,
        abbreviated: Callable[[str], bool],
        has: HasReading,
        keys: Keys,
    ) -> None:
        self._abbreviated = abbreviated  # whether a word keeps its period within a sentence
        self._listed, self._features = rows, features
        self._reach = str(spec.get("reach", "adjacent"))
        self._rows = Memo(self._row)
        self._clause_words = int(spec.get("clause_words", 8))
        self._stops = frozenset(spec.get("stops", '. ; : ! ? ( ) „ “ ” " —').split())
        self._soft_stops = frozenset(spec.get("soft_stops", ",").split())
        self._barriers = frozenset(spec.get("barriers", "").split())  # stops right before the match
        self._nominal_after = frozenset(spec.get("not_after", "").split())  # no verb stands after these
        self._pass = compile_regex(spec["pass"]) if "pass" in spec else None
        self._negation = Negation(spec["negation"], features) if "negation" in spec else None
        self._filled = [Filled(one, features, has, keys) for one in spec.get("filled", [])]
        self._skipped: frozenset[str] = frozenset(phrase.lower() for phrase in skip)
        self._skip_widths = widths_by_last_word(self._skipped)
        self._found = Memo(self._find)  # (text to the left, sense) → what is asked for
        self._alone = Memo(self._by_itself)

    def _row(self, cells: Cells) -> Row:
        asked, senses, reach = cells
        return self._features.parse(asked), frozenset(senses.split()), (reach or self._reach) == "clause"

    def find(self, at: Context, sense: str) -> Found:
        """Bundles asked for by the nearest governor to the left of the match; empty if none."""
        return self._found[left_text(at), sense]

    def _find(self, key: tuple[str, str]) -> Found:
        left, sense = key
        words = preceding(left)
        index = 0
        while self._passes(words, index):
            index += 1
        adjacent = True
        steps = 0
        while steps < self._clause_words and index < len(words):
            word = words[index]
            if word in self._stops or word in self._soft_stops:
                return ()
            if adjacent and word in self._barriers:
                return ()
            if word[-1] == "." and self._ends_sentence(words, index):
                return ()
            if adjacent and (width := self._skips(words, index)):
                index += width
                continue
            found = self._lookup(words, index, sense, adjacent)
            if found:
                return self._asked(words, index, sense, found, adjacent)
            index += 1
            adjacent = False
            steps += 1
        return ()

    def _asked(self, words: Words, index: int, sense: str, found: Found, adjacent: bool) -> Found:
        """What the governor at `index` asks of the match, given what it asks for."""
        filled = next((one for one in self._filled if one.holds(words, index, found, sense)), None)
        if filled is not None:
            subject = filled.subject(words[index], sense) if adjacent else ()
            return (*found, *subject) if filled.doubtful else subject
        if word_at(words, index + 1).lower() in self._nominal_after:
            return ()
        return self._under_negation(words, index, found)

    def single(self, word: str) -> Found:
        """Bundles asked for by this word, if it is a governor by itself, however far it reaches."""
        word = word.lower()
        return self._alone[word, "", True]

    def _ends_sentence(self, words: Words, index: int) -> bool:
        """Whether this word's period ends a sentence: no abbreviation, and a capital or the match follows."""
        following = words[index - 1] if index else ""
        return (not following or following[0].isupper()) and not self._abbreviated(words[index][:-1])

    def _passes(self, words: Words, index: int) -> bool:
        """Whether the search goes on past this word: it fits the table's `pass` and governs nothing."""
        if self._pass is None or index >= len(words) or self._pass.fullmatch(words[index]) is None:
            return False
        return not self._lookup(words, index, "", True)

    def _skips(self, words: Words, index: int) -> int:
        """How many words from here to the left are a transparent phrase; 0 if none."""
        word = word_at(words, index).lower()
        for width in self._skip_widths.get(word, ()):
            if phrase_at(words, index, width) in self._skipped:
                return width
        return int(word in self._skipped)

    def _lookup(self, words: Words, index: int, sense: str, adjacent: bool) -> Found:
        word = words[index].lower()
        for width in self._listed.widths.get(word, ()):
            found = self._by_words(phrase_at(words, index, width), sense, adjacent)
            if found:
                return found
        return self._alone[word, sense, adjacent]

    def _by_itself(self, key: tuple[str, str, bool]) -> Found:
        """What a word asks for that is no part of a longer governor."""
        word, sense, adjacent = key
        found = self._by_words(word, sense, adjacent) or self._by_stem(word, sense, adjacent)
        if not found and self._negation is not None and (affirmed := self._negation.affirmed(word)):
            # Verbs that govern the whole clause have objects; with the others it is an extent, never negated.
            known = affirmed in self._listed.words
            found = (self._by_words if known else self._by_stem)(affirmed, sense, False)
            return self._negation.turn(found)
        return found

    def _by_words(self, phrase: str, sense: str, adjacent: bool) -> Found:
        listed = self._listed.by_word(phrase)
        return _fitting([self._rows[cells] for cells in listed], sense, adjacent) if listed else ()

    def _by_stem(self, word: str, sense: str, adjacent: bool) -> Found:
        for cells in self._listed.by_stem(word):
            if found := _fitting([self._rows[cells]], sense, adjacent):
                return found
        return ()

    def _under_negation(self, words: Words, index: int, found: Found) -> Found:
        """The same, or turned if the governor is an infinitive that depends on a negated word."""
        negation = self._negation
        if negation is None or not negation.depends(words[index]):
            return found
        further = index + 1
        while width := self._skips(words, further):
            further += width
        near = (word_at(words, further), word_at(words, further + 1))
        return negation.turn(found) if any(map(negation.denies, near)) else found


def _fitting(rows: list[Row], sense: str, adjacent: bool) -> Found:
    """Rows made for the sense ("other" if it has none), else neutral ones; at worst, without a sense, all."""
    near = [row for row in rows if adjacent or row[2]]
    chosen = [row for row in near if (sense or "other") in row[1]] or [row for row in near if not row[1]]
    if not sense and not chosen:
        chosen = near
    return tuple(dict.fromkeys(row[0] for row in chosen))
