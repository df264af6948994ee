"""Builds parsers from the templates of rules, readings and number systems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from textnorm.errors import PackError
from textnorm.grammar.grammar import Grammar
from textnorm.grammar.inflect import Lexeme, Word
from textnorm.grammar.template import Absent, Call, Optional, Part, Template, compile_template
from textnorm.inverse.fieldparsers import (
    UNLIMITED,
    Copied,
    Inflected,
    Listed,
    Numbered,
    Spelled,
    every_form,
    spelled,
)
from textnorm.inverse.fields import FieldPatterns
from textnorm.inverse.numbers import Digits, NumberParser
from textnorm.inverse.parsers import Fixed, Maybe, Parser, Sequence_
from textnorm.inverse.source import Fields, Follow, Found, Got, Phrases, Source, Start, Swap, begins
from textnorm.inverse.writing import write

_ROW = 3  # digits in a row that are surely said one by one


class Unreadable(Exception):
    """A template has a part that cannot be read backwards."""


class Compiler:
    """Parsers for the templates of one grammar; number systems and readings are shared."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self._numbers = {name: NumberParser(system, self) for name, system in grammar.systems().items()}
        self._readings: dict[str, ReadingParser] = {}
        self._spelled: dict[tuple[str, ...], Phrases] = {}
        self._spoken: dict[str, NumberParser] = {}  # the systems that rules say fields by

    def numbers(self, name: str) -> NumberParser:
        """The number system called `name`, backwards."""
        return self._numbers[name]

    def longest_number(self, src: Source, pos: int) -> int:
        """Where the longest number that begins at `pos` ends; `pos` if none does."""
        ends = (
            end
            for system in self._spoken.values()
            for end, _, _ in system.read(src, pos, UNLIMITED)
            if src.ends_word(end)
        )
        return max(ends, default=pos)

    def longest_spelled(self, src: Source, pos: int) -> int:
        """Where the longest row of digits said one by one at `pos` ends, or `pos`."""
        rows = (spelled(src, pos, names) for names in self._spelled.values())
        ends = (row[-1][0] for row in rows if len(row) >= _ROW and row[-1][1].lstrip("+").isdecimal())
        return max(ends, default=pos)

    def begins(self, word: str) -> bool:
        """Whether a number of some system or reading can begin with `word`."""
        if any(begins(word, system.starts()) for system in self._spoken.values()):
            return True
        return any(begins(word, reading.starts()) for reading in self._readings.values())

    def ends(self, src: Source, pos: int) -> list[int]:
        """Where numbers that begin at `pos` may end, by any number system or reading."""
        found = {end for system in self._spoken.values() for end, _, _ in system.read(src, pos, UNLIMITED)}
        if found or any(not reading.numeric for reading in self._readings.values()):
            for reading in self._readings.values():
                found.update(end for end, _, _ in reading.read(src, pos))
        return list(found)

    def template(self, template: Template, fields: FieldPatterns) -> Sequence_:
        """The parser for a rule's or a reading's template; raises Unreadable."""
        return Sequence_([self._part(part, fields) for part in template.parts])

    def _part(self, part: Part, fields: FieldPatterns) -> Parser:
        if isinstance(part, str):
            return Fixed(part)
        if isinstance(part, Optional):
            return Maybe(Sequence_([self._part(inner, fields) for inner in part.parts]))
        return self._call(part, fields)

    def _call(self, call: Call, fields: FieldPatterns) -> Parser:
        if not call.op:
            return Copied(call.name, fields) if call.name in fields else Fixed(call.name)
        if call.op in self._numbers:
            system = self._spoken[call.op] = self._numbers[call.op]
            return Numbered(call, fields, system.read, system.starts)
        if call.op == "noun":
            return self._noun(call, fields)
        if call.op == "spell":
            return Spelled(call.name, fields, self._names(call.args))
        if call.op == "lex":
            return Listed(call.name, self._backwards(call, fields))
        if call.name in fields and any(
            _copies(shape["say"]) for shape in self.grammar.reading_shapes(call.op)
        ):
            return Copied(call.name, fields)
        reading = self.reading(call.op)
        if reading is None:
            raise Unreadable(call.op)
        return ReadingCall(call, fields, reading)

    def number_template(self, template: Template, limits: Mapping[str, int]) -> Parser:
        """The parser for a base of a number system."""
        return Sequence_([self._number_part(part, limits) for part in template.parts])

    def _number_part(self, part: Part, limits: Mapping[str, int]) -> Parser:
        if isinstance(part, str):
            return Fixed(part)
        if isinstance(part, Optional):
            return Maybe(Sequence_([self._number_part(inner, limits) for inner in part.parts]))
        if part.op in self._numbers and part.name in limits:
            return Digits(part.name, part.drop, self._numbers[part.op], limits[part.name])
        inflector = self.grammar.inflector
        if part.op == "form" and part.args and inflector is not None:
            forms = inflector.word_forms(Word(part.name, part.args[0], True))
            return Listed("", every_form(forms, ""))
        if part.op == "noun":
            return self._noun(part, FieldPatterns("", {}, self.grammar))
        raise PackError(f"'{part.op}' of a number system cannot be run backwards")

    def _noun(self, call: Call, fields: FieldPatterns) -> Inflected:
        if call.name not in fields:
            lexeme = self.grammar.lexeme(call.name, call.table)
            if lexeme is None:
                raise Unreadable(call.name)
            return Inflected(call, self.grammar, iter([(call.name, lexeme)]))
        return Inflected(call, self.grammar, self._signs(call, fields))

    def _signs(self, call: Call, fields: FieldPatterns) -> Iterator[tuple[str, Lexeme]]:
        for sign, lexeme in self.grammar.lexemes.written(call.table):
            if fields.fits(call.name, sign):
                yield sign, lexeme

    def _names(self, tables: Iterable[str]) -> Phrases:
        key = tuple(tables)
        phrases = self._spelled.get(key)
        if phrases is None:
            phrases = self._spelled[key] = Phrases()
            for table in key:
                for sign, name in self.grammar.tables.mapping(table).items():
                    if name and not sign.isspace():
                        phrases.add(name, sign)
        return phrases

    def _backwards(self, call: Call, fields: FieldPatterns) -> Phrases:
        phrases = Phrases()
        said: set[str] = set()
        for table in call.args:
            for sign, reading in self.grammar.tables.mapping(table).items():
                if reading and reading not in said and fields.fits(call.name, sign):
                    said.add(reading)
                    phrases.add(reading, sign)
        return phrases

    def reading(self, name: str) -> ReadingParser | None:
        """The reading called `name`, backwards; None if it has no shape with `write`."""
        known = self._readings.get(name)
        if known is None:
            shapes = [shape for shape in self.grammar.reading_shapes(name) if "write" in shape]
            if not shapes:
                return None
            known = self._readings[name] = ReadingParser(shapes, self)
        return known


def _copies(say: str) -> bool:
    """Whether a reading's template only repeats what is written."""
    return say.startswith("{") and say.endswith("}") and say[1:-1].isidentifier()


class ReadingParser:
    """A named reading, backwards: the text that each shape would have been written as."""

    def __init__(self, shapes: Iterable[Mapping[str, Any]], compiler: Compiler) -> None:
        self._shapes: list[tuple[FieldPatterns, Sequence_, Template]] = []
        features = compiler.grammar.features
        for shape in shapes:
            fields = FieldPatterns(f"(?P<all>{shape['match']})", compiler.grammar.macros(), compiler.grammar)
            say = compile_template(shape["say"], features)
            parser = compiler.template(say, fields)
            self._shapes.append((fields, parser, compile_template(shape["write"], features)))

    def read(self, src: Source, pos: int) -> list[tuple[int, str, tuple[Swap, ...]]]:
        """(end, written, what was said otherwise) of every way to read it."""
        known = src.readings.get((id(self), pos))
        if known is None:
            known = src.readings[id(self), pos] = list(self._read(src, pos))
        return known

    def _read(self, src: Source, pos: int) -> Iterator[tuple[int, str, tuple[Swap, ...]]]:
        for fields, parser, template in self._shapes:
            for end, got in parser.parse(src, pos, {}):
                try:
                    text = write(template, got, src.raw)
                except Absent:
                    continue
                if fields.fits("all", text):
                    yield end, text, tuple(swap for field in got.values() for swap in field.swaps)

    @property
    def numeric(self) -> bool:
        """Whether all it says begins with a number."""
        return all(parser.numeric for _, parser, _ in self._shapes)

    def starts(self) -> set[Start]:
        """The words it can begin with."""
        return {start for _, parser, _ in self._shapes for start in parser.starts()}


class ReadingCall:
    """A field said by a named reading."""

    follow: Follow | None = None
    numeric = True
    nullable = False

    def __init__(self, call: Call, fields: FieldPatterns, reading: ReadingParser) -> None:
        self._call, self._fields, self._reading = call, fields, reading

    def parse(self, src: Source, pos: int, got: Fields) -> Iterator[Found]:
        """The texts that the field could hold."""
        name = self._call.name
        for end, text, swaps in self._reading.read(src, pos):
            if self.follow is not None and not self.follow(src, end):
                continue
            fitting = text if self._fields.fits(name, text) else text.zfill(2)
            if self._fields.fits(name, fitting):
                yield end, {**got, name: Got(fitting, pos, end, False, swaps)}

    def starts(self) -> set[Start]:
        """The words it can begin with."""
        return self._reading.starts()
