"""The text and JSON reports of one small evaluation, word for word."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from textnorm.document import Document, Edit, place
from textnorm.errors import Location
from textnorm.evaluate.gold import Sentence
from textnorm.evaluate.metrics import Evaluation, evaluate
from textnorm.evaluate.report import report_dict, report_text
from textnorm.evaluate.textmetrics import TextMetric

SIGNATURES = {(): "xx|1a2b", ("spelling",): "xx|3c4d"}


def explain(text: str) -> Document:
    """Reads every 5 as "five" and doubts it."""
    if "5" not in text:
        return Document(text, text, ())
    start = text.index("5")
    edit = Edit("x.num", "NUM", start, start + 1, "5", "five", uncertain=True, alternatives=("fifth",))
    return Document(text, text.replace("5", "five"), place([edit]))


@pytest.fixture
def evaluation() -> Evaluation:
    """Four sentences of two classes, one wrong, one needless change; metrics as if not installed."""
    gold = [
        Sentence("n1", "NUM", "5 cats", ("five cats",), Location("gold.tsv", 2)),
        Sentence("n2", "NUM", "the 5 of May", ("the fifth of May",), Location("gold.tsv", 3)),
        Sentence("t1", "TRAP", "as it is", ("as it is",), Location("gold.tsv", 4)),
        Sentence("t2", "TRAP", "B5", ("B5",), Location("gold.tsv", 5)),
    ]
    metrics = (TextMetric("WER", 12.5), TextMetric("BLEU", None, remedy='pip install "textnorm[eval]"'))
    return replace(evaluate(gold, lambda layers: explain), metrics=metrics)


def test_text_report(evaluation: Evaluation) -> None:
    """The report holds the table, the summary, confusions, rules, worst sentences and signatures."""
    assert report_text(evaluation, SIGNATURES, errors=1) == (
        "class  n  correct  accuracy  uncertain  accuracy on the rest  among readings  needless\n"
        "NUM    2        1     50.0%     100.0%                     -          100.0%         -\n"
        "TRAP   2        1     50.0%      50.0%                100.0%            0.0%       1/2\n"
        "total  4        2     50.0%      75.0%                100.0%           66.7%       1/2\n"
        "\n"
        "total accuracy 50.0% (95% interval 15.0% to 85.0%)\n"
        "macro average over classes 50.0%\n"
        "WER 12.50%\n"
        'BLEU not computed; pip install "textnorm[eval]"\n'
        "\n"
        "confusions (expected → got)\n"
        "      1  fifth → five\n"
        "      1  B5 → Bfive\n"
        "\n"
        "rules that took part in wrong sentences\n"
        "  wrong  sentences  rule\n"
        "      2          3  x.num\n"
        "\n"
        "worst sentences (1 of 2 wrong)\n"
        "  t2  TRAP  gold.tsv:5\n"
        "    input     B5\n"
        "    expected  B5\n"
        "    got       Bfive\n"
        "    rules     x.num (uncertain)\n"
        "\n"
        "signature: xx|1a2b\n"
        "signature +spelling: xx|3c4d"
    )


def test_text_report_without_mistakes_has_no_empty_sections() -> None:
    """A perfect score leaves the table, the summary and the signature."""
    gold = [Sentence("t1", "TRAP", "as it is", ("as it is",), Location("gold.tsv", 1))]
    text = report_text(evaluate(gold, lambda layers: explain), {(): "xx|1a2b"})
    assert text.count("\n\n") == 2
    assert "confusions" not in text
    assert "wrong" not in text


def test_no_sentences_are_shown_when_none_are_wanted(evaluation: Evaluation) -> None:
    """`errors=0` drops the section."""
    assert "worst sentences" not in report_text(evaluation, SIGNATURES, errors=0)


def test_empty_side_of_a_confusion_shows_as_an_empty_set() -> None:
    """A missing word is expected → ∅."""
    gold = [Sentence("1", "X", "a", ("a b",), Location("gold.tsv", 1))]
    assert "      1  b → ∅" in report_text(evaluate(gold, lambda layers: explain), SIGNATURES)


def test_long_confusion_lists_end_with_a_count() -> None:
    """Past twenty pairs the text says how many more there are."""
    words = [f"w{n}" for n in range(23)]
    gold = [Sentence("1", "X", " ".join(words), (" ".join(f"v{w}" for w in words),), Location("g", 1))]
    assert "         and 3 more" in report_text(evaluate(gold, lambda layers: explain), SIGNATURES)


def test_json_report(evaluation: Evaluation) -> None:
    """The JSON holds the same numbers, every wrong sentence, and nothing JSON cannot carry."""
    data = json.loads(json.dumps(report_dict(evaluation, SIGNATURES)))
    assert data["signatures"] == {"": "xx|1a2b", "+spelling": "xx|3c4d"}
    assert data["total"] == {
        "n": 4,
        "correct": 2,
        "uncertain": 3,
        "traps": 2,
        "needless": 1,
        "accuracy": 0.5,
        "uncertain_share": 0.75,
        "certain_accuracy": 1.0,
        "among_readings": 0.666667,
        "interval95": [0.150039, 0.849961],
    }
    assert data["macro_accuracy"] == 0.5
    assert data["classes"]["NUM"]["certain_accuracy"] is None
    assert data["metrics"] == [
        {"name": "WER", "value": 12.5},
        {"name": "BLEU", "value": None, "remedy": 'pip install "textnorm[eval]"'},
    ]
    assert data["confusions"][0] == {"expected": "fifth", "got": "five", "count": 1}
    assert data["rules"] == [{"rule": "x.num", "sentences": 3, "wrong": 2}]
    assert [wrong["id"] for wrong in data["wrong"]] == ["t2", "n2"]
    assert data["wrong"][1] == {
        "id": "n2",
        "class": "NUM",
        "at": "gold.tsv:3",
        "input": "the 5 of May",
        "accepted": ["the fifth of May"],
        "expected": "the fifth of May",
        "got": "the five of May",
        "uncertain": True,
        "among_readings": True,
        "rules": ["x.num"],
    }
