"""Character trigrams and words of many strings at once, as 64-bit codes.

A string is its words with one blank around each; its trigrams are the windows of three characters
whose middle is no blank, so that a trigram belongs to one word and knows where the word begins and
ends. A trigram is coded by its characters, a word by a polynomial of them; the code says which of
the two it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_BETWEEN = re.compile(r"[^\w+#\n]+|_+")  # C++ and C# are words
_BLANK, _END = 32, 10
_PRIME = np.uint64(0x9E3779B97F4A7C15)
_INVERSE = np.uint64(pow(0x9E3779B97F4A7C15, -1, 1 << 64))
_WORD = np.uint64(1 << 63)  # set in the codes of words; three characters take 63 bits


class Features(NamedTuple):
    """Which strings have which features, each feature of a string once, in the order of strings.

    `rows` int64 (n,) numbers of strings, `codes` uint64 (n,), both of the same length.
    """

    rows: NDArray[np.int64]
    codes: NDArray[np.uint64]


def features(texts: Sequence[str], words: NDArray[np.bool_] | bool = True) -> Features:
    """The features of all strings; `words` says of which of them the words are features too.

    >>> rows, codes = features(["nurse", "a nurse"])
    >>> [int((rows == number).sum()) for number in (0, 1)]
    [6, 8]
    """
    plain = _BETWEEN.sub(" ", "\n".join(text.replace("\n", " ") for text in texts))
    points = np.frombuffer(f"\n{plain}\n".encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    rows = np.cumsum(points == _END) - 1
    points[points == _END] = _BLANK
    solid = points != _BLANK
    middle = np.flatnonzero(solid)
    trigrams = points[middle - 1] << np.uint64(42) | points[middle] << np.uint64(21) | points[middle + 1]
    found_rows, found = [rows[middle]], [trigrams]
    edges = np.diff(solid.astype(np.int8))
    starts, ends = np.flatnonzero(edges == 1) + 1, np.flatnonzero(edges == -1) + 1
    if isinstance(words, np.ndarray):
        wanted = words[rows[starts]]
        starts, ends = starts[wanted], ends[wanted]
    elif not words:
        starts, ends = starts[:0], ends[:0]
    if len(starts):
        found_rows.append(rows[starts])
        found.append(_words(points, starts, ends))
    return _distinct(np.concatenate(found_rows), np.concatenate(found), len(texts))


def _words(
    points: NDArray[np.uint64], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> NDArray[np.uint64]:
    """The code of each word: the sum of its characters, each times a power of the prime by its place."""
    factors = np.full(len(points), _PRIME)
    factors[0] = 1
    sums = np.concatenate([[np.uint64(0)], np.cumsum(points * np.multiply.accumulate(factors))])
    inverses = np.full(len(points), _INVERSE)
    inverses[0] = 1
    code: NDArray[np.uint64] = (sums[ends] - sums[starts]) * np.multiply.accumulate(inverses)[starts]
    code ^= code >> np.uint64(29)
    code *= _PRIME
    code |= _WORD
    return code


def _distinct(rows: NDArray[np.int64], codes: NDArray[np.uint64], count: int) -> Features:
    order = np.lexsort((codes, rows))
    rows, codes = rows[order], codes[order]
    new = np.ones(len(rows), np.bool_)
    new[1:] = (rows[1:] != rows[:-1]) | (codes[1:] != codes[:-1])
    return Features(rows[new], codes[new])
