"""Finds the likeliest profile of each line, and is unsure wherever that is not clear.

Words get a score under every profile of their script (naive Bayes over words, with a character n-gram
model for those not listed). Scores are kept by word, so that running text costs a look-up a word.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from textnorm.detect.profile import UNLISTED, Profile, read_profile, split_grams
from textnorm.detect.script import SCRIPTS, Script, script, script_of
from textnorm.pack.places import data_dir

UNSURE = "und"  # BCP 47: undetermined
NO_SCRIPT = "Zyyy"  # ISO 15924: common to all
_MEMO = 1 << 18
_SURE = 0.97  # confidence from which a line has a language
_TEMPERATURE = 3.0  # words of a line are not independent: their joint evidence counts for less
_FEWEST = 8  # letters of evidence
_STRANGE = 0.04  # share of letters that the language does not have, at most
_RARE = 5e-5  # share of all letters from which a letter belongs to a language
_SHAPE = math.log(8)  # what a letter costs that the orthography does not have
_STRANGER = 5.0  # nats that a symbol of a line in no known language costs, at least
_DOUBT = 0.5  # confidence at most where letters are strange


@dataclass(frozen=True, slots=True)
class Detection:
    """What a line is in: a language (`und` if unsure), a script, the orthography it is typed in.

    `confidence` is between 0 and 1. `guess` is the likeliest language, also where `language` is `und`.
    """

    language: str
    script: str
    orthography: str
    confidence: float
    guess: str

    def to_dict(self) -> dict[str, Any]:
        """The detection as JSON-ready data."""
        return {
            "language": self.language,
            "script": self.script,
            "orthography": self.orthography,
            "confidence": round(self.confidence, 3),
            "guess": self.guess,
        }


class _Group:
    """The profiles of one script."""

    def __init__(self, script: Script, profiles: Sequence[Profile]) -> None:
        self.script = script
        self.profiles = profiles
        self.alphabets = [_alphabet(profile) for profile in profiles]
        letters = frozenset().union(*self.alphabets)
        self.stranger = -max(_STRANGER, 1.1 * math.log(len(letters)))
        self._listed = {word for profile in profiles for word in profile.words}
        self._counted = {gram for profile in profiles for gram in profile.grams}
        self._grams: dict[str, list[float]] = {}
        self._words: dict[str, Sequence[float]] = {}
        self._shapes: dict[str, list[float]] = {}  # empty for letters that all have

    def scores(self, words: Iterable[str]) -> list[float]:
        """The log probability of the words under each profile."""
        known, add = self._words, self._add
        if len(known) > _MEMO:
            known.clear()
            self._grams.clear()
        return [*map(sum, zip(*[known.get(word) or add(word) for word in words], strict=True))]

    def lacking(self, index: int, words: Iterable[str]) -> int:
        """How many letters of the words the profile does not have."""
        text = self.script.plain("".join(words))
        return sum(map(text.count, set(text) - self.alphabets[index] - self.script.optional))

    def _add(self, word: str) -> Sequence[float]:
        folded = self.script.fold(word)
        columns = [self._gram(gram) for gram in split_grams(folded)]
        if folded in self._listed:
            sums = map(sum, zip(*columns, strict=True))
            columns = [[one.word(folded, letters) for one, letters in zip(self.profiles, sums, strict=True)]]
        else:
            columns.append([UNLISTED] * len(self.profiles))
        columns += filter(None, map(self._shape, self.script.plain(word)))
        found = self._words[word] = [*map(sum, zip(*columns, strict=True))]
        return found

    def _gram(self, gram: str) -> list[float]:
        """The log probability of the last symbol of the n-gram under each profile."""
        found = self._grams.get(gram)
        if found is None:
            if len(gram) > 1 and not (gram in self._counted or gram[:-1] in self._counted):
                found = self._gram(gram[1:])  # none of the profiles knows more
            else:
                found = [math.log(profile.gram(gram)) for profile in self.profiles]
            self._grams[gram] = found
        return found

    def _shape(self, letter: str) -> list[float]:
        """What a letter costs under each profile that does not have it."""
        found = self._shapes.get(letter)
        if found is None:
            known = [letter in alphabet or letter in self.script.optional for alphabet in self.alphabets]
            found = [] if all(known) else [0.0 if has else -_SHAPE for has in known]
            self._shapes[letter] = found
        return found


class Detector:
    """Says what lines are in; safe to share between threads once made."""

    def __init__(self, profiles: Iterable[Profile]) -> None:
        by_script: dict[str, list[Profile]] = {}
        for profile in profiles:
            by_script.setdefault(script_of("".join(profile.letters)), []).append(profile)
        self._groups = {code: _Group(script(code), found) for code, found in by_script.items() if code}

    @property
    def languages(self) -> list[str]:
        """The languages that can be told."""
        found = {profile.language for group in self._groups.values() for profile in group.profiles}
        return sorted(found - {UNSURE})

    def __call__(self, line: str) -> Detection:
        """What the line is in."""
        code, words = _words(line)
        group = self._groups.get(code)
        if group is None:
            return Detection(UNSURE, code, UNSURE, 0.0, UNSURE)
        return _decide(group, words)


def _words(line: str) -> tuple[str, list[str]]:
    """The script with most letters of the line, and its words."""
    if line.isascii():
        words = script("Latn").words(line)
        return ("Latn" if words else NO_SCRIPT), words
    best, most, size = NO_SCRIPT, list[str](), 0
    for code in SCRIPTS:
        words = script(code).words(line)
        letters = sum(map(len, words))
        if letters > size:
            best, most, size = code, words, letters
        if 2 * size > len(line):
            break
    return best, most


def _decide(group: _Group, words: Sequence[str]) -> Detection:
    scores = group.scores(words)
    best = max(range(len(scores)), key=scores.__getitem__)
    top = group.profiles[best]
    size = sum(map(len, words))
    rivals: dict[str, float] = {UNSURE: group.stranger * (size + len(words))}
    for profile, score in zip(group.profiles, scores, strict=True):
        rivals[profile.language] = max(rivals.get(profile.language, -math.inf), score)
    odds = sum(math.exp(min(700.0, (score - scores[best]) / _TEMPERATURE)) for score in rivals.values())
    sureness = 1 / odds
    if group.lacking(best, words) > _STRANGE * size:
        sureness = min(sureness, _DOUBT)
    if sureness < _SURE or size < _FEWEST:
        return Detection(UNSURE, group.script.code, UNSURE, sureness, top.language)
    return Detection(top.language, group.script.code, top.orthography, sureness, top.language)


def _alphabet(profile: Profile) -> frozenset[str]:
    total = sum(profile.letters.values())
    return frozenset(letter for letter, count in profile.letters.items() if count >= _RARE * total)


@lru_cache(maxsize=1)
def detector() -> Detector:
    """The detector for all packs that have profiles; made once for each process."""
    return Detector(map(read_profile, profile_files(data_dir())))


def profile_files(folder: Path) -> list[Path]:
    """The profiles in a data folder."""
    return sorted(path for path in folder.glob("*/profile*.tsv") if path.stem.partition("-")[0] == "profile")
