"""Readings of a word in the text: from known lexemes, else from its longest known suffix."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from textnorm.grammar.features import Bundle, merge, overlay
from textnorm.grammar.inflect import Analysis
from textnorm.memo import Memo

if TYPE_CHECKING:
    from textnorm.grammar.grammar import Grammar

_KEPT = 50_000  # answers that are remembered


class Morphology:
    """Analyses words; results are kept."""

    def __init__(self, spec: Mapping[str, Any], grammar: Grammar) -> None:
        self._spec, self._grammar = spec, grammar
        self._attribute = grammar.features.parse(spec.get("attribute", ""))
        self._subject = grammar.features.parse(spec.get("subject", ""))
        self._suffixes: dict[str, tuple[Bundle, ...]] | None = None
        self._longest = 0
        self._measures = frozenset(spec.get("measures", []))
        self._verbal: frozenset[str] | None = None
        self._excluded: frozenset[str] | None = None
        self._analyses = Memo(self._analyze, _KEPT)
        self._fitting = Memo(self._fit, _KEPT)
        self._counted = Memo(self._count, _KEPT)

    def analyze(self, word: str) -> list[Analysis]:
        """All readings, the likeliest first; [] for a word that is no nominal form."""
        return self._analyses[word.lower()]

    def _analyze(self, word: str) -> list[Analysis]:
        inflector = self._grammar.inflector
        if inflector is None or not word:
            return []
        self._grammar.lexemes.load()
        if word in self._excluded_words():
            return []
        known = inflector.analyze(word)
        if known or word in self._not_guessed():
            return known
        return [Analysis(bundle, "", frozenset()) for bundle in self._by_suffix(word)]

    def _excluded_words(self) -> frozenset[str]:
        """Words that are never nominal: function words."""
        if self._excluded is None:
            listed = [self._grammar.tables.keys(name) for name in self._spec.get("exclude", [])]
            self._excluded = frozenset().union(*listed)
        return self._excluded

    def _not_guessed(self) -> frozenset[str]:
        """Words whose suffix tells nothing, verbs above all; as known lexemes they are analysed."""
        if self._verbal is None:
            listed = [self._grammar.tables.keys(name) for name in self._spec.get("not_guessed", [])]
            self._verbal = frozenset().union(*listed)
        return self._verbal

    def _by_suffix(self, word: str) -> tuple[Bundle, ...]:
        if self._suffixes is None:
            suffixes = self._read_suffixes()
            self._longest = max(map(len, suffixes), default=0)
            self._suffixes = suffixes  # last, for other threads take it as ready
        for width in range(min(self._longest, len(word) - 1), 0, -1):
            found = self._suffixes.get(word[-width:])
            if found is not None:
                return found
        return ()

    def _read_suffixes(self) -> dict[str, tuple[Bundle, ...]]:
        if "suffixes" not in self._spec:
            return {}
        lexicon = self._grammar.tables.lexicon(self._spec["suffixes"])
        parse = self._grammar.features.parse
        return {
            row[0]: () if row[1] == "x" else tuple(parse(value) for value in row[1].split())
            for row in lexicon.rows
        }

    def tags(self, word: str) -> frozenset[str]:
        """The tags of all lexemes that the word can be a form of."""
        return frozenset(tag for analysis in self.analyze(word) for tag in analysis.tags)

    def known(self, word: str) -> bool:
        """Whether the word is a form of a listed lexeme."""
        return any(analysis.lemma for analysis in self.analyze(word))

    def has(self, word: str, wanted: tuple[str, ...]) -> bool:
        """Whether one reading has all the feature values and '#tags' wanted; '=lemma' names a lemma."""
        return bool(self._fitting[word, wanted])

    def readings_with(self, word: str, wanted: tuple[str, ...]) -> tuple[Bundle, ...]:
        """The bundles of the readings for which `has` holds."""
        return self._fitting[word, wanted]

    def _fit(self, key: tuple[str, tuple[str, ...]]) -> tuple[Bundle, ...]:
        word, wanted = key
        tags = {value[1:] for value in wanted if value.startswith("#")}
        lemmas = {value[1:] for value in wanted if value.startswith("=")}
        bundle = self._grammar.features.parse(" ".join(v for v in wanted if v[0] not in "#=?"))
        known_only = "?" in wanted
        found = (
            analysis.bundle
            for analysis in self.analyze(word)
            if tags <= analysis.tags
            and (not lemmas or analysis.lemma in lemmas)
            and (not known_only or analysis.lemma)
            and merge(analysis.bundle, bundle) == analysis.bundle
        )
        return tuple(dict.fromkeys(found))

    def readings(self, words: tuple[str, ...]) -> tuple[Bundle, ...]:
        """Bundles of the first word that has any, narrowed by the next one where they agree."""
        for word in words:
            found = [analysis.bundle for analysis in self.analyze(word)]
            if found:
                return tuple(dict.fromkeys(found))
        return ()

    def counted(self, words: tuple[str, ...], category: str, known: bool) -> tuple[Bundle, ...]:
        """Readings of what a number of this plural category counts among the words that follow it.

        What the agreement itself dictates (the genitive after tens, say) is no evidence for the
        numeral and is left open in the result.
        """
        return self._counted[words, category, known]

    def _count(self, key: tuple[tuple[str, ...], str, bool]) -> tuple[Bundle, ...]:
        words, category, known = key
        need = self._grammar.agreement(category)
        # A word that is no nominal form, a verb above all, ends the noun phrase.
        phrase = list(takewhile(self.analyze, words))
        fitting = [[a for a in self.analyze(word) if self._fits(a, need)] for word in phrase]
        if known:
            fitting = [[a for a in readings if a.lemma] for readings in fitting]
        for index, readings in enumerate(fitting):
            if not readings:
                if self._stands_alone(phrase[index]):
                    return ()
                continue
            bundles = self._counted_there(words, fitting, index, need)
            return tuple(dict.fromkeys(self._open(bundle, need) for bundle in bundles))
        return ()

    def _counted_there(
        self, words: tuple[str, ...], fitting: list[list[Analysis]], index: int, need: Bundle
    ) -> list[Bundle]:
        """Readings of what is counted, where the word at `index` is the first that the number can count."""
        readings = fitting[index]
        agreed = self._agreed(readings, fitting[index + 1] if index + 1 < len(fitting) else [])
        others = (a for a in self.analyze(words[index]) if not self._fits(a, need))
        aside = any(map(self._is_attribute, others))
        head = self._head(words, fitting, index, need) if aside or not agreed else []
        if agreed and (not head or any(map(self._is_attribute, head))):
            return agreed
        if not agreed and head and all(map(self._is_attribute, head)):
            # What follows may as well be an attribute of the first noun ("43 boxes of tangerines"), and
            # is one where only that noun is counted in the usual way ("1 can of paint").
            first = [a for a in readings if a.lemma and not self._is_attribute(a)]
            plain = any(merge(a.bundle, need) is not None for a in head)
            head = [*first, *head] if plain else readings
        return [analysis.bundle for analysis in head or readings]

    def _stands_alone(self, word: str) -> bool:
        """Whether a known word that the number cannot count parts it from later ones, as a subject does."""
        if self._subject == self._grammar.features.empty:
            return False
        readings = self.analyze(word)
        return any(merge(a.bundle, self._subject) is not None for a in readings) and all(
            a.lemma and merge(a.bundle, self._attribute) is None for a in readings
        )

    def _agreed(self, readings: list[Analysis], following: list[Analysis]) -> list[Bundle]:
        """Readings that an attribute shares with the noun after it."""
        pairs = (merge(a.bundle, b.bundle) for a in readings for b in following)
        return [bundle for bundle in pairs if bundle is not None]

    def _head(
        self, words: tuple[str, ...], fitting: list[list[Analysis]], index: int, need: Bundle
    ) -> list[Analysis]:
        """The counted noun behind a genitive attribute: "9 tarybos nariai" counts members.

        It must be a known word that the number can count in every reading; measures ("5 metų vaikai")
        are themselves counted.
        """
        for later in range(index + 1, len(fitting)):
            if not self._can_be_attribute(words[later - 1]):
                break
            readings = self.analyze(words[later])
            if readings and len(fitting[later]) == len(readings) and all(a.lemma for a in readings):
                return fitting[later]
        if index + 1 < len(fitting) and self._only_attribute(words[index]):
            return fitting[index + 1]
        return []

    def _only_attribute(self, word: str) -> bool:
        """Whether every reading is an attribute's, and none names somebody: "2 autobusų stotelės"."""
        readings = self.analyze(word)
        return self._can_be_attribute(word) and all(
            merge(a.bundle, self._attribute) is not None and "person" not in a.tags for a in readings
        )

    def _can_be_attribute(self, word: str) -> bool:
        if self._attribute == self._grammar.features.empty:
            return False
        readings = self.analyze(word)
        measures = self._measures
        return any(merge(a.bundle, self._attribute) is not None for a in readings) and not any(
            a.tags & measures for a in readings
        )

    def _is_attribute(self, analysis: Analysis) -> bool:
        return merge(analysis.bundle, self._attribute) is not None

    def _fits(self, analysis: Analysis, need: Bundle) -> bool:
        if merge(analysis.bundle, need) is not None:
            return True
        lexeme = self._grammar.lexeme(analysis.lemma) if analysis.lemma else None
        if lexeme is None:
            return False
        return merge(analysis.bundle, overlay(need, lexeme.features)) is not None

    def _open(self, bundle: Bundle, need: Bundle) -> Bundle:
        slot = self._grammar.governed_slot
        if need[slot] is None:
            return bundle
        return tuple(
            value if dictated is None else None for value, dictated in zip(bundle, need, strict=True)
        )
