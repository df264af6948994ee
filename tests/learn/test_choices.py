"""The parts that a learned pack is put together from."""

from __future__ import annotations

import pytest

from textnorm.learn.choices import choices, layer_of, present, reduced
from textnorm.learn.parts import Entry, Learned, Rewrite

RARE, SURE, DIGITS = (
    Rewrite("in$", "ing", False, False, 3, 1, 0),
    Rewrite("vaz", "važ", True, False, 20, 0, 0),
    Rewrite("^(.)2$", r"\1-\1", False, False, 9, 0, 0, digits=True),
)
LEARNED = Learned(
    entries=(
        Entry("u", "you", 9, 9),
        Entry("ur", "your", 5, 9),
        Entry("gonna", "going to", 1, 1),
        Entry("xmas", "christmas", 1, 1),
        Entry("their", "there", 1, 1),
        Entry("London", "london", 1, 1),
        Entry("umm", "umm", 1, 1),
    ),
    rewrites=(DIGITS, SURE, RARE),
    starts=("stop",),
    words={"their": 2},
)


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("lexicon", ["u", "umm"]),
        ("lexicon, in doubt", ["ur"]),
        ("lexicon, several words once", ["gonna"]),
        ("lexicon, once", ["xmas"]),
        ("lexicon, known words once", ["their"]),
        ("lexicon, capitals once", ["London"]),
    ],
)
def test_entries(part: str, words: list[str]) -> None:
    """Entries are told apart by what speaks for them; what stays as it is goes with the sure ones."""
    assert [entry.word for entry in choices(LEARNED)[part][1]] == words


def test_every_piece_is_in_one_part() -> None:
    """All parts together are all that was learned, in its order; none are nothing but the known words."""
    assert reduced(LEARNED, present([LEARNED])) == LEARNED
    assert reduced(LEARNED, []) == Learned(words={"their": 2})
    assert present([Learned(), Learned(words={"a": 1})]) == []
    backwards = ["rewrites from 60%", "doubling", "rewrites from 80%"]
    assert reduced(LEARNED, backwards).rewrites == (DIGITS, SURE, RARE)


def test_layers() -> None:
    """Every part belongs to a pass that its pieces make."""
    for name in present([LEARNED]):
        layers = [layer for layer, _ in reduced(LEARNED, [name]).passes()]
        assert layers == ([] if name == "two rewrites" else [layer_of(name)])
