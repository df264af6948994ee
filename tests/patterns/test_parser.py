"""Patterns are read as trees, and refused where rules must not use the syntax."""

from __future__ import annotations

import pytest

from textnorm.errors import PackError
from textnorm.patterns.parser import parse
from textnorm.patterns.tree import Alt, BackRef, Cat, Class, Empty, Fold, Lit, Node, Rep

A, B = Lit("a"), Lit("b")
DIGIT = Class(r"\p{Nd}", digits=True)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", Cat(())),
        ("a", A),
        ("ab", Cat((A, B))),
        ("a|b|", Alt((A, B, Cat(())))),
        ("a*", Rep(A, 0, None)),
        ("a+?", Rep(A, 1, None)),
        ("a?+", Rep(A, 0, 1)),
        ("a{2}", Rep(A, 2, 2)),
        ("a{2,}", Rep(A, 2, None)),
        ("a{,3}?", Rep(A, 0, 3)),
        ("(?:ab){2,3}", Rep(Cat((A, B)), 2, 3)),
        ("(a)(?P<n>b)(?<m>a)(?>b)", Cat((A, B, A, B))),
        ("(?i:a)b", Cat((Fold(A), B))),
        (r"(?P<n>a)(?P=n)\1", Cat((A, BackRef(), BackRef()))),
        ("(?=a)", Empty(ahead=A)),
        ("(?!a)", Empty()),
        ("(?<=a)", Empty(behind=True)),
        ("(?<!a)", Empty(behind=True)),
        ("^a$", Cat((Empty(start=True), A, Empty(end=True)))),
        (r"\ba\B", Cat((Empty(), A, Empty()))),
        (".", Class("\n", negated=True)),
        (r"\.\{\n\x61\u0105\N{LATIN SMALL LETTER B}", Cat((*map(Lit, ".{\naą"), B))),
        (r"\d", DIGIT),
        (r"\p{Lu}\pL\P{Mn}", Cat((Class(r"\p{Lu}"), Class(r"\p{L}"), Class(r"\P{Mn}")))),
        ("[a-c]", Class(r"\x{61}-\x{63}")),
        ("[^a]", Class(r"\x{61}", negated=True)),
        ("[]a]", Class(r"\x{5d}\x{61}")),
        ("[a-]", Class(r"\x{61}\x{2d}")),
        (r"[\]\-\n]", Class(r"\x{5d}\x{2d}\x{a}")),
        (r"[0-9\d]", Class(r"\x{30}-\x{39}\p{Nd}", digits=True)),
        (r"[\d,]", Class(r"\p{Nd}\x{2c}")),
    ],
)
def test_parse(source: str, expected: Node) -> None:
    """Each construct that rules may use has its node."""
    assert parse(source) == expected


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("a)", "unbalanced ')' at character 2"),
        ("(a", "missing ')' at character 3"),
        ("[a", "unexpected end at character 3"),
        ("a\\", "unexpected end at character 3"),
        ("*a", "nothing to repeat at character 1"),
        ("a|+", "nothing to repeat at character 3"),
        ("a{x}", r"'{' is no number of repetitions (write '\{' for the sign) at character 2"),
        ("(?:ab){e<=1}", r"'{' is no number of repetitions (write '\{' for the sign) at character 7"),
        ("(?#x)", "group syntax '(?#' is not supported in rules at character 4"),
        ("(?i)a", "group syntax '(?i' is not supported in rules at character 4"),
        ("(?P>n)", "group syntax '(?P' is not supported in rules at character 5"),
        ("(?P<n", "unfinished or wrong name or number at character 5"),
        (r"\p{L", "unfinished or wrong name or number at character 3"),
        (r"\xZZ", "unfinished or wrong name or number at character 5"),
        (r"\N{NO SUCH SIGN}", "unfinished or wrong name or number at character 17"),
        (r"[\D]", r"'\D' inside brackets is not supported in rules at character 4"),
        ("[[:alpha:]]", "'[:' inside brackets is not supported in rules at character 3"),
        (r"\X", r"'\X' is not supported in rules at character 3"),
        (r"a\Kb", r"'\K' is not supported in rules at character 4"),
        (r"\A", r"'\A' is not supported in rules at character 3"),
        (r"\012", r"'\0' is not supported in rules at character 3"),
        (r"[\b]", r"'\b' is not supported in rules at character 4"),
    ],
)
def test_parse_refuses_what_the_gate_could_not_follow(source: str, why: str) -> None:
    """Syntax that the tree cannot express is an error with its place, never silently misread."""
    with pytest.raises(PackError) as error:
        parse(source)
    assert error.value.message == f"pattern {source!r}: {why}"
