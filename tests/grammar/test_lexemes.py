"""Lexemes from tables: found by lemma or by written sign."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from textnorm.errors import PackError
from textnorm.grammar.grammar import Grammar
from textnorm.grammar.lexemes import common, plain


@pytest.mark.parametrize(
    ("surface", "lemma"),
    [
        ("servus", "servus"),
        ("Servus", "servus"),
        ("h", "hora"),
        ("k. a.", "nummus"),
        ("k.a.", "nummus"),
        ("k\u00a0a", "nummus"),
        ("hora media", "hora media"),
        ("vis", "vis"),
        ("servi", None),
        ("", None),
    ],
)
def test_find(surface: str, lemma: str | None, toy: Grammar) -> None:
    """By lemma or sign, whatever spaces and periods the writer left out; inflected forms are not found."""
    found = toy.lexeme(surface)
    assert (found.lemma if found else None) == lemma


def test_named_tables_are_apart(toy: Grammar) -> None:
    """A sign may mean something else in a table that is asked for by name."""
    general, title = toy.lexeme("h"), toy.lexeme("h", "titles")
    assert (general and general.lemma, title and title.lemma) == ("hora", "heres")
    assert toy.lexeme("dr.") is None
    assert toy.lexeme("servus", "titles") is None
    with pytest.raises(PackError, match=r"no lexeme table is called 'tiles' \(titles\)"):
        toy.lexeme("h", "tiles")


def test_tags_lend_features(toy: Grammar) -> None:
    """A plural-only noun makes what counts it plural, whatever the number."""
    found = toy.lexeme("castrae")
    assert found is not None
    assert (found.features, found.tags) == (toy.features.parse("f pl multi"), {"plural-only"})


def test_irregular_lexemes_list_their_forms(toy: Grammar) -> None:
    """Forms that differ only in case lend the features they share; a gap is no form."""
    found = toy.lexeme("vis")
    assert found is not None
    assert toy.inflector is not None
    assert (found.features, found.tags) == (toy.features.parse("f"), {"force"})
    cases = [
        toy.features.parse(f"f {case} {number}") for number in ("sg", "pl") for case in ("nom", "gen", "acc")
    ]
    assert [toy.inflector.phrase(found, case) for case in cases] == [
        "vis",
        None,
        "vim",
        "vires",
        "virium",
        "vires",
    ]


def test_irregular_words_must_be_listed(toy_with: Callable[..., Grammar]) -> None:
    """A word that is marked irregular but has no forms is an error with its place."""
    grammar = toy_with({"nouns": "lemma\tparadigm\ttags\tsource\nservus\tus\t\ts\niter\tirr\t\ts\n"})
    with pytest.raises(PackError, match=r"nouns\.tsv:3: 'iter' is marked irregular but no irregular table"):
        grammar.lexeme("iter")


def test_mistakes_in_tables_name_the_row(toy_with: Callable[..., Grammar]) -> None:
    """A lemma that its paradigm cannot inflect is found with file and line."""
    grammar = toy_with({"nouns": "lemma\tparadigm\ttags\tsource\nservus\tus\t\ts\nserva\tus\t\ts\n"})
    with pytest.raises(PackError, match=r"nouns\.tsv:3: 'serva' does not end as paradigm 'us' wants"):
        grammar.lexeme("serva")


def test_an_earlier_table_wins(toy_with: Callable[..., Grammar]) -> None:
    """Two rows with the same sign: the first is used."""
    grammar = toy_with(
        {"units": "written\tlemma\tparadigm\ttags\tsource\nh\thora\ta\t\ts\nh\thortus\tus\t\ts\n"}
    )
    found = grammar.lexeme("h")
    assert found is not None
    assert found.lemma == "hora"


def test_common() -> None:
    """The values that all bundles share."""
    assert common([("nom", "f", "sg"), ("acc", "f", "sg")]) == (None, "f", "sg")


def test_plain() -> None:
    """Spaces of any width and periods are left out."""
    assert plain("kv. m") == plain("kv.\u202fm") == plain("kvm") == "kvm"
