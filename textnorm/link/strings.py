"""Millions of short strings in two arrays, so that they can be mapped from disk instead of loaded.

A string costs its UTF-8 bytes and one offset; nothing is decoded before it is asked for.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

_GATHERED = 1 << 16  # strings copied at a time


class Strings(Sequence[str]):
    """A read-only sequence of strings over `data`, their UTF-8 bytes, and `ends`.

    `ends` has one number more than there are strings: string i lies between ends[i] and ends[i + 1].
    """

    __slots__ = ("_view", "data", "ends")

    def __init__(self, data: Array, ends: Array) -> None:
        self.data, self.ends = data, ends
        self._view = np.ascontiguousarray(data).data

    def __len__(self) -> int:
        return len(self.ends) - 1

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        if index < 0:
            index += len(self)
        if not 0 <= index < len(self):
            raise IndexError(index)
        return str(self._view[self.ends[index] : self.ends[index + 1]], "utf-8", "replace")

    def batches(self, size: int = _GATHERED) -> Iterable[list[str]]:
        """All strings in order, in lists of at most `size`."""
        return (self[start : start + size] for start in range(0, len(self), size))

    def gathered(self, order: Array) -> Strings:
        """The strings with the numbers in `order`, copied into a new sequence."""
        starts = self.ends[:-1][order].astype(np.int64)
        lengths = self.ends[1:][order].astype(np.int64) - starts
        ends = _ends(lengths)
        data = np.empty(int(ends[-1]), np.uint8)
        for first in range(0, len(order), _GATHERED):
            last = min(first + _GATHERED, len(order))
            begin = int(ends[first])
            shift = starts[first:last] - (ends[first:last].astype(np.int64) - begin)
            places = np.repeat(shift, lengths[first:last])
            places += np.arange(len(places))
            data[begin : int(ends[last])] = self.data[places]
        return Strings(data, ends)


class Writer:
    """Strings that are still being collected."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._lengths = array("I")

    def __len__(self) -> int:
        return len(self._lengths)

    def append(self, text: str) -> None:
        """Add one string; a lone surrogate becomes the replacement character."""
        try:
            raw = text.encode()
        except UnicodeEncodeError:
            raw = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()
        self._data += raw
        self._lengths.append(len(raw))

    def done(self) -> Strings:
        """What was collected, without a copy."""
        ends = _ends(np.frombuffer(self._lengths, np.uint32) if self._lengths else np.empty(0, np.uint32))
        return Strings(np.frombuffer(self._data, np.uint8) if self._data else np.empty(0, np.uint8), ends)


def _ends(lengths: Array) -> Array:
    ends = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=ends[1:])
    return ends.astype(np.uint32) if ends[-1] < 1 << 32 else ends


def hashes(texts: Iterable[str]) -> NDArray[np.uint64]:
    """A 64-bit hash of each string, the same on every machine and in every run."""
    digests = [blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest() for text in texts]
    return np.frombuffer(b"".join(digests), "<u8").astype(np.uint64, copy=False)


def hash_of(text: str) -> int:
    """The hash of one string."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
