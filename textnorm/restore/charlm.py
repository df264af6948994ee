"""A character n-gram model of words, in backing-off form, over packed integer histories.

A history or n-gram is one integer: a leading 1, then seven bits for each symbol. `probabilities` maps
an n-gram to the log probability of its last symbol, `backoffs` a history to the log of the weight of
the next shorter one (Chen & Goodman 1999 for the model, Stolcke 2002 for the form).
"""

from __future__ import annotations

import math
from collections.abc import Iterable

BITS = 7
EDGE = 1  # the symbol before and after a word
_FLOOR = -25.0
START = (1 << BITS) | EDGE
_MEMO = 1 << 20


class CharModel:
    """Log probabilities of words by their letters.

    `alphabet` gives letters the codes 2, 3, …; a word with another letter has probability zero.
    """

    def __init__(
        self, alphabet: str, order: int, probabilities: dict[int, float], backoffs: dict[int, float]
    ) -> None:
        self.alphabet = alphabet
        self.order = order
        self.codes = {char: code for code, char in enumerate(alphabet, EDGE + 1)}
        self.probabilities = probabilities
        self.backoffs = backoffs
        self.memo: dict[int, tuple[float, int]] = {}

    def step(self, history: int, code: int) -> tuple[float, int]:
        """The log probability of a symbol after a history, and the history that it leads to."""
        gram = history << BITS | code
        found = self.memo.get(gram)
        if found is None:
            if len(self.memo) >= _MEMO:
                self.memo.clear()
            found = self.memo[gram] = self._look_up(history, gram), self._shortened(gram)
        return found

    def _look_up(self, history: int, gram: int) -> float:
        total = 0.0
        while True:
            value = self.probabilities.get(gram)
            if value is not None:
                return total + value
            if history == 1:
                return total + _FLOOR
            total += self.backoffs.get(history, 0.0)
            history, gram = shorter(history), shorter(gram)

    def _shortened(self, gram: int) -> int:
        """The longest end of the n-gram that is a history; ways that reach the same one can be merged."""
        while gram != 1 and gram not in self.backoffs:
            gram = shorter(gram)
        return gram

    def encode(self, word: str) -> list[int] | None:
        """The codes of the letters; None if one is not in the alphabet."""
        try:
            return [self.codes[char] for char in word]
        except KeyError:
            return None

    def log_probability(self, word: str) -> float:
        """The natural logarithm of the probability of the whole word, its end included."""
        codes = self.encode(word)
        if codes is None:
            return -math.inf
        total, history = 0.0, START
        for code in (*codes, EDGE):
            value, history = self.step(history, code)
            total += value
        return total


def pack(symbols: Iterable[int]) -> int:
    """The symbols as one integer."""
    gram = 1
    for symbol in symbols:
        gram = gram << BITS | symbol
    return gram


def shorter(gram: int) -> int:
    """The n-gram without its first symbol."""
    top = gram.bit_length() - 1 - BITS
    return gram & ((1 << top) - 1) | 1 << top


def size(gram: int) -> int:
    """The number of symbols of an n-gram."""
    return (gram.bit_length() - 1) // BITS
