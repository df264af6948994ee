"""Similarity of two words by code, spelling and contexts.

S(a, b) = Σ wᵢ·fᵢ(a, b) / Σ wᵢ over the features in use; a value below the threshold counts as 0. The
features and the default weights are those of Khan et al. (arXiv 2004.00088).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textnorm.cluster.contexts import Contexts
from textnorm.errors import InputError

FEATURES = ("key", "string", "previous", "next", "previous_key", "next_key")
PUBLISHED = {"key": 1.0, "string": 1.0, "previous": 1.0, "next": 1.0}
THRESHOLD = 0.42


def levenshtein(a: Sequence[object], b: Sequence[object]) -> int:
    """The least number of insertions, deletions and substitutions that turn `a` into `b`."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]


def subsequence(a: Sequence[object], b: Sequence[object]) -> int:
    """The length of the longest common subsequence."""
    row = [0] * (len(b) + 1)
    for x in a:
        last = 0
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], last + 1 if x == y else max(row[j], row[j - 1])
    return row[-1]


def string_similarity(a: str, b: str) -> float:
    """LCS / (shorter length + Levenshtein distance): 1 for equal words, 0 without a common letter."""
    if not a or not b:
        return float(a == b)
    return subsequence(a, b) / (min(len(a), len(b)) + levenshtein(a, b))


def rank_similarity(a: Sequence[str], b: Sequence[str], size: int) -> float:
    """How far two ranked lists of at most `size` names agree, 0 to 1; high ranks count more."""
    places = {name: index for index, name in enumerate(b)}
    shared = sum(size - max(i, places[name]) for i, name in enumerate(a) if name in places)
    return shared / (size * (size + 1) / 2)


class Similarity:
    """The similarity of words, given their codes and, for context features, their contexts.

    A word that lacks a full list of neighbours on either side is like no other when contexts are
    weighed; without contexts only code and spelling are. Words without a code have none in common.
    Raises InputError for unknown features and for weights that are negative or all zero.
    """

    def __init__(
        self,
        codes: Mapping[str, str],
        contexts: Contexts | None = None,
        weights: Mapping[str, float] = PUBLISHED,
        threshold: float = THRESHOLD,
    ) -> None:
        unknown = [name for name in weights if name not in FEATURES]
        if unknown:
            raise InputError(f"no feature is called {unknown[0]!r}", remedy=f"one of: {', '.join(FEATURES)}")
        names = FEATURES if contexts else FEATURES[:2]
        self.weights = {name: weights[name] for name in names if weights.get(name)}
        if min(self.weights.values(), default=0.0) <= 0:
            raise InputError("weights must not be negative, and one in use must be above 0")
        self.codes, self.contexts, self.threshold = codes, contexts, threshold
        self.total = sum(self.weights.values())

    def __call__(self, a: str, b: str) -> float:
        """S(a, b), or 0 if it is below the threshold."""
        value = self._weighted(a, b) / self.total
        return value if value >= self.threshold else 0.0

    def _weighted(self, a: str, b: str) -> float:
        if not (self.complete(a) and self.complete(b)):
            return 0.0
        value = self.weights.get("string", 0.0) * string_similarity(a, b)
        if self.codes[a] and self.codes[a] == self.codes[b]:
            value += self.weights.get("key", 0.0)
        return value if self.contexts is None else value + self.in_context(a, b)

    def complete(self, word: str) -> bool:
        """Whether the word has as many neighbours on both sides as are compared."""
        contexts = self.contexts
        if contexts is None:
            return True
        return all(len(side.get(word, ())) == contexts.size for side in (contexts.previous, contexts.next))

    def neighbours(self, word: str) -> dict[str, Sequence[str]]:
        """The lists that the context features in use compare, by feature."""
        if self.contexts is None:
            return {}
        sides = {"previous": self.contexts.previous, "next": self.contexts.next}
        found: dict[str, Sequence[str]] = {}
        for name, side in sides.items():
            words = side.get(word, ())
            if name in self.weights:
                found[name] = words
            if f"{name}_key" in self.weights:
                found[f"{name}_key"] = list(dict.fromkeys(self.codes.get(other, other) for other in words))
        return found

    def in_context(self, a: str, b: str) -> float:
        """The weighted sum of the context features alone."""
        assert self.contexts is not None
        ours, theirs = self.neighbours(a), self.neighbours(b)
        size = self.contexts.size
        return sum(self.weights[name] * rank_similarity(ours[name], theirs[name], size) for name in ours)
