"""The names of an index as one automaton that finds all of them in a text, in time linear in the text."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import ahocorasick_rs
import numpy as np
from numpy.typing import NDArray

from textnorm.link.annotate.names import USER, Names
from textnorm.link.annotate.tokens import NOTHING, Codes, Normal, is_word, split
from textnorm.link.concept import SCOPES

Hit = tuple[int, int, int]
"""The number of a pattern that was found, and the parts of a text from which up to which it stands."""


@dataclass(frozen=True, slots=True)
class Safety:
    """What keeps names from being found where they are not meant.

    `stop` are everyday words: no mentions, unless a user says so or a name in capitals is meant. Names
    with less than `min_length` characters are left out, and single words that are only related to a
    concept, or broader.
    """

    stop: frozenset[str] = frozenset()
    min_length: int = 3


_VAGUE = SCOPES.index("broad")  # the scope from which on single words are no names


class Dictionary:
    """Names, ready to be found in text."""

    def __init__(self, names: Names, normal: Normal, safety: Safety) -> None:
        """Takes seconds for 100,000 names; `normal` gives the normal forms of words."""
        self.names = names
        self.codes = Codes(normal, names)
        patterns, self._first, self._names = self._patterns(safety)
        self._automaton = (
            ahocorasick_rs.AhoCorasick(patterns, ahocorasick_rs.MatchKind.Standard, store_patterns=False)
            if patterns
            else None
        )

    def find(self, codes: str) -> list[Hit]:
        """Every name among the codes of a text, overlapping ones too."""
        if self._automaton is None:
            return []
        found: list[Hit] = self._automaton.find_matches_as_indexes(codes, overlapping=True)
        return found

    def names_of(self, pattern: int) -> list[int]:
        """The numbers of the names behind a hit, the surest scope first."""
        first, scope = self._first, self.names.scope
        numbers: list[int] = self._names[first[pattern] : first[pattern + 1]].tolist()
        return sorted(set(numbers), key=lambda number: (scope(number), number))

    def _patterns(self, safety: Safety) -> tuple[list[str], NDArray[np.uint32], NDArray[np.uint32]]:
        """The different names as codes; those with pattern i are `names[first[i]:first[i + 1]]`."""
        stop = {self.codes.encode(split(word)) for word in safety.stop}
        numbers: dict[str, int] = {}
        patterns, owners = array("I"), array("I")
        for name, text in enumerate(self.names):
            if len(text) < safety.min_length and not self._kept(name):
                continue
            for variant in _variants(split(text)):
                codes = self.codes.encode(variant)
                if NOTHING in codes or (not self._kept(name) and (codes in stop or self._vague(name, codes))):
                    continue
                patterns.append(numbers.setdefault(codes, len(numbers)))
                owners.append(name)
        pattern, owner = np.array(patterns, np.uint32), np.array(owners, np.uint32)
        order = np.argsort(pattern, kind="stable")
        first = np.searchsorted(pattern[order], np.arange(len(numbers) + 1)).astype(np.uint32)
        return list(numbers), first, owner[order]

    def _kept(self, name: int) -> bool:
        """Whether a name is safe in any case: a user's, or one that counts in its own letter case only."""
        return self.names.scope(name) == USER or bool(self.names.cased[name])

    def _vague(self, name: int, codes: str) -> bool:
        return len(codes) == 1 and self.names.scope(name) >= _VAGUE


def _variants(parts: Sequence[str]) -> Iterator[list[str]]:
    """A name as it is written, without its commas and brackets, and with `A, B` turned to `B A`."""
    words = [number for number, part in enumerate(parts) if is_word(part)]
    if not words:
        return
    inner = list(parts[words[0] : words[-1] + 1])
    yield inner
    marks = [part for part in inner if not is_word(part) and part.strip(" -/") != ""]
    if not marks:
        return
    plain = [part if is_word(part) else " " for part in inner]
    yield plain
    if marks == [", "]:
        at = inner.index(", ")
        yield [*plain[at + 1 :], " ", *plain[:at]]
