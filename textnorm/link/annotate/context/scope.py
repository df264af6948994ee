"""From triggers to flags: how far a trigger reaches, and which mentions that takes in."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from textnorm.link.annotate.context.rules import (
    BACKWARD,
    BOTH,
    FORWARD,
    Found,
    Language,
    Phrases,
    Trigger,
)
from textnorm.link.annotate.tokens import is_word, offsets, split

Span = tuple[int, int]

_PLAIN = Trigger()
_NO_FLAGS: frozenset[str] = frozenset()
_SHORT_LINE = 50  # characters: a line that ends sooner was not broken for its length


class Context:
    """Says of spans of a text what the rules of a language say of them."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._phrases = Phrases(language)

    def __call__(self, text: str, spans: Sequence[Span]) -> list[frozenset[str]]:
        """The flags of each span; a span is `text[start:end]`, in code points."""
        parts = split(text)
        starts = offsets(parts)
        inner = [_parts_of(starts, span) for span in spans]
        return self.of_parts(parts, inner)

    def of_parts(self, parts: Sequence[str], spans: Sequence[Span]) -> list[frozenset[str]]:
        """The flags of each span of the parts of a text."""
        found = self._phrases.find(parts) if spans else []
        if not found:
            return [frozenset()] * len(spans)
        flags: list[set[str]] = [set() for _ in spans]
        order = sorted(range(len(spans)), key=lambda number: spans[number])
        begins = [spans[number][0] for number in order]
        reach = _Reach(parts, [one for one in found if not _inside(one, spans, order, begins)], self.language)
        for place, one in enumerate(reach.found):
            trigger = one.trigger
            if not trigger.flag:
                continue
            if trigger.direction in (FORWARD, BOTH):
                nearest = bisect_left(begins, one.end)
                if nearest < len(begins) and begins[nearest] <= one.end + 2 * trigger.scope:
                    stop = reach.forward(place)
                    for number in order[nearest : bisect_left(begins, stop)]:
                        flags[number].add(trigger.flag)
            if trigger.direction in (BACKWARD, BOTH):
                last = bisect_left(begins, one.start)
                if last and begins[last - 1] >= one.start - 2 * trigger.scope - 20:
                    stop = reach.backward(place)
                    for number in order[:last]:
                        if stop < spans[number][1] <= one.start:
                            flags[number].add(trigger.flag)
        return [frozenset(one) for one in flags]


def _parts_of(starts: Sequence[int], span: Span) -> Span:
    """The parts that a span of characters touches."""
    first = max(bisect_right(starts, span[0]) - 1, 0)
    return first, max(bisect_left(starts, span[1]), first + 1)


def _inside(found: Found, spans: Sequence[Span], order: Sequence[int], begins: Sequence[int]) -> bool:
    """Whether a phrase lies within a mention: "No" in the name of a disease denies nothing."""
    place = bisect_right(begins, found.start) - 1
    return place >= 0 and found.end <= spans[order[place]][1]


class _Reach:
    """How far the triggers of one text reach."""

    def __init__(self, parts: Sequence[str], found: Sequence[Found], language: Language) -> None:
        self.parts, self.found, self.language = parts, found, language
        self._triggers = {one.start for one in found if one.trigger.flag}
        self._triggers_before = {one.end for one in found if one.trigger.flag}
        self._ends: dict[int, frozenset[str]] = {}  # flags whose scopes end at a part, and before one
        self._ends_before: dict[int, frozenset[str]] = {}
        for one in found:
            if one.trigger.ends:
                self._ends[one.start] = self._ends.get(one.start, _NO_FLAGS) | one.trigger.ends
                self._ends_before[one.end] = self._ends_before.get(one.end, _NO_FLAGS) | one.trigger.ends

    def forward(self, place: int) -> int:
        """The part before which the scope to the right of a trigger ends."""
        one = self.found[place]
        trigger, parts = one.trigger, self.parts
        words = depth = 0
        at = one.end
        while at < len(parts):
            part = parts[at]
            if trigger.flag in self._ends.get(at, _NO_FLAGS):
                return at
            if is_word(part):
                words += 1
                if words > trigger.scope:
                    return at
                if self._joins(part):
                    if part.casefold() in self.language.conjunctions and self._clause_after(
                        at + 1, alike=True
                    ):
                        return at
                    words = 0
            else:
                depth += part.count("(") - part.count(")")
                if depth < 0 or self._ends_sentence(at, trigger):
                    return at
                if "," in part:
                    if at == one.end:
                        return at
                    if not trigger.line and self._clause_after(at + 1, alike=False):
                        return at
                    words = 0  # a list goes on as long as it does
            at += 1
        return at

    def backward(self, place: int) -> int:
        """The part after which the scope to the left of a trigger starts."""
        one = self.found[place]
        trigger, parts = one.trigger, self.parts
        words = depth = 0
        listed = False  # whether a conjunction has been passed: what is left of a comma is a list then
        at = one.start - 1
        while at >= 0:
            part = parts[at]
            if trigger.flag in self._ends_before.get(at + 1, _NO_FLAGS):
                return at
            if is_word(part):
                words += 1
                if words > trigger.scope:
                    return at
                if self._joins(part):
                    listed = True
                    if self._clause_before(at):
                        return at
            else:
                depth += part.count(")") - part.count("(")
                if depth < 0 or self._ends_sentence(at, trigger):
                    return at
                if "," in part and (not listed or self._clause_before(at)):
                    return at
            at -= 1
        return at

    def _joins(self, part: str) -> bool:
        word = part.casefold()
        return word in self.language.conjunctions or word in self.language.alternatives

    def _clause_after(self, at: int, *, alike: bool) -> bool:
        """Whether a new clause starts at a part, after a comma or (`alike`) after a conjunction.

        It does if another trigger stands there, or if what follows has a finite verb of its own and no
        "or". After a conjunction a verb in the plural is that of the whole list: "no rubs and murmurs
        were heard".
        """
        language, first, clause = self.language, True, False
        for place in range(at, len(self.parts)):
            part = self.parts[place]
            if not is_word(part):
                if "," in part:
                    return clause and self._word(place + 1) not in language.alternatives
                if "(" in part or ")" in part or self._ends_sentence(place, _PLAIN):
                    return clause
                continue
            if first and place in self._triggers:
                return True
            if place in self._ends:
                return clause
            word = part.casefold()
            if word in language.alternatives:
                return False
            if word in language.conjunctions and not first:
                return clause
            if word in language.verbs and (first or not alike or word not in language.plural_verbs):
                clause = True
            if first and not alike and word in language.openers:
                clause = True
            first = False
        return clause

    def _word(self, at: int) -> str:
        return self.parts[at].casefold() if at < len(self.parts) else ""

    def _clause_before(self, at: int) -> bool:
        """Whether the stretch that ends before a part, up to the next comma, is a clause of its own."""
        at -= 1
        while at >= 0:
            part = self.parts[at]
            if is_word(part):
                if part.casefold() in self.language.verbs:
                    return True
            elif "," in part or self._ends_sentence(at, _PLAIN):
                return False
            if at + 1 in self._triggers_before:
                return True
            at -= 1
        return False

    def _ends_sentence(self, at: int, trigger: Trigger) -> bool:
        """Whether the sentence (for some triggers the line) ends with what stands between two words."""
        part = self.parts[at]
        if "\n" in part and self._ends_line(at):
            return True
        if trigger.line:
            return False
        if ";" in part or "!" in part or "?" in part:
            return True
        if "." not in part or part == ".":
            return False
        if at == 0 or part.count(".") > 1:
            return True
        word = self.parts[at - 1]
        if part.strip() != ".":
            return True
        if (len(word) == 1 and word.isalpha()) or word.casefold() in self.language.abbreviations:
            return False
        follower = self.parts[at + 1] if at + 1 < len(self.parts) else ""
        return not (word.isdigit() and follower[:1].islower())

    def _ends_line(self, at: int) -> bool:
        part = self.parts[at]
        if part.count("\n") > 1 or part.strip(" \t\r\n,"):
            return True
        width = 0
        for before in reversed(self.parts[max(0, at - 40) : at]):
            if "\n" in before:
                break
            width += len(before)
            if width >= _SHORT_LINE:
                return False
        return True
