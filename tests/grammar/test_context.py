"""Conditions on what stands to the left and right of a match, on its own line."""

from __future__ import annotations

import pytest

from textnorm.errors import PackError
from textnorm.grammar.context import (
    REACH,
    Context,
    after,
    before,
    compile_regex,
    compiling_late,
    left_word,
    matcher,
)


def around(text: str) -> Context:
    """The context of the stretch between square brackets, in its line."""
    line = next(line for line in text.split("\n") if "[" in line)
    start, end = line.index("["), line.index("]") - 1
    return Context(line.replace("[", "").replace("]", ""), start, end)


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("to ", "go to [x]", True),
        ("to ", "go to  [x]", False),
        ("^to ", "to [x]", True),
        ("^to ", "go to [x]", False),
        ("^to ", "go\nto [x]", True),
        (r"(?:^|\W)to ", "go\nto [x]", True),
        (r"\Wto ", "go\nto [x]", False),
        (r"go\sto ", "go\nto [x]", False),
        (r"\bto ", "into [x]", False),
        (r"a+b? ", "caab [x]", True),
        ("a|b", "cb[x]", True),
        ("(?<=g)o ", "go [x]", True),
        ("(?<!g)o ", "go [x]", False),
        ("^$", "[x]", True),
        ("^", "a\n[x]", True),
    ],
)
def test_before(pattern: str, text: str, expected: bool) -> None:
    """The left context ends with the pattern; the line before it cannot be seen."""
    assert before(pattern)(around(text)) is expected


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        (" km", "[5] km", True),
        (" km", "[5]  km", False),
        (" km$", "[5] km", True),
        (" km$", "[5] km\nmore", True),
        (" km$", "[5] kms", False),
        (r"\skm", "[5]\nkm", False),
        (r"(?!\S)", "[5]\nkm", True),
        ("(?<=5) km", "[5] km", True),
        ("$", "[5]\n", True),
    ],
)
def test_after(pattern: str, text: str, expected: bool) -> None:
    """The right context begins with the pattern; the next line cannot be seen."""
    assert after(pattern)(around(text)) is expected


def test_before_looks_no_further_than_its_reach() -> None:
    """What lies farther away cannot be asked for, and its end does not pass for the start of the line."""
    near, far = "a" * (REACH - 1), "a" * REACH
    assert before("ba*")(around(f"b{near}[x]"))
    assert not before("ba*")(around(f"b{far}[x]"))
    assert before("^a*")(around(f"{far}[x]"))
    assert not before("^a*")(around(f"a{far}[x]"))


def test_wrong_patterns_are_pack_errors() -> None:
    """The message shows the pattern."""
    with pytest.raises(PackError, match=r"pattern '\(a': missing \)"):
        compile_regex("(a")


def test_late_patterns_match_as_others_do() -> None:
    """They are compiled when first asked for."""
    with compiling_late():
        late = matcher(r"\d+")
        broken = matcher("(")
    assert late("12 km") is not None
    assert late("km") is None
    with pytest.raises(PackError, match="pattern"):
        broken("x")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("su 5", "su"),
        ("su  5", "su"),
        ("su, 5", ""),
        ("5", ""),
        ("(iki 5", "iki"),
        ("x" * 200 + " 5", "x" * 79),
    ],
)
def test_left_word(text: str, word: str) -> None:
    """The word right before the match, as far as it is looked for."""
    assert left_word(Context(text, len(text) - 1, len(text))) == word
