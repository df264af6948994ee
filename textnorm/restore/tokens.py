"""Finds the words of a line that may be in the wrong script; all else is none of our business."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import regex

_CHUNK = regex.compile(r"\S+")
# Latin, digits, handles, tags and addresses: a stretch without spaces that holds any of these stays.
_PROTECTED = regex.compile(r"[\p{Latin}\d@#_/\\]")
_WORD = regex.compile(r"[\p{L}\p{M}\u200c\u0640\u02c7]+")
_LONGEST_CHUNK = 400


class Token(NamedTuple):
    """A stretch of letters of a line.

    `linked` tells whether exactly one space parts it from the token before, `spaced` whether white
    space and nothing else does.
    """

    text: str
    start: int
    end: int
    linked: bool
    spaced: bool


def tokens(line: str) -> list[Token]:
    """The tokens of a line in order."""
    found: list[Token] = []
    last = -1
    for start, end in _spans(line):
        between = line[last:start] if last >= 0 else "-"
        linked = between == " "
        found.append(Token(line[start:end], start, end, linked, linked or between.isspace()))
        last = end
    return found


def words(line: str) -> list[str]:
    """The texts of the tokens of a line."""
    if _plain(line):
        found: list[str] = _WORD.findall(line)
        return found
    return [line[start:end] for start, end in _spans(line)]


def _plain(line: str) -> bool:
    return len(line) <= _LONGEST_CHUNK and not _PROTECTED.search(line)


def _spans(line: str) -> Iterator[tuple[int, int]]:
    if _plain(line):
        for word in _WORD.finditer(line):
            yield word.span()
        return
    for chunk in _CHUNK.finditer(line):
        if _plain(chunk[0]):
            for word in _WORD.finditer(line, chunk.start(), chunk.end()):
                yield word.span()
