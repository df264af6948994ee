"""Words of a text and what stands between them; the case of a word for another one."""

from __future__ import annotations

import re

import regex

_SPLIT = regex.compile(r"(\w++)").split
_SPLIT_ASCII = re.compile(r"(\w+)", re.ASCII).split  # the same there, in half the time
_SPLIT_APOSTROPHES = regex.compile(r"(\w++(?:['’]\w++)*+)").split
_SPLIT_APOSTROPHES_ASCII = re.compile(r"(\w+(?:'\w+)*)", re.ASCII).split


def split(text: str, *, apostrophes: bool) -> list[str]:
    """What stands between words, and words, in turns; both ends are between.

    A word is a run of letters, marks, digits and underscores; with `apostrophes`, one between two runs
    belongs to the word.

    >>> split("don't go", apostrophes=True)
    ['', "don't", ' ', 'go', '']
    """
    if text.isascii():
        return _SPLIT_APOSTROPHES_ASCII(text) if apostrophes else _SPLIT_ASCII(text)
    found: list[str] = _SPLIT_APOSTROPHES(text) if apostrophes else _SPLIT(text)
    return found


def cased(word: str, target: str) -> str:
    """The target in the case of the word: all capitals, a first capital, or as it is.

    >>> cased("Oedema", "edema"), cased("OEDEMA", "edema")
    ('Edema', 'EDEMA')
    """
    if word[0].islower():
        return target
    return target.upper() if len(word) > 1 and word.isupper() else target[:1].upper() + target[1:]
