"""Names as sets of weighted features, on disk: which features a name has, and which names have a feature.

The weight of a feature is its squared inverse document frequency, counted over concepts, so that a
concept with many alike names does not make its own words look common. A feature counts once in a
name, so no weights are stored name by name: the cosine of two names is the sum of the weights that
they share over the product of their norms.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from textnorm.link.arrays import Arrays
from textnorm.link.features import features
from textnorm.link.keys import Keys
from textnorm.link.store import Index
from textnorm.link.strings import Array

_BATCH = 1 << 16  # names whose features are found at a time
_SHORT, _SHORTEST = 5, 3


@dataclass(frozen=True, slots=True)
class Settings:
    """What a pack says about the search by likeness; see `retrieval` in docs/rule-format.md."""

    layers: tuple[str, ...] = ()
    words: tuple[str, ...] | None = None  # languages; None for all
    centroid: float = 0.5
    preferred: float = 0.02
    length: float = 0.8

    @classmethod
    def of(cls, keys: Keys) -> Settings:
        """The settings of the pack of `keys`; without a pack, or where it says nothing, the defaults."""
        tree: Any = keys.pack.linking.get("retrieval") if keys.pack else None
        if not tree:
            return cls()
        numbers = {name: float(tree[name]) for name in ("centroid", "preferred", "length") if name in tree}
        return cls(tuple(tree["layers"]), tuple(tree["words"]) if "words" in tree else None, **numbers)

    def texts(self, keys: Keys, names: Sequence[str]) -> list[str]:
        """Names as they are compared."""
        return keys.through(self.layers, names)


def write_vectors(index: Index, arrays: Arrays, keys: Keys, below: Index | None = None) -> Mapping[str, Any]:
    """Write the arrays `vectors.*` of an index; returns what its manifest says about them.

    `code` uint64 (features,) ascending, `weight` float32 (features,), `norm` float32 (names,). `names`
    has the features of each name and `features` the names with each feature, by number; `.start` says
    where each begins. `centroids` has the features of all names of a concept together, and
    `centroids.share` float32 what each adds to the cosine of the concept's centroid with a string;
    `below` is an index whose weights count, where this one lies over it;
    `spread` float32 (concepts,) is the length of the sum of the unit vectors of its names.
    """
    settings = Settings.of(keys)
    found = [_Part.of(index, keys, settings, first, last) for first, last in _stretches(index)]
    code, concepts = _vocabulary(found)
    unseen = float(np.square(np.log(1 + len(below or index)) + 1))
    if below is None:
        weight = np.square(np.log((1 + len(index)) / (1 + concepts)) + 1).astype(np.float32)
    else:
        code, weight = _shared(below, code, unseen)
    start, numbers = _rows(found, code, len(index.alias_concept))
    del found
    norm = _norms(start, numbers, weight)
    arrays.put("vectors.code", code)
    arrays.put("vectors.weight", weight)
    arrays.put("vectors.norm", norm)
    _write_centroids(index, arrays, start, numbers, norm)
    arrays.put("vectors.names.start", start)
    numbers = arrays.put("vectors.names", numbers)
    by_feature = _transposed(start, numbers, len(code))
    arrays.put("vectors.features.start", by_feature.indptr.astype(start.dtype))
    arrays.put("vectors.features", by_feature.indices.astype(np.uint32, copy=False))
    if below is not None:
        return {"vectors": below.manifest["vectors"]}
    mean = float(norm[norm > 0].mean()) if norm.any() else 1.0
    return {"vectors": {"features": len(code), "mean_norm": mean, "unseen": unseen}}


def _shared(below: Index, code: NDArray[np.uint64], unseen: float) -> tuple[Array, NDArray[np.float32]]:
    """The features of another index and these, with the weights they have there."""
    known = below.arrays["vectors.code"]
    code = np.union1d(known, code)
    weight = np.full(len(code), unseen, np.float32)
    weight[np.searchsorted(code, known)] = below.arrays["vectors.weight"]
    return code, weight


class _Part(NamedTuple):
    """The features of a stretch of names: `codes` are distinct, `places` point into them."""

    codes: NDArray[np.uint64]
    counts: NDArray[np.int64]  # concepts that have each feature
    places: NDArray[np.int32]
    lengths: NDArray[np.int64]  # features of each name

    @classmethod
    def of(cls, index: Index, keys: Keys, settings: Settings, first: int, last: int) -> _Part:
        names = index.alias_texts[first:last]
        texts = [
            "" if _is_short(name, bool(only)) else text
            for name, only, text in zip(
                names, index.alias_cased[first:last], settings.texts(keys, names), strict=True
            )
        ]
        rows, codes = features(texts, _worded(index, settings, first, last))
        distinct, places = np.unique(codes, return_inverse=True)
        pairs = np.unique(index.alias_concept[first:last][rows].astype(np.int64) * len(distinct) + places)
        counts = np.bincount(pairs % max(len(distinct), 1), minlength=len(distinct))
        return cls(distinct, counts, places.astype(np.int32), np.bincount(rows, minlength=last - first))


def _is_short(name: str, cased: bool) -> bool:
    """Whether a name is an abbreviation, which is found by itself and is no text to resemble."""
    if " " in name:
        return False
    return len(name) <= _SHORT if cased else len(name) <= _SHORTEST and name.isupper()


def _worded(index: Index, settings: Settings, first: int, last: int) -> NDArray[np.bool_]:
    """Of which names the words count; where a source does not name languages they do."""
    wanted = [settings.words is None or lang == "" or lang in settings.words for lang in index.langs]
    return np.array(wanted, np.bool_)[index.alias_lang[first:last]]


def _stretches(index: Index) -> Iterator[tuple[int, int]]:
    """Stretches of names that end where a concept ends."""
    ends = index.first_alias
    first, total = 0, int(ends[-1])
    while first < total:
        last = int(ends[min(int(np.searchsorted(ends, first + _BATCH)), len(ends) - 1)])
        yield first, last
        first = last


def _vocabulary(found: Sequence[_Part]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """All features, ascending, and how many concepts have each."""
    codes = np.concatenate([np.empty(0, np.uint64), *(part.codes for part in found)])
    counts = np.concatenate([np.empty(0, np.int64), *(part.counts for part in found)])
    distinct, places = np.unique(codes, return_inverse=True)
    return distinct, np.bincount(places, counts, len(distinct)).astype(np.int64)


def _rows(found: Sequence[_Part], code: NDArray[np.uint64], count: int) -> tuple[Array, NDArray[np.int32]]:
    """The features of all names by number, and where those of each name start."""
    start = np.zeros(count + 1, np.int64)
    np.cumsum(np.concatenate([np.empty(0, np.int64), *(part.lengths for part in found)]), out=start[1:])
    numbers = np.empty(int(start[-1]), np.int32)
    at = 0
    for part in found:
        numbers[at : at + len(part.places)] = np.searchsorted(code, part.codes)[part.places]
        at += len(part.places)
    return (start.astype(np.uint32) if start[-1] < 1 << 32 else start), numbers


def _norms(start: Array, numbers: Array, weight: Array) -> NDArray[np.float32]:
    lengths = np.diff(start.astype(np.int64))
    norm = np.zeros(len(lengths), np.float32)
    filled = lengths > 0
    for first in range(0, len(lengths), _BATCH):
        rows = np.flatnonzero(filled[first : first + _BATCH]) + first
        if len(rows):
            begin, end = int(start[rows[0]]), int(start[rows[-1] + 1])
            places = start[rows].astype(np.int64) - begin
            norm[rows] = np.sqrt(np.add.reduceat(weight[numbers[begin:end]], places))
    return norm


def _write_centroids(index: Index, arrays: Arrays, start: Array, numbers: Array, norm: Array) -> None:
    """Write the sum of the unit vectors of each concept's names, brought to length one."""
    weight = arrays.all()["vectors.weight"]
    size = max(len(weight), 1)
    owners, members, shares = [np.empty(0, np.int64)], [np.empty(0, np.int32)], [np.empty(0, np.float32)]
    spread = np.zeros(len(index), np.float32)
    lengths: Array = np.diff(start.astype(np.int64))
    for first, last in _stretches(index):
        rows = np.repeat(np.arange(first, last), lengths[first:last])
        pairs = index.alias_concept[rows].astype(np.int64) * size + numbers[start[first] : start[last]]
        distinct, places = np.unique(pairs, return_inverse=True)
        sums = np.bincount(places, 1 / norm[rows], len(distinct))
        owner, member = distinct // size, distinct % size
        length = np.sqrt(np.bincount(owner, np.square(sums) * weight[member], len(index)))
        spread += length.astype(np.float32)
        owners.append(owner)
        members.append(member.astype(np.int32))
        shares.append((sums * weight[member] / length[owner]).astype(np.float32))
    bounds = np.searchsorted(np.concatenate(owners), np.arange(len(index) + 1))
    arrays.put("vectors.centroids.start", bounds.astype(np.uint32) if bounds[-1] < 1 << 32 else bounds)
    arrays.put("vectors.spread", spread)
    arrays.put("vectors.centroids", np.concatenate(members))
    arrays.put("vectors.centroids.share", np.concatenate(shares))


def _transposed(start: Array, numbers: Array, count: int) -> Any:
    ones = np.ones(len(numbers), np.bool_)
    matrix = sparse.csr_matrix((ones, numbers, start.astype(np.int64)), shape=(len(start) - 1, count))
    return matrix.tocsc()
