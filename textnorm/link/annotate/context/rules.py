"""Context rules of a language, compiled: every phrase in one automaton."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import ahocorasick_rs

from textnorm.link.annotate.tokens import Codes, ignore_case, is_word, split

_HEADING = ":"  # a phrase with it at its end counts only where it follows

FORWARD, BACKWARD, BOTH, NEITHER = "forward", "backward", "both", "neither"


@dataclass(frozen=True, slots=True)
class Trigger:
    """What a phrase does.

    `flag` is empty for a phrase that only looks like a trigger, and for one that ends scopes. `scope` is
    the number of words that it reaches. With `line` it reaches over sentences to the end of the line.
    """

    flag: str = ""
    direction: str = NEITHER
    scope: int = 0
    line: bool = False
    cased: bool = False
    ends: frozenset[str] = frozenset()  # flags whose scope it ends


@dataclass(frozen=True, slots=True)
class Language:
    """The context rules of one language; words are in lower case."""

    lang: str
    triggers: Sequence[tuple[Trigger, Sequence[str]]]  # with their phrases
    verbs: frozenset[str] = frozenset()
    plural_verbs: frozenset[str] = frozenset()
    openers: frozenset[str] = frozenset()
    conjunctions: frozenset[str] = frozenset()
    alternatives: frozenset[str] = frozenset()
    abbreviations: frozenset[str] = frozenset()
    determiners: frozenset[str] = frozenset()
    introductions: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()


class Found(NamedTuple):
    """A phrase in a text: from part `start` up to part `end`."""

    start: int
    end: int
    trigger: Trigger


class Phrases:
    """Finds the phrases of a language in the parts of a text."""

    def __init__(self, language: Language) -> None:
        self._triggers: list[list[tuple[Trigger, str]]] = []
        numbers: dict[str, int] = {}
        written = [(trigger, phrase) for trigger, phrases in language.triggers for phrase in phrases]
        self._codes = Codes(ignore_case, (phrase for _, phrase in written))
        for trigger, phrase in written:
            codes = self._codes.encode(_inner(split(phrase)))
            number = numbers.setdefault(codes, len(numbers))
            if number == len(self._triggers):
                self._triggers.append([])
            self._triggers[number].append((trigger, phrase))
        self._automaton = ahocorasick_rs.AhoCorasick(
            list(numbers), ahocorasick_rs.MatchKind.Standard, store_patterns=False
        )

    def find(self, parts: Sequence[str]) -> list[Found]:
        """The phrases in a text, in order; what lies within a longer trigger or pseudo-trigger is none."""
        found = [
            Found(start, end, trigger)
            for number, start, end in self._automaton.find_matches_as_indexes(
                self._codes.encode(parts), overlapping=True
            )
            for trigger, phrase in self._triggers[number]
            if (not trigger.cased or _same_case(phrase, parts[start:end]))
            and (not phrase.endswith(_HEADING) or "".join(parts[end : end + 1]).lstrip().startswith(_HEADING))
        ]
        found.sort(key=lambda one: (one.start, -one.end))
        kept: list[Found] = []
        longest = (0, 0)  # of the triggers so far, the one that ends last
        for one in found:
            if one.end <= longest[1] and (one.start, one.end) != longest:
                continue
            kept.append(one)
            if not one.trigger.ends:
                longest = one.start, one.end
        return kept


def _inner(parts: Sequence[str]) -> Sequence[str]:
    """The parts of a phrase from its first word to its last."""
    words = [number for number, part in enumerate(parts) if is_word(part)]
    if not words:
        raise ValueError("there is no word in this phrase")
    return parts[words[0] : words[-1] + 1]


def _same_case(phrase: str, parts: Sequence[str]) -> bool:
    return [part for part in split(phrase) if is_word(part)] == [part for part in parts if is_word(part)]
