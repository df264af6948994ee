"""Readings that the neighbours of a word choose."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from textnorm.errors import PackError
from textnorm.normalizer import Normalizer

Make = Callable[..., Normalizer]
TABLE = """\
word\tbefore\tafter\treading
acct\t\tmanager* director\taccount
acct\t\tclerk\taccounting
acct\tsenior ^\t$\taccountant
t.l.\t\t\tteam leader
"""
RULE = {
    "id": "a",
    "match": r"(?:(?<=(?P<p>\w+) )|(?<!\w ))(?P<a>acct|t\.?l\.?)(?:(?= (?P<n>\w+))|)",
    "ignore_case": "on",
    "say": "{a:choose xx/readings before=p after=n}",
}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("an acct manager", "an account manager"),
        ("an acct managers", "an account managers"),
        ("an ACCT Clerk", "an accounting Clerk"),
        ("the acct clerks", "the acct clerks"),
        ("a senior acct", "a senior accountant"),
        ("a junior acct", "a junior acct"),
        ("x, acct", "x, accountant"),
        ("an acct, manager", "an acct, manager"),
        ("a TL", "a team leader"),
        ("a t.l", "a team leader"),
    ],
)
def test_neighbours_choose_the_reading(text: str, said: str, make: Make) -> None:
    """The first row whose neighbours are there counts; where none fits the word stays."""
    tn = make(RULE, tables={"readings": TABLE})
    assert tn(text) == said


def test_a_column_that_is_missing_is_named(make: Make) -> None:
    """A table without the columns of neighbours is refused by name."""
    tn = make(RULE, tables={"readings": TABLE.replace("before", "left")})
    with pytest.raises(PackError, match="table xx/readings has no column 'before'"):
        tn("acct")


def test_long_words_of_a_title_have_capitals(make: Make) -> None:
    """`title` writes the first word and words of four letters and more with a capital."""
    rule = {"id": "a", "match": "(?P<w>hod)", "say": "{w:lex xx/words title}"}
    assert (
        make(rule, tables={"words": "w\tv\nhod\thead of department\n"})("the hod") == "the Head of Department"
    )
