"""The Roman Urdu pack against its hand-written sentences and clusters."""

from __future__ import annotations

from pathlib import Path

import pytest

import textnorm
from textnorm.cluster.clusterer import load_clusterer
from textnorm.evaluate.bcubed import read_clusters, score_clusters
from textnorm.evaluate.gold import read_gold

GOLD = Path(__file__).resolve().parents[2] / "data" / "gold" / "ur-Latn"


@pytest.mark.parametrize(("part", "least"), [("dev", 0.9), ("test", 0.7)])
def test_sentences(part: str, least: float) -> None:
    """Most messages come out entirely right."""
    tn = textnorm.load("ur-Latn")
    sentences = read_gold([GOLD / f"{part}.tsv"])
    wrong = [one.id for one in sentences if tn(one.input) not in one.accepted]
    assert len(wrong) <= (1 - least) * len(sentences), wrong


def test_what_needs_no_change_gets_none() -> None:
    """English sentences, names, addresses and settled spellings of both parts stay."""
    tn = textnorm.load("ur-Latn")
    kept = [one for one in read_gold([GOLD / "dev.tsv", GOLD / "test.tsv"]) if one.cls == "KEEP"]
    assert len(kept) >= 15
    assert [one.id for one in kept if tn(one.input) != one.input] == []


@pytest.mark.parametrize("part", ["dev", "test"])
def test_clusters(part: str) -> None:
    """Hand-made clusters are found with high precision, far above leaving words alone."""
    gold = read_clusters([GOLD / f"clusters_{part}.tsv"])
    found = load_clusterer("ur-Latn").by_edits(dict.fromkeys(gold, 1))
    predicted = {word: str(number) for number, cluster in enumerate(found) for word in cluster.words}
    score = score_clusters(predicted, gold)
    assert score.found.precision >= 0.95
    assert score.found.f1 >= 0.9
    assert score.singletons.f1 < 0.6


@pytest.mark.parametrize("part", ["dev", "test"])
def test_sentences_in_urdu_letters(part: str) -> None:
    """Plain sentences come out in correct Urdu, four of five to the letter."""
    tn = textnorm.load("ur-Latn", target="ur")
    sentences = read_gold([GOLD / f"urdu_{part}.tsv"])
    wrong = [one.id for one in sentences if tn(one.input) not in one.accepted]
    assert len(wrong) <= 0.2 * len(sentences), wrong


def test_every_learned_table_says_where_it_comes_from() -> None:
    """Origin and licence stand at the head of each table that was learned from data."""
    folder = Path(textnorm.__file__).parent.parent / "data" / "ur-Latn"
    for name in ("edits", "spellings", "correspondences", "romanized"):
        head = (folder / f"{name}.tsv").read_text(encoding="utf-8")[:500]
        assert "CC BY-SA 4.0" in head, name
