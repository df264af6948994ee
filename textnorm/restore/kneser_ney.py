"""Estimates character models: interpolated Kneser-Ney smoothing with three discounts per order.

Chen & Goodman (1999), "An empirical study of smoothing techniques for language modeling". Rare long
n-grams are dropped afterwards, and the weights of shorter histories set so that all still sums to 1.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from textnorm.restore.charlm import BITS, EDGE, CharModel, pack, shorter, size

_KEEP_ALL = 3  # n-grams up to this length stay even if they were seen once
_MASK = (1 << BITS) - 1


def estimate(words: Iterable[str], alphabet: str, order: int, rarest: int = 2) -> CharModel:
    """A model of the words, each counted once for each time it comes.

    n-grams of more than three symbols that were seen less than `rarest` times are left out.
    """
    codes = {char: code for code, char in enumerate(alphabet, EDGE + 1)}
    raw = _raw_counts(words, codes, order)
    adjusted = _adjusted(raw, order)
    full: list[dict[int, float]] = [{}]
    for length in range(1, order + 1):
        full.append(_interpolated(adjusted[length], full[-1], length, len(alphabet) + 1))
    kept = {
        gram: math.log(value)
        for length in range(1, order + 1)
        for gram, value in full[length].items()
        if length <= _KEEP_ALL or raw[length][gram] >= rarest
    }
    return CharModel(alphabet, order, kept, _backoffs(kept, order))


def _raw_counts(words: Iterable[str], codes: Mapping[str, int], order: int) -> list[Counter[int]]:
    raw: list[Counter[int]] = [Counter() for _ in range(order + 1)]
    for word in words:
        symbols = [EDGE, *(codes[char] for char in word), EDGE]
        for end in range(1, len(symbols)):
            for start in range(max(0, end - order + 1), end + 1):
                raw[end - start + 1][pack(symbols[start : end + 1])] += 1
    return raw


def _adjusted(raw: list[Counter[int]], order: int) -> list[Counter[int]]:
    """For all but the longest n-grams: how many symbols come before them, not how often they come."""
    adjusted: list[Counter[int]] = [Counter(counts) for counts in raw]
    for length in range(1, order):
        counts: Counter[int] = Counter()
        for gram in raw[length + 1]:
            counts[shorter(gram)] += 1
        for gram, count in raw[length].items():
            at_start = length > 1 and gram >> BITS * (length - 1) & _MASK == EDGE
            if at_start:  # nothing comes before the start of a word
                counts[gram] = count
        adjusted[length] = counts
    return adjusted


def _discounts(counts: Mapping[int, int]) -> tuple[float, float, float]:
    seen = Counter(count for count in counts.values() if count <= 4)
    one, two, three, four = (max(seen[n], 1) for n in (1, 2, 3, 4))
    base = one / (one + 2 * two)
    found = 1 - 2 * base * two / one, 2 - 3 * base * three / two, 3 - 4 * base * four / three
    return tuple(min(max(value, 0.1), cap) for value, cap in zip(found, (0.95, 1.9, 2.85), strict=True))  # type: ignore[return-value]


def _interpolated(
    counts: Mapping[int, int], lower: Mapping[int, float], length: int, symbols: int
) -> dict[int, float]:
    """Probabilities of one order, with those of the next lower order mixed in."""
    first, second, more = _discounts(counts)
    totals: dict[int, int] = defaultdict(int)
    freed: dict[int, float] = defaultdict(float)
    for gram, count in counts.items():
        history = gram >> BITS
        totals[history] += count
        freed[history] += first if count == 1 else second if count == 2 else more
    found = {}
    for gram, count in counts.items():
        history = gram >> BITS
        discount = first if count == 1 else second if count == 2 else more
        below = lower[shorter(gram)] if length > 1 else 1 / symbols
        found[gram] = (count - discount + freed[history] * below) / totals[history]
    return found


def _backoffs(kept: Mapping[int, float], order: int) -> dict[int, float]:
    """The log weight of each history's next shorter one: what is left, over what is left there."""
    by_length: dict[int, list[int]] = defaultdict(list)
    for gram in kept:
        by_length[size(gram)].append(gram)
    backoffs: dict[int, float] = {}
    model = CharModel("", order, dict(kept), backoffs)
    for length in range(2, order + 1):
        mass: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0])
        for gram in by_length[length]:
            history = gram >> BITS
            sums = mass[history]
            sums[0] += math.exp(kept[gram])
            sums[1] += math.exp(model._look_up(shorter(history), shorter(gram)))
        for history, (here, below) in mass.items():
            left, left_below = max(1 - here, 1e-6), max(1 - below, 1e-6)
            backoffs[history] = math.log(left / left_below)
    return backoffs
