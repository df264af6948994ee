"""Operations of templates other than number systems and readings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from textnorm.errors import PackError
from textnorm.grammar.features import Bundle
from textnorm.grammar.inflect import Word
from textnorm.grammar.template import Call, Decline, Fields, Value

if TYPE_CHECKING:
    from textnorm.grammar.grammar import Grammar

Operation = Callable[["Grammar", Call, Value, Fields, Bundle], str]


def _noun(grammar: Grammar, call: Call, value: Value, fields: Fields, bundle: Bundle) -> str:
    """The lexeme written as the value, inflected; `by=n` lets the number n choose its form."""
    lexeme = grammar.lexeme(str(value), call.table)
    if lexeme is None or grammar.inflector is None:
        raise Decline(f"no lexeme for {value!r}")
    form = grammar.inflector.phrase(lexeme, grammar.counted_noun(call, fields, bundle, lexeme))
    if form is None:
        raise Decline(f"{value!r} has no such form")
    return form


def _form(grammar: Grammar, call: Call, value: Value, fields: Fields, bundle: Bundle) -> str:
    """A stem inflected by the paradigm named."""
    if grammar.inflector is None or not call.args:
        raise PackError(f"'{call.name}:form' needs a paradigm")
    form = grammar.inflector.inflect(Word(str(value), call.args[0], True), bundle)
    if form is None:
        raise Decline(f"{value!r} has no such form")
    return form


def _spell(grammar: Grammar, call: Call, value: Value, fields: Fields, bundle: Bundle) -> str:
    """Every character by its name in the tables given, separated by spaces; spaces are skipped."""
    names = []
    for char in str(value):
        if char.isspace():
            continue
        name = next((n for t in call.args if (n := _name(grammar, t, char)) is not None), None)
        if name is None:
            raise Decline(f"no name for {char!r}")
        if name:
            names.append(name)
    return " ".join(names)


def _name(grammar: Grammar, table: str, char: str) -> str | None:
    found = grammar.tables.lookup(table, char)
    return found if found is not None else grammar.tables.lookup(table, char.upper())


def _replace(grammar: Grammar, call: Call, value: Value, fields: Fields, bundle: Bundle) -> str:
    """Characters that the tables name become words of their own; all others stay."""
    pieces: list[str] = []
    for char in str(value):
        name = next((n for table in call.args if (n := grammar.tables.lookup(table, char)) is not None), None)
        pieces.append(char if name is None else f" {name} ")
    return " ".join("".join(pieces).split())


def _lex(grammar: Grammar, call: Call, value: Value, fields: Fields, bundle: Bundle) -> str:
    """What a lexicon says beside the value."""
    for table in call.args:
        found = grammar.tables.lookup_loose(table, str(value))
        if found is not None:
            return found
    raise Decline(f"{value!r} is not in {' '.join(call.args)}")


def _choose(grammar: Grammar, call: Call, value: Value, fields: Fields, bundle: Bundle) -> str:
    """What a table of choices says of the value between its neighbours."""
    before, after = (str(fields.get(name) or "") for name in (call.before, call.after))
    for table in call.args:
        found = grammar.tables.choice(table, str(value), before, after)
        if found is not None:
            return found
    raise Decline(f"no reading of {value!r} fits")


def _digits(grammar: Grammar, call: Call, value: Value, fields: Fields, bundle: Bundle) -> str:
    """A whole number in plain digits."""
    return str(grammar.integer(str(value)))


def _sum(grammar: Grammar, call: Call, value: Value, fields: Fields, bundle: Bundle) -> str:
    """What the field and those named add up to, each said in plain decimals by the reading named first."""
    if len(call.args) < 2:
        raise PackError(f"'{call.name}:sum' needs a reading and the fields to add")
    reading, *names = call.args
    total = Decimal(0)
    for one in (value, *(fields.get(name) for name in names)):
        if one is not None and one != "":
            try:
                total += Decimal(grammar.read(reading, str(one), bundle))
            except InvalidOperation:
                raise Decline(f"{one!r} is no number") from None
    return f"{total.normalize():f}"


def _numeral(grammar: Grammar, call: Call, value: Value, fields: Fields, bundle: Bundle) -> str:
    """A whole number as a numeral of the system named."""
    if len(call.args) != 1:
        raise PackError(f"'{call.name}:numeral' needs one numeral system")
    try:
        return grammar.numeral_system(call.args[0]).write(grammar.integer(str(value)))
    except ValueError as error:
        raise Decline(str(error)) from None


OPERATIONS: Mapping[str, Operation] = {
    "noun": _noun,
    "form": _form,
    "spell": _spell,
    "replace": _replace,
    "lex": _lex,
    "choose": _choose,
    "digits": _digits,
    "sum": _sum,
    "numeral": _numeral,
    "lower": lambda grammar, call, value, fields, bundle: str(value).lower(),
    "capital": lambda grammar, call, value, fields, bundle: str(value)[:1].upper() + str(value)[1:],
}
