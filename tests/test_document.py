"""Edits, their replay, and their composition over two passes, as properties of random texts."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from textnorm.document import Document, Edit, Loser, compose, place, replay

# Two scripts, a combining mark and a letter outside the BMP: offsets count code points in all of them.
LETTERS = "ab \u0301ኀ𞤀"


@st.composite
def passes(draw: st.DrawFn, source: str, rule: str) -> tuple[Edit, ...]:
    """Ordered edits of `source` that may touch each other, insert, delete or change nothing."""
    cuts = sorted(draw(st.lists(st.integers(0, len(source)), max_size=8)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    edits = [
        Edit(f"{rule}.{n}", "X", start, end, source[start:end], draw(st.text(LETTERS, max_size=4)))
        for n, (start, end) in enumerate(pairs)
    ]
    return place(edits)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A document of one pass."""
    source = draw(st.text(LETTERS, max_size=12))
    edits = draw(passes(source, "first"))
    return Document(source, replay(source, edits), edits)


@st.composite
def two_passes(draw: st.DrawFn) -> tuple[Document, Document]:
    """A document and a second one over its output."""
    first = draw(documents())
    edits = draw(passes(first.text, "second"))
    return first, Document(first.text, replay(first.text, edits), edits)


def composed(first: Document, second: Document) -> Document:
    """The two passes as one document."""
    return Document(first.source, second.text, compose(first.source, first.edits, first.text, second.edits))


def outside(doc: Document) -> list[int]:
    """Output offsets that no edit wrote."""
    written = {n for edit in doc.edits for n in range(edit.out_start, edit.out_end)}
    return [n for n in range(len(doc.text)) if n not in written]


@given(documents())
def test_placed_edits_point_at_their_text(doc: Document) -> None:
    """`before` and `after` are the slices that the offsets of a placed edit name."""
    for edit in doc.edits:
        assert doc.source[edit.start : edit.end] == edit.before
        assert doc.text[edit.out_start : edit.out_end] == edit.after


@given(two_passes())
def test_composed_edits_replay_to_the_final_text(pair: tuple[Document, Document]) -> None:
    """Replaying the composed edits over the source gives what the two passes give one after the other."""
    doc = composed(*pair)
    assert doc.replay() == doc.text


@given(two_passes())
def test_composed_edits_are_ordered_and_name_their_text(pair: tuple[Document, Document]) -> None:
    """Composed edits do not overlap on either side, and their slices match their texts."""
    doc = composed(*pair)
    for edit in doc.edits:
        assert doc.source[edit.start : edit.end] == edit.before
        assert doc.text[edit.out_start : edit.out_end] == edit.after
    for left, right in zip(doc.edits, doc.edits[1:], strict=False):
        assert left.end <= right.start
        assert left.out_end <= right.out_start


@given(two_passes())
def test_composing_keeps_every_edit_once(pair: tuple[Document, Document]) -> None:
    """Each edit of either pass survives, as itself or as a step of exactly one composed edit."""
    first, second = pair
    kept = [step.rule for edit in composed(first, second).edits for step in (edit.steps or (edit,))]
    assert sorted(kept) == sorted(edit.rule for edit in (*first.edits, *second.edits))


@given(two_passes())
def test_offsets_outside_composed_edits_agree_with_the_two_steps(pair: tuple[Document, Document]) -> None:
    """An untouched character maps to the same source offset in one step as in two."""
    first, second = pair
    doc = composed(first, second)
    for offset in outside(doc):
        assert doc.to_source(offset) == first.to_source(second.to_source(offset))
        assert doc.source[doc.to_source(offset)] == doc.text[offset]


@given(documents())
def test_to_source_never_runs_backwards(doc: Document) -> None:
    """Source offsets grow with output offsets, from inside the source to its end."""
    offsets = [doc.to_source(n) for n in range(len(doc.text) + 1)]
    assert offsets == sorted(offsets)
    assert all(0 <= n <= len(doc.source) for n in offsets)
    assert offsets[-1] == len(doc.source)


@given(documents())
def test_to_source_inside_an_edit_is_its_start(doc: Document) -> None:
    """Every offset of an edit's output maps to the start of what it replaced."""
    for edit in doc.edits:
        for offset in range(edit.out_start, edit.out_end):
            assert doc.to_source(offset) == edit.start


def test_compose_without_a_first_pass_places_the_second() -> None:
    """Edits that come without output offsets leave compose with them, whichever pass is empty."""
    edit = Edit("x.a", "X", 1, 2, "b", "long")
    assert compose("abc", (), "abc", (edit,)) == place([edit])


def test_overlapping_passes_become_one_edit_with_both_as_steps() -> None:
    """A second pass that rewrites the output of the first yields one edit from source to final text."""
    first = place([Edit("x.one", "CARDINAL", 3, 4, "5", "five", {"n": "5"}, True, ("fifth",))])
    second = place([Edit("x.two", "CASE", 0, 7, "at five", "AT FIVE")])
    (edit,) = compose("at 5!", first, "at five!", second)
    assert edit.rule == "x.one+x.two"
    assert edit.cls == "CASE"
    assert (edit.start, edit.end, edit.before) == (0, 4, "at 5")
    assert (edit.out_start, edit.out_end, edit.after) == (0, 7, "AT FIVE")
    assert edit.uncertain
    assert edit.steps == (*first, *second)


def test_alternatives_of_a_joined_edit_are_readings_of_all_of_it() -> None:
    """Each reading of the second pass stands in its own place, with the rest of the stretch around it."""
    first = place([Edit("x.space", "SPACE", 1, 2, "\u00a0", " ")])
    second = place(
        [
            Edit("x.num", "NUM", 0, 2, "5 ", "five ", alternatives=("fifth ",)),
            Edit("x.unit", "UNIT", 2, 3, "m", "metres", alternatives=("minutes", "men")),
        ]
    )
    joined, unit = compose("5\u00a0m", first, "5 m", second)
    assert (joined.before, joined.after, joined.alternatives) == ("5\u00a0", "five ", ("fifth ",))
    assert unit.alternatives == ("minutes", "men")
    wide = place([Edit("x.all", "X", 0, 3, "abc", "5 m")])
    (edit,) = compose("abc", wide, "5 m", second)
    assert edit.alternatives == ("fifth metres", "five minutes", "five men")


def test_to_dict_omits_empty_entries() -> None:
    """A plain edit has its eight keys, and a document without losers has no such key."""
    doc = Document("5", "five", place([Edit("x.one", "CARDINAL", 0, 1, "5", "five")]))
    assert doc.to_dict() == {
        "source": "5",
        "text": "five",
        "edits": [
            {
                "rule": "x.one",
                "class": "CARDINAL",
                "start": 0,
                "end": 1,
                "before": "5",
                "after": "five",
                "out_start": 0,
                "out_end": 4,
            }
        ],
    }


def test_to_dict_is_json_ready_with_everything_in_it() -> None:
    """Fields, doubt, alternatives, steps and losers all survive a round trip through JSON."""
    step = Edit("x.a", "X", 0, 1, "5", "V")
    edit = Edit("x.a+x.b", "X", 0, 1, "5", "v", {"n": "5"}, True, ("five",), steps=(step,))
    doc = Document("5", "v", place([edit]), (Loser("x.c", "Y", 0, 1, "5", "lost to x.a"),))
    data = json.loads(json.dumps(doc.to_dict()))
    assert data == doc.to_dict()
    assert data["edits"][0]["fields"] == {"n": "5"}
    assert data["edits"][0]["uncertain"] is True
    assert data["edits"][0]["alternatives"] == ["five"]
    assert data["edits"][0]["steps"] == [step.to_dict()]
    assert data["losers"] == [
        {"rule": "x.c", "class": "Y", "start": 0, "end": 1, "before": "5", "reason": "lost to x.a"}
    ]


def test_nbest_varies_the_least_likely_last() -> None:
    """Readings of the whole text, by how far down the lists their choices stand; later edits first."""
    edits = place(
        [
            Edit("a", "A", 0, 1, "1", "x", uncertain=True, alternatives=("y", "z")),
            Edit("b", "A", 2, 3, "2", "p", uncertain=True, alternatives=("q",)),
        ]
    )
    document = Document("1 2", "x p", edits)
    assert document.nbest(4) == ["x p", "x q", "y p", "y q"]
    assert sorted(document.nbest(99)) == ["x p", "x q", "y p", "y q", "z p", "z q"]
    assert document.nbest(0) == []
    assert Document("a", "a", ()).nbest(3) == ["a"]
