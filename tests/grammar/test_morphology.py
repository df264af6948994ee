"""Readings of words in the text, known and unknown, and what a number counts among them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from textnorm.grammar.grammar import Grammar


def readings(grammar: Grammar, word: str) -> list[str]:
    """Features (and lemma, where known) of all readings."""
    return [
        " ".join(value for value in (*analysis.bundle, analysis.lemma) if value)
        for analysis in grammar.morphology.analyze(word)
    ]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("portam", ["acc f sg porta"]),
        ("PORTAM", ["acc f sg porta"]),
        ("barbarus", ["nom m sg", "acc m pl"]),
        ("populus", ["nom m sg"]),
        ("amant", []),
        ("plus", []),
        ("minus", []),
        ("us", []),
        ("et", []),
    ],
)
def test_analyze(word: str, expected: list[str], toy: Grammar) -> None:
    """Known lexemes first, else the longest known suffix; function words and verbs have no reading."""
    assert readings(toy, word) == expected


def test_known_words_are_not_guessed(toy_with: Callable[..., Grammar]) -> None:
    """Words of `not_guessed` tables are analysed as lexemes only."""
    morphology = {"suffixes": "xx/suffixes", "not_guessed": ["xx/functions"]}
    grammar = toy_with({"functions": "word\tsource\nservus\ts\npopulus\ts\n"}, morphology=morphology)
    assert readings(grammar, "servus") == ["nom m sg servus"]
    assert readings(grammar, "populus") == []
    assert readings(grammar, "plus") == ["nom m sg"]


@pytest.mark.parametrize(
    ("word", "wanted", "expected"),
    [
        ("servi", "gen", True),
        ("servi", "nom pl", True),
        ("servi", "gen pl", False),
        ("servi", "#person", True),
        ("servi", "#time", False),
        ("servi", "=servus gen", True),
        ("servi", "=hortus", False),
        ("barbarus", "nom", True),
        ("barbarus", "?", False),
        ("servi", "?", True),
        ("amant", "", False),
    ],
)
def test_has_reading(word: str, wanted: str, expected: bool, toy: Grammar) -> None:
    """One reading must have all the values; '#' asks for tags, '=' for a lemma, '?' for any known word."""
    assert toy.has_reading(word, tuple(wanted.split())) is expected


def test_readings_of_the_first_word_that_has_any(toy: Grammar) -> None:
    """Words that are no nominal forms are passed over."""
    parse = toy.features.parse
    assert toy.readings_of(("et", "servi", "portam")) == (parse("gen m sg"), parse("nom m pl"))
    assert toy.readings_of(("et", "")) == ()


@pytest.mark.parametrize(
    ("number", "words", "expected"),
    [
        ("1", ["porta"], ["nom f sg"]),
        ("1", ["portae"], ["gen f sg"]),
        ("2", ["portae"], ["nom f pl"]),
        ("2", ["portam"], []),
        ("5", ["portarum"], ["f"]),
        ("5", ["portas"], []),
        ("2,5", ["portae"], ["f"]),
        ("2", ["magni", "servi"], ["nom m pl"]),
        ("2", ["magnos", "servos"], ["acc m pl"]),
        ("2", ["amant", "portae"], []),
        ("2", ["horti", ""], []),
        ("1", ["castrae"], ["nom f pl multi"]),
        ("2", ["plus", "portae"], []),
    ],
)
def test_counted(number: str, words: list[str], expected: list[str], toy: Grammar) -> None:
    """Only readings that agree with the number; what agreement dictates is left open."""
    assert toy.counted(tuple(words), number, False) == tuple(map(toy.features.parse, expected))


def test_counted_words_may_have_to_be_known(toy: Grammar) -> None:
    """A guess by suffix is no proof that a word is counted."""
    assert toy.counted(("populus",), "1", False) == (toy.features.parse("nom m sg"),)
    assert toy.counted(("populus",), "1", True) == ()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["urbis", "servus"], "nom m sg"),
        (["horae", "servus"], "gen f sg"),
        (["portae", "servus"], "nom m sg"),
        (["portae", "amant", "servus"], "gen f sg"),
        (["portae", "populus"], "gen f sg"),
    ],
)
def test_a_genitive_attribute_is_not_what_is_counted(
    words: list[str], expected: str, toy_with: Callable[..., Grammar]
) -> None:
    """In "1 city's servant" a servant is counted; but measures are counted themselves."""
    morphology = {"suffixes": "xx/suffixes", "attribute": "sg gen", "measures": ["time"]}
    grammar = toy_with(morphology=morphology)
    assert grammar.counted(tuple(words), "1", False) == (grammar.features.parse(expected),)


def test_tags(toy: Grammar) -> None:
    """Those of all lexemes that a word can be a form of."""
    assert toy.morphology.tags("horam") == {"time"}
    assert toy.morphology.tags("populus") == frozenset()
