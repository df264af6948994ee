"""Regular expressions as trees, and the questions that the gate asks them."""

from __future__ import annotations

import pytest

from textnorm.patterns import tree
from textnorm.patterns.parser import parse
from textnorm.patterns.tree import Alt, Cat, Class, Empty, Lit, Rep

A, B = Lit("a"), Lit("b")
DIGIT = Class(r"\p{Nd}", digits=True)


@pytest.mark.parametrize(
    ("source", "width"),
    [
        ("", 0),
        ("ab.", 3),
        ("a|bcd", 3),
        ("(?:ab){2,4}", 8),
        ("a?b", 2),
        ("(?i:ab)", 2),
        (r"(?=abc)a\b", 1),
        ("a*", None),
        ("a{2,}", None),
        ("(?:^)*", 0),
        (r"(a)\1", None),
    ],
)
def test_max_width(source: str, width: int | None) -> None:
    """The longest match in characters; None where there is no bound."""
    assert tree.max_width(parse(source)) == width


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", True),
        ("a*", True),
        ("a?b?", True),
        ("a|b*", True),
        ("(?:a?)+", True),
        ("(?=a)", True),
        ("(?i:a?)", True),
        ("a", False),
        ("a?b", False),
        ("a|b", False),
        (r"\d{1,}", False),
    ],
)
def test_nullable(source: str, expected: bool) -> None:
    """Whether the empty string matches."""
    assert tree.nullable(parse(source)) is expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("ab", [A]),
        ("a?b", [A, B]),
        ("a|b", [A, B]),
        ("(?i:a)b", [A]),
        ("(?=b)a", [A]),
        ("(?:a*b)+", [A, B]),
        (r"\d", [DIGIT]),
        ("", []),
    ],
)
def test_first_nodes(source: str, expected: list[tree.Node]) -> None:
    """The characters that a match can begin with."""
    assert list(tree.first_nodes(parse(source))) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\d+ km", True),
        (r"(?:[1-9]|0)\d", True),
        (r"5? ?\d", False),
        (r"\d?a", False),
        (r"[\d.]", False),
        (r"[^a]", False),
        (r"(?i:1a)", True),
    ],
)
def test_starts_with_digit(source: str, expected: bool) -> None:
    """True only if no match can begin with anything but a decimal digit."""
    assert tree.starts_with_digit(parse(source)) is expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("km", "km"),
        (r"\d+ km/h?", " km/"),
        ("a|b", ""),
        ("(?:abc|abd)ef", "ef"),
        ("x(?:yz)+", "yz"),
        ("x(?:yz)*", "x"),
        ("(?i:km)", ""),
        ("(?=km)a", "a"),
        (r"@\w+\.\w+", "@"),
    ],
)
def test_required_literal(source: str, expected: str) -> None:
    """The longest row of letters without which there is no match, exactly as written."""
    assert tree.required_literal(parse(source)) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [("(?<=a)b", True), ("(?:x|(?<!a)b)+", True), ("(?i:(?<=a))", True), (r"(?=a)a\b", False)],
)
def test_has_lookbehind(source: str, expected: bool) -> None:
    """Look-behind is found at any depth; look-ahead and boundaries are none."""
    assert tree.has_lookbehind(parse(source)) is expected


def test_mirrored_turns_the_order_round() -> None:
    """Sequences are reversed at every level, and what does not consume is dropped."""
    assert tree.mirrored(parse("a(?:ab|b)+(?<=a)$")) == Cat(
        (Empty(), Empty(), Rep(Alt((Cat((B, A)), B)), 1, None), A)
    )


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", True),
        ("a?", True),
        ("(?:a|)", True),
        ("(?:a|b)", False),
        ("a*b?", True),
        ("a", False),
        ("$", False),
        ("(?=a)", False),
    ],
)
def test_optional(source: str, expected: bool) -> None:
    """A pattern is optional if it fits anywhere, without asking for anything."""
    assert tree.optional(parse(source)) is expected
