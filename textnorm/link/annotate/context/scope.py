"""From triggers to flags: which mentions are in the scope of which trigger."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from textnorm.link.annotate.context.reach import Reach, Words, written
from textnorm.link.annotate.context.rules import BACKWARD, FORWARD, Found, Language, Phrases
from textnorm.link.annotate.tokens import offsets, split

Span = tuple[int, int]

_LONGEST = 60  # parts that a mention to the left may be away from a trigger, its own length included
_NO_FLAGS: frozenset[str] = frozenset()


class Context:
    """Says of spans of a text what the rules of a language say of them."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._phrases = Phrases(language)
        self._words = Words(language)
        self.frequent = written(language.words)  # words that tell the language of a text

    def __call__(self, text: str, spans: Sequence[Span]) -> list[frozenset[str]]:
        """The flags of each span; a span is `text[start:end]`, in code points."""
        parts = split(text)
        starts = offsets(parts)
        return self.of_parts(parts, [_parts_of(starts, span) for span in spans])

    def of_parts(self, parts: Sequence[str], spans: Sequence[Span]) -> list[frozenset[str]]:
        """The flags of each span of the parts of a text."""
        found = self._phrases.find(parts) if spans else []
        if not found:
            return [_NO_FLAGS] * len(spans)
        order = sorted(range(len(spans)), key=spans.__getitem__)
        begins = [spans[number][0] for number in order]
        found = [one for one in found if not _inside(one, spans, order, begins)]
        reach = Reach(parts, found, self._words)
        flags: list[frozenset[str]] = [_NO_FLAGS] * len(spans)
        for one in found:
            if one.trigger.flag:
                said = frozenset((one.trigger.flag,))
                for number in _reached(one, reach, spans, order, begins):
                    flags[number] |= said
        return flags


def _reached(
    one: Found, reach: Reach, spans: Sequence[Span], order: Sequence[int], begins: Sequence[int]
) -> list[int]:
    """The numbers of the spans that a trigger says something of."""
    found: list[int] = []
    if one.trigger.direction != BACKWARD:
        nearest = bisect_left(begins, one.end)
        # Commas and conjunctions prolong a scope, so that only the next mention tells whether to look.
        if nearest < len(begins) and begins[nearest] <= one.end + 2 * one.trigger.scope + _LONGEST:
            stop = reach.forward(one, begins[-1])
            found += order[nearest : bisect_left(begins, stop)]
    if one.trigger.direction != FORWARD:
        last = bisect_left(begins, one.start)
        first = bisect_left(begins, one.start - 2 * one.trigger.scope - _LONGEST)
        if first < last:
            start = reach.backward(one, begins[first])
            found += [number for number in order[first:last] if start < spans[number][1] <= one.start]
    return found


def _parts_of(starts: Sequence[int], span: Span) -> Span:
    """The parts that a span of characters touches."""
    first = max(bisect_right(starts, span[0]) - 1, 0)
    return first, max(bisect_left(starts, span[1]), first + 1)


def _inside(found: Found, spans: Sequence[Span], order: Sequence[int], begins: Sequence[int]) -> bool:
    """Whether a phrase lies within a mention: "No" in the name of a disease denies nothing."""
    place = bisect_right(begins, found.start) - 1
    return place >= 0 and found.end <= spans[order[place]][1]
