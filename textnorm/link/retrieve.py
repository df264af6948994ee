"""The search by likeness: the concepts whose names resemble a string most.

Two steps. The names that share the rarest features of a string are found through the lists of names by
feature, as many lists as a budget allows; nothing else is looked at. Then the best of them are compared
exactly. A concept is as like a string as its likest name, plus a share of its likeness to all of its
names together, their centroid.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from textnorm.link.features import features
from textnorm.link.store import Index
from textnorm.link.strings import Array
from textnorm.link.vectors import Settings

BUDGET = 10_000  # entries of the lists by feature that are read for one string
POOL = 128  # names that are compared exactly

Weights = NDArray[np.float32]


class Found(NamedTuple):
    """Concepts like a string, the likest first.

    `concepts` their numbers, `scores` what they are ranked by, `cosines` of the likest name, `names` its
    number, `centroids` the cosine with all names together; `known` is the share of the string's norm that
    features of the index make up.
    """

    concepts: NDArray[np.int64]
    scores: Weights
    cosines: Weights
    names: NDArray[np.int64]
    centroids: Weights
    known: float = 0.0


class Query(NamedTuple):
    """A string as features: their numbers in the index, and the norm, which counts unknown ones too."""

    features: NDArray[np.int64]
    norm: float
    known: float


class _Likeness(NamedTuple):
    """How like a string is to some names: `weights` of each that they share, over the string's norm.

    The names are in order, and those of each concept begin at a place in `firsts`; `centroids` has the
    cosines with all names of each concept.
    """

    concepts: NDArray[np.int64]
    firsts: NDArray[np.int64]
    names: NDArray[np.int64]
    weights: NDArray[np.float64]
    centroids: NDArray[np.float64]


class Retriever:
    """Searches an index by likeness. Safe to use from several threads."""

    def __init__(self, index: Index, settings: Settings) -> None:
        arrays = index.arrays
        self._index, self._settings = index, settings
        self._code, self._weight = arrays["vectors.code"], arrays["vectors.weight"]
        self._start, self._features = arrays["vectors.names.start"], arrays["vectors.names"]
        self._list_start, self._lists = arrays["vectors.features.start"], arrays["vectors.features"]
        self._centroid_start, self._centroids = arrays["vectors.centroids.start"], arrays["vectors.centroids"]
        self._spread = arrays["vectors.spread"]
        self._norm, self._share = arrays["vectors.norm"], arrays["vectors.centroids.share"]
        mean = index.manifest["vectors"]["mean_norm"]
        norm = np.maximum(self._norm, 1e-6)
        self._inverse = np.where(self._norm > 0, 1 / norm, 0).astype(np.float32)
        # Long names lose less than by the cosine: what a string leaves out says less than what it has.
        self._scale = np.where(self._norm > 0, (norm / mean) ** -settings.length / mean, 0).astype(np.float32)
        self._unseen = index.manifest["vectors"]["unseen"]

    def queries(self, texts: Sequence[str]) -> list[Query]:
        """Strings, already in the form in which they are compared, as features."""
        rows, codes = features(texts)
        places = np.minimum(np.searchsorted(self._code, codes), max(len(self._code) - 1, 0))
        hit = self._code[places] == codes if len(self._code) else np.zeros(len(codes), np.bool_)
        # A word that no name has says nothing new: its trigrams are counted already.
        counted = hit | (codes < np.uint64(1 << 63))
        weight = np.where(hit, self._weight[places] if len(self._code) else 0.0, self._unseen) * counted
        squares = np.bincount(rows, weight, len(texts))
        known = np.bincount(rows, weight * hit, len(texts))
        ends = np.searchsorted(rows, np.arange(len(texts) + 1))
        found = []
        for number, (first, last) in enumerate(pairwise(ends)):
            mine = places[first:last][hit[first:last]]
            share = float(known[number] / squares[number]) if squares[number] else 0.0
            found.append(Query(mine, float(np.sqrt(squares[number])), share))
        return found

    def search(
        self,
        texts: Sequence[str],
        top: int = 10,
        allowed: NDArray[np.bool_] | None = None,
        without: Sequence[NDArray[np.int64]] | None = None,
        also: Sequence[NDArray[np.int64]] | None = None,
    ) -> Iterator[Found]:
        """For each string the concepts most like it, at most `top`, besides those that are in `also`.

        `allowed` says of each concept whether it may be found; `without` names, for each string, that are
        left out of account: the string itself, or all names of a concept.
        """
        queries = self.queries(texts)
        sums = self._shared(queries)
        has = np.zeros(len(self._weight), np.float32)
        for number, query in enumerate(queries):
            first, last = sums.indptr[number], sums.indptr[number + 1]
            names = sums.indices[first:last]
            scores = sums.data[first:last] * self._scale[names]
            skip = without[number] if without is not None else _NOTHING
            names = self._pool(names, scores, allowed, skip, max(POOL, 4 * top))
            wanted = also[number] if also is not None else _NOTHING
            if len(wanted):
                names = np.setdiff1d(np.union1d(names, _range(self._index.first_alias, wanted)[1]), skip)
            likeness = self._compared(query, has, names, skip)
            yield self._ranked(likeness, wanted, top)._replace(known=query.known) if likeness else NONE

    def _shared(self, queries: Sequence[Query]) -> sparse.csr_matrix:
        """For each string (rows) the weight that it shares with names (columns), over its rarest features."""
        lengths = [len(query.features) for query in queries]
        numbers = np.concatenate([_NOTHING, *(query.features for query in queries)])
        rows = np.repeat(np.arange(len(queries)), lengths)
        sizes = self._list_start[numbers + 1].astype(np.int64) - self._list_start[numbers]
        order = np.lexsort((sizes, rows))
        rows, numbers, sizes = rows[order], numbers[order], sizes[order]
        spent = np.cumsum(sizes)
        firsts = np.searchsorted(rows, np.arange(len(queries)))
        before = np.concatenate([[0], spent])[firsts]
        taken = spent - np.repeat(before, lengths) <= BUDGET
        taken[firsts[np.array(lengths) > 0]] = True
        rows, numbers = rows[taken], numbers[taken]
        used, columns = np.unique(numbers, return_inverse=True)
        left = sparse.csr_matrix(
            (
                np.ones(len(columns), np.float32),
                columns,
                np.searchsorted(rows, np.arange(len(queries) + 1)),
            ),
            shape=(len(queries), len(used)),
        )
        return left @ self._submatrix(used)

    def _submatrix(self, used: NDArray[np.int64]) -> sparse.csr_matrix:
        """The lists of names of some features (rows), each entry with the weight of its feature."""
        starts = self._list_start[used].astype(np.int64)
        ends, places = spans(starts, self._list_start[used + 1].astype(np.int64) - starts)
        data = np.repeat(self._weight[used], np.diff(ends))
        shape = (len(used), len(self._norm))
        return sparse.csr_matrix((data, self._lists[places].astype(np.int32), ends), shape=shape)

    def _pool(
        self,
        names: Array,
        scores: Weights,
        allowed: NDArray[np.bool_] | None,
        skip: NDArray[np.int64],
        size: int,
    ) -> NDArray[np.int64]:
        """The names with the best scores, by number."""
        if allowed is not None:
            scores = np.where(allowed[self._index.alias_concept[names]], scores, 0)
        if len(skip):
            scores = np.where(np.isin(names, skip), 0, scores)
        if len(scores) > size:
            best = np.argpartition(scores, -size)[-size:]
            names, scores = names[best], scores[best]
        return np.sort(names[scores > 0]).astype(np.int64)

    def _compared(
        self, query: Query, has: Weights, names: NDArray[np.int64], skip: NDArray[np.int64]
    ) -> _Likeness | None:
        """Compare exactly with some names and with the centroids of their concepts.

        `has` is all 0, room to mark the features of the string in.
        """
        if not len(names) or not query.norm:
            return None
        owners = self._index.alias_concept[names].astype(np.int64)
        firsts = np.flatnonzero(np.concatenate([[True], owners[1:] != owners[:-1]]))
        concepts = owners[firsts]
        has[query.features] = self._weight[query.features]
        bounds, places = _range(self._start, names)
        weights = _sums(has[self._features[places]], bounds) / query.norm
        has[query.features] = 1
        bounds, places = _range(self._centroid_start, concepts)
        centroids = _sums(has[self._centroids[places]] * self._share[places], bounds) / query.norm
        has[query.features] = 0
        if len(skip):
            centroids = self._without(centroids, concepts, skip)
        return _Likeness(concepts, firsts, names, weights, centroids)

    def _without(self, cosines: Array, concepts: Array, skip: NDArray[np.int64]) -> Array:
        """Cosines with centroids, less one name of a concept that is the very string that is looked for."""
        mine = np.isin(concepts, self._index.alias_concept[skip])
        spread = self._spread[concepts]
        along = spread * cosines - 1
        left = np.sqrt(np.maximum(np.square(spread) - 2 * along - 1, 1e-6))
        return np.where(mine, np.maximum(along, 0) / left, cosines)

    def _ranked(self, likeness: _Likeness, wanted: NDArray[np.int64], top: int) -> Found:
        """The best concepts, at most `top`, and the wanted ones."""
        concepts, firsts, names, weights, centroids = likeness
        is_label = names == self._index.first_alias[self._index.alias_concept[names]]
        scores = weights * self._scale[names] + self._settings.preferred * (is_label & (weights > 0))
        total = np.maximum.reduceat(scores, firsts) + self._settings.centroid * centroids
        order = np.lexsort((concepts, -np.round(total, 6)))
        kept = np.arange(len(order)) < top
        if len(wanted):
            kept |= np.isin(concepts[order], wanted)
        order = order[kept & (total[order] > 0)]
        lasts = np.append(firsts[1:], len(names))
        likest = np.array(
            [firsts[one] + np.argmax(scores[firsts[one] : lasts[one]]) for one in order], np.int64
        )
        return Found(
            concepts[order],
            total[order].astype(np.float32),
            (weights * self._inverse[names])[likest].astype(np.float32),
            names[likest],
            centroids[order].astype(np.float32),
        )


def _range(start: Array, numbers: NDArray[np.int64]) -> tuple[Array, NDArray[np.int64]]:
    """The places of several rows of a table, and where each row begins and ends among them."""
    begins = start[numbers].astype(np.int64)
    return spans(begins, start[numbers + 1].astype(np.int64) - begins)


def _sums(values: Array, bounds: Array) -> NDArray[np.float64]:
    """The sum of the values of each row."""
    sums = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    found: NDArray[np.float64] = sums[bounds[1:]] - sums[bounds[:-1]]
    return found


def spans(starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> tuple[Array, NDArray[np.int64]]:
    """Several ranges of numbers one after the other, and where each of them begins and ends in that."""
    ends = np.concatenate([[0], np.cumsum(lengths)])
    places: NDArray[np.int64] = np.repeat(starts - ends[:-1], lengths) + np.arange(ends[-1])
    return ends, places


_NOTHING = np.empty(0, np.int64)
_NO_WEIGHTS = np.empty(0, np.float32)
NONE = Found(_NOTHING, _NO_WEIGHTS, _NO_WEIGHTS, _NOTHING, _NO_WEIGHTS)
