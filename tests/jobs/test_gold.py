"""The jobs pack against its gold titles: the cleaned title, and the fields."""

from __future__ import annotations

from pathlib import Path

import pytest

import textnorm
from tests.jobs.fields import fields_of, read, score
from textnorm.evaluate.gold import read_gold
from textnorm.normalizer import Normalizer
from textnorm.pack.places import data_dir

GOLD = data_dir() / "gold" / "jobs"


@pytest.fixture(scope="module")
def jobs() -> Normalizer:
    """The pack with its default layers."""
    return textnorm.load("jobs")


def test_titles_come_out_clean(jobs: Normalizer) -> None:
    """Nearly all dev titles become the title that was written down by hand."""
    sentences = read_gold([GOLD / "dev.tsv"])
    wrong = [one.input for one in sentences if jobs(one.input) not in one.accepted]
    assert len(sentences) >= 150
    assert len(wrong) <= 0.05 * len(sentences), wrong


def test_cleaned_titles_stay(jobs: Normalizer) -> None:
    """What came out of the pack goes through it unchanged."""
    cleaned = [jobs(one.input) for one in read_gold([GOLD / "dev.tsv"])]
    assert [text for text in cleaned if jobs(text) != text] == []


def test_fields_are_found(jobs: Normalizer) -> None:
    """Place, hours, grade, employer and the rest are told apart, and nothing else is taken for one."""
    pairs = [(fields_of(jobs.explain(title)), gold) for title, gold in read(GOLD / "fields_dev.tsv")]
    for name, counts in score(pairs).items():
        assert counts.right >= 0.9 * counts.gold, name
        assert counts.right >= 0.9 * counts.found, name


def test_edits_replay(jobs: Normalizer) -> None:
    """The edits lead from every raw title to its cleaned form, marks included."""
    for one in read_gold([GOLD / "dev.tsv"]):
        document = jobs.explain(one.input)
        assert document.replay() == document.text == jobs(one.input)


@pytest.mark.parametrize("part", ["dev", "test"])
def test_titles_and_fields_go_together(part: str) -> None:
    """The two gold files of a part have the same titles."""
    titles = [one.input for one in read_gold([GOLD / f"{part}.tsv"])]
    assert titles == [title for title, _ in read(Path(GOLD / f"fields_{part}.tsv"))]
