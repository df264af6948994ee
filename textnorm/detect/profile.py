"""Profiles: what a language looks like, as a table of letters, n-grams and words with their counts."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from textnorm.errors import Location, PackError
from textnorm.pack.tables import read_table

EDGE = "_"  # stands before and after a word in n-grams
ORDER = 4
COLUMNS = ("kind", "item", "count", "source")
KINDS = ("letter", "gram", "word", "words")
_LISTED = 0.5  # prior probability that a word is one of the listed ones
UNLISTED = math.log(1 - _LISTED)


@dataclass(frozen=True, slots=True)
class Profile:
    """Counts of one language in the letters of one orthography; its own has the language's name."""

    language: str
    orthography: str
    letters: Mapping[str, float]  # as written
    grams: Mapping[str, float]  # of words whose interchangeable letters are folded, up to `ORDER` symbols
    words: Mapping[str, float]  # the commonest ones, folded
    seen: float  # how many words there were

    def word(self, word: str, letters: float) -> float:
        """The log probability of a word whose letters have the log probability `letters`."""
        listed = self.words.get(word)
        if listed is None:
            return letters + UNLISTED
        share = _LISTED * listed / max(self.seen, 1.0)
        return math.log(share + (1 - _LISTED) * math.exp(letters))


def split_grams(word: str) -> Iterator[str]:
    """For each symbol of a word, its end included, the n-gram that ends with it."""
    text = f"{EDGE}{word}{EDGE}"
    for end in range(2, len(text) + 1):
        yield text[max(0, end - ORDER) : end]


def read_profile(path: Path) -> Profile:
    """The profile in `PACK/profile.tsv` or `PACK/profile-TAG.tsv`; PackError if it is none."""
    table = read_table(path, f"{path.parent.name}/{path.stem}")
    if table.columns != COLUMNS:
        raise PackError(
            f"a profile has the columns {' '.join(COLUMNS)}",
            at=Location(table.file),
            remedy="build it with `textnorm train profile`",
        )
    found: dict[str, dict[str, float]] = {kind: {} for kind in KINDS}
    for kind, item, count, _ in table.rows:
        try:
            found[kind][item] = float(count)
        except (KeyError, ValueError):
            raise PackError(
                f'"{kind} {item} {count}" is no row of a profile',
                at=Location(table.file),
                remedy=f"kind: {' | '.join(KINDS)}; count: a number",
            ) from None
    language = path.parent.name
    orthography = path.stem.partition("-")[2] or language
    return Profile(
        language, orthography, found["letter"], found["gram"], found["word"], found["words"].get("", 0.0)
    )
