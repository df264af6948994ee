"""Radiology phrases: which body part they name, on which side, and that tables agree."""

from __future__ import annotations

from pathlib import Path

import pytest

from textnorm import Normalizer, load, load_linker
from textnorm.pack.places import data_dir
from textnorm.pack.tables import read_table

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "data" / "gold" / "anatomy"
CLASSES = ("ANATOMY", "SECTION")

Part = tuple[str, tuple[tuple[str, str], ...]]


@pytest.fixture(scope="module")
def tn() -> Normalizer:
    """The pack as it comes."""
    return load("anatomy")


def gold(part: str) -> list[tuple[str, str, list[dict[str, str]]]]:
    """Id, text and expected body parts of a gold file; a part that says no side has none."""
    rows = []
    for line in (GOLD / f"{part}.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith(("#", "id\t")):
            continue
        name, text, expected = line.split("\t")
        rows.append((name, text, [] if expected == "-" else [_part(one) for one in expected.split("; ")]))
    return rows


def _part(written: str) -> dict[str, str]:
    """`lung side=left zone=upper lobe` as fields."""
    concept, *rest = written.split("=")
    fields: dict[str, str] = {"side": ""}
    words = concept.split(" ")
    for value in rest:
        key = words.pop()
        fields.setdefault("concept", " ".join(words))
        words = value.split(" ")
        last = value is rest[-1]
        fields[key] = " ".join(words if last else words[:-1])
    fields.setdefault("concept", " ".join(words))
    return fields


def found(tn: Normalizer, text: str) -> list[dict[str, str]]:
    """Fields of the body parts that the pack marks, in order."""
    return [dict(edit.fields) for edit in tn.explain(text).edits if edit.cls in CLASSES]


def score(tn: Normalizer, part: str) -> tuple[int, int, int, list[str]]:
    """Right, wrong and missed body parts (concept, side, and zone and levels where the gold has them)."""
    right = wrong = missed = 0
    faults = []
    for name, text, expected in gold(part):
        got = found(tn, text)
        rest = list(got)
        for want in expected:
            hit = next(
                (one for one in rest if all(one.get(key, "") == value for key, value in want.items())), None
            )
            if hit is None:
                missed += 1
            else:
                right += 1
                rest.remove(hit)
        wrong += len(rest)
        if rest or len(got) != len(expected):
            faults.append(f"{name} {text!r}: {got}")
    return right, wrong, missed, faults


def test_dev_phrases(tn: Normalizer) -> None:
    """F1 of body parts with their sides on the dev phrases."""
    right, wrong, missed, faults = score(tn, "dev")
    assert 2 * right / (2 * right + wrong + missed) >= 0.95, faults


def test_phrases_not_looked_at(tn: Normalizer) -> None:
    """The same on the test phrases."""
    right, wrong, missed, _ = score(tn, "test")
    assert 2 * right / (2 * right + wrong + missed) >= 0.85


def test_gold_is_large_enough_and_apart() -> None:
    """At least 120 phrases, negatives among them, none in both parts."""
    dev, test = gold("dev"), gold("test")
    assert len(dev) + len(test) >= 120
    assert sum(not expected for _, _, expected in dev + test) >= 12
    assert not {text for _, text, _ in dev} & {text for _, text, _ in test}


def test_tables_agree() -> None:
    """A concept has one id and one organ system, in the table of terms, of compounds and of concepts."""
    facts: dict[str, set[tuple[str, str]]] = {}
    for name in ("terms", "compounds"):
        table = read_table(data_dir() / "anatomy" / f"{name}.tsv", f"anatomy/{name}")
        columns = [table.column(column) for column in ("concept", "id", "parent")]
        for row in table.rows:
            concept, number, parent = (row[column] for column in columns)
            facts.setdefault(concept, set()).add((number, parent))
    assert {concept for concept, known in facts.items() if len(known) > 1} == set()
    concepts = read_table(data_dir() / "anatomy" / "concepts.tsv", "anatomy/concepts")
    columns = [concepts.column(column) for column in ("label_en", "id", "types")]
    listed = {row[columns[0]]: {(row[columns[1]], row[columns[2]])} for row in concepts.rows}
    assert listed == facts


@pytest.mark.parametrize(
    "text",
    [
        "He was right, and she left.",
        "RA, RV and LV are no sides.",
        "T1- und T2-gewichtete Sequenzen",
        "Die Heart-Sutra und der Hausherr",
        "on the one hand, on the other hand",
        "Band 3, Seite 4, Abschnitt L",
        "Milzbrand und Leberwurst",
    ],
)
def test_what_is_no_body_part_stays_unmarked(text: str, tn: Normalizer) -> None:
    """Sides without a body part, weightings, idioms and look-alikes."""
    assert found(tn, text) == []


@pytest.mark.parametrize(
    ("phrase", "concept"),
    [
        ("hepatic", "UBERON:0002107"),
        ("Kidneys", "UBERON:0002113"),
        ("lower pole of the left kidney", "UBERON:0002113"),
        ("linke Niere", "UBERON:0002113"),
        ("the pulmonary arteries", "UBERON:0002012"),
    ],
)
def test_phrases_are_linked_to_the_shipped_concepts(phrase: str, concept: str) -> None:
    """Names by themselves, in the plural, and with side and zone lead to one concept."""
    pytest.importorskip("ahocorasick_rs")
    linker = load_linker("anatomy")
    assert linker(phrase, top=1)[0].id == concept
