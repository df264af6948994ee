from __future__ import annotations

from pathlib import Path

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from textnorm.errors import Location, PackError
from textnorm.pack.expand import alternation, expand, references
from textnorm.pack.model import Lexicon
from textnorm.pack.tables import Lexicons

MONTHS = Lexicon("xx/months", ("name", "short"), (("may", "V"), ("june", "VI"), ("jan. 1", "")), "months.tsv")
TABLES = {"xx/months": MONTHS}


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("a{2}b{1,3}c{,4}", "a{2}b{1,3}c{,4}"),
        ("{d}", "(?:[12]|3)"),
        ("{d}+x", "(?:[12]|3)+x"),
        ("{named}?", "(?P<n>[()])?"),
        ("{two}", "(?:(a)|(b))"),
        ("{outer}", "(?:x(?:[12]|3))"),
        (r"\{d}\p{L}\\{d}", r"\{d}\p{L}\\(?:[12]|3)"),
        ("[{range}x]{range}", "[a-zx](?:a-z)"),
        (r"[\]{range}][]{range}][^]{range}]", r"[\]a-z][]a-z][^]a-z]"),
        ("[[:alpha:]{range}]", "[[:alpha:]a-z]"),
        ("{lexicon:xx/months.short}", "(?:V(?:I)?)"),
        ("no macro", "no macro"),
    ],
)
def test_macros_and_lexicons_are_written_out(pattern: str, expected: str) -> None:
    """Quantifiers, escapes and brackets are told from references."""
    macros = {
        "d": "[12]|3", "named": "(?P<n>[()])", "two": "(a)|(b)", "outer": "x{d}", "range": "a-z",
    }  # fmt: skip
    assert expand(pattern, macros, TABLES) == expected


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("{dya}", "f:1:2: unknown macro {dya} (did you mean day?)"),
        ("{x}", "f:1:2: macro {x} contains itself: x → y → x"),
        ("{lexicon:xx/moths}", "f:1:2: unknown lexicon {lexicon:xx/moths} (did you mean xx/months?)"),
        ("{lexicon:xx/months.nme}", 'f:1:2: lexicon xx/months has no column "nme" (did you mean name?)'),
        ("{lexicon:zz/e}", "f:1:2: lexicon zz/e has no entries"),
    ],
)
def test_references_that_lead_nowhere_are_refused(pattern: str, message: str) -> None:
    """The message points at the place the caller gives."""
    tables = {**TABLES, "zz/e": Lexicon("zz/e", ("a",), (), "e.tsv")}
    with pytest.raises(PackError) as caught:
        expand(pattern, {"day": "1", "x": "{y}", "y": "{x}"}, tables, Location("f", 1, 2))
    assert str(caught.value) == message


def test_references_are_listed_in_order() -> None:
    """Quantifiers and properties are not references."""
    assert list(references(r"{a}\p{L}{2}{lexicon:xx/b.c}\{d}")) == [("macro", "a"), ("lexicon", "xx/b")]


def test_spaces_of_entries_match_typographic_spaces() -> None:
    """A no-break or thin space is a space; after a dot the space may be missing."""
    pattern = regex.compile(alternation(["p. m.", "at noon"]))
    assert [bool(pattern.fullmatch(text)) for text in ("p.\u00a0m.", "p.m.", "at\u202fnoon", "atnoon")] == [
        True, True, True, False,
    ]  # fmt: skip


@settings(deadline=None, max_examples=50)
@given(st.lists(st.text("ab.(+ é", min_size=1, max_size=6), min_size=1, max_size=8))
def test_alternation_matches_every_entry_and_the_longest_first(words: list[str]) -> None:
    """Whatever the entries are, each matches itself whole, and no shorter one hides it."""
    pattern = regex.compile(alternation(words))
    for word in words:
        assert pattern.fullmatch(word)
        assert len(pattern.match(word + "|")[0]) == len(word)


def test_alternation_does_not_depend_on_the_order_of_entries() -> None:
    """The same set of words gives the same pattern."""
    assert alternation(["b", "ab", "a"]) == alternation(["a", "b", "ab", "a"]) == "(?:a(?:b)?|b)"


def test_lexicon_patterns_are_remembered(tmp_path: Path) -> None:
    """A pack's lexicon is turned into a pattern once, however many rules use it."""
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx" / "t.tsv").write_text("w\none\ntwo\n", encoding="utf-8")
    lexicons = Lexicons([tmp_path])
    assert expand("{lexicon:xx/t}", {}, lexicons) == "(?:one|two)"
    assert lexicons.pattern("xx/t", "", lambda words: "never called") == "(?:one|two)"
    with pytest.raises(PackError, match=r"unknown lexicon \{lexicon:xx/u\} \(did you mean xx/t\?\)"):
        expand("{lexicon:xx/u}", {}, lexicons)
