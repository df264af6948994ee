"""Letter case folded, but for words that a pack keeps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textnorm.document import Edit, replay
from textnorm.engine.case import CaseStage
from textnorm.errors import Location, PackError
from textnorm.pack.model import Case

HERE = Location("here")


def stage(keep: str = "") -> CaseStage:
    """A stage of one file."""
    return CaseStage([Case("xx.case", "Case.", "CASE", keep, (), (), HERE)])


@pytest.mark.parametrize(
    ("keep", "text", "expected"),
    [
        ("", "Morbus CROHN", "morbus crohn"),
        ("", "Straße, GROẞ, ŠIRDIS", "strasse, gross, širdis"),
        (r"\p{Ll}+\p{Lu}+|\p{Lu}\p{Ll}\p{Lu}\w*", "mRNA und pH, HbA1c Werte", "mRNA und pH, HbA1c werte"),
        ("mRNA", "MRNA mRNAs mRNA", "mrna mrnas mRNA"),
    ],
)
def test_folding(keep: str, text: str, expected: str) -> None:
    """All letters are folded, also those that become two; kept words must fit from end to end."""
    assert stage(keep).apply(text) == expected
    assert replay(text, stage(keep).edits(text)) == expected


def test_edits_are_words() -> None:
    """One edit per word that changes."""
    assert stage().edits("a Big pH") == [
        Edit("xx.case", "CASE", 2, 5, "Big", "big"),
        Edit("xx.case", "CASE", 6, 8, "pH", "ph"),
    ]


def test_a_bad_pattern_has_a_place() -> None:
    """What cannot be used is refused when the stage is built."""
    with pytest.raises(PackError, match="keep: not a valid pattern"):
        stage("(a")


@given(st.text())
def test_folded_text_stays(text: str) -> None:
    """Folding is what Unicode defines, and folding again changes nothing."""
    folded = stage("mRNA").apply(text) if "mRNA" not in text else stage().apply(text)
    assert folded == text.casefold()
    assert stage().apply(folded) == folded
    assert replay(text, stage().edits(text)) == folded
