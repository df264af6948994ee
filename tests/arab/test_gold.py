"""The packs against their hand-written sets."""

from __future__ import annotations

from pathlib import Path

import pytest

import textnorm
from textnorm.evaluate.gold import read_gold

from .conftest import PACKS

GOLD = Path(__file__).resolve().parents[2] / "data" / "gold"
LANGUAGES = [name for name in PACKS if name != "und-Arab"]


@pytest.mark.parametrize("part", ["dev", "test"])
@pytest.mark.parametrize("name", LANGUAGES)
def test_everything_comes_out_as_written_by_hand(name: str, part: str) -> None:
    """Maps are exact or wrong: every sentence, and no change where none is due."""
    tn = textnorm.load(name)
    sentences = read_gold([GOLD / name / f"{part}.tsv"])
    assert len(sentences) >= 20
    assert [one.id for one in sentences if tn(one.input) not in one.accepted] == []


@pytest.mark.parametrize("name", LANGUAGES)
def test_accepted_outputs_are_left_alone(name: str) -> None:
    """What is right is not changed again."""
    tn = textnorm.load(name)
    right = {
        text
        for part in ("dev", "test")
        for one in read_gold([GOLD / name / f"{part}.tsv"])
        for text in one.accepted
    }
    assert [text for text in right if tn(text) != text] == []
