"""Spelling variants of one word found by learned edits: precise keys, blocks, average linkage.

Words with the same precise key are one at once. Keys that share a block are compared by the edits
between them, and clusters merge while the mean log-odds between them speak for one word. Nothing is
ever compared across blocks, so time grows with the size of blocks, not of the lexicon.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from textnorm.cluster.edits import EditModel, Units, splitter
from textnorm.cluster.linkage import average_linkage
from textnorm.cluster.phonetic import PhoneticKey

_CEILING = 6.0  # log-odds above which one pair says no more about a cluster
SPAN = 2  # spellings that differ more in length are not compared


class Spelling(NamedTuple):
    """What is compared: a precise key, cut into units, and the words written so."""

    units: Units
    words: list[str]


class Variants:
    """Groups words by a precise key, a coarse one for blocks, and a model of edits in between."""

    def __init__(
        self, key: PhoneticKey, block: PhoneticKey, units: Sequence[str], model: EditModel, threshold: float
    ) -> None:
        self._key, self._block, self._model, self._threshold = key, block, model, threshold
        self._cut = splitter(units)

    def blocks(self, words: Sequence[str]) -> list[list[Spelling]]:
        """The spellings that are compared with each other; words without a key stand alone."""
        found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        alone = []
        for word, key, block in zip(words, self._key.codes(words), self._block.codes(words), strict=True):
            if key:
                found[block][key].append(word)
            else:
                alone.append([Spelling((), [word])])
        blocks = [
            [Spelling(self._cut(key), members) for key, members in keys.items()] for keys in found.values()
        ]
        return [*blocks, *alone]

    def cluster(self, words: Sequence[str]) -> list[list[str]]:
        """The words in clusters."""
        return [cluster for block in self.blocks(words) for cluster in self._within(block)]

    def _within(self, block: list[Spelling]) -> list[list[str]]:
        if len(block) == 1:
            return [block[0].words]
        sizes = [len(spelling.words) for spelling in block]
        clusters = average_linkage(
            sizes, self._scores(block), floor=self._model.floor, threshold=self._threshold
        )
        return [[word for index in cluster for word in block[index].words] for cluster in clusters]

    def _scores(self, block: list[Spelling]) -> dict[tuple[int, int], float]:
        scores: dict[tuple[int, int], float] = {}
        log_odds, floor, count = self._model.log_odds, self._model.floor, len(block)
        for i, (ours, _) in enumerate(block):
            least, most = len(ours) - SPAN, len(ours) + SPAN
            for j in range(i + 1, count):
                theirs = block[j].units
                if least <= len(theirs) <= most:
                    value = log_odds(ours, theirs, count)
                    if value > floor:
                        scores[i, j] = min(value, _CEILING)
        return scores


def canonical(cluster: Sequence[str], counts: Mapping[str, int]) -> str:
    """The spelling that stands for a cluster: the most frequent, then the one most like the others.

    Likeness is the share of pairs of neighbouring letters, word ends included, that two words have in
    common (Dice).
    """
    top = max(counts.get(word, 0) for word in cluster)
    best = sorted(word for word in cluster if counts.get(word, 0) == top)
    if len(best) == 1:
        return best[0]
    grams = {word: set(pairwise(f" {word} ")) for word in cluster}

    def likeness(word: str) -> float:
        ours = grams[word]
        return sum(2 * len(ours & other) / (len(ours) + len(other)) for other in grams.values())

    return max(best, key=likeness)  # of equals the alphabetically first
