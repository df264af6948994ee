"""The gate: which answers of a model are taken. It knows no language, and trusts no model."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

_ROUNDING = 1e-3  # how far above 0 the logarithm of 1 may come out
CHECKS = ("probability", "text", "digits", "signs", "script", "length", "distance")


@dataclass(frozen=True, slots=True)
class Gate:
    """Bounds for answers: log-probability, length ratio, edit distance, and the signs that may be new.

    A `threshold` of None takes no answer at all.
    """

    threshold: float | None
    shortest: float = 0.44
    longest: float = 5.0
    distance: int = 4
    signs: str = ""

    def is_likely(self, score: object) -> bool:
        """Whether a log-probability is one, and above the threshold."""
        if self.threshold is None or not isinstance(score, (int, float)) or isinstance(score, bool):
            return False
        return self.threshold <= score <= _ROUNDING

    def refusal(self, word: str, answer: object, score: object) -> str:
        """The check (one of `CHECKS`) that an answer for a word fails; '' if it may be taken."""
        if not self.is_likely(score):
            return "probability"
        if not isinstance(answer, str) or not _is_text(answer):
            return "text"
        return next(self._failed(word, answer), "")

    def _failed(self, word: str, answer: str) -> Iterator[str]:
        if not self.shortest <= len(answer) / len(word) <= self.longest:
            yield "length"
        letters = word.isalpha() and answer.isalpha()
        if not letters and _digits(answer) != _digits(word):
            yield "digits"
        if not letters and _signs(answer) - _signs(word + self.signs):
            yield "signs"
        if not _scripts({*answer}.difference(word)) <= _scripts(word):
            yield "script"
        if _distance(word, answer, self.distance) > self.distance:
            yield "distance"


def _is_text(answer: str) -> bool:
    """Whether it can be written down, and is words with single spaces between."""
    if answer.isalpha():
        return True
    try:
        answer.encode()
    except UnicodeEncodeError:
        return False
    if not answer or answer != " ".join(answer.split()):
        return False
    return not any(unicodedata.category(char)[0] == "C" for char in answer)


def _digits(text: str) -> list[str]:
    return [char for char in text if unicodedata.category(char)[0] == "N"]


def _signs(text: str) -> Counter[str]:
    """Punctuation, symbols and unusual spaces."""
    return Counter(char for char in text if unicodedata.category(char)[0] in "PSZ" and char != " ")


def _scripts(text: Iterable[str]) -> set[str]:
    """The scripts of letters and marks."""
    return {_script(char) for char in text} - {""}


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    """The script of a letter or mark, by the first word of its name; '' for other characters."""
    return unicodedata.name(char, "?").partition(" ")[0] if unicodedata.category(char)[0] in "LM" else ""


def _distance(one: str, other: str, most: int) -> int:
    """Characters inserted, deleted or replaced (Levenshtein 1966), or a bound for them up to `most`."""
    if (
        len(one) == len(other)
        and (replaced := sum([char != letter for char, letter in zip(one, other, strict=True)])) <= most
    ):
        return replaced  # maybe not the fewest, but few enough
    if abs(len(one) - len(other)) > most:
        return most + 1
    row = list(range(len(other) + 1))
    for number, char in enumerate(one, 1):
        above, row = row, [number]
        for index, letter in enumerate(other):
            row.append(min(above[index + 1] + 1, row[index] + 1, above[index] + (char != letter)))
        if min(row) > most:
            return most + 1
    return row[-1]
