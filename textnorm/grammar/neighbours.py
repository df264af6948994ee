"""The words around a match, on its line."""

from __future__ import annotations

import regex

from textnorm.grammar.context import Context
from textnorm.memo import Memo

_WORDS = regex.compile(r"\w+(?:[-'’]\w+)*\.?|[^\w\s]")
_AHEAD = regex.compile(r"[^\S\n]*(\w+(?:[-'’]\w+)*)")
_REACH = 90  # characters to the left in which words are looked for
_WINDOW = 160  # characters to the right
_MOST_AHEAD = 12

Words = tuple[str, ...]


def _backwards(text: str) -> Words:
    words: list[str] = []
    for token in reversed(text.split()):
        if token.isalpha():  # nearly all are
            words.append(token)
        else:
            words += _WORDS.findall(token)[::-1]
    return tuple(words)


def _forwards(text: str) -> Words:
    words: list[str] = []
    pos = 0
    while len(words) < _MOST_AHEAD and (match := _AHEAD.match(text, pos)) is not None:
        words.append(match[1])
        pos = match.end()
    return tuple(words)


_LEFT = Memo(_backwards)
_RIGHT = Memo(_forwards)


def left_text(at: Context) -> str:
    """The text to the left in which words are looked for."""
    text, start, _ = at
    return text[start - _REACH if start > _REACH else 0 : start]


def preceding(left: str) -> Words:
    """The words and signs of a text to the left, the nearest first."""
    return _LEFT[left]


def following(at: Context, count: int) -> Words:
    """Up to `count` (at most 12) words to the right of the match, as far as no punctuation stands between."""
    text, _, end = at
    return _RIGHT[text[end : end + _WINDOW]][:count]


def word_at(words: Words, index: int) -> str:
    """The word at an index, or '' beyond the last one."""
    return words[index] if index < len(words) else ""


def phrase_at(words: Words, index: int, width: int) -> str:
    """The `width` words that end `index` places to the left, in lower case and reading order."""
    return " ".join(words[index : index + width][::-1]).lower()
