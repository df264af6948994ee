"""Templates read backwards: each part of a template as a parser of what it says.

A parser yields every (end, fields) it can read at a place. It need not be strict: that a form is not
the one the sentence asks for shows when the written form is read out again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

from textnorm.grammar.features import Bundle, Features, overlay
from textnorm.grammar.grammar import Grammar
from textnorm.grammar.inflect import Lexeme
from textnorm.grammar.template import Call
from textnorm.inverse.fields import FieldPatterns
from textnorm.inverse.source import (
    Counted,
    Fields,
    Follow,
    Found,
    Got,
    Phrases,
    Source,
    Start,
    first_words,
    lower,
)

UNLIMITED = 10**18
_MAX_SPELLED = 40  # characters spelled one by one in a row


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


class Copied:
    """A field that is said as it is written: what its pattern matches."""

    follow: Follow | None = None
    numeric = False
    nullable = False

    def __init__(self, name: str, fields: FieldPatterns) -> None:
        self._name, self._fields = name, fields

    def parse(self, src: Source, pos: int, got: Fields) -> Iterator[Found]:
        """What the pattern matches here."""
        found = self._fields.pattern(self._name).match(src.raw, pos)
        if found and found.end() > pos:
            yield found.end(), {**got, self._name: Got(found[0], pos, found.end())}

    def starts(self) -> set[Start]:
        """The first words of the lexicon's entries."""
        return {start for entry in self._fields.entries(self._name) for start in first_words(entry + " ")}


Reader = Callable[[Source, int, int], list[Counted]]  # source, position, limit


class Numbered:
    """A field said by a number system."""

    follow: Follow | None = None
    numeric = True
    nullable = False

    def __init__(
        self, call: Call, fields: FieldPatterns, read: Reader, begin: Callable[[], set[Start]]
    ) -> None:
        self._call, self._fields, self._read, self._begin = call, fields, read, begin

    def parse(self, src: Source, pos: int, got: Fields) -> Iterator[Found]:
        """The numbers that the field could hold."""
        call = self._call
        for end, number, swaps in self._read(src, pos, UNLIMITED):
            if self.follow is not None and not self.follow(src, end):
                continue
            text = None if number == call.drop else self._fields.number(call.name, number)
            if text is None:
                continue
            fields = {**got, call.name: Got(text, pos, end, True, swaps)}
            if call.ends:
                ending = self._ending(src.text[pos:end], end)
                if ending is None:
                    continue
                fields[call.ends] = ending
            yield end, fields

    def _ending(self, said: str, end: int) -> Got | None:
        """The longest end of the word that the field with the typed ending could hold."""
        for start in range(1, len(said)):
            if self._fields.pattern(self._call.ends).fullmatch(said, start):
                return Got(said[start:], end - len(said) + start, end)
        return None

    def starts(self) -> set[Start]:
        """First words of the system's numbers."""
        return self._begin()


class Inflected:
    """A lexeme in any form that the call and the number before it allow."""

    follow: Follow | None = None
    numeric = False
    nullable = False

    def __init__(self, call: Call, grammar: Grammar, lexemes: Iterator[tuple[str, Lexeme]]) -> None:
        self._call, self._grammar = call, grammar
        self._phrases = Phrases()
        inflector = grammar.inflector
        assert inflector is not None
        known: dict[tuple[str, Bundle], list[str]] = {}
        for sign, lexeme in lexemes:
            key = (lexeme.lemma, lexeme.features)
            if key in known:
                known[key].append(sign)
                continue
            signs = known[key] = [sign]
            for bundle, form in inflector.lexeme_forms(lexeme):
                self._phrases.add(form, (signs, bundle, lexeme.features))

    def parse(self, src: Source, pos: int, got: Fields) -> Iterator[Found]:
        """The lexemes that have such a form, by the first of their signs: it is the usual one.

        A field that is said twice, such as a currency and its cents, has one sign for both.
        """
        call = self._call
        wanted = call.over
        if call.by:
            number = got[call.by].value if call.by in got else "1"
            wanted = overlay(wanted, self._grammar.agreement(self._grammar.category(number)))
        seen: set[tuple[int, str]] = set()
        before = got.get(call.name)
        for end, _, (signs, bundle, own) in self._phrases.at(src, pos):
            if (end, signs[0]) in seen or not agrees(bundle, overlay(wanted, own)):
                continue
            seen.add((end, signs[0]))
            if before is None:
                yield end, {**got, call.name: Got(signs[0], pos, end)}
            elif before.value in signs:
                yield end, got

    def starts(self) -> set[Start]:
        """First words of all forms."""
        return self._phrases.starts()


class Listed:
    """Phrases that stand for something else: a lexicon read backwards, a stem's forms."""

    follow: Follow | None = None
    numeric = False
    nullable = False

    def __init__(self, name: str, phrases: Phrases, glued: bool = False) -> None:
        self._name, self._phrases = name, phrases
        self._open = glued

    def parse(self, src: Source, pos: int, got: Fields) -> Iterator[Found]:
        """What the phrases here stand for."""
        for end, _, meaning in self._phrases.at(src, pos):
            yield end, {**got, self._name: Got(meaning, pos, end)}

    def starts(self) -> set[Start]:
        """First words of the phrases."""
        return self._phrases.starts()


class Spelled:
    """Characters said one by one."""

    follow: Follow | None = None
    numeric = False
    nullable = False

    def __init__(self, name: str, fields: FieldPatterns, phrases: Phrases) -> None:
        self._name, self._fields, self._phrases = name, fields, phrases

    def parse(self, src: Source, pos: int, got: Fields) -> Iterator[Found]:
        """Every number of characters, the longest first, that the field could hold."""
        for end, text in reversed(spelled(src, pos, self._phrases)):
            if self._fields.fits(self._name, text):
                yield end, {**got, self._name: Got(text, pos, end)}

    def starts(self) -> set[Start]:
        """First words of the names."""
        return self._phrases.starts()


def spelled(src: Source, pos: int, names: Phrases) -> list[tuple[int, str]]:
    """(end, characters) after each of the names that stand in a row at `pos`."""
    text = ""
    found: list[tuple[int, str]] = []
    while len(text) < _MAX_SPELLED:
        step: tuple[int, str, Any] | None = next(names.at(src, pos), None)
        if step is None:
            break
        end, _, char = step
        text += char
        found.append((end, text))
        if src.text[end : end + 1] != " ":
            break
        pos = end + 1
    return found


def _following(part: Parser, rest: Sequence[Parser]) -> Follow | None:
    """What `part` and the parts after it begin with, where that is a fixed text."""
    if not isinstance(part, Fixed):
        return None
    words = part.text.lstrip(" -–")
    lead = part.text[: len(part.text) - len(words)]
    if words:
        return Follow(lead, first_words(words)) if lead else None
    return Follow(lead, rest[0].starts()) if rest and not rest[0].nullable else None


def agrees(bundle: Bundle, wanted: Bundle) -> bool:
    """Whether a form with these features can stand where others are wanted."""
    return all(a is None or b is None or a == b for a, b in zip(bundle, wanted, strict=True))


def every_form(forms: Iterator[tuple[Bundle, str]], meaning: Any, features: Features) -> Phrases:
    """All forms of one word as phrases."""
    phrases = Phrases()
    for form in sorted({form for _, form in forms}):
        phrases.add(form, meaning)
    return phrases
