"""The Lithuanian pack against its hand-written dev set, and on the sample text."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from textnorm import Normalizer, load

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "data" / "gold" / "lt"


def rows(part: str) -> list[tuple[str, str, str, list[str]]]:
    """Id, class, input and accepted outputs of a part of the gold set."""
    lines = (GOLD / f"{part}.tsv").read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines if line and not line.startswith(("#", "id\t"))]
    return [(row[0], row[1], row[2], row[3].split(" || ")) for row in cells]


@pytest.fixture(scope="module")
def tn() -> Normalizer:
    """Lithuanian as it comes."""
    return load("lt")


def test_dev_sentences_are_read_right(tn: Normalizer) -> None:
    """At least 95 of 100 dev sentences, the misspelling layer aside."""
    chosen = [row for row in rows("dev") if row[1] != "MISSP"]
    wrong = [row[0] for row in chosen if tn(row[2]) not in row[3]]
    assert len(wrong) <= 0.05 * len(chosen), wrong


def test_traps_of_both_parts_stay_as_they_are(tn: Normalizer) -> None:
    """Ordinary words, names, headings and codes that look like something else are never touched."""
    traps = [row for part in ("dev", "test") for row in rows(part) if row[1] == "NONE"]
    assert len(traps) >= 60
    assert [row[0] for row in traps if tn(row[2]) != row[2]] == []


def test_misspellings_are_corrected_only_when_asked_for(tn: Normalizer) -> None:
    """The layer is off by default."""
    asked = load("lt", layers=["+misspellings"])
    assert tn("Labai aciu!") == "Labai aciu!"
    assert asked("Labai aciu!") == "Labai ačiū!"


def test_gold_parts_are_apart_and_well_formed() -> None:
    """Unique ids, NFC, no sentence in both parts."""
    dev, test = rows("dev"), rows("test")
    assert len(dev) >= 400
    assert len(test) >= 200
    assert len({row[0] for row in dev + test}) == len(dev) + len(test)
    assert not {row[2] for row in dev} & {row[2] for row in test}
    for row in dev + test:
        assert all(unicodedata.is_normalized("NFC", text) for text in (row[2], *row[3])), row[0]


def test_the_sample_has_no_digit_left_that_should_be_read(tn: Normalizer) -> None:
    """Every line of the sample keeps its place, and hardly any digit survives."""
    sample = (ROOT / "data" / "samples" / "lt.txt").read_text(encoding="utf-8")
    out = tn(sample)
    assert out.count("\n") == sample.count("\n")
    before, after = (sum(char.isdigit() for char in text) for text in (sample, out))
    assert after <= 0.1 * before


@pytest.mark.parametrize(
    ("option", "value", "text", "expected"),
    [
        ("decimals", "fraction", "Sveria 2,5 kg.", "Sveria du ir penkias dešimtąsias kilogramo."),
        ("dates", "definite", "Gimė sausio 5 d. rytą.", "Gimė sausio penktosios dienos rytą."),
        ("money", "comma", "Kaina – 2,50 Eur.", "Kaina – du kablelis penkiasdešimt euro."),
        ("letters", "keep", "Pranešė LRT.", "Pranešė LRT."),
        ("www", "letters", "Žr. www.lrt.lt.", "Žiūrėk vė vė vė taškas lrt taškas lt."),
    ],
)
def test_options_change_the_style(option: str, value: str, text: str, expected: str) -> None:
    """Each pack option in its other value."""
    assert load("lt", options={option: value})(text) == expected
