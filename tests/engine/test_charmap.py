"""Characters replaced in one simultaneous pass."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from textnorm.document import Edit, replay
from textnorm.engine.charmap import CharmapStage
from textnorm.errors import Location
from textnorm.pack.model import CharEntry, Charmap, Lexicon

HERE = Location("here")


def charmap(name: str, entries: dict[str, str]) -> Charmap:
    """A map of these characters."""
    listed = tuple(CharEntry(source, target, HERE) for source, target in entries.items())
    return Charmap(f"xx.{name}", "A map.", "SCRIPT", listed, (), "", (), (), HERE)


def test_all_characters_are_replaced_at_once() -> None:
    """What one entry puts in, another does not take out: a swap is a swap."""
    assert CharmapStage([charmap("swap", {"ኀ": "ሀ", "ሀ": "ኀ"})]).apply("ኀሀይል") == "ሀኀይል"


def test_longer_sequences_come_first() -> None:
    """The order of entries does not matter: `theta` is never read as `th` and `eta`."""
    stage = CharmapStage([charmap("greek", {"eta": "η", "theta": "θ", "t": "τ"})])
    assert stage.apply("theta eta t") == "θ η τ"


def test_earlier_maps_win() -> None:
    """Where two maps of a stage know a character, the first one is used."""
    stage = CharmapStage([charmap("one", {"a": "1"}), charmap("two", {"a": "2", "b": "3"})])
    assert stage.apply("ab") == "13"
    assert [edit.rule for edit in stage.edits("ab")] == ["xx.one", "xx.two"]


def test_characters_with_a_meaning_in_patterns_are_plain() -> None:
    """Brackets, hyphens, carets and backslashes stand for themselves."""
    stage = CharmapStage([charmap("signs", {"]": "1", "-": "2", "^": "3", "\\": "4", ".": "5", "[.": "6"})])
    assert stage.apply("^a-z]\\.[.") == "3a2z1456"


def test_empty_targets_delete() -> None:
    """A sign may be mapped to nothing; text without mapped signs comes out as it is."""
    stage = CharmapStage([charmap("marks", {"\u0651": ""})])
    assert stage.apply("مد\u0651ة") == "مدة"
    assert stage.apply("plain") == "plain"
    assert stage.edits("plain") == []


def test_edits_leave_out_what_does_not_change() -> None:
    """An entry that maps a character to itself guards it, and is no edit."""
    stage = CharmapStage([charmap("guard", {"x": "x"}), charmap("map", {"x": "y", "ab": "c"})])
    assert stage.apply("xab") == "xc"
    assert stage.edits("xab") == [Edit("xx.map", "SCRIPT", 1, 3, "ab", "c")]


def test_no_maps_change_nothing() -> None:
    """A stage whose maps are empty is no error."""
    assert CharmapStage([]).apply("text") == "text"
    assert CharmapStage([charmap("none", {})]).edits("text") == []


@given(
    st.dictionaries(st.text("abc]-", min_size=1, max_size=3), st.text("abcd", max_size=3)), st.text("abc]-x")
)
def test_edits_replay_to_the_result(entries: dict[str, str], text: str) -> None:
    """Edit records say the same as the fast path."""
    stage = CharmapStage([charmap("any", entries)])
    assert replay(text, stage.edits(text)) == stage.apply(text)


@given(
    st.dictionaries(st.sampled_from("abcdሀሁሂ\u135d"), st.sampled_from(["", "x", "yz", "ሃ", "a"]), min_size=1),
    st.text("abcሀሁሂሃ\u135d.", min_size=1, max_size=40),
)
def test_long_texts_come_out_like_their_pieces(entries: dict[str, str], piece: str) -> None:
    """Letters are replaced one after the other in long texts only; the result is the same, chains included."""
    stage = CharmapStage([charmap("any", entries)])
    assert stage.apply(piece * 5000) == stage.apply(piece) * 5000


def test_a_map_names_the_words_that_it_makes_alike() -> None:
    """Only an edit within a listed word that has a twin says so."""
    listed = Lexicon("xx/pairs", ("word",), (("sun",), ("fun",), ("gun",)), "pairs.tsv")
    stage = CharmapStage([replace(charmap("f", {"f": "s"}), words="xx/pairs")], {"xx/pairs": listed})
    assert [edit.merges for edit in stage.edits("fun of sun, fund")] == [("fun", "sun"), (), ()]
