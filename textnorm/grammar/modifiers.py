"""Words before a number that agree with what it counts: determiners, adjectives, participles.

A modifier table lists lemmas with their paradigms; a form of one of them right before the match
names case, gender and number. `numbers` says which grammatical number the modifier may have for each
plural category, since "that 3 kg parcel" says nothing about three kilograms.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from textnorm.grammar.context import Context, left_word
from textnorm.grammar.features import Bundle, Features, merge
from textnorm.grammar.inflect import Inflector
from textnorm.pack.model import Lexicon

Bundles = tuple[Bundle, ...]


class ModifierTable:
    """Finds the features that a modifier to the left shows."""

    def __init__(
        self, lexicon: Lexicon, spec: Mapping[str, Any], features: Features, inflector: Inflector
    ) -> None:
        self._allowed: dict[str, Bundles] = {
            category: tuple(features.parse(value) for value in str(values).split())
            for category, values in spec.get("numbers", {}).items()
        }
        self._forms: dict[str, dict[Bundle, None]] = {}
        lemma, paradigm = lexicon.column("lemma"), lexicon.column("paradigm")
        never = frozenset(str(spec.get("without", "")).split())
        without = lexicon.columns.index("without") if "without" in lexicon.columns else None
        for cells in lexicon.rows:
            names = cells[paradigm]
            word = inflector.lexeme(cells[lemma], names, frozenset()).words[0]
            gone = never | frozenset(cells[without].split() if without is not None else ())
            for bundle, ending in inflector.forms[names].items():
                if not gone.isdisjoint(bundle):
                    continue
                form = inflector.join(word.stem, ending, word.alternates)
                self._forms.setdefault(form, {})[bundle] = None

    def find(self, at: Context, category: str) -> Bundles:
        """Readings of the word right before the match that fit a number of this plural category."""
        listed = self._forms.get(left_word(at).lower())
        if not listed:
            return ()
        allowed = self._allowed.get(category)
        if allowed is None:
            return tuple(listed)
        return tuple(bundle for bundle in listed if any(merge(bundle, one) == bundle for one in allowed))
