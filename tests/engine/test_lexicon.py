"""Whole words replaced from tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textnorm.document import Edit, replay
from textnorm.engine.lexicon import LexiconStage
from textnorm.errors import Location
from textnorm.pack.model import Lexicon, LexiconMap

HERE = Location("here")
ROWS = (("teh", "the", "s"), ("nasa", "NASA", "s"), ("same", "same", "s"), ("đi", "di", "s"))
TABLES = {
    "xx/slips": Lexicon("xx/slips", ("wrong", "right", "source"), ROWS, "slips.tsv"),
    "xx/more": Lexicon(
        "xx/more", ("wrong", "source", "right"), (("teh", "s", "tea"), ("adn", "s", "and")), "m"
    ),
}


def item(name: str, match_case: str = "exact") -> LexiconMap:
    """A map that uses the column `right` of a table."""
    return LexiconMap(f"xx.{name}", "Words.", "MISSP", f"xx/{name}", "right", match_case, (), (), HERE)


@pytest.mark.parametrize(
    ("mode", "text", "expected"),
    [
        ("exact", "teh Teh TEH tehs nasa", "the Teh TEH tehs NASA"),
        ("follow", "teh Teh TEH tEH tehs", "the The THE tEH tehs"),
        ("follow", "nasa Nasa NASA", "NASA NASA NASA"),
        ("follow", "Đi đi", "Di di"),
        ("exact", "teh-teh (teh) teh_teh", "the-the (the) teh_teh"),
    ],
)
def test_words(mode: str, text: str, expected: str) -> None:
    """Only whole words are replaced; `follow` also finds capitals and keeps them."""
    assert LexiconStage([item("slips", mode)], TABLES).apply(text) == expected


def test_earlier_tables_win() -> None:
    """Where two tables know a word, the first one is used."""
    stage = LexiconStage([item("more"), item("slips")], TABLES)
    assert stage.apply("teh adn nasa") == "tea and NASA"
    assert [edit.rule for edit in stage.edits("teh adn nasa")] == ["xx.more", "xx.more", "xx.slips"]


def test_edits_leave_out_what_does_not_change() -> None:
    """A word that is listed as itself is no edit."""
    stage = LexiconStage([item("slips")], TABLES)
    assert stage.edits("same teh") == [Edit("xx.slips", "MISSP", 5, 8, "teh", "the")]


def test_no_tables_change_nothing() -> None:
    """A stage without tables is no error."""
    assert LexiconStage([], TABLES).apply("teh") == "teh"
    assert LexiconStage([], TABLES).edits("teh") == []


@given(st.text("tehnasa TENđ-\n"), st.sampled_from(["exact", "follow"]))
def test_edits_replay_to_the_result(text: str, mode: str) -> None:
    """Edit records say the same as the fast path."""
    stage = LexiconStage([item("slips", mode)], TABLES)
    assert replay(text, stage.edits(text)) == stage.apply(text)
