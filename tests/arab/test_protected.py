"""Distinctive letters: what tells words of a language apart is never folded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

import textnorm
from textnorm.pack.lint import lint
from textnorm.pack.load import load_pack
from textnorm.pack.model import Pack

from .conftest import PACKS

LANGUAGES = [name for name in PACKS if name != "und-Arab"]
# Pairs of words that differ in one distinctive letter.
PAIRS = [
    ("ur", "بھائی", "بہائی"),
    ("ur", "ہاں", "ہان"),
    ("ur", "کے", "کی"),
    ("ur", "آم", "ام"),
    ("ur", "کوئی", "کوی"),
    ("ur", "پڑا", "پرا"),
    ("fa", "می\u200cروم", "میروم"),
    ("fa", "آب", "اب"),
    ("fa", "مسئول", "مسول"),
    ("ckb", "کەڵ", "کەل"),
    ("ckb", "کوڕ", "کور"),
    ("ckb", "شێر", "شیر"),
    ("ckb", "کۆ", "کو"),
    ("sd", "ڪي", "کي"),
    ("sd", "ٻار", "بار"),
    ("sd", "۾", "۽"),
    ("ar", "على", "علي"),
    ("ar", "مدرسة", "مدرسه"),
    ("ar", "أن", "ان"),
    ("ks", "ٲس", "آس"),
    ("azb", "گؤز", "گوز"),
    ("azb", "سوْز", "سوز"),
    ("glk", "مۊ", "مو"),
    ("hac", "ۋەڵ", "وەڵ"),
    ("kmr", "گوه", "گوە"),
]


@pytest.mark.parametrize("name", LANGUAGES)
def test_every_protected_letter_stays_wherever_it_stands(name: str) -> None:
    """At the start of a word, within, at its end, alone, and among itself."""
    tn = textnorm.load(name)
    letters = load_pack(name, tests=False).protected
    assert len(letters) > 25
    places = ("{}", "{}ب", "ب{}ب", "ب{}", "«{}»", "{0}{0}", "ب{}\u064e")
    lost = [
        place.format(letter)
        for letter in letters
        for place in places
        if tn(place.format(letter)).count(letter) < place.format(letter).count(letter)
    ]
    assert lost == []


@pytest.mark.parametrize(("name", "one", "other"), PAIRS)
def test_words_that_differ_in_a_distinctive_letter_stay_apart(name: str, one: str, other: str) -> None:
    """Neither is changed at all."""
    tn = textnorm.load(name)
    assert (tn(one), tn(other)) == (one, other)


@pytest.mark.parametrize("name", LANGUAGES)
def test_packs_declare_the_letters_of_their_alphabet(name: str) -> None:
    """A pack without protected letters would pass the checks by saying nothing."""
    assert len(set(load_pack(name, tests=False).protected)) == len(load_pack(name, tests=False).protected)


def folding(make_pack: Any, **option: Mapping[str, str]) -> Pack:
    """A pack that protects heh doachashmee and folds it."""
    entry = {
        "from": "ھ",
        "from_name": "ARABIC LETTER HEH DOACHASHMEE",
        "to": "ہ",
        "to_name": "ARABIC LETTER HEH GOAL",
    }
    tests = [{"in": "ھ", "out": "ہ"}, {"in": "بھ", "out": "بہ"}, {"in": "ہ", "unchanged": "true"}]
    fold = {
        "kind": "charmap",
        "namespace": "xx.fold",
        "class": "SCRIPT",
        "doc": "Folds.",
        "map": [entry],
        "tests": tests,
        **option,
    }
    values = {"values": ["off", "on"], "default": "off", "doc": "Whether to fold."}
    pack: Pack = make_pack(
        files={"fold": fold},
        stages=[{"stage": "charmap", "layer": "fold", "files": ["fold.yaml"]}],
        protected=["ھ"],
        options={"fold": values},
    )
    return pack


def test_lint_refuses_a_map_that_folds_a_protected_letter(make_pack: Any) -> None:
    """The fault names the letter and what it becomes."""
    found = [finding for finding in lint(folding(make_pack)) if finding.code == "protected"]
    assert [finding.severity for finding in found] == ["error"]
    assert "HEH DOACHASHMEE" in found[0].message


def test_a_fold_that_has_to_be_chosen_is_allowed(make_pack: Any) -> None:
    """Under a style option that is off by default the user knows."""
    found = lint(folding(make_pack, option={"fold": "on"}))
    assert [finding for finding in found if finding.code == "protected"] == []
