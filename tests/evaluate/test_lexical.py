"""Lexical normalization scored token by token."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textnorm.document import Edit, replay
from textnorm.evaluate.aligned import Pair
from textnorm.evaluate.lexical import by_tokens, evaluate_lexical, most_frequent, score

SENTENCES = [
    (Pair("u", "you"), Pair("r", "are"), Pair("ok", "ok")),
    (Pair("gonna", "going to"), Pair("see", "see"), Pair("2", "2")),
]


def edit(text: str, before: str, after: str) -> Edit:
    """An edit of the first occurrence of a stretch."""
    start = text.index(before)
    return Edit("r", "C", start, start + len(before), before, after)


@pytest.mark.parametrize(
    ("tokens", "changes", "expected"),
    [
        (["u", "r"], [("u", "you")], ["you", "r"]),
        (["gonna", "go"], [("gonna", "going to")], ["going to", "go"]),
        (["al", "so", "x"], [("al so", "also")], ["also", "", "x"]),
        (["a", "lol", "b"], [("lol ", "")], ["a", "", "b"]),
        (["a", "lol"], [(" lol", "")], ["a", ""]),
        (["so,", "x"], [("so", "thus")], ["thus,", "x"]),
        (["abc"], [("a", "A"), ("c", "C")], ["AbC"]),
    ],
)
def test_by_tokens(tokens: list[str], changes: list[tuple[str, str]], expected: list[str]) -> None:
    """Edits go to the tokens that they stand in; one over several belongs to the first."""
    text = " ".join(tokens)
    assert by_tokens(tokens, [edit(text, *change) for change in changes]) == expected


@given(
    st.lists(st.text("abc", min_size=1, max_size=3), min_size=1, max_size=6),
    st.lists(st.tuples(st.integers(0, 20), st.integers(1, 4), st.text("xy", max_size=2)), max_size=4),
)
def test_nothing_is_lost(tokens: list[str], cuts: list[tuple[int, int, str]]) -> None:
    """The letters of the tokens are those of the text after the edits, in order."""
    text, edits, last = " ".join(tokens), [], 0
    for start, length, after in sorted(cuts):
        if last <= start < len(text):
            last = min(start + length, len(text))
            edits.append(Edit("r", "C", start, last, text[start:last], after))
    # An edit of a blank alone is in no token.
    edits = [one for one in edits if one.before.strip()]
    assert "".join("".join(by_tokens(tokens, edits)).split()) == "".join(replay(text, edits).split())


def test_score() -> None:
    """Right, needless and wrong changes make accuracy and error reduction rate."""
    found = score(SENTENCES, [["you", "ar", "ok"], ["going to", "sea", "two"]])
    assert (found.tokens, found.changed, found.right, found.needless, found.wrong) == (6, 3, 2, 2, 1)
    assert found.digits == 1
    assert found.accuracy == pytest.approx(3 / 6)
    assert found.err == 0
    assert found.needless_share == pytest.approx(2 / 3)


def test_layers_and_baselines() -> None:
    """Each layer is scored by what it adds; baselines stand beside the pack."""

    def first(text: str) -> Sequence[Edit]:
        return [edit(text, "u", "you")] if text.startswith("u") else []

    def second(text: str) -> Sequence[Edit]:
        return [*first(text), edit(text, "ok", "okay")] if text.startswith("u") else []

    found = evaluate_lexical([("a", first), ("b", second)], SENTENCES, SENTENCES[:1])
    assert [(one.layer, one.right, one.needless, one.wrong) for one in found.stages] == [
        ("a", 1, 0, 0),
        ("b", 0, 1, 0),
    ]
    assert found.baselines["leave as is"].err == 0
    assert found.baselines["most frequent replacement"].right == 2
    assert found.score.err == 0


def test_most_frequent() -> None:
    """The most frequent form wins; of equals the token itself, then the first by alphabet."""
    pairs = [("a", "b"), ("a", "b"), ("a", "a"), ("c", "d"), ("c", "c"), ("e", "y"), ("e", "x")]
    assert most_frequent([tuple(Pair(*pair) for pair in pairs)]) == {"a": "b", "c": "c", "e": "x"}
