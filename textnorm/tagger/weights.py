"""The weights of a tagger: what the features of a letter add up to for each of its readings."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from textnorm.tagger.features import rows
from textnorm.tagger.vocabulary import Flags, Hashes, Ints

Floats = npt.NDArray[np.float32]
Table = npt.NDArray[np.float32] | npt.NDArray[np.int8]
_START = 0.2  # of the sums of squares: a weight that is new takes no full step


class Weights:
    """A table of 2**bits weights in some unit; the letter as typed has score 0, others the sum of rows."""

    def __init__(self, table: Table, bits: int, unit: float = 1.0) -> None:
        self.table, self.bits, self.unit = table, bits, unit

    def scores(self, hashes: Sequence[Hashes], reading: int) -> Floats:
        """The scores of one reading for the letters whose features are given."""
        total: Floats = np.zeros(len(hashes[0]), dtype=np.float32)
        for feature in hashes:
            total += self.table[rows(feature, self.bits, reading)]
        total *= np.float32(self.unit)
        return total


class Trainee(Weights):
    """Weights that learn by logistic regression with AdaGrad (Duchi et al. 2011) and dropout.

    Of the features of a batch a random share is left out (Srivastava et al. 2014), so that none is relied
    on alone; `scores` is for use after training and makes up for it by `unit`.
    """

    def __init__(self, bits: int, rate: float, keep: float, rng: np.random.Generator) -> None:
        super().__init__(np.zeros(1 << bits, dtype=np.float32), bits, unit=keep)
        self._keep, self._rng = keep, rng
        self._squares: Floats = np.full(1 << bits, _START, dtype=np.float32)
        self._rate = rate

    def learn(self, hashes: Sequence[Hashes], allowed: Flags, counts: Ints, cost: float = 1.0) -> float:
        """Learn which readings letters may have, one row of `allowed` for each; the first is "as typed".

        `counts` says how many a letter has besides that. A row with one reading teaches that reading; one
        with several teaches no more than that it is one of them. Returns the sum of the losses, in nats,
        before learning.
        """
        taken = self._rng.random(len(hashes)) < self._keep
        hashes = [feature for feature, take in zip(hashes, taken, strict=True) if take] or hashes[:1]
        scores: Floats = np.full(allowed.shape[::-1], -np.inf, dtype=np.float32)
        scores[0] = 0
        used = []
        for reading in range(1, int(counts.max(initial=0)) + 1):
            picked = np.flatnonzero(counts >= reading)
            found = [rows(feature[picked], self.bits, reading - 1) for feature in hashes]
            scores[reading, picked] = sum(self.table[row] for row in found)
            used.append((reading, picked, found))
        chances = np.exp(scores - scores.max(axis=0))
        chances /= chances.sum(axis=0)
        wanted = chances * allowed.T
        total = np.maximum(wanted.sum(axis=0), 1e-9)
        slope = (chances - wanted / total) * np.float32(cost)
        for reading, picked, found in used:
            self._update(found, slope[reading, picked])
        return float(-np.log(total).sum())

    def _update(self, rows: Sequence[Ints], slope: Floats) -> None:
        steps = slope * np.float32(self._rate)
        square = slope * slope
        for row in rows:
            np.add.at(self._squares, row, square)
            np.add.at(self.table, row, -steps / np.sqrt(self._squares[row]))
