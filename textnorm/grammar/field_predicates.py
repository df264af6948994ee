"""Predicates about the fields of a match.

Each gives a Python expression (see `textnorm.grammar.code`); answers that depend on the text of a
field alone are looked up in a table that fills itself.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import regex

from textnorm.grammar.code import Code, every, field
from textnorm.grammar.context import Context, matcher
from textnorm.grammar.template import Fields
from textnorm.memo import Memo

if TYPE_CHECKING:
    from textnorm.grammar.grammar import Grammar

Builder = Callable[[Any, "Grammar", Code], str]
Test = Callable[[str], bool]  # of the text of a field

_LIST_LEFT = regex.compile(r"(?r)(?<![\d.–-])(\d{1,9})(?:,| \p{Ll}{1,5})[^\S\n]")
_LIST_RIGHT = regex.compile(r"(?:,| \p{Ll}{1,5})[^\S\n](\d{1,9})(?![\d.])")


def _table(name: str, holds: Test, code: Code) -> str:
    """The look-up of a field's text ('' if it is absent) among the answers of a test."""
    return f"{code.name(Memo(holds))}[{field(name)}]"


def _each(test: Callable[[Any, Grammar], Test]) -> Builder:
    """The predicate that each of the fields named passes its test."""

    def build(args: Any, grammar: Grammar, code: Code) -> str:
        return every([_table(name, test(value, grammar), code) for name, value in args.items()])

    return build


def _text(fields: Fields, name: str) -> str:
    value = fields.get(name)
    return "" if value is None else str(value)


def _calendar(args: Any, grammar: Grammar, code: Code) -> str:
    """Year, month and day fields name a day of the Gregorian calendar; '-' for the year: any leap year."""
    year, month, day = args

    def test(fields: Fields, at: Context) -> bool:
        number = grammar.month_number(_text(fields, month))
        y = grammar.number(_text(fields, year)) if year != "-" else None
        d = grammar.number(_text(fields, day))
        if number is None or d is None or (year != "-" and y is None):
            return False
        try:
            datetime.date(y.integer if y else 2000, number, d.integer)
        except (ValueError, OverflowError):
            return False
        return True

    return code.call(test)


def _luhn(args: Any, grammar: Grammar, code: Code) -> str:
    """The digits of the field pass the Luhn check (ISO/IEC 7812-1)."""

    def test(text: str) -> bool:
        digits = [int(char) for char in text if char.isdecimal()]
        total = sum(digits[-1::-2]) + sum(sum(divmod(2 * d, 10)) for d in digits[-2::-2])
        return bool(digits) and total % 10 == 0

    return _table(args, test, code)


def _isbn(args: Any, grammar: Grammar, code: Code) -> str:
    """The field holds a valid ISBN-10 or ISBN-13 (ISO 2108)."""

    def test(text: str) -> bool:
        chars = [char for char in text.upper() if char.isdecimal() or char == "X"]
        if len(chars) == 13 and "X" not in chars:
            return sum(int(c) * (3 if i % 2 else 1) for i, c in enumerate(chars)) % 10 == 0
        if len(chars) == 10 and "X" not in chars[:9]:
            return sum((10 - i) * (10 if c == "X" else int(c)) for i, c in enumerate(chars)) % 11 == 0
        return False

    return _table(args, test, code)


def _range_test(bounds: tuple[str, str], grammar: Grammar) -> Test:
    """A number between the bounds, both included; an absent field is in any range."""
    low, high = map(int, bounds)

    def test(text: str) -> bool:
        number = grammar.number(text) if text else None
        return not text or (number is not None and low <= number.integer <= high)

    return test


def _category_test(wanted: str, grammar: Grammar) -> Test:
    """A number of one of the plural categories listed."""
    categories = frozenset(wanted.split())
    return lambda text: grammar.category(text) in categories


def _entry_test(table: str, grammar: Grammar) -> Test:
    """An entry of the lexicon (its first column, letter case as stored or lower)."""
    keys = grammar.tables.keys(table)
    return lambda text: text in keys or text.lower() in keys


def _match_test(pattern: str, grammar: Grammar) -> Test:
    """Text that matches the regular expression from end to end."""
    match = matcher(grammar.expand(pattern), method="fullmatch")
    return lambda text: match(text) is not None


def _equal(args: Any, grammar: Grammar, code: Code) -> str:
    """The named fields hold the same text."""
    return " == ".join(field(name) for name in args)


def _ascending(args: Any, grammar: Grammar, code: Code) -> str:
    """The named fields are numbers, each larger than the one before it."""

    def test(fields: Fields, at: Context) -> bool:
        numbers = [grammar.number(_text(fields, field)) for field in args]
        values = [(n.integer, float(f"0.{n.fraction or 0}")) for n in numbers if n is not None]
        return len(values) == len(args) and all(a < b for a, b in pairwise(values))

    return code.call(test)


def _in_sequence(args: Any, grammar: Grammar, code: Code) -> str:
    """The matched number fits its neighbours in a list: larger than the one before, smaller than the next.

    Superscripts that lost their height (109 with a raised 1 written 1091) betray themselves this way.
    """

    def test(fields: Fields, at: Context) -> bool:
        number = grammar.number(_text(fields, args))
        if number is None:
            return False
        left = _LIST_LEFT.match(at.text, 0, at.start)
        right = _LIST_RIGHT.match(at.text, at.end)
        fits_left = left is None or int(left[1]) < number.integer
        return fits_left and (right is None or int(right[1]) > number.integer)

    return code.call(test)


def _present(args: Any, grammar: Grammar, code: Code) -> str:
    """The named fields have text."""
    return every([f"bool(fields.get({name!r}))" for name in args.split()])


def _agrees(args: Any, grammar: Grammar, code: Code) -> str:
    """The words named can be what the number counts: {number: n, words: [w, w2], known: on}."""
    words = f"({''.join(f'{field(word)}, ' for word in args['words'])})"
    known = args.get("known") == "on"
    return f"bool({code.name(grammar.counted)}({words}, {field(args['number'])}, {known}))"


def reading_test(wanted: str, grammar: Grammar) -> Test:
    """A word with a reading that has all of these feature values (and tags, as '#tag')."""
    values = tuple(wanted.split())
    return lambda word: grammar.has_reading(word, values)


# Predicates that test each of the fields they name by itself: what the text of one must be.
FIELD_TESTS: Mapping[str, Callable[[Any, Grammar], Test]] = {
    "analysis": reading_test,
    "category": _category_test,
    "in": _entry_test,
    "matches": _match_test,
}
FIELD_PREDICATES: Mapping[str, Builder] = {
    **{name: _each(test) for name, test in FIELD_TESTS.items()},
    "range": _each(_range_test),
    "calendar": _calendar,
    "luhn": _luhn,
    "isbn": _isbn,
    "equal": _equal,
    "ascending": _ascending,
    "in_sequence": _in_sequence,
    "present": _present,
    "agrees": _agrees,
}
