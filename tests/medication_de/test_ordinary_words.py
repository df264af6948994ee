"""Ordinary German words that end or look like drugs are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from textnorm import Normalizer, load

WORDS = (Path(__file__).parent / "ordinary_words.txt").read_text(encoding="utf-8").split()

SENTENCES = [
    "Im April war das Klavier im Revier von Herrn Kain zu hören.",
    "Das Konzept der Turbine überzeugte den Offizier.",
    "Fr. Salbe wohnt in der Tropfengasse 1-3, 2. Stock links.",
    "Er kam um 8 Uhr mit dem Zug und blieb 3 Tage.",
    "Die Eisenbahn fährt über die Zinkhütte nach Kaliumhausen.",
    "Der Patient raucht 20 Zigaretten täglich und trinkt 2 l Bier pro Tag.",
    "Gewicht 75 kg, Größe 180 cm, BMI 23,1 kg/m²",
    "Eisen 45 µg/dl, Ferritin 12 ng/ml, Kalium 4,1 mmol/l, Calcium 2,3 mmol/l",
    "Wundkontrolle alle 2 Tage, Fäden ex am 12.03.",
    "Spielstand 1-0, später 2-1; Station 3-1-2, Tel. 0-30-1234567",
    "Herr Gel und Frau Spray gingen in die Lösung des Rätsels.",
]


@pytest.fixture(scope="module")
def tn() -> Normalizer:
    """The pack as it comes."""
    return load("medication-de")


def test_ordinary_words_are_no_drugs(tn: Normalizer) -> None:
    """None of 200 words of everyday language and chemistry is taken for a drug."""
    assert len(WORDS) >= 200
    text = "\n".join(WORDS)
    assert [edit.before for edit in tn.explain(text).edits if edit.cls == "DRUG"] == []


@pytest.mark.parametrize("sentence", SENTENCES)
def test_sentences_about_other_things_hold_no_drug_and_no_strength(sentence: str, tn: Normalizer) -> None:
    """Names, addresses, values and scores."""
    kinds = {"DRUG", "STRENGTH", "FORM", "ROUTE"}
    assert [(edit.cls, edit.before) for edit in tn.explain(sentence).edits if edit.cls in kinds] == []


def test_unlisted_names_with_known_stems_are_drugs(tn: Normalizer) -> None:
    """New names end as their group does."""
    names = [
        "Imidapril",
        "Bucindolol",
        "Anagliptin",
        "Sotagliflozin",
        "Delafloxacin",
        "Spesolimab",
        "Eletriptan",
    ]
    for name in names:
        assert [edit.before for edit in tn.explain(f"{name} 5 mg").edits if edit.cls == "DRUG"] == [name]
