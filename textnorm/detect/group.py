"""The profiles of one script, compared: what words are worth under each of them.

A vector has one cost (negative log probability) for each profile, all packed into one integer, so that
vectors are added by adding integers. Those of n-grams and of words are kept, so that running text costs
one look-up and one addition a word.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from struct import Struct

from textnorm.detect.profile import UNLISTED, Profile, split_grams
from textnorm.detect.script import Script

_MEMO = 1 << 18
_FLOOR = 5e-6  # probability of a letter never seen
_TRUST = 5.0  # how many observations a shorter n-gram counts for (Dirichlet prior; MacKay & Peto 1995)
_RARE = 5e-5  # share of all letters from which a letter belongs to a language
_FORM = 1 / 8  # probability, at least, that a letter is written in the form that it has
_STEPS = 256  # to a nat, in packed vectors
_STRANGER = 5.0  # nats that a symbol of a line in no known language costs, at least


class Group:
    """Gives words their log probabilities under each profile."""

    def __init__(self, script: Script, profiles: Sequence[Profile]) -> None:
        self.script = script
        self.profiles = profiles
        self.alphabets = [_alphabet(script, profile) for profile in profiles]
        letters = frozenset().union(*self.alphabets)
        self.stranger = -max(_STRANGER, 1.1 * math.log(len(letters)))
        self._listed = {word for profile in profiles for word in profile.words}
        self._counts = _joined(profiles)
        self._symbols = [_symbols(profile) for profile in profiles]
        self._lanes = Struct(f"<{len(profiles)}Q")
        self._unlisted = self._packed([UNLISTED] * len(profiles))
        self._forms = {letter: self._packed(logs) for letter, logs in _forms(script, profiles).items()}
        self._shares: dict[str, list[float]] = {}
        self._grams: dict[str, int] = {}
        self._words: dict[str, int] = {}

    def scores(self, words: Iterable[str]) -> list[float]:
        """The log probability of the words under each profile."""
        known, add = self._words, self._add
        if len(known) > _MEMO:
            known.clear()
            self._grams.clear()
            self._shares.clear()
        return self._unpacked(sum([known.get(word) or add(word) for word in words]))

    def lacking(self, index: int, words: Iterable[str]) -> int:
        """How many letters of the words the profile does not have."""
        text = self.script.fold("".join(words))
        return sum(map(text.count, set(text) - self.alphabets[index]))

    def _add(self, word: str) -> int:
        plain, folded = self.script.plain(word), self.script.fold(word)
        cost = sum(map(self._gram, split_grams(folded)))
        if folded in self._listed:
            letters = self._unpacked(cost)
            pairs = zip(self.profiles, letters, strict=True)
            cost = self._packed([profile.word(folded, value) for profile, value in pairs])
        else:
            cost += self._unlisted
        forms = self._forms
        cost += sum([forms[letter] for letter in plain if letter in forms])
        self._words[word] = cost
        return cost

    def _gram(self, gram: str) -> int:
        """What the last symbol of the n-gram costs after the others."""
        found = self._grams.get(gram)
        if found is None:
            found = self._grams[gram] = self._packed([*map(math.log, self._share(gram))])
        return found

    def _packed(self, logs: Sequence[float]) -> int:
        steps = [round(-value * _STEPS) for value in logs]
        return int.from_bytes(self._lanes.pack(*steps), "little")

    def _unpacked(self, cost: int) -> list[float]:
        return [value / -_STEPS for value in self._lanes.unpack(cost.to_bytes(self._lanes.size, "little"))]

    def _share(self, gram: str) -> list[float]:
        """The probability of that; where a profile does not know what stands before, of a shorter one."""
        found = self._shares.get(gram)
        if found is None:
            counts, histories = self._counts.get(gram, {}), self._counts.get(gram[:-1], {})
            if len(gram) == 1:
                found = [_FLOOR + counts.get(n, 0.0) / total for n, total in enumerate(self._symbols)]
            else:
                found = self._share(gram[1:])
                if counts or histories:
                    found = found.copy()
                for n in counts.keys() | histories.keys():
                    count = counts.get(n, 0.0)
                    found[n] = (count + _TRUST * found[n]) / (max(count, histories.get(n, 0.0)) + _TRUST)
            self._shares[gram] = found
        return found


def _alphabet(script: Script, profile: Profile) -> frozenset[str]:
    total = sum(profile.letters.values())
    letters = [letter for letter, count in profile.letters.items() if count >= _RARE * total]
    return frozenset(map(script.fold, letters))


def _joined(profiles: Sequence[Profile]) -> dict[str, dict[int, float]]:
    """For each n-gram its counts by the number of the profile."""
    found: dict[str, dict[int, float]] = {}
    for number, profile in enumerate(profiles):
        for gram, count in profile.grams.items():
            found.setdefault(gram, {})[number] = count
    return found


def _symbols(profile: Profile) -> float:
    return sum(count for gram, count in profile.grams.items() if len(gram) == 1) or 1.0


def _forms(script: Script, profiles: Sequence[Profile]) -> dict[str, list[float]]:
    """For letters that keyboards interchange: how likely each profile writes them in just this form."""
    families: dict[str, set[str]] = {}
    for code, folded in script.table.items():
        if folded:
            families.setdefault(folded, {folded}).add(chr(code))
    found = {}
    for family in families.values():
        totals = [sum(profile.letters.get(one, 0.0) for one in family) for profile in profiles]
        for letter in family:
            found[letter] = [
                math.log(max(_FORM, profile.letters.get(letter, 0.0) / (total or 1.0)))
                for profile, total in zip(profiles, totals, strict=True)
            ]
    return found
