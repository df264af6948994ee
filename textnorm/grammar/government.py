"""What changes a governor's demand: its negation, and an object that it has already."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import regex

from textnorm.grammar.context import compile_regex
from textnorm.grammar.features import Bundle, Features
from textnorm.grammar.neighbours import Words, word_at

Found = tuple[Bundle, ...]
HasReading = Callable[[str, tuple[str, ...]], bool]
Keys = Callable[[str], frozenset[str]]


class Negation:
    """What negation does to governed features: a negated verb turns its accusative into a genitive."""

    def __init__(self, spec: Mapping[str, Any], features: Features) -> None:
        self._prefixes = tuple(spec["prefix"].split())
        self._minimum = int(spec.get("minimum", 4))  # letters that a word must have without the prefix
        self._turned = {features.parse(old): features.parse(new) for old, new in spec["turns"].items()}
        self._lost = tuple(features.parse(value) for value in spec.get("loses", []))
        self._depending = compile_regex(spec["depending"]) if "depending" in spec else None
        self._deniers = compile_regex(spec["deniers"], regex.IGNORECASE) if "deniers" in spec else None

    def affirmed(self, word: str) -> str:
        """The word without its negating prefix, or '' if it has none."""
        for prefix in self._prefixes:
            if word.startswith(prefix) and len(word) >= len(prefix) + self._minimum:
                return word[len(prefix) :]
        return ""

    def turn(self, found: Found) -> Found:
        """The features under negation."""
        return tuple(self._turned.get(bundle, bundle) for bundle in found if bundle not in self._lost)

    def depends(self, word: str) -> bool:
        """Whether a governor of this form, an infinitive say, depends on another word."""
        return self._depending is not None and self._depending.fullmatch(word) is not None

    def denies(self, word: str) -> bool:
        """Whether this word negates what depends on it."""
        return self._deniers is not None and self._deniers.fullmatch(word) is not None


class Filled:
    """When a governor has its object already, so that a further number is none.

    A word between it and the match, or right before it, that can only be its object shows this.
    """

    def __init__(self, spec: Mapping[str, Any], features: Features, has: HasReading, keys: Keys) -> None:
        self._asked = features.parse(spec["case"])
        self._reading = tuple(str(spec["reading"]).split())
        self._between = compile_regex(spec["between"], regex.IGNORECASE) if "between" in spec else None
        self._unless = [tuple(str(one).split()) for one in spec.get("unless", [])]
        self._reach = int(spec.get("reach", 1))  # how many words before the governor it may stand
        self._stops = frozenset(str(spec.get("stops", "")).split())
        self._extents = frozenset(str(spec.get("extents", "")).split())  # senses that are no objects
        self._after = keys(spec["not_after"]) if "not_after" in spec else frozenset()
        self._subject = features.parse(spec["subject"]) if "subject" in spec else None
        self._subjects = frozenset(str(spec.get("subjects", "")).split())  # senses of those who act
        self.doubtful = spec.get("doubtful", "off") == "on"  # what looks like the object may not be one
        self._has_none = compile_regex(spec["no_subject"]) if "no_subject" in spec else None
        self._has = has

    def subject(self, word: str, sense: str) -> Found:
        """What a number right after this governor is: its subject, if it is of those who act."""
        if self._subject is None or (sense or "other") not in self._subjects:
            return ()
        return () if self._has_none and self._has_none.search(word) else (self._subject,)

    def holds(self, words: Words, index: int, found: Found, sense: str) -> bool:
        """Whether the governor at `index` has an object."""
        if self._asked not in found or sense in self._extents:
            return False
        if any(self._is_object(words, place) for place in range(index)):
            return True
        return any(self._is_object(words, place) for place in self._before(words, index))

    def _before(self, words: Words, index: int) -> Iterator[int]:
        """Places before the governor where its object may stand, within the clause."""
        for place in range(index + 1, index + 1 + self._reach):
            word = word_at(words, place)
            if not word[:1].isalpha() or word.lower() in self._stops:
                return
            yield place

    def _is_object(self, words: Words, place: int) -> bool:
        word, before = word_at(words, place), word_at(words, place + 1)
        if self._between is not None and self._between.fullmatch(before):
            before = word_at(words, place + 2)
        return (
            self._has(word, self._reading)
            and before.lower() not in self._after
            and not any(self._has(word, reading) for reading in self._unless)
        )
