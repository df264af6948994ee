"""Names of diseases that are the same, and such that only look alike."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textnorm.link.keys import Keys

TIERS = ("exact", "normalized", "bag", "classes", "modifiers")


@pytest.fixture(scope="module")
def keys() -> Keys:
    """The keys of the pack."""
    return Keys("medical")


def first_tier(keys: Keys, one: str, other: str) -> str:
    """The first tier in which two names are the same; '' if there is none."""
    for tier, (left, right) in zip(keys.tiers, keys.all([one, other]), strict=True):
        if left == right:
            return tier.name
    return ""


def test_tiers(keys: Keys) -> None:
    """Each tier goes on from the one before."""
    assert tuple(tier.name for tier in keys.tiers) == TIERS
    for tier, after in zip(keys.tiers[1:], keys.tiers[2:], strict=False):
        assert after.layers[: len(tier.layers)] == tier.layers


@pytest.mark.parametrize(
    ("one", "other", "tier"),
    [
        ("Diabetes Mellitus", "diabetes mellitus", "exact"),
        ("Crohn’s disease", "Crohn's Disease", "exact"),
        ("Crohn&apos;s disease", "Crohn's disease", "exact"),
        ("Crohns disease", "Crohn disease", "normalized"),
        ("Morbus Crohn", "Crohn's disease", "normalized"),
        ("M. Crohn", "Crohn-Krankheit", "normalized"),
        ("Sjögren's syndrome", "Sjogren syndrome", "normalized"),
        ("Ménière-Krankheit", "Meniere disease", "normalized"),
        ("β-thalassaemia", "beta thalassemia", "normalized"),
        ("α1-antitrypsin", "alpha-1 antitrypsin", "normalized"),
        ("type II diabetes", "type 2 diabetes", "normalized"),
        ("Factor VIII deficiency", "factor 8 deficiency", "normalized"),
        ("second-degree burns", "2nd degree burn", "normalized"),
        ("HER2+ breast cancer", "HER2 positive breast cancer", "normalized"),
        ("IL-6", "IL6", "normalized"),
        ("oesophageal varices", "esophageal varices", "normalized"),
        ("diarrhoea", "diarrhea", "normalized"),
        ("tumours of the colon", "tumor of the colon", "normalized"),
        ("localised scleroderma", "localized scleroderma", "normalized"),
        ("pressure ulcers", "pressure ulcer", "normalized"),
        ("thromboses", "thrombosis", "normalized"),
        ("myopathies", "myopathy", "normalized"),
        ("Karzinome", "Carcinom", "normalized"),
        ("Ulkus", "Ulcus", "normalized"),
        ("Ödem", "Oedem", "normalized"),
        ("Psychosen", "Psychose", "normalized"),
        ("chronische Zystitis", "chronischen Cystitis", "normalized"),
        ("plaučių uždegimo", "plaučių uždegimas", "normalized"),
        ("opinio kolito", "opinis kolitas", "normalized"),
        ("išsėtinės sklerozės", "išsėtinė sklerozė", "normalized"),
        ("Mikroangiopathie", "Microangiopathie", "normalized"),
        ("arterines hipertenzijos", "arterinė hipertenzija", "normalized"),
        ("II tipo cukrinio diabeto", "2 tipo cukrinis diabetas", "normalized"),
        ("asthma, NOS", "asthma", "normalized"),
        ("asthma (disorder)", "asthma", "normalized"),
        ("deep vein thrombosis (DVT)", "deep vein thrombosis", "normalized"),
        ("CMT - Charcot-Marie-Tooth disease", "Charcot-Marie-Tooth disease", "normalized"),
        ("VIth nerve palsy", "sixth nerve palsy", "normalized"),
        ("diabetes mellitus, type 2", "type 2 diabetes mellitus", "normalized"),
        ("Leukemia, Lymphocytic, Chronic", "chronic lymphocytic leukemia", "bag"),
        ("cancer of the liver", "liver cancer", "bag"),
        ("Insuffizienz des Herzens", "Herzinsuffizienz", "bag"),
        ("malignant tumour of stomach", "stomach cancer", "bag"),
        ("bowel obstruction", "intestinal obstruction", "classes"),
        ("renal cysts", "kidney cyst", "classes"),
        ("nephropathy", "disorder of the kidney", "classes"),
        ("elevated calcium", "increased calcium", "classes"),
        ("carcinoma of the ovary", "ovarian carcinoma", "classes"),
        ("carcinoma of the ovary", "ovarian cancer", "modifiers"),
        ("carcinoma of the ovary", "ovarian tumor", "modifiers"),
        ("type 2 diabetes", "diabetes mellitus type 2", "bag"),
        ("malignant pancreatic tumour", "cancer of the pancreas", "classes"),
        ("gastro-oesophageal reflux", "gastroesophageal reflux", "normalized"),
        ("non-paralytic polio", "nonparalytic polio", "normalized"),
        ("severe asthma", "asthma", "modifiers"),
    ],
)
def test_same(keys: Keys, one: str, other: str, tier: str) -> None:
    """Two names are the same from this tier on, and not before."""
    assert first_tier(keys, one, other) == tier


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hepatitis A", "hepatitis B"),
        ("hepatitis A", "hepatitis"),
        ("type 1 diabetes", "type 2 diabetes"),
        ("diabetes mellitus", "diabetes insipidus"),
        ("X-linked ichthyosis", "ichthyosis 10"),
        ("vitamin C deficiency", "vitamin D deficiency"),
        ("hypertension", "hypotension"),
        ("hyperkalemia", "hypokalemia"),
        ("Rh+", "Rh-"),
        ("small cell lung cancer", "non-small cell lung cancer"),
        ("Hodgkin lymphoma", "non-Hodgkin lymphoma"),
        ("increased calcium", "decreased calcium"),
        ("Turner syndrome", "Down syndrome"),
        ("nephritis", "nephropathy"),
        ("kidney cyst", "liver cyst"),
        ("Herzinsuffizienz", "Niereninsuffizienz"),
        ("M. biceps", "biceps disease"),
        ("peršalimas", "pervargimas"),
        ("migrena", "migracija"),
    ],
)
def test_not_same(keys: Keys, one: str, other: str) -> None:
    """Names that differ in what counts are told apart in every tier."""
    assert first_tier(keys, one, other) == ""


@pytest.mark.parametrize(
    ("table", "layer", "columns"),
    [
        ("plurals", "spelling", (0,)),
        ("phrases", "diacritics", (0, 1)),
        ("organ-forms", "diacritics", (0, 1)),
        ("stopwords", "diacritics", (0,)),
        ("synonyms", "diacritics", (0, 1)),
        ("organs", "diacritics", (0, 1)),
        ("heads", "diacritics", (0, 1)),
        ("heads-last", "diacritics", (0, 1)),
        ("modifiers", "diacritics", (0,)),
    ],
)
def test_tables_are_in_the_form_that_words_have_by_then(
    keys: Keys, table: str, layer: str, columns: tuple[int, ...]
) -> None:
    """What earlier layers change could never be found in the table of a later one."""
    assert keys.pack is not None
    layers = keys.tiers[1].layers
    layers = layers[: layers.index(layer) + 1]
    entries = [row[column] for row in keys.pack.lexicons[f"medical/{table}"].rows for column in columns]
    became = keys.through(layers, entries)
    assert [pair for pair in zip(entries, became, strict=True) if pair[0] != pair[1]] == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.sampled_from("aeos ciß-'(),.&;β12IVXŠųéä\n\u00a0NOS#"), max_size=24), max_size=6))
def test_strings_do_not_disturb_each_other(texts: list[str]) -> None:
    """Each string of many has the key that it has alone, in every tier."""
    shared = _shared()
    for tier, found in enumerate(shared.all(texts)):
        assert found == [shared.of(tier, [text])[0] for text in texts]


@cache
def _shared() -> Keys:
    return Keys("medical")


def test_the_gate_of_word_rewrites_lets_everything_through(
    keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words are rewritten alike with the gate that looks at all patterns at once, and without it."""
    assert keys.pack is not None
    rows = keys.pack.lexicons["medical/concepts"].rows
    words = sorted({word for row in rows for cell in row[2:11] for word in cell.casefold().split()})
    layers = ["possessive", "hyphens", "spelling", "singular", "diacritics", "stopwords", "classes"]
    gated = keys.through(layers, words)
    monkeypatch.setattr("textnorm.engine.words.search_set", lambda sources: None)
    assert Keys("medical").through(layers, words) == gated
