"""Parsers of fields: what a call of a template says, read back to what the field held."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from textnorm.grammar.features import Bundle, overlay
from textnorm.grammar.grammar import Grammar
from textnorm.grammar.inflect import Lexeme
from textnorm.grammar.template import Call
from textnorm.inverse.fields import FieldPatterns
from textnorm.inverse.source import Counted, Fields, Follow, Found, Got, Phrases, Source, Start, first_words

UNLIMITED = 10**18
_MAX_SPELLED = 40  # characters spelled one by one in a row
Reader = Callable[[Source, int, int], list[Counted]]  # source, position, limit


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

    def __init__(self, name: str, phrases: Phrases) -> None:
        self._name, self._phrases = name, phrases

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


def agrees(bundle: Bundle, wanted: Bundle) -> bool:
    """Whether a form with these features can stand where others are wanted."""
    return all(a is None or b is None or a == b for a, b in zip(bundle, wanted, strict=True))


def every_form(forms: Iterator[tuple[Bundle, str]], meaning: str) -> Phrases:
    """All forms of one word as phrases."""
    phrases = Phrases()
    for form in sorted({form for _, form in forms}):
        phrases.add(form, meaning)
    return phrases
