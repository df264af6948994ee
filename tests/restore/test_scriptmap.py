from __future__ import annotations

import random

import pytest

from textnorm.errors import PackError
from textnorm.pack.model import Lexicon
from textnorm.restore.scriptmap import Row, ScriptMap, read_map


def table(*rows: str, header: str = "clean typed where share source") -> Lexicon:
    """A table with these rows, cells parted by spaces."""
    return Lexicon("xx/typed", tuple(header.split()), tuple(tuple(row.split()) for row in rows), "typed.tsv")


def test_a_table_says_how_letters_are_typed() -> None:
    """Signs stand for what cannot be seen: nothing, a space, the non-joiner."""
    found = read_map([table("e ∅ inner 0.1 own", "e e␣ medial 0.2 own", "e eZWNJ any 0.3 own")]).rows
    assert [(row.typed, row.where, row.share) for row in found] == [
        ("", "inner", 0.1),
        ("e ", "medial", 0.2),
        ("e\u200c", "any", 0.3),
    ]


def test_a_later_table_has_its_own_word_on_a_letter() -> None:
    """A pack takes the map of a related language and changes single letters."""
    found = read_map([table("č c any 0.5 own", "š s any 0.5 own"), table("č ch any 1 own")])
    assert [(row.clean, row.typed) for row in found.rows] == [("č", "ch"), ("š", "s")]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (table("č c somewhere 1 own"), '"somewhere" is no place in a word'),
        (table("č c any many own"), '"many" is no share'),
        (table("č c any 0 own"), '"0" is no share'),
        (table("č c any nan own"), '"nan" is no share'),
        (table("č c", header="clean typed"), "'where'"),
    ],
)
def test_faulty_tables_are_refused(given: Lexicon, message: str) -> None:
    """The message names the offending cell."""
    with pytest.raises(PackError, match=message):
        read_map([given])


def test_the_longest_unit_counts_where_it_may_stand() -> None:
    """A vowel with its bearer is one unit at the start of a word, and two letters within."""
    found = ScriptMap([Row("ia", "a", "initial", 1.0), Row("i", "y", "any", 1.0)])
    assert [unit for unit, _, _ in found.units("iabia")] == ["ia", "b", "i", "a"]


def test_what_shares_leave_open_stays_as_it_is(script_map: ScriptMap) -> None:
    """Nine in ten type c; one in ten types č."""
    assert dict(ScriptMap([Row("č", "c", "any", 0.9)]).ways("č", True, False)) == pytest.approx(
        {"c": 0.9, "č": 0.1}
    )
    assert script_map.ways("b", True, False) == [("b", 1.0)]


def test_even_shares_leave_spaces_rare(script_map: ScriptMap) -> None:
    """With `even` all letters are as likely, but a space is no letter."""
    ways = dict(script_map.ways("ū", False, False, even=True))
    assert ways == pytest.approx({"u": 0.5, "": 0.5})
    assert dict(script_map.ways("e", False, False, even=True)) == pytest.approx({"e ": 0.1, "e": 0.9})


def test_a_respelled_word_is_never_empty() -> None:
    """Even if every letter may go untyped."""
    silent = ScriptMap([Row("a", "", "any", 1.0)])
    assert silent.respell("aaa", random.Random(1)) == "aaa"
