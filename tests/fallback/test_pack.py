"""What a pack may say of a model and its gate, and how mistakes in it are told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import textnorm
from tests.fallback.packs import write_pack
from textnorm.errors import PackError


def load(folder: Path, *lines: str) -> textnorm.Normalizer:
    """A pack with these lines in the file of its model."""
    write_pack(folder, "engine: auto", "model: models/none", *lines)
    return textnorm.load("typed", rules=[folder])


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "0.9", "'0.01'", "1"])
def test_a_threshold_is_a_log_probability(tmp_path: Path, value: str) -> None:
    """A probability written there would switch the model off without a word: it is refused."""
    with pytest.raises(PackError, match=r"model\.yaml:9.*no log-probability.*-0\.105"):
        load(tmp_path, f"threshold: {value}")


@pytest.mark.parametrize(
    "line", ["length: 5 0.4", "length: nan 5", "length: 1", "length: 0.5 inf", "length: -1 5"]
)
def test_a_length_is_two_shares_in_order(tmp_path: Path, line: str) -> None:
    """Bounds that nothing can lie between, or that bound nothing, are a mistake."""
    with pytest.raises(PackError, match="is no pair of numbers"):
        load(tmp_path, "threshold: 'off'", line)


def test_a_distance_is_not_negative(tmp_path: Path) -> None:
    """No answer would differ by less than nothing."""
    with pytest.raises(PackError, match="-1 is less than 0"):
        load(tmp_path, "threshold: 'off'", "distance: -1")


def test_a_model_that_is_off_need_not_be_there(tmp_path: Path) -> None:
    """With `threshold: off` neither model nor packages are looked for, and the text stays as it is."""
    off = load(tmp_path, "threshold: 'off'", "length: 0 9", "distance: 0")
    text = "Aciu, zmogau \ud800 15 \u00e9"
    assert off(text) == text
    assert not off.explain(text).edits


@pytest.mark.parametrize(
    ("typed", "answer", "taken"),
    [
        ("kava", "kavą", True),
        ("KAVA", "KAVĄ", True),
        ("oda", "óda", True),
        ("uda", "óda", True),  # one letter may stand for two
        ("kava", "kova", False),
        ("kavą", "kava", False),
        ("kava", "kavaą", False),
        ("kava", "KAVĄ", False),
        ("kava", "kavĄ", False),
    ],
)
def test_edits_bound_what_any_model_may_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, answer: str, taken: bool
) -> None:
    """Letter by letter the answer is the word itself, but for the letters that the pack lists."""

    class Model:
        name, reach = "model", 0

        def knows(self, word: str) -> bool:
            return False

        def settled(self, word: str) -> None:
            return None

        def predict(self, asks: Any) -> Any:
            return [(answer, -0.1) for _ in asks]

    monkeypatch.setattr("textnorm.fallback.load._byte_model", lambda *given: (-1.0, Model))
    normalizer = load(tmp_path, "threshold: -1", "edits: {a: ą, o: ó, u: ó}")
    assert normalizer(typed) == (answer if taken else typed)
