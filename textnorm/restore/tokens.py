"""Finds the words of a line that may be in the wrong script; all else is none of our business."""

from __future__ import annotations

from dataclasses import dataclass

import regex

_CHUNK = regex.compile(r"\S+")
# Latin, digits, handles, tags and addresses: a stretch without spaces that holds any of these stays.
_PROTECTED = regex.compile(r"[\p{Latin}\d@#_/\\]")
_WORD = regex.compile(r"[\p{L}\p{M}\u200c\u0640\u02c7]+")
_LONGEST_CHUNK = 400


@dataclass(frozen=True, slots=True)
class Token:
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
    for chunk in _CHUNK.finditer(line):
        if chunk.end() - chunk.start() > _LONGEST_CHUNK or _PROTECTED.search(chunk[0]):
            continue
        for word in _WORD.finditer(chunk[0]):
            start, end = chunk.start() + word.start(), chunk.start() + word.end()
            between = line[found[-1].end : start] if found else "-"
            found.append(Token(word[0], start, end, between == " ", between.isspace()))
    return found


def words(line: str) -> list[str]:
    """The texts of the tokens of a line."""
    if len(line) > _LONGEST_CHUNK or _PROTECTED.search(line):
        return [token.text for token in tokens(line)]
    found: list[str] = _WORD.findall(line)
    return found
