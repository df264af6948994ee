"""Number words put together from bases, as in CLDR's rule-based number format, with features."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from textnorm.errors import PackError
from textnorm.grammar.grammar import Grammar
from textnorm.grammar.template import Decline, compile_template


def say(grammar: Grammar, system: str, number: int, features: str = "") -> str:
    """The number in words."""
    template = compile_template(f"{{n:{system}}}", grammar.features)
    return template.render(grammar, {"n": number}, grammar.features.parse(features))


@pytest.mark.parametrize(
    ("number", "features", "expected"),
    [
        (0, "", "nullus"),
        (1, "", "unus"),
        (1, "f acc", "unam"),
        (1, "multi gen", "unorum"),
        (2, "f gen", "duarum"),
        (3, "acc f", "tres"),
        (20, "acc", "viginti"),
        (22, "f acc", "viginti duas"),
        (100, "", "centus"),
        (100, "acc", "centum"),
        (200, "acc f", "duos centos"),
        (500, "gen", "quinque centorum"),
        (121, "gen f", "cenci viginti unius"),
        (1000, "m", "una milla"),
        (2022, "acc m", "duas millas et viginti duos"),
    ],
)
def test_cardinals(number: int, features: str, expected: str, toy: Grammar) -> None:
    """Forms by features; a base counts its own word, and drops what its template says to drop."""
    assert say(toy, "cardinal", number, features) == expected


@pytest.mark.parametrize(
    ("number", "features", "expected"),
    [
        (1, "", "primus"),
        (2, "f acc", "secundam"),
        (20, "gen m", "vicesimi"),
        (21, "gen m", "viginti primi"),
        (22, "f pl gen", "viginti secundarum"),
    ],
)
def test_ordinals(number: int, features: str, expected: str, toy: Grammar) -> None:
    """A base is said one way when nothing remains, and another way before a remainder."""
    assert say(toy, "ordinal", number, features) == expected


@pytest.mark.parametrize(
    ("system", "number"),
    [
        ("cardinal", 4),
        ("cardinal", 7),
        ("cardinal", 11),
        ("cardinal", 5000),
        ("cardinal", 124),
        ("cardinal", -1),
        ("ordinal", 0),
        ("ordinal", 3),
    ],
)
def test_numbers_beyond_the_words_are_declined(system: str, number: int, toy: Grammar) -> None:
    """A number without a word, below the first base, at the limit, or with such a remainder is left alone."""
    with pytest.raises(Decline):
        say(toy, system, number)


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ({}, "number system 'cardinal' has no bases"),
        ({"limit": "9"}, "number system 'cardinal' has no bases"),
        ({"1": ["one"]}, "is neither template, forms nor stem"),
        ({"1": {"stem": "prim", "paradigm": "no"}}, "unknown paradigm 'no' of number stem 'prim'"),
        ({"1": {"forms": {"dat": "uni"}}}, "unknown feature value 'dat'"),
        ({"20": "viginti[ {r:cardinal}"}, r"'\[' is not closed"),
    ],
)
def test_mistakes_are_errors(rules: dict[str, Any], message: str, toy_with: Callable[..., Grammar]) -> None:
    """Tables that cannot be read are refused when the pack is made ready."""
    with pytest.raises(PackError, match=message):
        toy_with(numbers={"cardinal": rules})


def test_missing_forms_are_declined(toy_with: Callable[..., Grammar]) -> None:
    """A gap in the forms, or in the paradigm of a stem, is no word."""
    grammar = toy_with(
        numbers={"cardinal": {"1": {"forms": ["unus", "-"]}, "2": {"stem": "du", "paradigm": "defective"}}}
    )
    assert say(grammar, "cardinal", 1) == "unus"
    assert say(grammar, "cardinal", 2, "acc") == "duum"
    for number in (1, 2):
        with pytest.raises(Decline, match="no such form"):
            say(grammar, "cardinal", number, "gen")


def test_written_numbers_are_read_first(toy: Grammar) -> None:
    """A field holds text: group signs are skipped; what is no whole number is declined."""
    template = compile_template("{n:cardinal}", toy.features)
    assert template.render(toy, {"n": "2 000"}, toy.features.empty) == "duae millae"
    assert template.render(toy, {"n": "XX"}, toy.features.empty) == "viginti"
    with pytest.raises(Decline, match="'2,5' is not a whole number"):
        template.render(toy, {"n": "2,5"}, toy.features.empty)
