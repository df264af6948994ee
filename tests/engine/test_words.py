"""Words rewritten on their own, each worked out once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textnorm.document import Edit, replay
from textnorm.engine.words import WordsStage
from textnorm.errors import Location, PackError
from textnorm.pack.model import Lexicon, WordRewrite

ROWS = (("feet", "foot"), ("corpora", "corpus"), ("species", "species"))
TABLES = {
    "xx/plurals": Lexicon("xx/plurals", ("plural", "singular"), ROWS, "plurals.tsv"),
    "xx/stop": Lexicon("xx/stop", ("word",), (("of",), ("the",), ("to",)), "stop.tsv"),
    "xx/names": Lexicon("xx/names", ("word",), (("Haemon",), ("paris",)), "names.tsv"),
    "xx/words": Lexicon("xx/words", ("word",), (("važn",), ("running",)), "words.tsv"),
}
BLANK = WordRewrite(
    "xx.words", "Words.", "WORD", "xx.words", "", "", "", "", "", (), (), False, False, False, False, {}, (), (),
    Location("here"),
)  # fmt: skip
PLURALS = replace(BLANK, table="xx/plurals", column="singular")
STOP = replace(BLANK, id="xx.stop", group="xx.stop", table="xx/stop")


def rewrite(name: str, match: str, to: str, **more: object) -> WordRewrite:
    """A rewrite by pattern."""
    return replace(BLANK, id=f"xx.words.{name}", match=match, to=to, **more)  # type: ignore[arg-type]


def stage(*items: WordRewrite) -> WordsStage:
    """A stage over the tables of this module."""

    def expand(pattern: str, macros: Mapping[str, str]) -> str:
        return pattern

    return WordsStage(items, TABLES, expand)


IES, ES = rewrite("ies", "ies$", "y"), rewrite("s", "(?<!s)s$", "")
AE = rewrite("ae", "ae(?=m)", "e", group="xx.ae")


@pytest.mark.parametrize(
    ("items", "text", "expected"),
    [
        ((PLURALS, IES, ES), "two feet, bodies and hands", "two foot, body and hand"),
        ((PLURALS, IES, ES), "species", "species"),  # a listed word is settled
        ((IES, ES), "mass", "mass"),
        ((rewrite("a", "a", "b"), rewrite("b", "^b", "c")), "abba", "cbbb"),  # each sees what was written
        ((rewrite("is", "is$", "is", first=True), replace(ES, first=True)), "cells basis", "cell basis"),
        ((rewrite("vazn", "vazn$", "važn", into=("xx/words",)),), "vazn pavazn", "važn pavazn"),
        ((rewrite("ae", "ae", "e", known=("xx/names",)),), "Haemon haemon", "Haemon hemon"),
        ((rewrite("ae", "ae", "e", exempt="^m"),), "maestro haem", "maestro hem"),
        ((rewrite("sw", "(.)-?(.)$", r"\2\1"),), "ab\ncd", "ba\ndc"),
        ((ES,), "cells2 2s a_s", "cells2 2s a_s"),
        ((rewrite("d", r"(\p{L})(\d)", r"\1 \2", digits=True),), "type2 il6", "type 2 il 6"),
        ((rewrite("p", "'s$", "", apostrophes=True),), "Crohn's disease", "Crohn disease"),
        ((rewrite("s", "(?<=l)s$", ""),), "Crohn's cells", "Crohn's cell"),
        ((AE, rewrite("y", "emia$", "aemia")), "anaemia", "anaemia"),  # files in their order
        ((rewrite("x", "^nephropathy$", "kidney diseases"), replace(ES, group="z")), "nephropathy", "kidney disease"),
    ],
)  # fmt: skip
def test_words(items: tuple[WordRewrite, ...], text: str, expected: str) -> None:
    """Tables come first, then patterns in their order, over whole words only."""
    assert stage(*items).apply(text) == expected
    assert replay(text, stage(*items).edits(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("oedema Oedema OEDEMA", "edema Edema EDEMA"),
        ("feet Feet FEET", "foot Foot FOOT"),
    ],
)
def test_case_is_followed(text: str, expected: str) -> None:
    """With `follow` words are looked up in lower case, and the result has the case of the word."""
    items = (replace(PLURALS, follow=True), rewrite("oe", "^oe", "e", follow=True))
    assert stage(*items).apply(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cancer of the liver", "cancer liver"),
        ("of the", ""),
        ("pain of the\nliver", "pain\nliver"),
        ("the liver", "liver"),
        ("due to, of course", "due, course"),
        ("(of) the", "()"),
        ("a\tof\tb", "a\tb"),
        ("often", "often"),
    ],
)
def test_dropped_words_take_a_blank_along(text: str, expected: str) -> None:
    """A word that becomes nothing leaves neither two blanks nor one at the end of a line."""
    assert stage(STOP).apply(text) == expected
    assert replay(text, stage(STOP).edits(text)) == expected


def test_edits_name_the_rewrite() -> None:
    """An edit has the id of its rewrite; two rewrites of a word are steps of one edit."""
    found = stage(IES, ES, AE).edits("bodies haems")
    assert found[0] == Edit("xx.words.ies", "WORD", 0, 6, "bodies", "body")
    assert (found[1].rule, found[1].after) == ("xx.words.s+xx.words.ae", "hem")
    assert [step.after for step in found[1].steps] == ["haem", "hem"]


@pytest.mark.parametrize(
    ("item", "message"),
    [
        (rewrite("x", "(a", ""), "not a valid pattern"),
        (rewrite("x", "a", r"\1"), "names a group that is not there"),
        (replace(PLURALS, column="dual"), 'no column "dual"'),
    ],
)
def test_mistakes_have_a_place(item: WordRewrite, message: str) -> None:
    """What cannot be used is refused when the stage is built."""
    with pytest.raises(PackError, match=message):
        stage(item)


@given(st.text("ofthe lives\n,'2", max_size=30))
def test_edits_are_what_apply_does(text: str) -> None:
    """Replaying the edits gives what the stage writes, and lines stay lines."""
    all_items = stage(STOP, replace(ES, group="a"), rewrite("e", "^e+$", "", group="b"))
    assert replay(text, all_items.edits(text)) == all_items.apply(text)
    assert all_items.apply(text).count("\n") == text.count("\n")


@given(st.lists(st.text("ofthe lives,'2", max_size=9), min_size=1, max_size=5))
def test_lines_are_independent(lines: list[str]) -> None:
    """Many lines at once come out as they do one by one."""
    one = stage(STOP, replace(ES, group="a"))
    assert one.apply("\n".join(lines)).split("\n") == [one.apply(line) for line in lines]
