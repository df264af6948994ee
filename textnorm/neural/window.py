"""What a byte model reads and writes: one word in its sentence, as numbers.

The word stands between two sentinels, with the words around it on both sides and no spaces beside the
sentinels; the model writes the normal form of that word alone (ÚFAL at MultiLexNorm 2021, arXiv
2110.15248). The numbers are made here, without a tokenizer: those of today number the sentinels
differently from the one that the published models were trained with, and models then see inputs they
have never met.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import NamedTuple

PAD, EOS = 0, 1
VOCABULARY = 384
OPEN, CLOSE = 383, 382
"""`<extra_id_0>` and `<extra_id_1>` of ByT5's first tokenizer, before and after the word."""

_SHIFT = 3  # byte 0 is number 3: padding, end and unknown come first
_BYTES = range(_SHIFT, _SHIFT + 256)


class Window(NamedTuple):
    """A word with the words to the left and to the right of it in its sentence."""

    left: Sequence[str]
    word: str
    right: Sequence[str]

    def within(self, context: int | None) -> Window:
        """The same with at most `context` words on either side; None keeps them all."""
        if context is None:
            return self
        left = self.left[max(0, len(self.left) - context) :]
        return Window(left, self.word, self.right[:context])

    def fitting(self, longest: int) -> Window:
        """The same with as many of the nearest words on either side as `longest` numbers have room for."""
        room = longest - len(_numbers(self.word)) - 3  # sentinels and end mark
        kept: tuple[list[str], list[str]] = [], []
        for pair in zip_longest(reversed(self.left), self.right):
            for side, word in zip(kept, pair, strict=True):
                if word is None:
                    continue
                room -= len(_numbers(word)) + 1
                if room < 0:
                    return Window(kept[0][::-1], self.word, kept[1])
                side.append(word)
        return self

    def lower(self) -> Window:
        """The same in lower case."""
        return Window([w.lower() for w in self.left], self.word.lower(), [w.lower() for w in self.right])


def encode(window: Window) -> list[int]:
    """The numbers that stand for a word in its sentence.

    >>> encode(Window(["hi"], "u", ["ok"]))
    [107, 108, 383, 120, 382, 114, 110, 1]
    """
    left, right = _numbers(" ".join(window.left)), _numbers(" ".join(window.right))
    return [*left, OPEN, *_numbers(window.word), CLOSE, *right, EOS]


def encode_target(text: str) -> list[int]:
    """The numbers of what a model is to write."""
    return [*_numbers(text), EOS]


def decode(numbers: Sequence[int]) -> str | None:
    """The text that a model wrote, up to the end mark; None where it is not UTF-8 or not bytes at all.

    >>> decode([120, 114, 1])
    'uo'
    """
    written = []
    for number in numbers:
        if number == EOS:
            break
        if number == PAD:
            continue
        if number not in _BYTES:
            return None
        written.append(number - _SHIFT)
    try:
        return bytes(written).decode("utf-8")
    except UnicodeDecodeError:
        return None


def _numbers(text: str) -> list[int]:
    return [byte + _SHIFT for byte in text.encode("utf-8", "replace")]
