"""Differences of words, and rewrites made of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textnorm.learn.align import candidates, differences


@pytest.mark.parametrize(
    ("word", "normal", "expected", "distance"),
    [
        ("comin", "coming", [(5, 5, 5, 6)], 1),
        ("vazn", "važn", [(2, 3, 2, 3)], 1),
        ("sooo", "so", [(1, 3, 1, 1)], 2),
        ("zasto", "zašto", [(2, 3, 2, 3)], 1),
        ("same", "same", [], 0),
    ],
)
def test_differences(
    word: str, normal: str, expected: list[tuple[int, int, int, int]], distance: int
) -> None:
    """The stretches that differ are the fewest possible."""
    spans, found = differences(word, normal)
    assert [tuple(span) for span in spans] == expected
    assert found == distance


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_differences_rebuild(word: str, normal: str) -> None:
    """Putting the stretches in place of each other gives the normal form."""
    spans, _ = differences(word, normal)
    built, last = "", 0
    for start, end, low, high in spans:
        built += word[last:start] + normal[low:high]
        last = end
    assert built + word[last:] == normal


def test_candidates() -> None:
    """Rewrites have up to three letters around what differs, and never hold the whole word."""
    found = candidates("comin", "coming")
    assert {("n$", "ng$"), ("in$", "ing$"), ("min$", "ming$"), ("in", "ing")} >= found & {
        ("n$", "ng$"), ("in$", "ing$"), ("min$", "ming$"), ("in", "ing")
    }  # fmt: skip
    assert ("in$", "ing$") in found
    assert not candidates("abcdefgh", "stuvwxyz")
    assert all(old != "^u$" for old, _ in candidates("u", "you"))
