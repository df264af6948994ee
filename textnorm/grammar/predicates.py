"""Named predicates: conditions of `when` and `unless` that a regular expression cannot state.

Each gives a Python expression (see `textnorm.grammar.code`); answers that depend on the text of a
field alone are looked up in a table that fills itself.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import regex

from textnorm.errors import PackError
from textnorm.grammar.code import Code, Predicate, every, field, some
from textnorm.grammar.context import Context, left_word, matcher
from textnorm.grammar.prefilter import Need
from textnorm.grammar.template import Fields
from textnorm.memo import Memo

if TYPE_CHECKING:
    from textnorm.grammar.grammar import Grammar

_LIST_LEFT = regex.compile(r"(?r)(?<![\d.–-])(\d{1,9})(?:,| \p{Ll}{1,5})[^\S\n]")
_LIST_RIGHT = regex.compile(r"(?:,| \p{Ll}{1,5})[^\S\n](\d{1,9})(?![\d.])")
NEAR = 40  # characters on either side that `near` looks at
_LOOKUPS = frozenset(["analysis", "category", "equal", "in", "matches", "option", "present"])
_NESTED = frozenset(["all", "any", "not"])


def compile_predicate(tree: Any, grammar: Grammar) -> Predicate:
    """The predicate for a tree: all keys of a mapping must hold; a list is a choice of mappings."""
    code = Code()
    return code.function(_condition(tree, grammar, code))


def _condition(tree: Any, grammar: Grammar, code: Code) -> str:
    if isinstance(tree, list):
        return some([_condition(item, grammar, code) for item in _joined(tree)])
    cheapest_first = sorted(tree.items(), key=lambda item: _dear(dict([item])))
    return every([_one(name, args, grammar, code) for name, args in cheapest_first])


def need_of(tree: Any, grammar: Grammar) -> Need:
    """What must at least be there for the condition to hold."""
    left = right = ""
    fields: list[tuple[str, Callable[[str], bool]]] = []
    for name, args in _musts(tree, grammar):
        if name == "before":
            left = left or grammar.expand(args)
        elif name == "after":
            right = right or grammar.expand(args)
        else:
            fields += ((one, _FIELD_TESTS[name](value, grammar)) for one, value in args.items())
    return Need(left, right, tuple(fields))


def _musts(tree: Any, grammar: Grammar) -> Iterator[tuple[str, Any]]:
    """The conditions on the text around or on single fields that must all hold for the tree to hold."""
    if isinstance(tree, list):
        if len(tree) == 1:
            yield from _musts(tree[0], grammar)
        return
    for name, args in tree.items():
        if name in ("before", "after") or name in _FIELD_TESTS:
            yield name, args
        elif name == "all":
            for item in args:
                yield from _musts(item, grammar)
        elif name == "named":
            yield from _musts(grammar.named_condition(args), grammar)


def _dear(tree: Any) -> bool:
    """Whether a condition runs a pattern or reads the text: others, mere look-ups, are asked first."""
    if isinstance(tree, list):
        return any(map(_dear, tree))
    return any(_dear(args) if name in _NESTED else name not in _LOOKUPS for name, args in tree.items())


def _joined(choices: list[Any]) -> list[Any]:
    """The choices, with those that are one pattern of the same kind joined to a single pattern."""
    kept: list[Any] = []
    patterns: dict[str, list[str]] = {}
    for choice in choices:
        if isinstance(choice, Mapping) and len(choice) == 1:
            ((name, value),) = choice.items()
            if name in ("before", "after", "match"):
                patterns.setdefault(name, []).append(f"(?:{value})")
                continue
        kept.append(choice)
    return [{name: "|".join(values)} for name, values in patterns.items()] + kept


def _one(name: str, args: Any, grammar: Grammar, code: Code) -> str:
    builder = _BUILDERS.get(name)
    if builder is None:
        raise PackError(f"unknown predicate {name!r}", remedy=f"one of: {' '.join(sorted(_BUILDERS))}")
    return builder(args, grammar, code)


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


def _range(args: Any, grammar: Grammar, code: Code) -> str:
    """Each named field is a number between its bounds, both included; an absent field is in any range."""
    return every(
        [_table(name, _within(int(low), int(high), grammar), code) for name, (low, high) in args.items()]
    )


def _within(low: int, high: int, grammar: Grammar) -> Callable[[str], bool]:
    def test(text: str) -> bool:
        number = grammar.number(text) if text else None
        return not text or (number is not None and low <= number.integer <= high)

    return test


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


def _table(name: str, holds: Callable[[str], bool], code: Code) -> str:
    """The look-up of a field's text ('' if it is absent) among the answers of a test."""
    return f"{code.name(Memo(holds))}[{field(name)}]"


def _category(args: Any, grammar: Grammar, code: Code) -> str:
    """Each named field is a number of one of the plural categories listed."""
    return every([_table(name, _category_test(value, grammar), code) for name, value in args.items()])


def _category_test(wanted: str, grammar: Grammar) -> Callable[[str], bool]:
    categories = frozenset(wanted.split())
    return lambda text: grammar.category(text) in categories


def _in(args: Any, grammar: Grammar, code: Code) -> str:
    """Each named field is an entry of the lexicon (its first column, letter case as stored or lower)."""
    return every([_table(name, _entry_test(table, grammar), code) for name, table in args.items()])


def _entry_test(table: str, grammar: Grammar) -> Callable[[str], bool]:
    keys = grammar.tables.keys(table)
    return lambda text: text in keys or text.lower() in keys


def _matches(args: Any, grammar: Grammar, code: Code) -> str:
    """Each named field matches its regular expression from end to end."""
    return every([_table(name, _match_test(pattern, grammar), code) for name, pattern in args.items()])


def _match_test(pattern: str, grammar: Grammar) -> Callable[[str], bool]:
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


def _option(args: Any, grammar: Grammar, code: Code) -> str:
    """Each named option has one of the values listed."""
    return str(all(grammar.option(name) in value.split() for name, value in args.items()))


def _agrees(args: Any, grammar: Grammar, code: Code) -> str:
    """The words named can be what the number counts: {number: n, words: [w, w2], known: on}."""
    words = f"({''.join(f'{field(word)}, ' for word in args['words'])})"
    known = args.get("known") == "on"
    return f"bool({code.name(grammar.counted)}({words}, {field(args['number'])}, {known}))"


def _reading_test(wanted: str, grammar: Grammar) -> Callable[[str], bool]:
    """Whether a word has a reading with these values."""
    values = tuple(wanted.split())
    return lambda word: grammar.has_reading(word, values)


def _analysis(args: Any, grammar: Grammar, code: Code) -> str:
    """Each named field has a reading with all of the given feature values (and tags, as '#tag')."""
    return every([_table(name, _reading_test(value, grammar), code) for name, value in args.items()])


def _line(args: Any, grammar: Grammar, code: Code) -> str:
    """The whole line matches the regular expression somewhere."""
    return code.line(grammar.expand(args))


def _near(args: Any, grammar: Grammar, code: Code) -> str:
    """The pattern matches within NEAR characters left or right of the match, in its line."""
    search = matcher(grammar.expand(args), method="search")

    def test(fields: Fields, at: Context) -> bool:
        text, start, end = at
        left = search(text, max(0, start - NEAR), start)
        return left is not None or search(text, end, end + NEAR) is not None

    return code.call(test)


def _before(args: Any, grammar: Grammar, code: Code) -> str:
    """The text to the left of the match ends with a match of the pattern."""
    return code.before(grammar.expand(args))


def _after(args: Any, grammar: Grammar, code: Code) -> str:
    """The text to the right of the match begins with a match of the pattern."""
    return code.after(grammar.expand(args))


def _not(args: Any, grammar: Grammar, code: Code) -> str:
    """None of the conditions holds."""
    return f"not ({_condition(args, grammar, code)})"


def _all(args: Any, grammar: Grammar, code: Code) -> str:
    """Every mapping of the list holds."""
    return every([_condition(item, grammar, code) for item in sorted(args, key=_dear)])


def _at(args: Any, grammar: Grammar, code: Code) -> str:
    """Where the match stands: 'sentence-start' or 'sentence-end'."""
    if args == "sentence-start":
        return f"{code.name(grammar.sentence.starts)}(at)"
    if args == "sentence-end":
        return f"{code.name(grammar.sentence.ends)}(at)"
    raise PackError(f"unknown position {args!r}", remedy="sentence-start or sentence-end")


def _match(args: Any, grammar: Grammar, code: Code) -> str:
    """The matched text as a whole fits the regular expression."""
    return code.whole(grammar.expand(args))


def _left(args: Any, grammar: Grammar, code: Code) -> str:
    """The word right before the match has a reading with these feature values and '#tags'."""
    has = _reading_test(args, grammar)
    answers = code.name(Memo(lambda word: bool(word) and has(word)))
    return f"{answers}[{code.name(left_word)}(at)]"


def _modified(args: Any, grammar: Grammar, code: Code) -> str:
    """The word right before the match is a form in this modifier table that fits a number above one."""
    table, category = grammar.syntax.modifiers(args), grammar.category("2")
    return code.call(lambda fields, at: bool(table.find(at, category)))


def _named(args: Any, grammar: Grammar, code: Code) -> str:
    """A predicate that the grammar defines under a name."""
    return code.call(grammar.named_predicate(args))


# Predicates that test each of the fields they name by itself.
_FIELD_TESTS: Mapping[str, Callable[[Any, Grammar], Callable[[str], bool]]] = {
    "analysis": _reading_test,
    "category": _category_test,
    "in": _entry_test,
    "matches": _match_test,
}
_BUILDERS: Mapping[str, Callable[[Any, Grammar, Code], str]] = {
    "calendar": _calendar,
    "range": _range,
    "luhn": _luhn,
    "isbn": _isbn,
    "category": _category,
    "in": _in,
    "matches": _matches,
    "equal": _equal,
    "ascending": _ascending,
    "in_sequence": _in_sequence,
    "present": _present,
    "option": _option,
    "agrees": _agrees,
    "analysis": _analysis,
    "line": _line,
    "near": _near,
    "before": _before,
    "after": _after,
    "not": _not,
    "any": _condition,
    "all": _all,
    "at": _at,
    "match": _match,
    "left": _left,
    "modified": _modified,
    "named": _named,
}
NAMES = tuple(sorted(_BUILDERS))
