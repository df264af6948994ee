"""The medication pack against its hand-written gold: what is recognized, and how lines are said."""

from __future__ import annotations

from pathlib import Path

import pytest

from textnorm import Normalizer, load
from textnorm.evaluate.gold import read_gold
from textnorm.evaluate.spans import read_spans, score_spans, spans_text, total

GOLD = Path(__file__).resolve().parents[2] / "data" / "gold" / "medication-de"
CLASSES = {"DRUG", "STRENGTH", "FORM", "ROUTE", "DOSAGE", "FREQUENCY", "DURATION"}


@pytest.fixture(scope="module")
def tn() -> Normalizer:
    """The pack as it comes."""
    return load("medication-de")


@pytest.mark.parametrize(("part", "bar"), [("dev", 0.95), ("test", 0.87)])
def test_entities_are_found(part: str, bar: float, tn: Normalizer) -> None:
    """F1 by token over the seven classes, and on each class at least .8."""
    evaluation = score_spans(read_spans([GOLD / f"spans-{part}.tsv"]), tn.explain)
    report = spans_text(evaluation, errors=20 if part == "dev" else 0)
    assert (total(evaluation.tokens).f1 or 0) >= bar, report
    assert min(counts.f1 or 0 for counts in evaluation.tokens.values()) >= 0.8, report


@pytest.mark.parametrize(("part", "bar"), [("dev", 0.95), ("test", 0.8)])
def test_lines_are_said_right(part: str, bar: float, tn: Normalizer) -> None:
    """Lines come out as one of the accepted readings; what is no medication stays as it is."""
    sentences = read_gold([GOLD / f"{part}.tsv"])
    right = [sentence for sentence in sentences if tn(sentence.input) in sentence.accepted]
    assert len(right) >= bar * len(sentences)
    traps = [sentence.input for sentence in sentences if sentence.cls == "NONE"]
    assert [tn(line) for line in traps] == traps


def test_gold_is_large_enough_and_apart() -> None:
    """At least 150 lines with entities of all classes; no line in both parts."""
    dev, test = (read_spans([GOLD / f"spans-{part}.tsv"]) for part in ("dev", "test"))
    assert len(dev) + len(test) >= 200
    assert not {line.text for line in dev} & {line.text for line in test}
    for part in (dev, test):
        assert {span.cls for line in part for span in line.spans} == CLASSES
