"""What holds for every text, whatever stands in it."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import textnorm

from .conftest import BLOCK, FORMS, INVISIBLE, MARKS, PACKS, SIGNS, alphabet, normalizers

BAD = [
    "\ud800 سلام \udfff",
    "\U0005ffff\u08ff\u0378",
    "نماز Straße नमस्ते 你好 \U0001f468\u200d\U0001f4bb שלום",
    "\x00\x1b\u2028\u2029\x85",
    "\u0654\u0654\u064e",
]


@cache
def every(name: str) -> list[textnorm.Normalizer]:
    """The pack under each of its options."""
    return normalizers(name)


def texts(name: str) -> st.SearchStrategy[str]:
    """Words of the language with noise, and anything from the Arabic blocks."""
    words = st.text(alphabet(name) + alphabet(name) + MARKS + SIGNS + INVISIBLE, max_size=12)
    return st.one_of(words, st.text(BLOCK + FORMS + INVISIBLE + SIGNS, max_size=8))


@pytest.mark.parametrize("name", PACKS)
def test_normalizing_twice_changes_nothing_more(name: str) -> None:
    """What comes out is left alone, under every option."""

    @settings(max_examples=400)
    @given(texts(name))
    @example("aھـ")
    def check(text: str) -> None:
        for tn in every(name):
            once = tn(text)
            assert tn(once) == once, tn.options

    check()


@pytest.mark.parametrize("name", PACKS)
def test_explanations_replay_and_point_to_their_places(name: str) -> None:
    """Edits give the output, and every one names what it replaced."""
    tn = every(name)[0]

    @settings(max_examples=150)
    @given(texts(name))
    def check(text: str) -> None:
        document = tn.explain(text)
        assert document.text == tn(text) == document.replay()
        for edit in document.edits:
            assert text[edit.start : edit.end] == edit.before
            assert document.text[edit.out_start : edit.out_end] == edit.after

    check()


@pytest.mark.parametrize("name", PACKS)
def test_lines_do_not_know_their_neighbours(name: str) -> None:
    """A block gives the same as its lines one by one."""
    tn = every(name)[0]

    @settings(max_examples=100)
    @given(st.lists(texts(name).map(lambda text: text.replace("\n", "")), max_size=4))
    def check(lines: list[str]) -> None:
        assert tn("\n".join(lines)) == "\n".join(tn(line) for line in lines)

    check()


@pytest.mark.parametrize("name", PACKS)
def test_a_long_text_comes_out_like_its_parts(name: str) -> None:
    """The ways of going through short and through long texts agree."""
    tn = every(name)[0]
    line = alphabet(name) + " " + " ".join(BLOCK[start : start + 5] for start in range(0, len(BLOCK), 5))
    block = "\n".join([line] * 30)
    assert tn(block) == "\n".join([tn(line)] * 30)


@pytest.mark.parametrize("text", BAD)
@pytest.mark.parametrize("name", PACKS)
def test_bad_input_is_no_error(name: str, text: str) -> None:
    """Lone surrogates, unassigned code points, controls and other scripts pass through."""
    for tn in every(name):
        out = tn(text)
        assert tn(out) == out
        assert [char for char in "\ud800\U0005ffff你\x00" if (char in text) != (char in out)] == []


@pytest.mark.parametrize("unit", ["\u200c", "\u200d", "ـ", "به", "ه ", "?", "1", "\u0654", "a1", " ،"])
@pytest.mark.parametrize("name", PACKS)
def test_long_lines_are_no_trouble(name: str, unit: str) -> None:
    """A line of a megabyte of one thing goes through every pack."""
    text = "ب" + unit * (500_000 // len(unit)) + "ب"
    assert every(name)[0](text).startswith("ب")
