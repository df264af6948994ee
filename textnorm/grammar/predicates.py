"""Named predicates: conditions of `when` and `unless` that a regular expression cannot state."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import regex

from textnorm.errors import PackError
from textnorm.grammar.context import Context, after, before, matcher
from textnorm.grammar.template import Fields

if TYPE_CHECKING:
    from textnorm.grammar.grammar import Grammar

_LIST_LEFT = regex.compile(r"(?r)(?<![\d.–-])(\d{1,9})(?:,| \p{Ll}{1,5})[^\S\n]")
_LIST_RIGHT = regex.compile(r"(?:,| \p{Ll}{1,5})[^\S\n](\d{1,9})(?![\d.])")
_KEPT = 20_000  # answers that a predicate remembers
_LEFT_WORD = regex.compile(r"(?r)(\w+)[^\S\n]+")
_LOOKUPS = frozenset(["analysis", "category", "equal", "in", "matches", "option", "present"])
_NESTED = frozenset(["all", "any", "not"])
Predicate = Callable[[Fields, Context], bool]


def compile_predicate(tree: Any, grammar: Grammar) -> Predicate:
    """The predicate for a tree: all keys of a mapping must hold; a list is a choice of mappings."""
    if isinstance(tree, list):
        return _any([compile_predicate(item, grammar) for item in _joined(tree)])
    cheapest_first = sorted(tree.items(), key=lambda item: _dear(dict([item])))
    return _every([_compile_one(name, args, grammar) for name, args in cheapest_first])


def _dear(tree: Any) -> bool:
    """Whether a condition runs a pattern or reads the text: others, mere look-ups, are asked first."""
    if isinstance(tree, list):
        return any(map(_dear, tree))
    return any(_dear(args) if name in _NESTED else name not in _LOOKUPS for name, args in tree.items())


def _every(tests: list[Predicate]) -> Predicate:
    if len(tests) == 1:
        return tests[0]
    if len(tests) == 2:
        first, second = tests
        return lambda fields, at: first(fields, at) and second(fields, at)

    def test(fields: Fields, at: Context) -> bool:
        for one in tests:  # noqa: SIM110 - a plain loop, half the cost, run for every candidate
            if not one(fields, at):
                return False
        return True

    return test


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


def _any(tests: list[Predicate]) -> Predicate:
    if len(tests) == 1:
        return tests[0]
    if len(tests) == 2:
        first, second = tests
        return lambda fields, at: first(fields, at) or second(fields, at)

    def test(fields: Fields, at: Context) -> bool:
        for one in tests:  # noqa: SIM110 - as above
            if one(fields, at):
                return True
        return False

    return test


def _compile_one(name: str, args: Any, grammar: Grammar) -> Predicate:
    builder = _BUILDERS.get(name)
    if builder is None:
        raise PackError(f"unknown predicate {name!r}", remedy=f"one of: {' '.join(sorted(_BUILDERS))}")
    return builder(args, grammar)


def _text(fields: Fields, name: str) -> str:
    value = fields.get(name)
    return "" if value is None else str(value)


def _calendar(args: Any, grammar: Grammar) -> Predicate:
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

    return test


def _range(args: Any, grammar: Grammar) -> Predicate:
    """Each named field is a number between its bounds, both included."""
    bounds = [(field, int(low), int(high)) for field, (low, high) in args.items()]

    def test(fields: Fields, at: Context) -> bool:
        for field, low, high in bounds:
            text = _text(fields, field)
            number = grammar.number(text) if text else None
            if text and (number is None or not low <= number.integer <= high):
                return False
        return True

    return test


def _luhn(args: Any, grammar: Grammar) -> Predicate:
    """The digits of the field pass the Luhn check (ISO/IEC 7812-1)."""

    def test(fields: Fields, at: Context) -> bool:
        digits = [int(char) for char in _text(fields, args) if char.isdecimal()]
        total = sum(digits[-1::-2]) + sum(sum(divmod(2 * d, 10)) for d in digits[-2::-2])
        return bool(digits) and total % 10 == 0

    return test


def _isbn(args: Any, grammar: Grammar) -> Predicate:
    """The field holds a valid ISBN-10 or ISBN-13 (ISO 2108)."""

    def test(fields: Fields, at: Context) -> bool:
        chars = [char for char in _text(fields, args).upper() if char.isdecimal() or char == "X"]
        if len(chars) == 13 and "X" not in chars:
            return sum(int(c) * (3 if i % 2 else 1) for i, c in enumerate(chars)) % 10 == 0
        if len(chars) == 10 and "X" not in chars[:9]:
            return sum((10 - i) * (10 if c == "X" else int(c)) for i, c in enumerate(chars)) % 11 == 0
        return False

    return test


def _category(args: Any, grammar: Grammar) -> Predicate:
    """Each named field is a number of one of the plural categories listed."""
    wanted = [(field, frozenset(value.split())) for field, value in args.items()]
    if len(wanted) == 1:
        ((name, allowed),) = wanted
        return lambda fields, at: grammar.category(_text(fields, name)) in allowed
    return lambda fields, at: all(grammar.category(_text(fields, f)) in kinds for f, kinds in wanted)


def _in(args: Any, grammar: Grammar) -> Predicate:
    """Each named field is an entry of the lexicon (its first column, letter case as stored or lower)."""
    return _on_fields({field: _entry_test(grammar.keys(table)) for field, table in args.items()})


def _entry_test(keys: frozenset[str]) -> Callable[[str], bool]:
    return lambda text: text in keys or text.lower() in keys


def _matches(args: Any, grammar: Grammar) -> Predicate:
    """Each named field matches its regular expression from end to end."""
    return _on_fields({field: _match_test(pattern, grammar) for field, pattern in args.items()})


def _match_test(pattern: str, grammar: Grammar) -> Callable[[str], bool]:
    match = matcher(grammar.expand(pattern), method="fullmatch")
    return _kept(lambda text: match(text) is not None)


def _on_fields(tests: Mapping[str, Callable[[str], bool]]) -> Predicate:
    """A test for each of some fields; an absent field is tested as ''."""
    if len(tests) == 1:
        ((name, holds),) = tests.items()
        return lambda fields, at: holds(_text(fields, name))
    pairs = tuple(tests.items())
    return lambda fields, at: all(holds(_text(fields, name)) for name, holds in pairs)


def _kept(holds: Callable[[str], bool]) -> Callable[[str], bool]:
    """The same test; its answers are remembered."""
    known: dict[str, bool] = {}

    def test(text: str) -> bool:
        answer = known.get(text)
        if answer is None:
            if len(known) > _KEPT:
                known.clear()
            answer = known[text] = holds(text)
        return answer

    return test


def _equal(args: Any, grammar: Grammar) -> Predicate:
    """The named fields hold the same text."""
    return lambda fields, at: len({_text(fields, field) for field in args}) == 1


def _ascending(args: Any, grammar: Grammar) -> Predicate:
    """The named fields are numbers, each larger than the one before it."""

    def test(fields: Fields, at: Context) -> bool:
        numbers = [grammar.number(_text(fields, field)) for field in args]
        values = [(n.integer, float(f"0.{n.fraction or 0}")) for n in numbers if n is not None]
        return len(values) == len(args) and all(a < b for a, b in pairwise(values))

    return test


def _in_sequence(args: Any, grammar: Grammar) -> Predicate:
    """The matched number fits its neighbours in a list: larger than the one before, smaller than the next.

    Superscripts that lost their height (109 with a raised 1 written 1091) betray themselves this way.
    """

    def test(fields: Fields, at: Context) -> bool:
        number = grammar.number(_text(fields, args))
        if number is None:
            return False
        left = _LIST_LEFT.match(at.text, at.line_start, at.start)
        right = _LIST_RIGHT.match(at.text, at.end, at.line_end)
        fits_left = left is None or int(left[1]) < number.integer
        return fits_left and (right is None or int(right[1]) > number.integer)

    return test


def _present(args: Any, grammar: Grammar) -> Predicate:
    """The named fields have text."""
    names = args.split()
    if len(names) == 1:
        (only,) = names
        return lambda fields, at: bool(fields.get(only))
    return lambda fields, at: all(fields.get(name) for name in names)


def _option(args: Any, grammar: Grammar) -> Predicate:
    """Each named option has one of the values listed."""
    holds = all(grammar.option(name) in value.split() for name, value in args.items())
    return lambda fields, at: holds


def _agrees(args: Any, grammar: Grammar) -> Predicate:
    """The words named can be what the number counts: {number: n, words: [w, w2], known: on}."""
    words, known = args["words"], args.get("known") == "on"

    def test(fields: Fields, at: Context) -> bool:
        texts = tuple(_text(fields, word) for word in words)
        return bool(grammar.counted(texts, _text(fields, args["number"]), known))

    return test


def _reading_test(wanted: str, grammar: Grammar) -> Callable[[str], bool]:
    """Whether a word has a reading with these values."""
    values = wanted.split()
    return _kept(lambda word: grammar.has_reading(word, values))


def _analysis(args: Any, grammar: Grammar) -> Predicate:
    """Each named field has a reading with all of the given feature values (and tags, as '#tag')."""
    return _on_fields({field: _reading_test(value, grammar) for field, value in args.items()})


def _line(args: Any, grammar: Grammar) -> Predicate:
    """The whole line matches the regular expression somewhere."""
    search = matcher(grammar.expand(args), method="search")
    return lambda fields, at: search(at.text[at.line_start : at.line_end]) is not None


def _context(build: Callable[[str], Callable[[Context], bool]]) -> Callable[[Any, Grammar], Predicate]:
    def builder(args: Any, grammar: Grammar) -> Predicate:
        test = build(grammar.expand(args))
        return lambda fields, at: test(at)

    return builder


def _not(args: Any, grammar: Grammar) -> Predicate:
    """None of the conditions holds."""
    test = compile_predicate(args, grammar)
    return lambda fields, at: not test(fields, at)


def _all(args: Any, grammar: Grammar) -> Predicate:
    """Every mapping of the list holds."""
    return _every([compile_predicate(item, grammar) for item in sorted(args, key=_dear)])


def _at(args: Any, grammar: Grammar) -> Predicate:
    """Where the match stands: 'sentence-start' or 'sentence-end'."""
    if args == "sentence-start":
        return lambda fields, at: grammar.sentence.starts(at)
    if args == "sentence-end":
        return lambda fields, at: grammar.sentence.ends(at)
    raise PackError(f"unknown position {args!r}", remedy="sentence-start or sentence-end")


def _match(args: Any, grammar: Grammar) -> Predicate:
    """The matched text as a whole fits the regular expression."""
    match = matcher(grammar.expand(args), method="fullmatch")
    return lambda fields, at: match(at.text, at.start, at.end) is not None


def left_word(at: Context) -> str:
    """The word right before the match, with nothing but space between; or ''."""
    found = _LEFT_WORD.match(at.text, at.line_start, at.start)
    return found[1] if found is not None else ""


def _left(args: Any, grammar: Grammar) -> Predicate:
    """The word right before the match has a reading with these feature values and '#tags'."""
    has = _reading_test(args, grammar)

    def test(fields: Fields, at: Context) -> bool:
        word = left_word(at)
        return bool(word) and has(word)

    return test


def _modified(args: Any, grammar: Grammar) -> Predicate:
    """The word right before the match is a form in this modifier table that fits a number above one."""
    table, category = grammar.modifiers(args), grammar.category("2")
    return lambda fields, at: bool(table.find(at, category))


def _named(args: Any, grammar: Grammar) -> Predicate:
    """A predicate that the grammar defines under a name."""
    return grammar.named_predicate(args)


_BUILDERS: Mapping[str, Callable[[Any, Grammar], Predicate]] = {
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
    "before": _context(before),
    "after": _context(after),
    "not": _not,
    "any": compile_predicate,
    "all": _all,
    "at": _at,
    "match": _match,
    "left": _left,
    "modified": _modified,
    "named": _named,
}
NAMES = tuple(sorted(_BUILDERS))
