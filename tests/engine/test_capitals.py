"""Capitals put where sentences begin, or taken away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textnorm.document import replay
from textnorm.engine.capitals import CapitalStage, LowerStage
from textnorm.engine.tokenwise import chained
from textnorm.errors import Location, PackError
from textnorm.pack.model import Case, Lexicon

NAMES = {"xx/names": Lexicon("xx/names", ("word",), (("NATO",), ("etsy",)), "names.tsv")}


def case(make: str, **more: object) -> Case:
    """A file that sets case."""
    return Case("xx.case", "Case.", "CASE", "", (), (), Location("here"), make=make, **more)  # type: ignore[arg-type]


START = CapitalStage(case("capital", before=r"^(?:@\S+ +)*|[.!?] +", known=("xx/names",)), NAMES)
LOWER = LowerStage(case("lower", only=r"\p{Lu}{2,}", known=("xx/names",)), NAMES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("es ist so. ja! @x nein", "Es ist so. Ja! @x nein"),
        ("@x @y hallo\nund", "@x @y Hallo\nUnd"),
        ('"gut," sagt er. (wirklich)', '"Gut," sagt er. (Wirklich)'),
        ("iPhone. www.a.b 2day http://x a@b.c a_b", "iPhone. www.a.b 2day http://x a@b.c a_b"),
        ("etsy ist. etsy", "etsy ist. etsy"),
        ("über z.b. so", "Über z.b. So"),
    ],
)
def test_capital(text: str, expected: str) -> None:
    """The first letter of a token becomes a capital where the left context fits; names and addresses stay."""
    assert START.apply(text) == expected
    assert replay(text, START.edits(text)) == expected


def test_lower() -> None:
    """Tokens that fit are written in lower case, but for those that are known."""
    text = "NON è il «PAPA», la NATO, @MARIO, I PC2 #IO"
    assert LOWER.apply(text) == "non è il «papa», la NATO, @MARIO, I PC2 #IO"
    assert replay(text, LOWER.edits(text)) == LOWER.apply(text)


def test_bad_pattern() -> None:
    """A pattern that does not compile is named."""
    with pytest.raises(PackError, match="before: not a valid pattern"):
        CapitalStage(case("capital", before="("), {})
    with pytest.raises(PackError, match="not a valid pattern"):
        LowerStage(case("lower", only="["), {})


@given(st.text(st.sampled_from("aB. @ß\n'\"-2("), max_size=30))
def test_edits_replay(text: str) -> None:
    """Edits rebuild what `apply` writes, whatever the text, and a second pass changes nothing."""
    for made in (START, LOWER):
        assert replay(text, made.edits(text)) == made.apply(text)
        assert made.apply(made.apply(text)) == made.apply(text)


@given(st.text(st.sampled_from("ABab .,\n'"), max_size=30))
def test_lower_goes_along(text: str) -> None:
    """Stages to lower case go through the text with their neighbours, and write what they write alone."""
    more = LowerStage(case("lower", only=r"\p{Lu}.*"), {})
    (chain, last) = chained([LOWER, more, START])
    assert last is START
    assert chain.apply(text) == more.apply(LOWER.apply(text))
