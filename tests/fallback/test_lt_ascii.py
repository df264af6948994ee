"""Lithuanian typed without diacritics: what comes back, and what must stay."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import textnorm
from textnorm.evaluate.gold import Sentence, read_gold
from textnorm.normalizer import Normalizer

ROOT = Path(__file__).resolve().parents[2]
PLAIN = str.maketrans("ąčęėįšųūžĄČĘĖĮŠŲŪŽ", "aceeisuuzACEEISUUZ")
ALPHABET = "aąbcčdeęėghiįysšuųūzžAEISŠ .,?!-\n1@#"


@pytest.fixture(scope="module")
def restore() -> Normalizer:
    """The pack with its default layers."""
    return textnorm.load("lt-ascii")


def gold() -> Iterator[Sentence]:
    """The sentences of the development set."""
    return iter(read_gold([ROOT / "data/gold/lt-ascii/dev.tsv"]))


def test_most_words_of_everyday_text_come_back(restore: Normalizer) -> None:
    """Nineteen of twenty words of chats, mails, news and the like are as they should be written."""
    pairs = [
        (word, wanted)
        for sentence in gold()
        if sentence.cls != "NONE"
        for word, wanted in zip(restore(sentence.input).split(), sentence.accepted[0].split(), strict=True)
    ]
    right = sum(word == wanted for word, wanted in pairs)
    assert right / len(pairs) > 0.95


@pytest.mark.parametrize("sentence", [one for one in gold() if one.cls == "NONE"], ids=lambda one: one.id)
def test_other_languages_addresses_and_code_stay(restore: Normalizer, sentence: Sentence) -> None:
    """Nothing in such a line is Lithuanian typed without diacritics."""
    assert restore(sentence.input) == sentence.input


@given(st.text(ALPHABET, max_size=60))
def test_no_base_letter_ever_changes(restore: Normalizer, text: str) -> None:
    """Without its diacritics the output is the input without them, also where all lines are restored."""
    everywhere = textnorm.load("lt-ascii", options={"lines": "all"})
    for made in (restore, everywhere):
        assert made(text).translate(PLAIN) == text.translate(PLAIN)


@given(st.text(ALPHABET, max_size=60))
def test_what_is_restored_stays(restore: Normalizer, text: str) -> None:
    """The output is its own output."""
    once = restore(text)
    assert restore(once) == once


def test_words_with_diacritics_stay_where_all_lines_are_restored() -> None:
    """A writer who typed one diacritic of a word typed all of them."""
    restore = textnorm.load("lt-ascii", options={"lines": "all"})
    assert restore("Zmogus žmogui, zmonems") == "Žmogus žmogui, žmonėms"


def test_batches_do_not_change_answers(restore: Normalizer) -> None:
    """Text as a whole and line by line comes out the same."""
    lines = [sentence.input for sentence in gold()]
    assert restore("\n".join(lines)).split("\n") == [restore(line) for line in lines]


def test_edits_name_the_model(restore: Normalizer) -> None:
    """`explain` shows model, log-probability and gate for each word, and leads to the same text."""
    document = restore.explain("Aciu, zmogau")
    assert document.text == "Ačiū, žmogau" == document.replay()
    assert [edit.evidence[0] for edit in document.edits] == ["model: lt-ascii/restore"] * 2


def test_restored_text_can_be_read_out(restore: Normalizer) -> None:
    """Restoring first and reading then gives the numbers the case that the restored words ask for."""
    read = textnorm.load("lt")
    assert read(restore("Laukiam 2 kavu ir 3 arbatu.")) == read("Laukiam 2 kavų ir 3 arbatų.")
