"""Governors, sentence borders and predicates, on Lithuanian tables."""

from __future__ import annotations

import pytest

from textnorm import load
from textnorm.errors import PackError
from textnorm.grammar.context import Context
from textnorm.grammar.grammar import Grammar
from textnorm.grammar.predicates import compile_predicate


@pytest.fixture(scope="module")
def grammar() -> Grammar:
    """The grammar of the Lithuanian pack."""
    return load("lt").grammar


def around(text: str) -> Context:
    """The context of the stretch between two bars."""
    before, inside, after = text.split("|")
    return Context(
        before + inside + after, 0, len(before), len(before + inside), len(before + inside + after)
    )


@pytest.mark.parametrize(
    ("text", "sense", "case"),
    [
        ("Nuo |5| km", "", "gen"),
        ("apie |5| km", "", "acc"),
        ("po |2| val.", "time", "gen"),
        ("po |5| eurus", "money", "acc"),
        ("už |3| km", "distance", "gen"),
        ("už |3| eurus", "money", "acc"),
        ("su beveik |5| draugais", "", "ins"),
    ],
)
def test_prepositions_govern(grammar: Grammar, text: str, sense: str, case: str) -> None:
    """By themselves, by what is counted, and over transparent words."""
    found = grammar.governor("prepositions").find(around(text), sense)
    assert found[0][grammar.governed_slot] == case


@pytest.mark.parametrize("text", ["nuo namų |5| km", "nuo; |5| km", "|5| km", "Jis. |5| km"])
def test_prepositions_do_not_reach_past_their_noun(grammar: Grammar, text: str) -> None:
    """An adjacent governor stands right before the number."""
    assert grammar.governor("prepositions").find(around(text), "") == ()


def test_verbs_reach_through_the_clause_but_not_over_a_comma(grammar: Grammar) -> None:
    """'padidėjo … 5 proc.' is a measure of difference."""
    words = grammar.governor("words")
    found = words.find(around("Kainos padidėjo pernai net |5| proc."), "")
    assert found[0][grammar.governed_slot] == "ins"
    assert words.find(around("Kainos padidėjo, o jis |5| proc."), "") == ()


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("|5| km", True),
        ("Jis atėjo. |5| km", True),
        ("Jis atėjo 2024 m. |5| d.", False),
        ("„|5| km“", True),
        ("žr. |5| psl.", False),
        ("Ar atėjo? |5| kartus", True),
        ("– |5| litai!", True),
        ("atėjo |5| vaikai", False),
        ("1. |5| vaikai", True),
        ("J. |5| v.", False),
    ],
)
def test_sentence_starts(grammar: Grammar, text: str, starts: bool) -> None:
    """The line's start, or what follows a sentence's end that is no abbreviation."""
    assert grammar.sentence.starts(around(text)) is starts


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("Ateik |10 val.|", True),
        ("Ateik |10 val.| Tada eisime.", True),
        ("Ateik |10 val.| prie namų", False),
        ("Tai buvo |1990 m.| Vilniuje", False),
        ("(nuo |1990 m.|)", False),
        ("Gimė jis |1990 m.|, mirė vėliau", False),
    ],
)
def test_sentence_ends(grammar: Grammar, text: str, ends: bool) -> None:
    """The line's end, or a word that opens a sentence; no brackets, commas, or names of places."""
    assert grammar.sentence.ends(around(text)) is ends


@pytest.mark.parametrize(
    ("tree", "fields", "holds"),
    [
        ({"calendar": ["y", "m", "d"]}, {"y": "2024", "m": "vasario", "d": "29"}, True),
        ({"calendar": ["y", "m", "d"]}, {"y": "2023", "m": "02", "d": "29"}, False),
        ({"calendar": ["-", "m", "d"]}, {"m": "vasario", "d": "29"}, True),
        ({"calendar": ["-", "m", "d"]}, {"m": "vasario", "d": "31"}, False),
        ({"range": {"n": ["0", "24"]}}, {"n": "24"}, True),
        ({"range": {"n": ["0", "24"]}}, {"n": "25"}, False),
        ({"luhn": "n"}, {"n": "4539 1488 0343 6467"}, True),
        ({"luhn": "n"}, {"n": "4539 1488 0343 6468"}, False),
        ({"isbn": "n"}, {"n": "978-0-306-40615-7"}, True),
        ({"isbn": "n"}, {"n": "0-306-40615-2"}, True),
        ({"isbn": "n"}, {"n": "978-0-306-40615-8"}, False),
        ({"category": {"n": "few one"}}, {"n": "21"}, True),
        ({"category": {"n": "few one"}}, {"n": "11"}, False),
        ({"in": {"w": "lt/months"}}, {"w": "Sausio"}, True),
        ({"in": {"w": "lt/months"}}, {"w": "sausis"}, False),
        ({"matches": {"w": "a+"}}, {"w": "aa"}, True),
        ({"matches": {"w": "a+"}}, {"w": "ab"}, False),
        ({"equal": ["a", "b"]}, {"a": "-", "b": "-"}, True),
        ({"ascending": ["a", "b"]}, {"a": "2,5", "b": "2,7"}, True),
        ({"ascending": ["a", "b"]}, {"a": "3", "b": "2"}, False),
        ({"present": "a b"}, {"a": "1"}, False),
        ({"agrees": {"number": "n", "words": ["w"]}}, {"n": "3", "w": "vaikai"}, True),
        ({"agrees": {"number": "n", "words": ["w"]}}, {"n": "3", "w": "vaiko"}, False),
        ({"analysis": {"w": "sg #ordinal"}}, {"w": "straipsnio"}, True),
        ({"analysis": {"w": "sg #ordinal"}}, {"w": "straipsnių"}, False),
        ({"option": {"dates": "simple"}}, {}, True),
        ({"not": {"present": "a"}}, {}, True),
        ({"any": [{"present": "a"}, {"present": "b"}]}, {"b": "1"}, True),
        ({"all": [{"present": "a"}, {"present": "b"}]}, {"b": "1"}, False),
    ],
)
def test_predicates_on_fields(grammar: Grammar, tree: object, fields: dict[str, str], holds: bool) -> None:
    """Each named predicate, both ways."""
    assert compile_predicate(tree, grammar)(fields, around("|x|")) is holds


@pytest.mark.parametrize(
    ("tree", "text", "holds"),
    [
        ({"before": "apie "}, "apie |5| km", True),
        ({"before": "apie "}, "nuo |5| km", False),
        ({"after": " km"}, "apie |5| km", True),
        ({"match": r"\d"}, "apie |5| km", True),
        ({"line": "km$"}, "apie |5| km", True),
        ({"left": "? nom"}, "Kaina |5| Eur", True),
        ({"left": "? nom"}, "labai |5| Eur", False),
        ({"at": "sentence-start"}, "|5| km", True),
        ({"at": "sentence-end"}, "apie |5| km", False),
        ({"in_sequence": "n"}, "3, |5|, 7 straipsniai", True),
        ({"in_sequence": "n"}, "12, |5|, 13 straipsniai", False),
    ],
)
def test_predicates_on_context(grammar: Grammar, tree: object, text: str, holds: bool) -> None:
    """Conditions on what surrounds the match."""
    assert compile_predicate(tree, grammar)({"n": "5"}, around(text)) is holds


def test_unknown_names_are_refused(grammar: Grammar) -> None:
    """Predicates, positions and options that do not exist."""
    with pytest.raises(PackError, match="unknown predicate 'looks'"):
        compile_predicate({"looks": "x"}, grammar)
    with pytest.raises(PackError, match="unknown position"):
        compile_predicate({"at": "noon"}, grammar)
    with pytest.raises(PackError, match="unknown option"):
        compile_predicate({"option": {"speed": "high"}}, grammar)
