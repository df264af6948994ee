"""The grammar as the one place where a pack's tables meet."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from textnorm.grammar.grammar import Grammar
from textnorm.grammar.numerals import Number


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("1", "one"),
        ("1 021", "one"),
        ("3", "few"),
        ("12", "other"),
        ("2,0", "few"),
        ("2,5", "many"),
        ("IV", "few"),
        ("x", "none"),
    ],
)
def test_category(text: str, category: str, toy: Grammar) -> None:
    """The plural category of a written number; `none` for what is no number."""
    assert toy.category(text) == category


def test_category_of_very_long_numbers(toy: Grammar) -> None:
    """They are beyond floating point, and still no error."""
    assert toy.category("9" * 300) in {"one", "few", "other"}
    assert toy.category("9" * 400) == "none"


def test_number(toy: Grammar) -> None:
    """A number is read the same way every time it is asked for."""
    assert [toy.number("1 500,2") for _ in range(2)] == [Number(1500, "2")] * 2
    assert [toy.number("no") for _ in range(2)] == [None] * 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1", 1),
        ("12", 12),
        ("13", None),
        ("0", None),
        ("1,5", None),
        ("Ianuarii", 1),
        ("nonae", None),
        ("", None),
    ],
)
def test_month_number(text: str, expected: int | None, toy: Grammar) -> None:
    """Digits, or a name of the table of months in any case."""
    assert toy.month_number(text) == expected


@pytest.mark.parametrize(
    ("surface", "expected"),
    [("h", "time"), ("horam", "time"), ("k. a.", "money"), ("servus", ""), ("x", "")],
)
def test_sense(surface: str, expected: str, toy: Grammar) -> None:
    """The first sense of the grammar's list among the word's tags, whether sign or inflected form."""
    assert toy.sense(surface) == expected


def test_without(toy: Grammar) -> None:
    """Features are left open, and bundles that become the same are one."""
    parse = toy.features.parse
    bundles = (parse("gen f sg"), parse("nom f sg"), parse("nom f pl"))
    assert toy.without(bundles, frozenset({"case"})) == (parse("f sg"), parse("f pl"))


def test_expand_and_bounds(toy: Grammar) -> None:
    """Macros and lexicons are written out in patterns; named bounds have two sides."""
    assert toy.expand(r"a{sp}\d{2}") == "a(?:[ \u00a0])\\d{2}"
    assert toy.expand("plain") == "plain"
    assert toy.bounds("code") == ("(?<!(?:[ \u00a0])-)", "")
    assert toy.bounds("none") is None


def test_a_pack_may_have_no_grammar(make_grammar: Callable[..., Grammar]) -> None:
    """Numbers are plain, words have no readings."""
    grammar = make_grammar({})
    assert grammar.category("5") == "other"
    assert grammar.number("1.5") == Number(1, "5")
    assert grammar.has_reading("word", ()) is False
    assert grammar.lexeme("word") is None
    assert grammar.features.empty == ()
