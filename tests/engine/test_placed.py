"""Character maps whose entries ask where they stand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textnorm.document import Edit, replay
from textnorm.engine.placed import PlacedStage
from textnorm.errors import Location, PackError
from textnorm.pack.model import CharEntry, Charmap

HERE = Location("here")


def entry(source: str, target: str, *position: str, **rest: Any) -> CharEntry:
    """An entry that asks for these positions."""
    return CharEntry(source, target, HERE, position, **rest)


def stage(*entries: CharEntry, skip: str = "") -> PlacedStage:
    """A stage of one map; macros are not written out."""
    charmap = Charmap("xx.map", "A map.", "SCRIPT", entries, (), "", (), (), HERE, skip=skip)
    return PlacedStage([charmap], lambda pattern: pattern)


@pytest.mark.parametrize(
    ("position", "expected"),
    [
        ("initial", "Xه Xهه ه 5ه Xه"),
        ("medial", "هه هXه ه 5ه هه"),
        ("final", "هX ههX ه 5ه هX"),
        ("isolated", "هه ههه X 5X هه"),
    ],
)
def test_positions_are_those_within_words(position: str, expected: str) -> None:
    """Letters make words; spaces and digits border on them."""
    assert stage(entry("ه", "X", position)).apply("هه ههه ه 5ه هه") == expected


def test_several_positions_are_alternatives() -> None:
    """Final and isolated together mean that no letter follows."""
    assert stage(entry("ه", "X", "final", "isolated")).apply("به ه هم") == "بX X هم"


def test_marks_belong_to_the_word() -> None:
    """A letter with a vowel sign at the end of a word is not the last of it."""
    assert stage(entry("ه", "X", "final")).apply("به به\u064e") == "بX به\u064e"


def test_entries_of_one_character_are_tried_in_order() -> None:
    """The first entry whose conditions hold is used, an entry without any comes last."""
    maps = stage(entry("a", "1", "initial"), entry("a", "2", before="b"), entry("a", "3"))
    assert maps.apply("ab ba a") == "1b b2 3"


def test_longer_sequences_come_first() -> None:
    """Whatever the order of entries."""
    assert stage(entry("a", "1"), entry("ab", "2", "isolated")).apply("ab abc") == "2 1bc"


def test_a_run_is_one_match() -> None:
    """A run is replaced as a whole; it borders on what stands around all of it."""
    maps = stage(entry("-", "", "medial", run=True), entry("_", "_", run=True, after="a"))
    assert maps.apply("a--b a-- --b a__a a__b") == "ab a-- --b a_a a__b"
    assert stage(entry("ـ", "", "medial", run=True)).apply("ســـلام ـا اـ") == "سلام ـا اـ"


def test_a_run_is_not_cut_in_two() -> None:
    """Where the start of a run does not fit, its rest is no run."""
    assert stage(entry("-", "", run=True, before="(?<!a)")).apply("a--- b---") == "a--- b"


def test_skipped_stretches_stay() -> None:
    """Nothing is replaced in what `skip` matches."""
    assert stage(entry("1", "١"), skip="[A-Z][A-Z0-9-]*").apply("1 A1-1 1") == "١ A1-1 ١"


def test_groups_in_conditions_do_no_harm() -> None:
    """Authors may write groups; the entry is still told."""
    maps = stage(entry("a", "1", after="(b)(c)"), entry("b", "2", before="(a)"))
    assert maps.apply("abc") == "12c"


def test_edits_say_what_changed_and_where() -> None:
    """Positions count code points; an entry that keeps a character makes no edit."""
    maps = stage(entry("-", "-", run=True, after="a"), entry("x", ""))
    assert maps.edits("-a--ax") == [
        Edit("xx.map", "SCRIPT", 2, 4, "--", "-"),
        Edit("xx.map", "SCRIPT", 5, 6, "x", ""),
    ]
    assert maps.edits("b") == []


def test_a_faulty_pattern_names_the_map() -> None:
    """The error says where to look."""
    with pytest.raises(PackError, match=r"xx\.map") as caught:
        stage(entry("a", "b", after="("))
    assert caught.value.at == HERE


@given(st.text("ab-ـه ه\u064e1A", max_size=12))
def test_edits_replay_to_the_result(text: str) -> None:
    """Edit records say the same as the fast path."""
    maps = stage(
        entry("ه", "ە", "final", "medial"),
        entry("ـ", "", "medial", run=True),
        entry("-", "-", run=True, after="[ab]"),
        entry("1", "١"),
        skip="A[A1]*",
    )
    assert replay(text, maps.edits(text)) == maps.apply(text)
