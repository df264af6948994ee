"""Repairs of white space that never touch a line break."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textnorm.document import replay
from textnorm.engine.spaces import SpacesStage
from textnorm.errors import Location, PackError
from textnorm.pack.model import Spaces

ALL = ("collapse", "no-break", "trim")
AT = Location("spaces.yaml", 3, 1)
SIGNS = "ab \t\u00a0\u202f\u2003\r\n"


def stage(*repairs: str) -> SpacesStage:
    """A stage of one item."""
    return SpacesStage([Spaces("xx.spaces", "Repairs.", "SPACE", repairs, (), (), AT)])


@pytest.mark.parametrize(
    ("repairs", "text", "expected"),
    [
        (["collapse"], "a  b \t c d", "a b c d"),
        (["collapse"], "a\u00a0b  ", "a\u00a0b "),
        (["trim"], "  a  b \nc\t\n \nd", "a  b\nc\n\nd"),
        (["trim"], " a \r\n b\r\n", "a\r\nb\r\n"),
        (["no-break"], "5\u00a0km\u202f\u2009x", "5 km  x"),
        (ALL, "\u00a0 a \u00a0 b\u00a0c \r\n", "a b c\r\n"),
        ([], " a  b ", " a  b "),
    ],
)
def test_repairs(repairs: list[str], text: str, expected: str) -> None:
    """Only the repairs that the pack names are made, each within its line."""
    assert stage(*repairs).apply(text) == expected


def test_unknown_repairs_are_an_error() -> None:
    """The message names the place and the repairs that exist."""
    with pytest.raises(
        PackError, match=r"spaces\.yaml:3:1: unknown repair 'squeeze' \(collapse trim no-break\)"
    ):
        stage("squeeze")


def test_edits_name_the_item_and_the_stretch() -> None:
    """One edit per repaired stretch; the longer repair wins where two apply."""
    edits = stage(*ALL).edits("a \u00a0b ")
    assert [(edit.rule, edit.cls, edit.start, edit.end, edit.after) for edit in edits] == [
        ("xx.spaces", "SPACE", 1, 3, " "),
        ("xx.spaces", "SPACE", 4, 5, ""),
    ]


@given(st.text(SIGNS), st.sets(st.sampled_from(ALL)))
def test_repairs_keep_lines_and_replay(text: str, repairs: set[str]) -> None:
    """Lines are repaired one by one, and nothing but white space changes."""
    repair = stage(*sorted(repairs))
    result = repair.apply(text)
    assert result == "\n".join(repair.apply(line) for line in text.split("\n"))
    assert result == replay(text, repair.edits(text))
    assert [sign for sign in result if sign in "ab\r\n"] == [sign for sign in text if sign in "ab\r\n"]


@given(st.lists(st.text(SIGNS.replace("\r", "").replace("\n", ""))), st.sampled_from(["\n", "\r\n"]))
def test_all_repairs_together_leave_nothing_to_repair(lines: list[str], end: str) -> None:
    """Repaired text is not changed again."""
    once = stage(*ALL).apply(end.join(lines))
    assert stage(*ALL).apply(once) == once
