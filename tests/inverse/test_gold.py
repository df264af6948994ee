"""The inverse on hand-written sentences, and back and forth on the forward dev set."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from textnorm import Normalizer, load
from textnorm.evaluate.gold import Sentence, read_gold

GOLD = Path(__file__).resolve().parents[2] / "data" / "gold" / "lt"
MISSES = {"inverse": 2, "inverse_test": 4}


@pytest.mark.parametrize("part", MISSES)
def test_sentences_are_written_as_usual(lt: Normalizer, part: str) -> None:
    """All but a few of each part."""
    wrong = [s.id for s in read_gold([GOLD / f"{part}.tsv"]) if lt(s.input) not in s.accepted]
    assert len(wrong) <= MISSES[part], wrong


@pytest.mark.parametrize("part", MISSES)
def test_what_is_written_reads_back(lt: Normalizer, forward: Normalizer, part: str) -> None:
    """The forward pack, or its other style of ordinals and decimals, says again what was spoken."""
    styles = [forward, *(load("lt", options={name: value}) for name, value in STYLES)]
    for sentence in read_gold([GOLD / f"{part}.tsv"]):
        written = lt(sentence.input)
        wanted = sentence.input.replace("vieną tūkstantį", "tūkstantį")  # need not be said
        wanted = wanted.replace("dešimties", "dešimt")
        assert wanted in {style(written) for style in styles}, (sentence.id, written)


STYLES = (("dates", "definite"), ("decimals", "fraction"))


def test_parts_are_large_enough_and_apart() -> None:
    """At least 200 sentences, 60 of which stay as they are."""
    rows = read_gold([GOLD / f"{part}.tsv" for part in MISSES])
    assert len(rows) >= 200
    assert sum(row.is_trap for row in rows) >= 60
    assert len({row.input for row in rows}) == len(rows)


def test_dev_sentences_come_back(lt: Normalizer, forward: Normalizer) -> None:
    """Of 100 spoken dev sentences at least 90 come back, with every number from ten on in digits."""
    rows = [
        row for row in read_gold([GOLD / "dev.tsv"]) if row.cls != "MISSP" and re.search(r"\d", row.input)
    ]
    styles = [forward, *(load("lt", options={name: value}) for name, value in STYLES)]
    good = 0
    for row in rows:
        spoken = _spoken(row, forward)
        written = lt(spoken)
        reads_back = any(style(written) in (spoken, forward(spoken)) for style in styles)
        good += reads_back and not _lost(row.input, written)
    assert good >= 0.9 * len(rows)


def _spoken(row: Sentence, forward: Normalizer) -> str:
    said = forward(row.input)
    return said if said in row.accepted else row.accepted[0]


def _lost(before: str, after: str) -> bool:
    """Whether a number from ten on that was in digits is not any more, however its digits are grouped."""
    if re.sub(r"\D", "", before) == re.sub(r"\D", "", after):
        return False
    return any(number >= 10 for number in Counter(_numbers(before)) - Counter(_numbers(after)))


def _numbers(text: str) -> list[int]:
    return [
        int(digits) for digits in re.findall(r"\d+", re.sub(r"(?<=\d)[ \u00a0](?=\d{3}(?!\d))", "", text))
    ]
