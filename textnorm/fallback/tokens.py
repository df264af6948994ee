"""The tokens of a line: words, numbers, and every other sign by itself."""

from __future__ import annotations

from collections.abc import Iterable

import regex

TOKEN = regex.compile(r"[\p{L}\p{M}]++(?:['’][\p{L}\p{M}]++)*+|\p{N}++|[^\s\p{L}\p{M}\p{N}]")
# A stretch without spaces that has a digit, an at sign or the like, or a letter after a dot: numbers,
# handles, tags, e-mail and web addresses, file names.
_RISKY = regex.compile(r"[\p{N}@#_/\\]|\w\.\w|:\w")
_CHUNK = regex.compile(r"\S+")


def is_askable(token: str) -> bool:
    """Whether a token, cut out by whatever tokenizer, is a word that the stage would ask a model about."""
    return token[:1].isalpha() and TOKEN.fullmatch(token) is not None


def spans(line: str) -> list[tuple[int, int]]:
    """The stretches of a line that no model may see as words, in order."""
    if _RISKY.search(line) is None:
        return []
    return [chunk.span() for chunk in _CHUNK.finditer(line) if _RISKY.search(chunk.group())]


def outside(tokens: Iterable[regex.Match[str]], closed: list[tuple[int, int]]) -> list[bool]:
    """For each token whether it stands in none of the closed stretches, which may overlap."""
    free = []
    ordered, index, end = sorted(closed), 0, -1
    for token in tokens:
        start, stop = token.span()
        while index < len(ordered) and ordered[index][0] < stop:
            end = max(end, ordered[index][1])
            index += 1
        free.append(end <= start)
    return free
