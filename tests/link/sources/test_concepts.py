"""Tables with one concept a row."""

from __future__ import annotations

from typing import Any

import pytest

from textnorm.errors import InputError
from textnorm.link.concept import Alias, Concept
from textnorm.link.sources.concepts import shipped
from textnorm.pack.model import Lexicon

HEADER = ("id", "types", "label_en", "label_de", "exact_en", "cased", "related_de", "xrefs", "source")
ROW = (
    "T:1",
    "finding|symptom",
    "sore throat",
    "Halsschmerzen",
    "throat pain | angina ",
    "ST",
    "",
    "M:1",
    "own",
)
CONCEPT = Concept(
    "T:1",
    "sore throat",
    (
        Alias("Halsschmerzen", "label", "de"),
        Alias("throat pain", "exact", "en"),
        Alias("angina", "exact", "en"),
        Alias("ST", "exact", cased=True),
    ),
    (),
    ("M:1",),
    ("finding", "symptom"),
    "en",
)


def test_shipped() -> None:
    """Columns are called after scope and language; the first label is the preferred one."""
    assert list(shipped([Lexicon("t", HEADER, (ROW,), "t.tsv")])) == [CONCEPT]


def test_own(reading: Any, skipped: Any) -> None:
    """The same table from a user: faulty rows are counted."""
    text = "\n".join(["# mine", "\t".join(HEADER), "", "\t".join(ROW), "T:2\tx", "\t" * 8, ""])
    found = reading("concepts", {"t.tsv": text})
    assert list(found) == [CONCEPT]
    assert skipped(found) == {"rows with another number of cells than the header": (1, 5)}


@pytest.mark.parametrize("header", ["id\texact", "label\texact", "id\tlabels"])
def test_no_table_of_concepts(concepts: Any, header: str) -> None:
    """Without an id or a label the error lists the columns."""
    with pytest.raises(InputError, match=r"t\.tsv:1: this is no table of concepts \(its columns: "):
        concepts("concepts", {"t.tsv": header})
