from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textnorm.cluster.contexts import Contexts, read_corpus
from textnorm.cluster.similarity import (
    Similarity,
    levenshtein,
    rank_similarity,
    string_similarity,
    subsequence,
)
from textnorm.errors import InputError

WORDS = st.text("abcdehi", max_size=8)


@pytest.mark.parametrize(
    ("a", "b", "lcs", "distance", "value"),
    [
        ("zindagi", "zindagee", 6, 2, 6 / 9),
        ("mohabbat", "muhabat", 6, 2, 6 / 9),
        ("acha", "achha", 4, 1, 0.8),
        ("nahi", "nhi", 3, 1, 0.75),
        ("bht", "bohat", 3, 2, 0.6),
        ("khabar", "ghar", 3, 3, 3 / 7),
    ],
)
def test_string_similarity_of_the_paper(a: str, b: str, lcs: int, distance: int, value: float) -> None:
    """LCS over the shorter length and the distance, as worked out by hand."""
    assert (subsequence(a, b), levenshtein(a, b)) == (lcs, distance)
    assert string_similarity(a, b) == pytest.approx(value)


@given(WORDS, WORDS)
def test_string_similarity_is_symmetric_and_at_most_one(a: str, b: str) -> None:
    """Equal words have 1, others less."""
    assert string_similarity(a, b) == string_similarity(b, a)
    assert (string_similarity(a, b) == 1) == (a == b)


def test_rank_similarity() -> None:
    """Shared neighbours count by the lower of their ranks."""
    assert rank_similarity("37914", "73298", 5) == pytest.approx(10 / 15)
    assert rank_similarity("12345", "12345", 5) == 1
    assert rank_similarity("12345", "54321", 5) == pytest.approx(9 / 15)
    assert rank_similarity("12345", "16789", 5) == pytest.approx(5 / 15)


def contexts(**sides: tuple[str, str]) -> Contexts:
    """Contexts from letters: previous and next neighbours of each word."""
    return Contexts(
        {word: tuple(left) for word, (left, _) in sides.items()},
        {word: tuple(right) for word, (_, right) in sides.items()},
        5,
    )


CODES = {"zindagi": "Z", "zindgi": "Z", "mein": "M", "main": "M"}


def test_the_worked_pairs_of_the_paper() -> None:
    """zindagi and zindgi pass the threshold of 0.42 with little context, mein and main without any do not."""
    near = contexts(
        zindagi=("abcde", "abcde"),
        zindgi=("fghij", "xyzwa"),
        mein=("abcde", "abcde"),
        main=("fghij", "fghij"),
    )
    similarity = Similarity(CODES, near)
    assert similarity("zindagi", "zindgi") == pytest.approx((1 + 6 / 7 + 0 + 1 / 15) / 4)
    assert similarity("mein", "main") == 0.0


def test_short_contexts_make_a_pair_unlike() -> None:
    """A word with fewer than five neighbours is like nothing, unless contexts are not weighed."""
    short = contexts(zindagi=("abcde", "abcde"), zindgi=("abcd", "abcde"))
    assert Similarity(CODES, short)("zindagi", "zindgi") == 0
    assert Similarity(CODES)("zindagi", "zindgi") > 0.9


def test_neighbours_may_count_by_their_codes() -> None:
    """With previous_key and next_key it is enough that neighbours sound alike."""
    codes = {
        "a": "A",
        "b": "B",
        **{x: x.upper() for x in "klmnopqrst"},
        **dict(zip("cdefg", "KLMNO", strict=True)),
    }
    sides = contexts(a=("klmno", "klmno"), b=("cdefg", "cdefg"))
    assert Similarity(codes, sides, {"previous": 1, "next": 1})("a", "b") == 0
    assert Similarity(codes, sides, {"previous_key": 1, "next_key": 1})("a", "b") == 1


@pytest.mark.parametrize("weights", [{"sound": 1.0}, {"key": -1.0}, {"key": 0.0}, {"previous": 1.0}])
def test_useless_weights_are_refused(weights: dict[str, float]) -> None:
    """Unknown features, negative weights, and no weight on what can be compared are errors."""
    with pytest.raises(InputError):
        Similarity(CODES, None, weights)


def test_contexts_of_running_text() -> None:
    """Neighbours are ranked by frequency; links, mentions and hashtags are no words."""
    corpus = read_corpus(["Main ghar ja raha", "main ghar gaya", "@ali main GHAR #fun http://x.pk/main aya"])
    assert corpus.counts["main"] == 3
    assert corpus.contexts.next["main"] == ("ghar",)
    assert corpus.contexts.next["ghar"] == ("aya", "gaya", "ja")
    assert "fun" not in corpus.counts
