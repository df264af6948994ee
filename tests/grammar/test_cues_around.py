"""Cues that look around a match: modifiers, lists and gaps to the left, governors to the right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from textnorm.errors import PackError
from textnorm.grammar.context import Context
from textnorm.grammar.grammar import Grammar
from textnorm.grammar.predicates import compile_predicate
from textnorm.grammar.resolve import Resolver

MODIFIERS = "lemma\tparadigm\twithout\tsource\nmagnus\tadj\t\ts\nbonus\tadj\tnom\ts\n"
VERBS = "words\tcase\treach\tsource\nhabet\tacc\tclause\ts\neget\tgen\tclause\ts\nest\tnom\tclause\ts\nhabere\tacc\tclause\ts\n"
Resolve = Callable[..., str]


@pytest.fixture
def grammar(toy_with: Callable[..., Grammar]) -> Grammar:
    """The toy grammar with a table of modifiers and one of verbs that can be negated."""
    table = {"key": "words", "value": "case"}
    negation = {"prefix": "ne", "turns": {"acc": "gen"}, "loses": ["nom"], "minimum": "3"}
    negation |= {"depending": r"\w+re", "deniers": "nequit"}
    return toy_with(
        {"mods": MODIFIERS, "verbs": VERBS},
        modifiers={
            "mods": {"table": "xx/mods", "numbers": {"one": "sg", "few": "pl", "other": "pl"}},
            "few-only": {"table": "xx/mods", "without": "m", "numbers": {"few": "pl"}},
        },
        governors={
            "prep": {"table": "xx/preps", **table},
            "verbs": {"table": "xx/verbs", "negation": negation, "barriers": "–", **table},
        },
    )


@pytest.fixture
def resolve(grammar: Grammar) -> Resolve:
    """The bundles that cues leave for `left|match|right` and fields, joined."""

    def of(cues: list[dict[str, Any]], text: str, **fields: str) -> str:
        left, match, right = text.split("|")
        at = Context(left + match + right, len(left), len(left + match))
        bundles = Resolver(cues, grammar).resolve(fields, at).bundles
        return ", ".join(" ".join(value for value in bundle if value) for bundle in bundles)

    return of


@pytest.mark.parametrize(
    ("text", "n", "expected"),
    [
        ("Magnos |2|", "2", "acc m pl"),
        ("magnorum |2|", "2", "gen m pl"),
        ("magnum |2|", "2", ""),
        ("magnum |1|", "1", "acc m sg"),
        ("magnos et |2|", "2", ""),
        ("boni |2|", "2", ""),
        ("bonos |2|", "2", "acc m pl"),
        ("|2|", "2", ""),
        ("magnos servos |2|", "2", ""),
    ],
)
def test_modifier(text: str, n: str, expected: str, resolve: Resolve) -> None:
    """The word right before the match, if it is one and the number can have such a modifier."""
    assert resolve([{"modifier": "mods", "with": "n"}], text, n=n) == expected


def test_modifier_of_the_word_that_the_measure_specifies(resolve: Resolve) -> None:
    """It says nothing about the measure."""
    cue = {"modifier": "mods", "with": "n", "of": "w"}
    assert resolve([cue], "magnos |2 h| hortos", n="2", w="hortos") == ""
    assert resolve([cue], "magnos |2 h| portae", n="2", w="portae") == "acc m pl"


def test_a_modifier_table_may_leave_features_out(resolve: Resolve, grammar: Grammar) -> None:
    """For all words, and categories that it does not list may have any number."""
    assert resolve([{"modifier": "few-only", "with": "n"}], "magnos |2|", n="2") == ""
    assert resolve([{"modifier": "few-only", "with": "n"}], "magnas |2|", n="2") == "acc f pl"
    assert resolve([{"modifier": "few-only", "with": "n"}], "magnam |5|", n="5") == "acc f sg"


def test_modified(grammar: Grammar) -> None:
    """The predicate holds after a modifier in the plural."""
    test = compile_predicate({"modified": "mods"}, grammar)
    assert test({}, Context("magnos 5", 7, 8))
    assert not test({}, Context("magnum 5", 7, 8))
    assert not test({}, Context("habet 5", 6, 7))


def test_past(resolve: Resolve) -> None:
    """The cue, its conditions included, looks at the text left of the pattern."""
    listed = r"(?:\d+ \p{L}+(?:, | et ))+"
    cue = {"governor": "prep", "past": listed}
    assert resolve([cue], "ad 2 h, 3 h et |5 h|") == "acc"
    assert resolve([cue], "ad |5 h|") == ""
    assert resolve([cue], "x 3 h et |5 h|") == ""
    assert resolve([{"is": "gen", "before": "^", "past": listed}], "3 h et |5 h|") == "gen"
    assert resolve([{"is": "gen", "before": "^", "past": listed}], "x 3 h et |5 h|") == ""


def test_past_a_measure_of_the_same_kind(resolve: Resolve) -> None:
    """A named group must be like the field of its name: the same text, or words with a common tag."""
    cue = {"governor": "prep", "past": r"\d+ (?P<u>[\p{L}. ]+), "}
    assert resolve([cue], "ad 3 h, |5 h|", u="h") == "acc"
    assert resolve([cue], "ad 3 hora, |5 h|", u="h") == "acc"
    assert resolve([cue], "ad 3 k. a., |5 h|", u="h") == ""
    assert resolve([cue], "ad 3 x, |5 h|", u="h") == ""


def test_past_is_handed_on_to_named_cues(toy_with: Callable[..., Grammar]) -> None:
    """Like the conditions of a reference."""
    grammar = toy_with(cues={"named": [{"governor": "prep"}]})
    at = Context("ad 3, 5", 6, 7)
    resolver = Resolver([{"use": "named", "past": r"\d, "}], grammar)
    assert resolver.resolve({}, at).bundles[0][0] == "acc"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("|5 h| habet servus", "acc"),
        ("|5 h| servus habet", "acc"),
        ("|5 h| habet portam servus", ""),
        ("|5 h| habet ad portam servus", ""),
        ("|5 h| servus habet ad portam", "acc"),
        ("|5 h| habet 3 servus", ""),
        ("|5 h| habet, servus", ""),
        ("|5 h|, servus habet", ""),
        ("|5 h| x x x habet servus", ""),
        ("|5 h| habet", ""),
        ("|5 h| eget servus", "gen"),
    ],
)
def test_governor_ahead(text: str, expected: str, resolve: Resolve) -> None:
    """A verb that follows, if its subject stands around it and it has no object of its own."""
    cue = {"governor": "verbs", "ahead": "3", "beside": "? nom", "until": "prep"}
    assert resolve([cue], text) == expected


def test_governor_ahead_that_asks_for_one_case(resolve: Resolve) -> None:
    """Others are passed over."""
    cue = {"governor": "verbs", "ahead": "1", "asks": "nom"}
    assert resolve([cue], "|5 h| est") == "nom"
    assert resolve([cue], "|5 h| habet") == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("habet |5|", "acc"),
        ("nehabet |5|", "gen"),
        ("neeget |5|", "gen"),
        ("neest |5|", ""),
        ("habere |5|", "acc"),
        ("nequit habere |5|", "gen"),
        ("nequit saepe habere |5|", "gen"),
        ("nequit. habere |5|", "acc"),
        ("nequit habet |5|", "acc"),
        ("habet – |5|", ""),
        ("habet – et |5|", "acc"),
    ],
)
def test_negation_and_barriers(text: str, expected: str, resolve: Resolve) -> None:
    """A prefix, or a word on which the governor depends, turns the case; a sign may stop the search."""
    assert resolve([{"governor": "verbs"}], text) == expected


@pytest.mark.parametrize(
    ("text", "sense", "expected"),
    [
        ("portam habet |5|", "", ""),
        ("habet portam |5|", "", ""),
        ("portae habet |5|", "", "acc"),
        ("ad portam habet |5|", "", "acc"),
        ("portam habet |5|", "time", "acc"),
        ("portam eget |5|", "", "gen"),
        ("horam habet |5|", "", "acc"),
        ("ad habere |5|", "", "acc"),
        ("de habere |5|", "", ""),
    ],
)
def test_objects_and_words_that_are_no_verbs(
    text: str, sense: str, expected: str, toy_with: Callable[..., Grammar]
) -> None:
    """A governor with an object has none to ask for, and after some words it is no verb at all."""
    filled = {
        "case": "acc",
        "reading": "? acc",
        "unless": ["#time"],
        "extents": "time",
        "not_after": "xx/preps",
    }
    spec = {"table": "xx/verbs", "key": "words", "value": "case", "filled": [filled], "not_after": "de"}
    grammar = toy_with({"verbs": VERBS}, governors={"verbs": spec})
    start = text.index("|")
    found = grammar.syntax.governor("verbs").find(Context(text.replace("|", ""), start, start + 1), sense)
    assert [bundle[0] for bundle in found] == ([expected] if expected else [])


def test_an_unknown_modifier_table(grammar: Grammar) -> None:
    """It is an error."""
    with pytest.raises(PackError, match="unknown modifier table 'no'"):
        Resolver([{"modifier": "no"}], grammar)
