"""Lexicons and the small tables of a grammar, found by name."""

from __future__ import annotations

import pytest

from textnorm.errors import PackError
from textnorm.grammar.grammar import Grammar


def test_lexicons_are_found_by_name(toy: Grammar) -> None:
    """With or without a column; unknown ones are errors with a remedy."""
    assert toy.tables.keys("xx/skip") == {"circa", "plus quam"}
    assert toy.tables.keys("xx/letters.name") == {"a", "be", "ad", "sine anno"}
    with pytest.raises(PackError, match=r"unknown lexicon 'xx/none' \(put it at data/xx/none\.tsv\)"):
        toy.tables.keys("xx/none")


def test_lookup(toy: Grammar) -> None:
    """Inline tables, tables by a short name, and lexicons by their full name; keys as written."""
    assert toy.tables.lookup("digits", "2") == "du"
    assert toy.tables.lookup("letters", "B") == "be"
    assert toy.tables.lookup("xx/months", "ianuarii") == "1"
    assert toy.tables.lookup("letters", "b") is None


@pytest.mark.parametrize(
    ("key", "expected"),
    [("s. a.", "sine anno"), ("S.A.", "sine anno"), ("sa", "sine anno"), ("b", "be"), ("c", None)],
)
def test_lookup_loose(key: str, expected: str | None, toy: Grammar) -> None:
    """Periods, spaces and the case of the text do not matter; that of the table does."""
    assert toy.tables.lookup_loose("letters", key) == expected
