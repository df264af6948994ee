"""Phrases that a pack's grammar vouches for: a governor and what it asks for, with words that agree.

No corpus shows every noun after every verb. The tables that inflect numbers say which cases verbs and
prepositions take, and how nouns and adjectives inflect; put together at random they are training text.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from textnorm.grammar.features import Bundle, overlay
from textnorm.grammar.grammar import Grammar
from textnorm.grammar.inflect import Lexeme
from textnorm.pack.model import Lexicon

_ATTRIBUTE = 0.45  # share of nouns with an adjective before them
_SECOND = 0.15  # share of phrases whose noun is followed by one that it governs by no word
_SINGULAR = 0.7
_FAR = "clause"  # the reach of governors that stand anywhere in the clause
_BEHIND = 0.35  # share of these that stand behind what they ask for


class Phrases:
    """Makes phrases at random from the tables of a pack; the same seed gives the same phrases."""

    def __init__(self, grammar: Grammar, governors: Sequence[Lexicon], seed: int) -> None:
        self._grammar, self._rng = grammar, random.Random(seed)
        self._governors = [
            (row[0], row[1], _FAR in row) for table in governors for row in table.rows if "*" not in row[0]
        ]
        found = sorted({make().lemma: make for make in grammar.lexemes.load().values()}.items())
        lexemes = [make() for lemma, make in found if lemma.islower() and lemma.isalpha()]
        gender = grammar.features.names.index("gender")
        self._nouns = [one for one in lexemes if one.features[gender] is not None]
        self._attributes = [one for one in lexemes if one.features[gender] is None and one.forms is None]

    def __call__(self, count: int) -> Iterator[str]:
        """So many phrases, one on a line."""
        for _ in range(count):
            word, asked, far = self._rng.choice(self._governors)
            phrase = self._noun_phrase(asked)
            if phrase and self._rng.random() < _SECOND:
                phrase = f"{self._noun_phrase('gen')} {phrase}".strip()
            if phrase and far and self._rng.random() < _BEHIND:
                yield f"{phrase} {word}"
            elif phrase:
                yield f"{word} {phrase}"

    def _noun_phrase(self, asked: str) -> str:
        rng, grammar = self._rng, self._grammar
        number = "sg" if rng.random() < _SINGULAR else "pl"
        noun = rng.choice(self._nouns)
        bundle = overlay(grammar.features.parse(f"{number} simple {asked}"), noun.features)
        words = [self._form(noun, bundle)]
        if rng.random() < _ATTRIBUTE:
            words.insert(0, self._form(rng.choice(self._attributes), bundle))
        return " ".join(words) if all(words) else ""

    def _form(self, lexeme: Lexeme, bundle: Bundle) -> str:
        return (self._grammar.inflector.phrase(lexeme, bundle) if self._grammar.inflector else "") or ""
