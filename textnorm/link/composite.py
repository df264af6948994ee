"""Strings that name several things at once: "breast and ovarian cancer" is two cancers.

The parts may share words at their end, at their beginning, or none. A reading counts only if each of its
parts is a name in full, and if no other reading is as good.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

_MOST = 6  # parts
_WORDS = 16  # of a string


class Splitter:
    """Splits strings at conjunctions, which are words of a language, and at commas and slashes."""

    def __init__(self, conjunctions: Sequence[str]) -> None:
        words = "|".join(regex.escape(word) for word in sorted(conjunctions, key=len, reverse=True))
        self._between = regex.compile(
            rf"\s*(?:[,;]\s*(?:{words})|[,;/]|(?<=\s)(?:{words}))\s+", regex.IGNORECASE
        )
        self._on = bool(conjunctions)

    def readings(self, text: str) -> list[tuple[str, ...]]:
        """The ways to read a string as several; often none.

        >>> for reading in Splitter(["and"]).readings("breast and ovarian cancer"):
        ...     print(" | ".join(reading))
        breast | ovarian cancer
        breast cancer | ovarian cancer
        """
        if not self._on or len(words := text.split()) > _WORDS:
            return []
        parts = [part.split() for part in self._between.split(" ".join(words))]
        if not 1 < len(parts) <= _MOST or not all(parts):
            return []
        return list(dict.fromkeys(_readings(parts)))


def _readings(parts: Sequence[list[str]]) -> Iterator[tuple[str, ...]]:
    yield tuple(" ".join(part) for part in parts)
    first, last = parts[0], parts[-1]
    for shared in range(1, len(last)):
        end = last[-shared:]
        yield (*(" ".join([*part, *end]) for part in parts[:-1]), " ".join(last))
    for shared in range(1, len(first)):
        start = first[:shared]
        yield (" ".join(first), *(" ".join([*start, *part]) for part in parts[1:]))
