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

from textnorm.detect.group import Group
from textnorm.detect.profile import Profile, read_profile
from textnorm.detect.script import SCRIPTS, script, script_of
from textnorm.pack.places import data_dir

UNSURE = "und"  # BCP 47: undetermined
NO_SCRIPT = "Zyyy"  # ISO 15924: common to all
_SURE = 0.97  # confidence from which a line has a language
_TEMPERATURE = 3.0  # words of a line are not independent: their joint evidence counts for less
_HOPELESS = 100.0  # nats behind the best from which a language is out of the question
_FEWEST = 8  # letters of evidence
_STRANGE = 0.04  # share of letters that the language does not have, at most
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


class Detector:
    """Says what lines are in; safe to share between threads once made."""

    def __init__(self, profiles: Iterable[Profile]) -> None:
        by_script: dict[str, list[Profile]] = {}
        for profile in profiles:
            by_script.setdefault(script_of("".join(profile.letters)), []).append(profile)
        self._groups = {code: Group(script(code), found) for code, found in by_script.items() if code}

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


def _decide(group: Group, words: Sequence[str]) -> Detection:
    scores = group.scores(words)
    highest = max(scores)
    best = scores.index(highest)
    top = group.profiles[best]
    size = sum(map(len, words))
    rivals = {UNSURE: group.stranger * (size + len(words))}
    for profile, score in zip(group.profiles, scores, strict=True):
        if score > highest - _HOPELESS and score > rivals.get(profile.language, -math.inf):
            rivals[profile.language] = score
    odds = sum(math.exp(min(_HOPELESS, (score - highest) / _TEMPERATURE)) for score in rivals.values())
    sureness = 1 / odds
    if group.lacking(best, words) > _STRANGE * size:
        sureness = min(sureness, _DOUBT)
    if sureness < _SURE or size < _FEWEST:
        return Detection(UNSURE, group.script.code, UNSURE, sureness, top.language)
    return Detection(top.language, group.script.code, top.orthography, sureness, top.language)


@lru_cache(maxsize=1)
def detector() -> Detector:
    """The detector for all packs that have profiles; made once for each process."""
    return Detector(map(read_profile, profile_files(data_dir())))


def profile_files(folder: Path) -> list[Path]:
    """The profiles in a data folder."""
    return sorted(path for path in folder.glob("*/profile*.tsv") if path.stem.partition("-")[0] == "profile")
