"""Templates read backwards: each part of a template as a parser of what it says.

A parser yields every (end, fields) it can read at a place. It need not be strict: that a form is not
the one the sentence asks for shows when the written form is read out again. Here are the parts that
hold others together; those that say a field are in `textnorm.inverse.fieldparsers`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from textnorm.inverse.source import Fields, Follow, Found, Source, Start, first_words, lower


class Parser(Protocol):
    """Reads one part of a template."""

    nullable: bool
    numeric: bool  # whether it is a number that any number system or reading says
    follow: Follow | None  # what comes next, if it is known: a part that costs much looks there first

    def parse(self, src: Source, pos: int, got: Fields) -> Iterator[Found]:
        """Every way to read the part at `pos`."""

    def starts(self) -> set[Start]:
        """The words it can begin with."""


class Sequence_:
    """Parts in a row."""

    follow: Follow | None = None

    def __init__(self, parts: Sequence[Parser]) -> None:
        self._parts = tuple(parts)
        self.nullable = all(part.nullable for part in parts)
        self.numeric = bool(parts) and parts[0].numeric
        for part, following, *rest in (parts[index:] for index in range(len(parts) - 1)):
            part.follow = _following(following, rest)
        self._opening: Follow | None = None
        if len(parts) > 1 and isinstance(parts[0], Fixed) and parts[0].text.endswith(" "):
            self._opening = None if parts[1].nullable else Follow(parts[0].text, parts[1].starts())

    def parse(self, src: Source, pos: int, got: Fields, index: int = 0) -> Iterator[Found]:
        """Every way to read the parts from `index` on."""
        if index == len(self._parts):
            yield pos, got
            return
        for end, fields in self._parts[index].parse(src, pos, got):
            yield from self.parse(src, end, fields, index + 1)

    def may_begin(self, src: Source, pos: int, ends: Sequence[int]) -> bool:
        """Whether it is worth a try at `pos`, where numbers have these ends."""
        first = self._parts[0]
        if first.numeric:
            return bool(ends) and (first.follow is None or any(first.follow(src, end) for end in ends))
        return self._opening is None or self._opening(src, pos)

    def after_number(self) -> frozenset[str] | None:
        """The words that come after the number it begins with, if they are known."""
        follow = self._parts[0].follow
        return follow.closed() if self.numeric and follow is not None else None

    def starts(self) -> set[Start]:
        """The words that the first parts can begin with."""
        found: set[Start] = set()
        for part in self._parts:
            found |= part.starts()
            if not part.nullable:
                break
        return found


class Maybe:
    """A bracketed part: there or not."""

    follow: Follow | None = None
    numeric = False
    nullable = True

    def __init__(self, inner: Parser) -> None:
        self._inner = inner

    def parse(self, src: Source, pos: int, got: Fields) -> Iterator[Found]:
        """With the part, then without it."""
        yield from self._inner.parse(src, pos, got)
        yield pos, got

    def starts(self) -> set[Start]:
        """The words that the part can begin with."""
        return self._inner.starts()


class Fixed:
    """Literal text."""

    follow: Follow | None = None
    numeric = False

    def __init__(self, text: str) -> None:
        self.text = lower(text)
        self.nullable = not text.strip()

    def parse(self, src: Source, pos: int, got: Fields) -> Iterator[Found]:
        """The text itself."""
        if src.text.startswith(self.text, pos):
            yield pos + len(self.text), got

    def starts(self) -> set[Start]:
        """Its first word."""
        return first_words(self.text)


def _following(part: Parser, rest: Sequence[Parser]) -> Follow | None:
    """What `part` and the parts after it begin with, where that is a fixed text."""
    if not isinstance(part, Fixed):
        return None
    words = part.text.lstrip(" -–")
    lead = part.text[: len(part.text) - len(words)]
    if words:
        return Follow(lead, first_words(words)) if lead else None
    return Follow(lead, rest[0].starts()) if rest and not rest[0].nullable else None
