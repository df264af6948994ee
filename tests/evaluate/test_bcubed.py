from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textnorm.errors import InputError
from textnorm.evaluate.bcubed import bcubed, clusters_text, read_clusters, score_clusters

GOLD = {"nahi": "no", "nhi": "no", "nahin": "no", "hai": "is"}


def test_worked_example() -> None:
    """One word strays: precision and recall are averages over words."""
    found = bcubed({"nahi": "1", "nhi": "1", "nahin": "2", "hai": "2"}, GOLD)
    assert found.precision == pytest.approx((1 + 1 + 0.5 + 0.5) / 4)
    assert found.recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert found.f1 == pytest.approx(2 * 0.75 * (2 / 3) / (0.75 + 2 / 3))


def test_the_floor_is_always_beside_it() -> None:
    """Leaving every word alone has precision 1 and a recall that flatters."""
    score = score_clusters(dict.fromkeys(GOLD, "1"), GOLD)
    assert score.singletons == (1.0, pytest.approx(0.5))
    assert clusters_text(score).split("\n")[2].split() == ["all", "singletons", "100.0%", "50.0%", "66.7%"]


@given(st.dictionaries(st.text("abc", min_size=1), st.sampled_from("xyz"), min_size=1))
def test_gold_itself_is_perfect(gold: dict[str, str]) -> None:
    """The right clusters score 1, whatever they are called."""
    assert bcubed({word: f"c{name}" for word, name in gold.items()}, gold) == (1, 1)


def test_words_without_prediction_are_named() -> None:
    """A gold word that was not clustered is an error, not a zero."""
    with pytest.raises(InputError, match="'hai'"):
        bcubed({"nahi": "1", "nhi": "1", "nahin": "1"}, GOLD)


@pytest.mark.parametrize(
    ("text", "message"),
    [("nahi\n", ":1: 'nahi' is no word"), ("a\t1\na\t2\n", ":2: 'a' is in two"), ("\tx", "no word")],
)
def test_faulty_files(tmp_path: Path, text: str, message: str) -> None:
    """The line at fault is named."""
    path = tmp_path / "gold.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_clusters([path])
