"""Words and what stands between them."""

from __future__ import annotations

import re
import sys

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from textnorm.engine.tokens import _ODD, cased, split


def test_the_quick_way_is_taken_where_both_libraries_agree() -> None:
    """Of all characters, those that only one of the libraries has in words are told in advance."""
    chars = "".join(map(chr, range(sys.maxunicode + 1)))
    one, other = set(re.findall(r"\w", chars)), set(regex.findall(r"\w", chars))
    assert "".join(sorted(char for char in one ^ other if not _ODD.match(char))) == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("don't go", ["don't", "go"]),
        ("Crohn’s Störung", ["Crohn’s", "Störung"]),
        ("हिन्दी x²", ["हिन्दी", "x"]),
        ("'a' b-c", ["a", "b", "c"]),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    """Marks belong to the word, and an apostrophe between letters."""
    assert split(text, apostrophes=True)[1::2] == words


@given(st.text())
def test_parts_add_up(text: str) -> None:
    """Nothing gets lost, and the words are those that `regex` finds."""
    for apostrophes in (False, True):
        assert "".join(split(text, apostrophes=apostrophes)) == text
    assert split(text, apostrophes=False)[1::2] == regex.findall(r"\w+", text)


def test_case_of_a_word_for_another() -> None:
    """A single capital letter is a first letter, no word in capitals."""
    assert [cased(word, "edema") for word in ("oedema", "Oedema", "OEDEMA", "O")] == [
        "edema", "Edema", "EDEMA", "Edema",
    ]  # fmt: skip
