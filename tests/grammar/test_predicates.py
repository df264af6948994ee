"""Predicates, one by one, and how conditions are put together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from textnorm.errors import PackError
from textnorm.grammar.context import Context
from textnorm.grammar.grammar import Grammar
from textnorm.grammar.predicates import NAMES, compile_predicate
from textnorm.pack.spec.conditions import PREDICATES


def holds(grammar: Grammar, tree: Any, text: str = "||", **fields: str) -> bool:
    """Whether the condition holds for `left|match|right` and these fields."""
    left, match, right = text.split("|")
    left, right = left[left.rfind("\n") + 1 :], right.partition("\n")[0]  # a condition sees its line only
    at = Context(left + match + right, len(left), len(left + match))
    return compile_predicate(tree, grammar)(fields, at)


def test_every_documented_predicate_exists() -> None:
    """The loader's table and the interpreter know the same names."""
    assert sorted(key.name for key in PREDICATES.keys) == sorted(NAMES)


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        (("2024", "2", "29"), True),
        (("2023", "2", "29"), False),
        (("2000", "02", "29"), True),
        (("1900", "2", "29"), False),
        (("2024", "4", "31"), False),
        (("2024", "12", "31"), True),
        (("2024", "13", "1"), False),
        (("2024", "0", "1"), False),
        (("2024", "1", "0"), False),
        (("2024", "ianuarii", "31"), True),
        (("2024", "Februarii", "30"), False),
        (("2024", "nonae", "1"), False),
        (("", "1", "1"), False),
        (("2024", "", "1"), False),
        (("0", "1", "1"), False),
        (("9" * 30, "1", "1"), False),
    ],
)
def test_calendar(date: tuple[str, str, str], expected: bool, toy: Grammar) -> None:
    """The fields name a day that exists; months in digits or by the names listed."""
    year, month, day = date
    assert holds(toy, {"calendar": ["y", "m", "d"]}, y=year, m=month, d=day) is expected


def test_calendar_of_any_year(toy: Grammar) -> None:
    """Without a year the 29th of February is a day."""
    condition = {"calendar": ["-", "m", "d"]}
    assert holds(toy, condition, m="2", d="29")
    assert not holds(toy, condition, m="2", d="30")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"n": "1"}, True),
        ({"n": "31"}, True),
        ({"n": "0"}, False),
        ({"n": "32"}, False),
        ({"n": "X"}, True),
        ({"n": "31,9"}, True),
        ({"n": "abc"}, False),
        ({}, True),
        ({"n": "5", "m": "60"}, False),
        ({"n": "5", "m": "59"}, True),
    ],
)
def test_range(fields: dict[str, str], expected: bool, toy: Grammar) -> None:
    """Both bounds are included; an absent field is within any range, what is no number in none."""
    assert holds(toy, {"range": {"n": ["1", "31"], "m": ["0", "59"]}}, **fields) is expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("4539 1488 0343 6467", True),
        ("4539-1488-0343-6466", False),
        ("79927398713", True),
        ("79927398710", False),
        ("0", True),
        ("", False),
        ("none", False),
    ],
)
def test_luhn(number: str, expected: bool, toy: Grammar) -> None:
    """Of ISO/IEC 7812-1; signs between the digits do not matter."""
    assert holds(toy, {"luhn": "c"}, c=number) is expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("978-0-306-40615-7", True),
        ("978-0-306-40615-8", False),
        ("0-306-40615-2", True),
        ("0-306-40615-3", False),
        ("080442957X", True),
        ("0-8044-2957-x", True),
        ("X804429570", False),
        ("97803064061X7", False),
        ("123456789", False),
        ("", False),
    ],
)
def test_isbn(number: str, expected: bool, toy: Grammar) -> None:
    """Ten or thirteen digits with a right check digit, of ISO 2108."""
    assert holds(toy, {"isbn": "c"}, c=number) is expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [("1", True), ("21", True), ("3", True), ("11", False), ("2,5", False), ("x", False)],
)
def test_category(number: str, expected: bool, toy: Grammar) -> None:
    """The plural category is among those listed."""
    assert holds(toy, {"category": {"n": "one few"}}, n=number) is expected


def test_category_of_several_fields(toy: Grammar) -> None:
    """All of them must fit; what is no number is of the category `none`."""
    condition = {"category": {"n": "one", "m": "few none"}}
    assert holds(toy, condition, n="1", m="2")
    assert holds(toy, condition, n="1", m="x")
    assert not holds(toy, condition, n="1", m="5")


@pytest.mark.parametrize(("word", "expected"), [("plus", True), ("PLUS", True), ("plu", False), ("", False)])
def test_in(word: str, expected: bool, toy: Grammar) -> None:
    """An entry of the table's first column, as written or in lower case."""
    assert holds(toy, {"in": {"w": "xx/functions"}}, w=word) is expected


def test_in_another_column(toy: Grammar) -> None:
    """The table's name may name a column."""
    assert holds(toy, {"in": {"w": "xx/letters.name"}}, w="be")
    assert not holds(toy, {"in": {"w": "xx/letters.name"}}, w="B")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [({"w": "a1"}, True), ({"w": "a1x"}, False), ({"w": "xa1"}, False), ({}, False)],
)
def test_matches(fields: dict[str, str], expected: bool, toy: Grammar) -> None:
    """The pattern matches from end to end."""
    assert holds(toy, {"matches": {"w": r"[a-c]\d"}}, **fields) is expected


def test_matches_takes_macros_and_several_fields(toy: Grammar) -> None:
    """All fields must match."""
    condition = {"matches": {"a": "x{sp}y", "b": r"\d?"}}
    assert holds(toy, condition, a="x\u00a0y", b="")
    assert not holds(toy, condition, a="x y", b="no")


def test_equal(toy: Grammar) -> None:
    """The fields hold the same text."""
    assert holds(toy, {"equal": ["a", "b", "c"]}, a="-", b="-", c="-")
    assert not holds(toy, {"equal": ["a", "b", "c"]}, a="-", b="-", c="–")
    assert holds(toy, {"equal": ["a", "b"]}, a="")


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (("1", "2", "3"), True),
        (("1", "3", "2"), False),
        (("1", "1", "2"), False),
        (("1,5", "1,50", "2"), False),
        (("1,5", "1,6", "1 000"), True),
        (("1,05", "1,5", "2"), True),
        (("I", "V", "X"), True),
        (("1", "2", ""), False),
    ],
)
def test_ascending(numbers: tuple[str, str, str], expected: bool, toy: Grammar) -> None:
    """Each number is larger than the one before it; all must be there."""
    a, b, c = numbers
    assert holds(toy, {"ascending": ["a", "b", "c"]}, a=a, b=b, c=c) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("|109|", True),
        ("108, |109|, 110", True),
        ("108, |1091|, 110", False),
        ("108 et |109| et 110", True),
        ("110 et |109|", False),
        ("x |109|, y", True),
        ("110\n|109|", True),
    ],
)
def test_in_sequence(text: str, expected: bool, toy: Grammar) -> None:
    """A number in a list is larger than the one before and smaller than the next."""
    assert holds(toy, {"in_sequence": "n"}, text, n=text.split("|")[1]) is expected


def test_in_sequence_wants_a_number(toy: Grammar) -> None:
    """What is no number is in no list of them."""
    assert not holds(toy, {"in_sequence": "n"}, "|x|", n="x")


def test_present(toy: Grammar) -> None:
    """All the fields have text."""
    assert holds(toy, {"present": "a b"}, a="x", b="y")
    assert not holds(toy, {"present": "a b"}, a="x", b="")
    assert not holds(toy, {"present": "a b"}, a="x")


def test_option(toy_with: Callable[..., Grammar]) -> None:
    """Every option named has one of the values listed."""
    grammar = toy_with(options=("style=long", "case=low"))
    assert holds(grammar, {"option": {"style": "short long", "case": "low"}})
    assert not holds(grammar, {"option": {"style": "long", "case": "high"}})
    with pytest.raises(PackError, match=r"unknown option 'stil' \(one of: case style\)"):
        holds(grammar, {"option": {"stil": "long"}})


@pytest.mark.parametrize(
    ("number", "word", "known", "expected"),
    [
        ("2", "portae", "off", True),
        ("5", "portae", "off", False),
        ("1", "populus", "off", True),
        ("1", "populus", "on", False),
        ("1", "servus", "on", True),
    ],
)
def test_agrees(number: str, word: str, known: str, expected: bool, toy: Grammar) -> None:
    """The number can count one of the words; `known` asks for a lexeme of the tables."""
    condition = {"agrees": {"number": "n", "words": ["w", "w2"], "known": known}}
    assert holds(toy, condition, n=number, w=word) is expected


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [("gen", True), ("nom pl", True), ("acc", False), ("#person gen", True), ("=servus", True)],
)
def test_analysis(wanted: str, expected: bool, toy: Grammar) -> None:
    """Some reading of the word has all that is asked for."""
    assert holds(toy, {"analysis": {"w": wanted}}, w="servi") is expected
    assert not holds(toy, {"analysis": {"w": wanted, "v": "gen"}}, w="servi", v="et")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dose 5 mg", True),
        ("5 mg dose", True),
        ("dose" + " " * 40 + "5", False),
        ("5" + " " * 40 + "dose", False),
        ("nothing 5 here", False),
    ],
)
def test_near_looks_forty_characters_to_both_sides(text: str, expected: bool, toy: Grammar) -> None:
    """What stands further away, or in the match itself, does not count."""
    start = text.index("5")
    test = compile_predicate({"near": "dose|5"}, toy)
    assert test({}, Context(text, start, start + 1)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a b |x| c", True),
        ("|x| c", False),
        ("a b\n|x|", False),
        ("|x|\na b", False),
        ("z\na b |x|", True),
    ],
)
def test_line(text: str, expected: bool, toy: Grammar) -> None:
    """The match's own line holds the pattern; its ends are the line's."""
    assert holds(toy, {"line": "^a b"}, text) is expected


def test_before_and_after(toy: Grammar) -> None:
    """Macros are written out in them."""
    assert holds(toy, {"before": "a{sp}", "after": "{sp}b"}, "a\u00a0|x| b")
    assert not holds(toy, {"before": "a{sp}", "after": "{sp}b"}, "a |x|b")


def test_at(toy: Grammar) -> None:
    """The border rules of the language decide."""
    assert holds(toy, {"at": "sentence-start"}, "Venit. |x| y")
    assert not holds(toy, {"at": "sentence-start"}, "Venit |x| y")
    assert holds(toy, {"at": "sentence-end"}, "a b |x.|")
    assert not holds(toy, {"at": "sentence-end"}, "a b |x.| c")
    with pytest.raises(PackError, match=r"unknown position 'start' \(sentence-start or sentence-end\)"):
        holds(toy, {"at": "start"})


def test_match(toy: Grammar) -> None:
    """The matched text as a whole fits the pattern."""
    assert holds(toy, {"match": r"\d+"}, "a|15|b")
    assert not holds(toy, {"match": r"\d"}, "a|15|b")
    assert not holds(toy, {"match": r"\d+"}, "a|15x|b")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("servi |5|", True), ("servi  |5|", True), ("servi, |5|", False), ("servi\n|5|", False), ("|5|", False)],
)
def test_left(text: str, expected: bool, toy: Grammar) -> None:
    """The word right before the match has such a reading."""
    assert holds(toy, {"left": "gen #person"}, text) is expected
    assert not holds(toy, {"left": "acc"}, text)


def test_named(toy: Grammar) -> None:
    """The grammar's own predicates."""
    assert holds(toy, {"named": "big"}, n="500")
    assert not holds(toy, {"named": "big"}, n="50")
    with pytest.raises(PackError, match="unknown named predicate 'bug'"):
        holds(toy, {"named": "bug"})


YES: dict[str, Any] = {"present": "n"}
NO: dict[str, Any] = {"present": "none"}


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        ({}, True),
        ({**YES, "range": {"n": ["1", "9"]}}, True),
        ({**YES, "range": {"n": ["6", "9"]}}, False),
        ([NO, YES], True),
        ([NO, NO], False),
        ([], False),
        ({"any": [NO, YES]}, True),
        ({"any": [NO]}, False),
        ({"all": [YES, YES]}, True),
        ({"all": [YES, NO]}, False),
        ({"not": YES}, False),
        ({"not": NO}, True),
        ({"not": [NO, YES]}, False),
        ({"not": {**YES, "range": {"n": ["6", "9"]}}}, True),
        ({"not": {"not": YES}}, True),
        ({"any": [{"all": [YES, NO]}, {"not": {"any": [NO]}}]}, True),
    ],
)
def test_conditions_combine(tree: Any, expected: bool, toy: Grammar) -> None:
    """All keys of a mapping must hold, one entry of a list; `not` turns the whole round."""
    assert holds(toy, tree, n="5") is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a |x|", True), ("b |x|", True), ("ab |x|", True), ("c |x|", False), ("c |x| d", True)],
)
def test_alternative_patterns_may_be_joined(text: str, expected: bool, toy: Grammar) -> None:
    """Alternatives inside one pattern do not spill into the next."""
    choice = [{"before": "^a |b "}, {"before": "b "}, {"after": " d|e"}, NO]
    assert holds(toy, choice, text) is expected
    assert holds(toy, {"not": choice}, text) is not expected


def test_unknown_predicates_are_errors(toy: Grammar) -> None:
    """The message lists those that exist."""
    with pytest.raises(PackError, match=r"unknown predicate 'luhm' \(one of: after agrees all"):
        holds(toy, {"luhm": "c"})
