"""Tokens rewritten on their own or between their neighbours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textnorm.document import replay
from textnorm.engine.tokenwise import TokensStage, chained, core
from textnorm.errors import Location, PackError
from textnorm.pack.model import Lexicon, WordRewrite

SLANG = (
    ("u", "you"), ("im", "i'm"), ("goin'", "going"), ("2nite", "tonight"), ("b/c", "because"),
    ("lol", ""), ("gonna", "going to"), ("eg", "e.g."), ("hi.", "hi."), ("hi", "hello"), ("US", "US"), ("us", "us"),
)  # fmt: skip
NEAR = (
    ("r", "", "u", "are"),
    ("r", "u", "", "are"),
    ("al", "", "so", "also"),
    ("so", "al", "", ""),
    ("d", "^", "", "the"),
)
TABLES = {
    "xx/slang": Lexicon("xx/slang", ("word", "normal"), SLANG, "slang.tsv"),
    "xx/near": Lexicon("xx/near", ("word", "before", "after", "normal"), NEAR, "near.tsv"),
    "xx/odd": Lexicon("xx/odd", ("word", "normal"), SLANG, "odd.tsv"),
    "xx/words": Lexicon("xx/words", ("word",), (("going",), ("missing",), ("so",), ("cool",)), "words.tsv"),
}  # fmt: skip
SLANG_FILE = WordRewrite(
    "xx.slang", "Words.", "WORD", "xx.slang", "", "", "xx/slang", "normal", "", (), (), True, True, False,
    False, {}, (), (), Location("here"), tokens=True, contexts="xx/near",
)  # fmt: skip


def rewrite(name: str, match: str, to: str, **more: object) -> WordRewrite:
    """A rewrite by pattern in a file of its own."""
    changes = {"table": "", "column": "", "contexts": "", "group": "xx.r", "into": ("xx/words",)} | more
    return replace(SLANG_FILE, id=f"xx.r.{name}", match=match, to=to, **changes)  # type: ignore[arg-type]


def stage(*items: WordRewrite) -> TokensStage:
    """A stage over the tables of this module."""

    def expand(pattern: str, macros: Mapping[str, str]) -> str:
        return pattern

    return TokensStage(items, TABLES, expand)


ING = rewrite("ing", "in$", "ing")
O = rewrite("o", "ooo", "oo")  # noqa: E741


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hey u, im goin' 2nite", "hey you, i'm going tonight"),
        ('("U!")', '("You!")'),
        ("@u #u u.co http://u u@u.org u_u 4u", "@u #u u.co http://u u@u.org u_u 4u"),
        ("b/c B/C", "because BECAUSE"),
        ("the US and us", "the US and us"),
        ("lol ok lol\nlol", "ok\n"),
        ("so r u\nr", "so are you\nr"),
        ("u r, r u?", "you are, are you?"),
        ("al so so", "also so"),
        ("d day\nd d", "the day\nthe d"),
        ("Gonna", "Going to"),
        ("eg eg. hi. hi, hi", "e.g. e.g. hi. hello, hello"),
        ("", ""),
    ],
)
def test_table_and_contexts(text: str, expected: str) -> None:
    """A token is replaced without its punctuation; neighbours decide where the table of contexts says so."""
    made = stage(SLANG_FILE)
    assert made.apply(text) == expected
    assert replay(text, made.edits(text)) == expected


@pytest.mark.parametrize(
    ("items", "text", "expected"),
    [
        ((ING,), "goin missin cabin Goin, @goin goin2", "going missing cabin Going, @goin goin2"),
        ((ING, O), "coool", "cool"),
        ((ING, rewrite("g", "^qo", "go")), "qoin", "qoin"),  # two rewrites, unless asked for
        ((ING, rewrite("g", "^qo", "go", together=2)), "qoin", "qoin"),  # the file's head decides
        ((replace(ING, together=2), rewrite("g", "^qo", "go", together=2)), "qoin", "going"),
        ((rewrite("sp", "^soso$", "so so"),), "soso", "so so"),
        ((rewrite("known", "in$", "ing", into=(), known=("xx/words",)),), "goin so", "going so"),
    ],
)
def test_rewrites(items: tuple[WordRewrite, ...], text: str, expected: str) -> None:
    """Patterns see tokens of letters only, and what they lead to must be in the lexicon."""
    made = stage(*items)
    assert made.apply(text) == expected
    assert replay(text, made.edits(text)) == expected


def test_steps() -> None:
    """What two files did to a token is one edit with both as its steps."""
    (edit,) = stage(replace(SLANG_FILE, table="xx/odd", contexts=""), rewrite("so", "^to$", "so")).edits(
        "gonna"
    )
    assert (edit.before, edit.after) == ("gonna", "going so")
    assert [step.rule for step in edit.steps] == ["xx.slang", "xx.r.so"]


def test_missing_column() -> None:
    """A table of contexts without its columns is refused with their names."""
    with pytest.raises(PackError, match='no column "before"; it has word, normal'):
        stage(replace(SLANG_FILE, contexts="xx/odd"))


@given(st.text(st.sampled_from("ur lo.,'\"()@#\n-x2"), max_size=40))
def test_edits_replay(text: str) -> None:
    """Edits rebuild what `apply` writes, whatever the text."""
    made = stage(SLANG_FILE, ING)
    assert replay(text, made.edits(text)) == made.apply(text)


@given(st.text(st.sampled_from("ur lo.,in\n-x2g"), max_size=40))
def test_chain(text: str) -> None:
    """Stages that go through the text together write what they write one after the other."""
    passes = [stage(ING), stage(SLANG_FILE), stage(O), stage(rewrite("you", "^you$", "thou", into=()))]
    (first, chain) = chained(passes)
    assert first is passes[0]
    expected = text
    for one in passes:
        expected = one.apply(expected)
    assert chain.apply(passes[0].apply(text)) == expected


@given(st.text(max_size=20).filter(lambda text: text and not any(map(str.isspace, text))))
def test_core(token: str) -> None:
    """A token is its core with the punctuation around it, and the core is never empty."""
    outer = core(token)
    assert "".join(outer) == token
    assert outer.word
