"""Lex-Var: clusters of spelling variants around clustroids, by repeated reassignment.

Khan et al., "A Clustering Framework for Lexical Normalization of Roman Urdu" (arXiv 2004.00088),
called Lex-C in the 2015 paper of the same authors.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence

from textnorm.cluster.similarity import Similarity

STARTS = ("key", "random", "single")
MOVED, PASSES = 0.05, 20  # the published stopping rule: few words moved, or many passes made


def lex_var(
    words: Sequence[str],
    similarity: Similarity,
    *,
    start: str = "key",
    moved: float = MOVED,
    passes: int = PASSES,
) -> list[list[str]]:
    """The words in clusters; `start` is one cluster per code, as many random ones, or one per word.

    Passes end when no more than the share `moved` of the words changed their cluster.
    """
    state = _State(words, similarity, _assigned(words, similarity, start))
    for _ in range(passes):
        if state.one_pass() <= moved * len(state.words):
            break
    return [cluster for cluster in state.clusters() if cluster]


def _assigned(words: Sequence[str], similarity: Similarity, start: str) -> list[int]:
    if start == "single":
        return list(range(len(words)))
    numbers: dict[str, int] = {}
    codes = [similarity.codes[word] or f" {word}" for word in words]  # no code: alike to none
    by_code = [numbers.setdefault(code, len(numbers)) for code in codes]
    if start == "random":
        draw = random.Random(0)
        return [draw.randrange(len(numbers)) for _ in words]
    return by_code


class _State:
    """Words and the numbers of their clusters."""

    def __init__(self, words: Sequence[str], similarity: Similarity, assigned: list[int]) -> None:
        self.words, self._similarity, self._assigned = words, similarity, assigned
        self._next = max(assigned, default=-1) + 1
        string = similarity.weights.get("string", 0)
        # What contexts must give a pair of different codes, however alike its spellings.
        self._needed = similarity.threshold * similarity.total - string

    def clusters(self) -> list[list[str]]:
        """The words of each cluster, in the order of their numbers."""
        found: dict[int, list[str]] = defaultdict(list)
        for word, number in zip(self.words, self._assigned, strict=True):
            found[number].append(word)
        return [found[number] for number in sorted(found)]

    def one_pass(self) -> int:
        """Move every word to the cluster whose clustroid is most like it; the number of words moved."""
        clustroids = self._clustroids()
        finder = _Finder(clustroids, self._similarity, self._needed)
        count = 0
        for index, word in enumerate(self.words):
            now = self._assigned[index]
            best, value = now, 0.0
            for number in finder.candidates(word):
                found = self._similarity(word, clustroids[number])
                if found > self._similarity.threshold and (found, number == now) > (value, best == now):
                    best, value = number, found
            if not value:
                if clustroids.get(now) == word:
                    continue
                best, self._next = self._next, self._next + 1
            if best != now:
                self._assigned[index] = best
                count += 1
        return count

    def _clustroids(self) -> dict[int, str]:
        members: dict[int, list[str]] = defaultdict(list)
        for word, number in zip(self.words, self._assigned, strict=True):
            members[number].append(word)
        return {number: self._clustroid(found) for number, found in members.items()}

    def _clustroid(self, members: list[str]) -> str:
        """The member that is most like the others; of equals, and of two, the first."""
        if len(members) < 3:
            return members[0]
        sums = [0.0] * len(members)
        for i, one in enumerate(members):
            for j in range(i + 1, len(members)):
                value = self._similarity(one, members[j])
                sums[i] += value
                sums[j] += value
        return members[max(range(len(members)), key=lambda i: (sums[i], -i))]


class _Finder:
    """The clusters that can be like a word at all: those of its code, or with enough common context."""

    def __init__(self, clustroids: dict[int, str], similarity: Similarity, needed: float) -> None:
        self._similarity, self._needed = similarity, needed
        self._clustroids = clustroids
        self._by_code: dict[str, list[int]] = defaultdict(list)
        self._postings: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
        for number, word in clustroids.items():
            self._by_code[similarity.codes[word]].append(number)
            for name, others in similarity.neighbours(word).items() if similarity.complete(word) else ():
                for rank, other in enumerate(others):
                    self._postings[name, other].append((number, rank))

    def candidates(self, word: str) -> Iterator[int]:
        """The numbers of the clusters to compare the word with."""
        if self._needed < 0:
            yield from self._near(word)
            return
        code = self._similarity.codes[word]
        same = self._by_code[code] if code else []
        yield from same
        if self._similarity.contexts is not None and self._similarity.complete(word):
            yield from self._alike(word).difference(same)

    def _near(self, word: str) -> Iterator[int]:
        """All clusters but those whose clustroid is spelled too differently, whatever else it shares."""
        similarity = self._similarity
        bar = similarity.threshold * similarity.total
        string = similarity.weights.get("string", 0.0)
        rest = similarity.total - string - similarity.weights.get("key", 0.0)
        code, letters, length = similarity.codes[word], set(word), len(word)
        for number, other in self._clustroids.items():
            short, gap = min(length, len(other)), abs(length - len(other))
            theirs = set(other)
            # At least this many edits, and at most this long a common subsequence.
            edits = max(gap, len(letters - theirs), len(theirs - letters))
            shared = short - len((letters - theirs) if length <= len(other) else (theirs - letters))
            most = rest + string * (shared / (short + edits) if short + edits else 1.0)
            if most >= bar or (code and code == similarity.codes[other]):
                yield number

    def _alike(self, word: str) -> set[int]:
        contexts, weights = self._similarity.contexts, self._similarity.weights
        assert contexts is not None
        size = contexts.size
        unit = size * (size + 1) / 2
        sums: dict[int, float] = defaultdict(float)
        for name, others in self._similarity.neighbours(word).items():
            for rank, other in enumerate(others):
                for number, theirs in self._postings.get((name, other), ()):
                    sums[number] += weights[name] * (size - max(rank, theirs)) / unit
        return {number for number, value in sums.items() if value > self._needed}
