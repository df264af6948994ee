"""How probable a word is: its frequency, the word before it, and its letters if it is unknown."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from textnorm.restore.charlm import CharModel

PAIR = 20  # bits of a word number


class WordModel:
    """Known words with log probabilities, pairs of them, and letters for all the rest.

    `unseen` is the log of the mass that Witten-Bell smoothing leaves to words not in the list (Witten
    & Bell 1991); `pairs` holds log probabilities of a word after another, `backoffs` the log weight of
    the plain probability after a word.
    """

    def __init__(
        self,
        chars: CharModel,
        words: Sequence[str],
        logs: Sequence[float],
        unseen: float,
        pairs: Mapping[int, float],
        backoffs: Mapping[int, float],
    ) -> None:
        self.chars = chars
        self.words = tuple(words)
        self.logs = tuple(logs)
        self.unseen = unseen
        self.pairs = pairs
        self.backoffs = backoffs
        self.ids = {word: number for number, word in enumerate(self.words)}

    def log_probability(self, word: str) -> float:
        """The log probability of a word by itself."""
        number = self.ids.get(word)
        if number is not None:
            return self.logs[number]
        return self.unseen + self.chars.log_probability(word)


def pair(previous: int, word: int) -> int:
    """Two word numbers as one integer."""
    return previous << PAIR | word


def word_logs(
    counts: Mapping[str, int], chars: CharModel, forms: int
) -> tuple[list[str], list[float], float]:
    """Words by falling count, their log probabilities, and the log of the mass left to others.

    `forms` is the number of different words seen, which Witten-Bell takes as that of the new ones to
    come.
    """
    total = sum(counts.values()) + forms
    ordered = sorted(counts, key=lambda word: (-counts[word], word))
    logs = [
        math.log(counts[word] / total + forms / total * math.exp(chars.log_probability(word)))
        for word in ordered
    ]
    return ordered, logs, math.log(forms / total)


def pair_logs(
    ids: Mapping[str, int], logs: Sequence[float], pairs: Mapping[tuple[str, str], int], rarest: int = 2
) -> tuple[dict[int, float], dict[int, float]]:
    """Log probabilities of pairs seen at least `rarest` times, and the weights of plain probabilities."""
    totals: dict[str, int] = {}
    followers: dict[str, int] = {}
    for (first, _), count in pairs.items():
        totals[first] = totals.get(first, 0) + count
        followers[first] = followers.get(first, 0) + 1
    found: dict[int, float] = {}
    here: dict[int, float] = {}
    below: dict[int, float] = {}
    for (first, second), count in pairs.items():
        a, b = ids.get(first), ids.get(second)
        if a is None or b is None or count < rarest:
            continue
        mass = totals[first] + followers[first]
        value = count / mass + followers[first] / mass * math.exp(logs[b])
        found[pair(a, b)] = math.log(value)
        here[a] = here.get(a, 0.0) + value
        below[a] = below.get(a, 0.0) + math.exp(logs[b])
    backoffs = {a: math.log(max(1 - here[a], 1e-4) / max(1 - below[a], 1e-4)) for a in here}
    return found, backoffs
