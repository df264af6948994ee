"""Tokens as arrays: their characters in one row, and hashes of any stretch of them.

The hash of a stretch is polynomial, modulo 2**64: of two cumulative sums it takes a difference and one
product, so that features of thousands of letters cost a few operations on whole arrays.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from textnorm.tagger.letters import Mask

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Hashes = npt.NDArray[np.uint64]

_EDGE = "\x02"
_BASE = 0x9E3779B97F4A7C15 | 1
_INVERSE = pow(_BASE, -1, 1 << 64)


class Vocabulary:
    """Tokens in lower case, as typed, with the places of the letters that may be edited.

    `start` and `end` are the borders of each token in the row of all; `first` and `count` its editable
    letters, whose places in the row are in `place` and kinds in `kind` (numbers of `letters.edits`).
    """

    def __init__(self, tokens: Sequence[str], letters: Mask) -> None:
        text = _EDGE + "".join([token + _EDGE for token in tokens])
        self.codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        lengths = np.fromiter(map(len, tokens), dtype=np.int64, count=len(tokens))
        self.end: Ints = np.cumsum(lengths + 1)
        self.start: Ints = self.end - lengths
        powers = _powers(len(text))
        self._sums: Hashes = np.zeros(len(text) + 1, dtype=np.uint64)
        np.cumsum(self.codes.astype(np.uint64) * powers[0][: len(text)], out=self._sums[1:])
        self._inverse = powers[1]
        last = max(map(ord, letters.edits), default=0) + 1
        kinds = np.full(last + 1, -1, dtype=np.int64)
        for number, letter in enumerate(letters.edits):
            kinds[ord(letter)] = number
        of = kinds[np.minimum(self.codes, last)]
        self.place: Ints = np.flatnonzero(of >= 0)
        self.kind: Ints = of[self.place]
        self.first: Ints = np.searchsorted(self.place, self.start)
        self.count: Ints = np.searchsorted(self.place, self.end) - self.first

    def hashes(self, start: Ints, end: Ints) -> Hashes:
        """The hashes of the stretches [start:end] of the row."""
        found: Hashes = (self._sums[end] - self._sums[start]) * self._inverse[start]
        return found

    def whole(self, token: Ints) -> Hashes:
        """The hashes of whole tokens."""
        return self.hashes(self.start[token], self.end[token])

    def head(self, token: Ints, length: int) -> Hashes:
        """The hashes of the first letters of tokens, with the edge where the token is shorter."""
        start = self.start[token]
        return self.hashes(start, np.minimum(start + length, self.end[token] + 1))

    def tail(self, token: Ints, length: int) -> Hashes:
        """The hashes of the last letters of tokens, with the edge where the token is shorter."""
        end = self.end[token]
        return self.hashes(np.maximum(end - length, self.start[token] - 1), end)


_kept: dict[str, tuple[Hashes, Hashes]] = {}


def _powers(size: int) -> tuple[Hashes, Hashes]:
    """The powers of the base and of its inverse, at least `size` of them."""
    known = _kept.get("powers")
    if known is None or len(known[0]) < size:
        known = _kept["powers"] = _raised(_BASE, size), _raised(_INVERSE, size)
    return known


def _raised(base: int, size: int) -> Hashes:
    row: Hashes = np.full(max(size, 1 << 16), base, dtype=np.uint64)
    row[0] = 1
    np.multiply.accumulate(row, out=row)
    return row
