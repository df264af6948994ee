"""The grammar of a pack: one place where its tables meet and a template's calls get their meaning."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import regex

from textnorm.errors import Location, PackError
from textnorm.grammar.code import Predicate
from textnorm.grammar.context import is_late
from textnorm.grammar.features import Bundle, Features, overlay
from textnorm.grammar.inflect import Inflector, Lexeme
from textnorm.grammar.lexemes import Lexemes
from textnorm.grammar.morphology import Morphology
from textnorm.grammar.numbers import NumberSystem
from textnorm.grammar.numerals import Number, NumeralReader
from textnorm.grammar.operations import OPERATIONS
from textnorm.grammar.plural import compile_plural, operands
from textnorm.grammar.predicates import compile_predicate
from textnorm.grammar.readings import Reading
from textnorm.grammar.sentence import Sentences
from textnorm.grammar.signs import NumeralSystem
from textnorm.grammar.syntax import Syntax
from textnorm.grammar.tables import Tables
from textnorm.grammar.template import Absent, Call, Decline, Fields
from textnorm.memo import Memo
from textnorm.pack.expand import expand
from textnorm.pack.model import Pack

_LONG_WORD = regex.compile(
    r"^\w|(?<=[\s/-])\w(?=\w{3})"
)  # the first word, and those of four letters and more


class Grammar:
    """Compiled tables of one pack under one choice of options."""

    def __init__(self, pack: Pack, options: Mapping[str, str]) -> None:
        self._pack, self.options = pack, options
        tree = pack.grammar
        self._tree: Mapping[str, Any] = tree
        self.fences: Mapping[str, Mapping[str, Any]] = tree.get("fences", {})
        self.features = Features(tree.get("features", {}))
        self.tables = Tables(pack, self.features)
        self._numeral_systems = {
            name: NumeralSystem(name, body) for name, body in tree.get("numeral_systems", {}).items()
        }
        self.numerals = NumeralReader(**tree.get("numerals", {}), systems=self._numeral_systems.values())
        self._plural = compile_plural(tree.get("plural", {"other": ""}))
        self._agreement = {
            name: self.features.parse(value) for name, value in tree.get("agreement", {}).items()
        }
        leaf = tree.get("leaf", next(iter(self.features.names), ""))
        self.inflector = (
            Inflector(self.features, tree.get("paradigms", {}), tree.get("alternations", []), leaf)
            if self.features.names
            else None
        )
        self.governed_slot = self.features.names.index(leaf) if leaf else 0
        self._numbers = Memo(self.numerals.read)
        self.categories = Memo(self._category)  # number as written → plural category; 'none' if it is none
        self._senses = Memo(self._sense)
        self._predicates: dict[tuple[str, bool], Predicate] = {}
        self.lexemes = Lexemes(tree.get("lexemes", []), tree.get("tags", {}), self)
        self.morphology = Morphology(tree.get("morphology", {}), self)
        self._systems: dict[str, NumberSystem] = {}
        for name, rules in tree.get("numbers", {}).items():
            self._systems[name] = NumberSystem(name, rules, self, self.features, self.inflector)
        self._readings = {name: Reading(name, body, self) for name, body in tree.get("readings", {}).items()}
        self.sentence = Sentences(tree.get("sentence", {}), self.tables.keys, self.has_reading)
        self.syntax = Syntax(pack, self)

    # -- what a template asks ------------------------------------------------------------------

    def call(self, call: Call, fields: Fields, bundle: Bundle) -> str:
        """The text of one template call."""
        value = fields.get(call.name, call.name)
        if value is None or value == "":
            raise Absent(call.name)
        if call.drop is not None and value == call.drop:
            raise Absent(call.name)
        said = str(value) if not call.op else self._apply(call, value, fields, bundle)
        if not said:
            raise Absent(call.name)
        if call.ends and not said.endswith(str(fields.get(call.ends) or "")):
            raise Decline(f"{said!r} does not end as written")
        if call.capital == "upper":
            return said.upper()
        if call.capital == "title":
            return str(_LONG_WORD.sub(lambda letter: letter[0].upper(), said))
        return said[:1].upper() + said[1:] if call.capital else said

    def _apply(self, call: Call, value: str | int, fields: Fields, bundle: Bundle) -> str:
        if call.of:
            bundle = overlay(bundle, self._lexeme_of(call, fields).features)
        if call.over is not self.features.empty:
            bundle = overlay(bundle, call.over)
        op = call.op
        system = self._systems.get(op)
        if system is not None:
            return system.say(value if isinstance(value, int) else self.integer(value), bundle)
        reading = self._readings.get(op)
        if reading is not None:
            return reading.say(str(value), bundle)
        operation = OPERATIONS.get(op)
        if operation is None:
            raise PackError(f"unknown operation {op!r} in a template", remedy=self._known_operations())
        return operation(self, call, value, fields, bundle)

    def read(self, name: str, text: str, bundle: Bundle) -> str:
        """The text said by the reading of that name."""
        reading = self._readings.get(name)
        if reading is None:
            raise PackError(f"unknown reading {name!r}", remedy=f"one of: {' '.join(sorted(self._readings))}")
        return reading.say(text, bundle)

    def check_call(self, call: Call) -> None:
        """Raise PackError if a call's operation or literal lexeme is unknown."""
        known = (*self._systems, *self._readings, *OPERATIONS)
        if call.op and call.op not in known:
            raise PackError(f"unknown operation {call.op!r} in a template", remedy=self._known_operations())

    def _known_operations(self) -> str:
        return "one of: " + " ".join(sorted({*OPERATIONS, *self._systems, *self._readings}))

    def _lexeme_of(self, call: Call, fields: Fields) -> Lexeme:
        surface = str(fields.get(call.of) or "") if call.of in fields else call.of
        lexeme = self.lexeme(surface, call.table)
        if lexeme is None:
            raise Decline(f"no lexeme for {surface!r}")
        return lexeme

    def counted_noun(self, call: Call, fields: Fields, bundle: Bundle, lexeme: Lexeme) -> Bundle:
        """The bundle a noun takes: its case and number, as the number that counts it demands."""
        bundle = overlay(bundle, call.over)
        if call.by:
            value = fields.get(call.by)
            text = str(value) if value is not None else "0"
            bundle = overlay(bundle, self._agreement.get(self.category(text), self.features.empty))
        return overlay(bundle, lexeme.features)

    def integer(self, value: str) -> int:
        """The whole number written as `value`; raises Decline if it is none."""
        number = self.number(value)
        if number is None or number.fraction:
            raise Decline(f"{value!r} is not a whole number")
        return number.integer

    def numeral_system(self, name: str) -> NumeralSystem:
        """The numeral system that the grammar describes under this name."""
        found = self._numeral_systems.get(name)
        if found is None:
            raise PackError(
                f"unknown numeral system {name!r}", at=self._pack.grammar_at.get("numeral_systems")
            )
        return found

    # -- what the inverse asks -----------------------------------------------------------------

    def systems(self) -> Mapping[str, NumberSystem]:
        """The number systems by name."""
        return self._systems

    def reading_shapes(self, name: str) -> list[Mapping[str, Any]]:
        """The shapes of a reading as the pack lists them; [] if there is no such reading."""
        return list(self._tree.get("readings", {}).get(name, ()))

    def macros(self) -> Mapping[str, str]:
        """The patterns that the grammar names."""
        found: Mapping[str, str] = self._tree.get("macros", {})
        return found

    # -- numbers -------------------------------------------------------------------------------

    def number(self, text: str) -> Number | None:
        """The number written as `text`, or None."""
        return self._numbers[text]

    def category(self, text: str) -> str:
        """The plural category of the number written as `text`; 'none' if it is no number."""
        return self.categories[text]

    def _category(self, text: str) -> str:
        number = self.number(text)
        return "none" if number is None else self._plural(operands(number.integer, number.fraction))

    def month_number(self, text: str) -> int | None:
        """1-12 for a month written in digits or listed in the grammar's `months` lexicon."""
        number = self.number(text)
        if number is not None and not number.fraction:
            return number.integer if 1 <= number.integer <= 12 else None
        name = self._tree.get("months", "")
        found = self.tables.lookup(name, text.lower()) if name else None
        return int(found) if found else None

    # -- words ---------------------------------------------------------------------------------

    def lexeme(self, surface: str, table: str = "") -> Lexeme | None:
        """The lexeme written as `surface` (a lemma, or a unit's sign), or None; `table` names its table."""
        return self.lexemes.find(surface, table)

    def sense(self, surface: str) -> str:
        """The sense tag (time, money, …) of the lexeme written as `surface`, or ''."""
        return self._senses[surface]

    def _sense(self, surface: str) -> str:
        lexeme = self.lexeme(surface)
        tags = lexeme.tags if lexeme else self.morphology.tags(surface)
        senses = self._tree.get("senses", [])
        return next((sense for sense in senses if sense in tags), "")

    def counted(self, words: tuple[str, ...], number: str, known: bool) -> tuple[Bundle, ...]:
        """Readings of the first of `words` that the number can count; () if there is none."""
        return self.morphology.counted(words, self.category(number), known)

    def agreement(self, category: str) -> Bundle:
        """What a number of this plural category demands of its noun."""
        return self._agreement.get(category, self.features.empty)

    def readings_of(self, words: tuple[str, ...]) -> tuple[Bundle, ...]:
        """Readings of the first of `words` that has any."""
        return self.morphology.readings(words)

    def readings_with(self, word: str, wanted: tuple[str, ...]) -> tuple[Bundle, ...]:
        """The word's readings that have all the feature values, and '#tags', of `wanted`."""
        return self.morphology.readings_with(word, wanted)

    def has_reading(self, word: str, wanted: tuple[str, ...]) -> bool:
        """Whether some reading of the word has all the feature values, and '#tags', of `wanted`."""
        return self.morphology.has(word, wanted)

    def without(self, bundles: tuple[Bundle, ...], names: frozenset[str]) -> tuple[Bundle, ...]:
        """The bundles with the named features left open."""
        drop = [name in names for name in self.features.names]
        kept = (
            tuple(None if gone else value for gone, value in zip(drop, bundle, strict=True))
            for bundle in bundles
        )
        return tuple(dict.fromkeys(kept))

    # -- what the pack names ---------------------------------------------------------------------

    def alike(self, one: str, other: str) -> bool:
        """Whether two words (or signs of units) are the same or have a tag in common."""
        if one == other:
            return True
        first, second = self.lexeme(one), self.lexeme(other)
        return first is not None and second is not None and bool(first.tags & second.tags)

    def cue_list(self, name: str) -> list[Mapping[str, Any]]:
        """The named list of cues."""
        found = self._tree.get("cues", {}).get(name)
        if found is None:
            raise PackError(f"unknown cue list {name!r}", at=self._pack.grammar_at.get("cues"))
        return list(found)

    def named_predicate(self, name: str) -> Predicate:
        """The predicate that the grammar defines under `name`."""
        key = (name, is_late())
        if key not in self._predicates:
            self._predicates[key] = compile_predicate(self.named_condition(name), self)
        return self._predicates[key]

    def named_condition(self, name: str) -> Any:
        """The same as the pack writes it."""
        found = self._tree.get("predicates", {}).get(name)
        if found is None:
            raise PackError(f"unknown named predicate {name!r}", at=self._pack.grammar_at.get("predicates"))
        return found

    def option(self, name: str) -> str:
        """The value chosen for a pack option."""
        if name not in self.options:
            raise PackError(f"unknown option {name!r}", remedy=f"one of: {' '.join(sorted(self.options))}")
        return self.options[name]

    def expand(
        self, pattern: str, macros: Mapping[str, str] | None = None, at: Location | None = None
    ) -> str:
        """A pattern with the pack's macros and lexicon references written out."""
        if "{" not in pattern:
            return pattern
        shared: Mapping[str, str] = self._tree.get("macros", {}) if macros is None else macros
        return expand(pattern, shared, self._pack.lexicons, at or Location(self._pack.name))

    def bounds(self, name: str) -> tuple[str, str] | None:
        """Left and right look-around of a named boundary; None if it is not defined."""
        found = self._tree.get("bounds", {}).get(name)
        if found is None:
            return None
        return self.expand(found.get("left", "")), self.expand(found.get("right", ""))
