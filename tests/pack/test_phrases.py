"""Phrases in a short notation."""

import pytest

from textnorm.pack.phrases import expand


def test_choices_and_parts_that_may_be_left_out() -> None:
    """Blanks collapse, macros are put in, nothing comes twice."""
    assert sorted(expand("no (clear )?sign(s)? of", {})) == [
        "no clear sign of",
        "no clear signs of",
        "no sign of",
        "no signs of",
    ]
    assert expand("{a} b|c", {"a": "x|y"}) == ["x b", "y b", "c"]
    assert expand("(a|a)", {}) == ["a"]


@pytest.mark.parametrize("notation", ["(a", "a)", "a?", "(a))", "(0|1|2|3|4|5|6|7|8|9)" * 4])
def test_what_cannot_be_written_out_is_refused(notation: str) -> None:
    """Unbalanced brackets, a mark without one, and more phrases than anybody means."""
    with pytest.raises(ValueError, match=r"bracket|phrases"):
        expand(notation, {})
