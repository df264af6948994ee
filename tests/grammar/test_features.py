"""Bundles of features and how evidence narrows them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textnorm.errors import PackError
from textnorm.grammar.features import Bundle, Features, merge, narrow, overlay

FEATURES = Features({"case": ["nom", "gen"], "gender": ["m", "f"], "number": ["sg", "pl"]})
BUNDLES = st.tuples(
    st.sampled_from([None, "nom", "gen"]),
    st.sampled_from([None, "m", "f"]),
    st.sampled_from([None, "sg", "pl"]),
)


def b(text: str) -> Bundle:
    """The bundle written so."""
    return FEATURES.parse(text)


def test_parse_takes_values_in_any_order() -> None:
    """Spaces and periods both separate; what is not named stays open."""
    assert b("pl gen") == ("gen", None, "pl")
    assert b("f.pl.nom") == ("nom", "f", "pl")
    assert b("") == FEATURES.empty == (None, None, None)


def test_parse_names_the_values_it_knows() -> None:
    """A value of no feature is an error."""
    with pytest.raises(PackError, match=r"unknown feature value 'dat' \(one of: nom gen m f sg pl\)"):
        b("dat sg")


def test_a_value_belongs_to_one_feature() -> None:
    """Two features may not share a value, or `m` could mean either."""
    with pytest.raises(PackError, match="feature value 'm' belongs to two features"):
        Features({"gender": ["m", "f"], "person": ["m"]})


def test_default_is_the_first_value() -> None:
    """Where nothing decides, the value declared first is used."""
    assert [FEATURES.default(index) for index in range(3)] == ["nom", "m", "sg"]


def test_merge() -> None:
    """Two bundles at once, or None where they contradict each other."""
    assert merge(b("gen"), b("f pl")) == b("gen f pl")
    assert merge(b("gen f"), b("f")) == b("gen f")
    assert merge(b("gen"), b("nom pl")) is None


def test_overlay() -> None:
    """The second bundle wins wherever it says something."""
    assert overlay(b("gen m"), b("f pl")) == b("gen f pl")


def test_narrow_keeps_what_agrees_in_order() -> None:
    """Candidates stay in their order, each filled in with the evidence that fits it."""
    candidates = [b("gen m"), b("nom f"), b("gen f")]
    assert narrow(candidates, [b("f pl"), b("f sg")]) == [
        b("nom f pl"),
        b("nom f sg"),
        b("gen f pl"),
        b("gen f sg"),
    ]
    assert narrow([b("gen")], [b("m"), b("gen m")]) == [b("gen m")]


def test_narrow_ignores_contradictions() -> None:
    """Evidence against everything that is left changes nothing, and so does no evidence."""
    candidates = [b("gen m"), b("gen f")]
    assert narrow(candidates, [b("nom")]) == candidates
    assert narrow(candidates, []) == candidates


@given(st.lists(BUNDLES, min_size=1, max_size=5), st.lists(BUNDLES, max_size=5))
def test_narrowing_only_adds_detail(candidates: list[Bundle], evidence: list[Bundle]) -> None:
    """Every bundle that is left agrees with a candidate, and none contradicts all the evidence it used."""
    left = narrow(candidates, evidence)
    assert left
    assert all(any(overlay(candidate, bundle) == bundle for candidate in candidates) for bundle in left)
    if left != candidates:
        assert all(any(merge(bundle, one) == bundle for one in evidence) for bundle in left)
