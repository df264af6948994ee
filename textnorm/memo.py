"""Answers that are remembered."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
KEPT = 20_000


class Memo(dict[K, V]):
    """A function of one argument as a table: `memo[x]` is `compute(x)`, worked out once.

    Looking a known answer up is a plain dictionary access. A full table is emptied, so memory stays
    bounded. What `compute` raises is not remembered. Safe to share between threads, which may at
    worst work out the same answer twice.
    """

    __slots__ = ("_compute", "_kept")

    def __init__(self, compute: Callable[[K], V], kept: int = KEPT) -> None:
        super().__init__()
        self._compute, self._kept = compute, kept

    def __missing__(self, key: K) -> V:
        value = self._compute(key)
        if len(self) >= self._kept:
            self.clear()
        self[key] = value
        return value
