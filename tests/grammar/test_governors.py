"""Words that govern what stands to their right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from textnorm.errors import PackError
from textnorm.grammar.context import Context
from textnorm.grammar.grammar import Grammar

Find = Callable[..., list[str]]
HEADER = "words\tcase\tsense\treach\tsource\n"


@pytest.fixture
def find(toy_with: Callable[..., Grammar]) -> Find:
    """What the toy language's governors ask for after a left context; `spec` changes the table's keys."""

    def of(left: str, sense: str = "", rows: str = "", **spec: Any) -> list[str]:
        base = {"table": "xx/preps", "key": "words", "value": "case", "skip": "xx/skip"}
        grammar = toy_with({"preps": HEADER + rows} if rows else None, governors={"prep": {**base, **spec}})
        left = left[left.rfind("\n") + 1 :]
        at = Context(left + "5", len(left), len(left) + 1)
        return [
            " ".join(value for value in bundle if value)
            for bundle in grammar.syntax.governor("prep").find(at, sense)
        ]

    return of


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        ("ad ", ["acc"]),
        ("venit AD ", ["acc"]),
        ("ad portas ", []),
        ("causa rei ", ["gen"]),
        ("rei ", []),
        ("ad circa ", ["acc"]),
        ("ad plus quam circa ", ["acc"]),
        ("ad quam ", []),
        ("habet ", ["acc"]),
        ("habet portas bonas et ", ["acc"]),
        ("habet. Et ", []),
        ("habet A. Portam et ", ["acc"]),
        ("ad portas. ", []),
        ("habet portas. ", []),
        ("habet portas. et ", ["acc"]),
        ("habet: ", []),
        ("habet, et ", []),
        ("habet, ", []),
        ("habere nolo ", ["gen"]),
        ("ad\n", []),
        ("ad (", []),
        ("", []),
    ],
)
def test_find(left: str, expected: list[str], find: Find) -> None:
    """The nearest governor counts: adjacent ones past transparent words, others within the clause."""
    assert find(left) == expected


def test_the_nearest_governor_wins(find: Find) -> None:
    """A preposition in between takes the place of the verb, unless its own noun comes between too."""
    assert find("habet causa rei ") == ["gen"]
    assert find("habet ad portas ") == ["acc"]
    assert find("habere nolo ad ") == ["acc"]


@pytest.mark.parametrize(
    ("sense", "expected"), [("time", ["acc"]), ("money", ["gen"]), ("weight", []), ("", ["acc", "gen"])]
)
def test_senses(sense: str, expected: list[str], find: Find) -> None:
    """A row for a sense holds for that only; where no sense is known all rows do, in their order."""
    assert find("in ", sense) == expected


def test_rows_for_the_sense_overrule_neutral_ones(find: Find) -> None:
    """A neutral row is for the senses that no other row is made for."""
    rows = "in\tgen\t\tadjacent\ts\nin\tacc\ttime\tadjacent\ts\n"
    assert find("in ", "time", rows) == ["acc"]
    assert find("in ", "money", rows) == ["gen"]
    assert find("in ", "", rows) == ["gen"]


def test_rows_may_be_for_what_has_no_sense(find: Find) -> None:
    """The sense `other` is that of words which have none of the senses."""
    rows = "in\tgen\ttime\tadjacent\ts\nin\tacc\tmoney other\tadjacent\ts\n"
    assert find("in ", "time", rows) == ["gen"]
    assert find("in ", "", rows) == ["acc"]


def test_further_tables_add_rows(toy_with: Callable[..., Grammar]) -> None:
    """`more` names tables whose rows are looked up together with those of `table`."""
    more = {"verbs": HEADER + "cum\tgen\t\tadjacent\ts\n"}
    spec = {"table": "xx/preps", "more": ["xx/verbs"], "key": "words", "value": "case"}
    grammar = toy_with(more, governors={"prep": spec})
    for left, case in (("cum ", "gen"), ("ad ", "acc")):
        at = Context(left + "5", len(left), len(left) + 1)
        assert grammar.syntax.governor("prep").find(at, "") == (grammar.features.parse(case),)


@pytest.mark.parametrize(
    ("left", "sense", "expected"),
    [("portam habet ", "time", ["nom"]), ("portam habet ", "money", []), ("portam habet bene ", "time", [])],
)
def test_a_governor_with_its_object_may_stand_before_its_subject(
    left: str, sense: str, expected: list[str], find: Find
) -> None:
    """Right after a verb that has its object, a number of those who act is the subject."""
    rows = "habet\tacc\t\tclause\ts\n"
    filled = {"case": "acc", "reading": "acc", "subject": "nom", "subjects": "time"}
    assert find(left, sense, rows, filled=[filled]) == expected


def test_a_sentence_is_not_looked_out_of(toy_with: Callable[..., Grammar]) -> None:
    """A period ends the search, unless it is that of an abbreviation the language lists."""
    text = "habet portas. Ibi "
    at = Context(text, len(text), len(text))
    assert toy_with().syntax.governor("prep").find(at, "") == ()
    grammar = toy_with({"short": "abbr\tsource\nportas.\ts\n"}, sentence={"abbreviations": ["xx/short"]})
    assert grammar.syntax.governor("prep").find(at, "") == (grammar.features.parse("acc"),)


def test_phrases_and_stems_prefer_the_longest(find: Find) -> None:
    """A phrase of more words, and a longer stem, is the better match."""
    rows = "de\tgen\t\tadjacent\ts\nex de\tacc\t\tadjacent\ts\ndic*\tgen\t\tadjacent\ts\ndicto*\tnom\t\tadjacent\ts\n"
    assert find("ex de ", "", rows) == ["acc"]
    assert find("x de ", "", rows) == ["gen"]
    assert find("dictor ", "", rows) == ["nom"]
    assert find("dicens ", "", rows) == ["gen"]


def test_reach(find: Find) -> None:
    """The table says how far its governors reach where a row does not, and how long a clause may be."""
    assert find("videt portas ", "", "videt\tacc\t\tclause\ts\n") == ["acc"]
    assert find("videt portas ", "", "videt\tacc\t\tadjacent\ts\n") == []
    far = "videt a b c "
    assert find(far, "", "videt\tacc\t\tclause\ts\n", clause_words="4") == ["acc"]
    assert find(far, "", "videt\tacc\t\tclause\ts\n", clause_words="3") == []


def test_stops_are_the_table_s_own(find: Find) -> None:
    """A table may name other signs that end a clause."""
    rows = "videt\tacc\t\tclause\ts\n"
    assert find("videt ; ", "", rows) == []
    assert find("videt ; ", "", rows, stops="!") == ["acc"]
    assert find("videt, ", "", rows, soft_stops="") == ["acc"]


def test_words_that_may_stand_between(find: Find) -> None:
    """`pass` is a pattern of words that the search passes over, unless they govern themselves."""
    assert find("ad Portam Magnam ") == []
    assert find("ad Portam Magnam ", **{"pass": r"\p{Lu}\w+"}) == ["acc"]
    assert find("ad portam Magnam ", **{"pass": r"\p{Lu}\w+"}) == []
    assert find("causa rei Ad ", **{"pass": r"\p{Lu}\w+"}) == ["acc"]


def test_unknown_tables_are_errors(toy: Grammar) -> None:
    """A cue that names one is refused."""
    with pytest.raises(PackError, match="unknown governor table 'verbs'"):
        toy.syntax.governor("verbs")
