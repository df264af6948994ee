"""Phrases that a pack's grammar vouches for: governors and what they ask for, with words that agree.

No corpus shows every noun after every verb. The tables that inflect numbers say which cases verbs and
prepositions take, and how nouns and adjectives inflect; put together at random they are training text.
Clauses stand side by side on a line, and some have a subject, so that it is the governor that tells the
case and not the place in the line.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import regex

from textnorm.grammar.features import Bundle, overlay
from textnorm.grammar.grammar import Grammar
from textnorm.grammar.inflect import Lexeme
from textnorm.pack.model import Lexicon

_SENSE = "other"  # of what is no measure, as most nouns are
_FAR = "clause"  # the reach of governors that stand anywhere in the clause
_SINGULAR = 0.7
_DETERMINER, _OWNER, _ATTRIBUTE = 0.2, 0.15, 0.4  # shares of nouns with such a word before them
_NEGATED = 0.12  # share of governors
_BEHIND = 0.2  # share of governors behind what they ask for, if they may be
_SUBJECT = 0.35  # share of clauses
_FIRST = 0.75  # share of subjects before verb and object
_MORE = 0.6  # share of clauses that another one follows on the same line
_SIGNS = (", ", ", ", ". ")  # between clauses
_NEVER = regex.compile(r"(?!)")


class Governor(NamedTuple):
    """A word, the features that it asks for, and whether it may stand anywhere in the clause."""

    word: str
    asked: str
    far: bool


class Clauses(NamedTuple):
    """What a grammar says about clauses: cases of owners and subjects, verbs without, negation."""

    owner: str = ""
    subject: str = ""
    no_subject: regex.Pattern[str] = _NEVER
    negator: str = ""
    negated: Mapping[str, str] = {}

    @classmethod
    def of(cls, tree: Mapping[str, Any]) -> Clauses:
        """From the grammar file of a pack."""
        tables = tree.get("governors", {}).values()
        filled = [
            one["no_subject"] for table in tables for one in table.get("filled", ()) if "no_subject" in one
        ]
        negation = next((table["negation"] for table in tables if "negation" in table), None)
        return cls(
            tree.get("morphology", {}).get("attribute", ""),
            tree.get("morphology", {}).get("subject", ""),
            regex.compile(filled[0]) if filled else _NEVER,
            negation["prefix"].split()[-1] if negation else "",
            negation["turns"] if negation else {},
        )


_BARE = Clauses()


class Phrases:
    """Makes phrases at random from the tables of a pack; the same seed gives the same phrases.

    Of several tables of governors each is drawn from as often; `determiners` list lemmas and paradigms.
    """

    def __init__(
        self,
        grammar: Grammar,
        governors: Sequence[Lexicon],
        determiners: Sequence[Lexicon] = (),
        clauses: Clauses = _BARE,
        seed: int = 1,
    ) -> None:
        assert grammar.inflector is not None
        self._features, self._inflector = grammar.features, grammar.inflector
        self._rng, self._clauses = random.Random(seed), clauses
        self._governors = [list(read_governors(table)) for table in governors]
        found = sorted({make().lemma: make for make in grammar.lexemes.load().values()}.items())
        lexemes = [make() for lemma, make in found if lemma.islower() and lemma.isalpha()]
        gender = grammar.features.names.index("gender")
        self._nouns = [one for one in lexemes if one.features[gender] is not None]
        self._attributes = [one for one in lexemes if one.features[gender] is None and one.forms is None]
        self._determiners = [
            grammar.inflector.lexeme(row[table.column("lemma")], row[table.column("paradigm")], frozenset())
            for table in determiners
            for row in table.rows
        ]

    def __call__(self, count: int) -> Iterator[str]:
        """So many lines."""
        rng = self._rng
        for _ in range(count):
            line = self._clause()
            while rng.random() < _MORE:
                line += rng.choice(_SIGNS) + self._clause()
            yield line

    def _clause(self) -> str:
        rng, rules = self._rng, self._clauses
        word, asked, far = rng.choice(rng.choice(self._governors))
        if not far:
            return f"{word} {self._noun_phrase(asked)}".rstrip()
        turned = rules.negated.get(asked)
        if turned and not word.startswith(rules.negator) and rng.random() < _NEGATED:
            word, asked = rules.negator + word, turned
        parts = [word, self._noun_phrase(asked)]
        if rng.random() < _BEHIND:
            parts.reverse()
        if rules.subject not in ("", asked) and rng.random() < _SUBJECT and not rules.no_subject.search(word):
            subject = self._noun_phrase(rules.subject)
            parts = [subject, *parts] if rng.random() < _FIRST else [*parts, subject]
        return " ".join(filter(None, parts))

    def _noun_phrase(self, asked: str) -> str:
        """A noun in some case, with words before it; '' if it has no such form."""
        rng = self._rng
        number = "sg" if rng.random() < _SINGULAR else "pl"
        noun = rng.choice(self._nouns)
        bundle = overlay(self._features.parse(f"{number} simple {asked}"), noun.features)
        words = []
        if self._determiners and rng.random() < _DETERMINER:
            words.append(self._form(rng.choice(self._determiners), bundle))
        if self._clauses.owner and rng.random() < _OWNER:
            owner = rng.choice(self._nouns)
            owned_by = self._features.parse(f"sg simple {self._clauses.owner}")
            words.append(self._form(owner, overlay(owned_by, owner.features)))
        if rng.random() < _ATTRIBUTE:
            words.append(self._form(rng.choice(self._attributes), bundle))
        words.append(self._form(noun, bundle))
        return " ".join(words) if all(words) else ""

    def _form(self, lexeme: Lexeme, bundle: Bundle) -> str:
        return self._inflector.phrase(lexeme, bundle) or ""


def read_governors(table: Lexicon) -> Iterator[Governor]:
    """The governors in a table that ask the same of any noun; stems are left out."""
    sense, reach = (
        table.columns.index(name) if name in table.columns else len(table.columns)
        for name in ("sense", "reach")
    )
    for row in table.rows:
        cells = (*row, "")
        if "*" not in cells[0] and (not cells[sense] or _SENSE in cells[sense].split()):
            yield Governor(cells[0], cells[1], cells[reach] == _FAR)
