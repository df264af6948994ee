"""Amharic, Tigrinya and Ge'ez against their gold sets, and on input that is no text at all."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import textnorm
from textnorm.document import replay
from textnorm.evaluate import Sentence, read_gold

GOLD = Path(__file__).resolve().parents[2] / "data" / "gold"
LANGS = ("am", "ti", "gez")
SIZES = {"am": 150, "ti": 150, "gez": 40}
NORMALIZERS = {lang: textnorm.load(lang) for lang in LANGS}
MIXED = st.text(
    st.one_of(
        st.characters(min_codepoint=0x1200, max_codepoint=0x137F),
        st.sampled_from("0123456789 .,:/-%$ዓምርዶበየ፡።\n"),
        st.characters(exclude_categories=[]),
    )
)


def gold(lang: str, part: str) -> list[Sentence]:
    """The sentences of a part of a gold set."""
    return read_gold([GOLD / lang / f"{part}.tsv"])


def run(lang: str, sentence: Sentence) -> str:
    """The output under the layers that the sentence's class adds."""
    if not sentence.layers:
        return NORMALIZERS[lang](sentence.input)
    return textnorm.load(lang, layers=[f"+{name}" for name in sentence.layers])(sentence.input)


@pytest.mark.parametrize("lang", LANGS)
def test_dev_sentences_are_read_right(lang: str) -> None:
    """All but one in fifty."""
    sentences = gold(lang, "dev")
    wrong = [sentence.id for sentence in sentences if run(lang, sentence) not in sentence.accepted]
    assert len(wrong) <= 0.02 * len(sentences), wrong


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_right_stays(lang: str) -> None:
    """Sentences without anything to read are left alone, and so is every output: reading twice is reading once."""
    sentences = [*gold(lang, "dev"), *gold(lang, "test")]
    traps = [sentence for sentence in sentences if sentence.cls == "NONE"]
    assert [sentence.id for sentence in traps if run(lang, sentence) != sentence.input] == []
    outputs = [text for sentence in sentences for text in sentence.accepted if sentence.cls != "DIGITS"]
    assert [text for text in outputs if NORMALIZERS[lang](text) != text] == []


@pytest.mark.parametrize("lang", LANGS)
def test_gold_parts_are_apart_and_well_formed(lang: str) -> None:
    """Enough sentences, in NFC, none in both parts."""
    dev, test = gold(lang, "dev"), gold(lang, "test")
    assert len(dev) + len(test) >= SIZES[lang]
    assert not {(s.cls, s.input) for s in dev} & {(s.cls, s.input) for s in test}
    for sentence in [*dev, *test]:
        assert all(unicodedata.is_normalized("NFC", text) for text in (sentence.input, *sentence.accepted))


@pytest.mark.parametrize("lang", LANGS)
@given(text=MIXED)
def test_whatever_comes_the_edits_tell_what_became_of_it(lang: str, text: str) -> None:
    """Lone surrogates, unassigned code points and mixed scripts pass; lines stay lines."""
    tn = NORMALIZERS[lang]
    document = tn.explain(text)
    assert document.text == tn(text) == replay(text, document.edits)
    assert document.text.count("\n") == text.count("\n")
    assert all(text[edit.start : edit.end] == edit.before for edit in document.edits)
    assert all(document.text[edit.out_start : edit.out_end] == edit.after for edit in document.edits)
    tn.key(text)


@pytest.mark.parametrize(
    "line",
    ["በ1993 ዓ.ም. ", "ዶ/ር አበበ ", "፲፱፺፪", "1", "1.", "ወ/", "፡", "\ud800\u1380\U0010ffff ", "ሀ" * 7 + " ", "፩፼"],
)
@pytest.mark.parametrize("lang", LANGS)
def test_a_line_of_a_megabyte_is_a_line(lang: str, line: str) -> None:
    """No pattern is lost in a line without end."""
    text = line * (100_000 // len(line))
    assert "\n" not in NORMALIZERS[lang](text)


@pytest.mark.parametrize(
    ("lang", "text", "words"),
    [
        ("am", "ሚ/ር ደኤታ", "ሚኒስትር ደኤታ"),
        ("am", "በጤና ሚ/ር", "በጤና ሚኒስቴር"),
        ("am", "ከጤና ሚ/ር ዶ/ር ሊያ", "ከጤና ሚኒስትር ዶክተር ሊያ"),
    ],
)
def test_what_two_words_share_is_uncertain(lang: str, text: str, words: str) -> None:
    """A minister and a ministry have one abbreviation: the other reading is named, and strict mode keeps it."""
    document = NORMALIZERS[lang].explain(text)
    assert document.text == words
    doubtful = [edit for edit in document.edits if edit.uncertain]
    assert len(doubtful) == 1
    assert "ሚ/ር" in textnorm.load(lang, uncertain="keep")(text)
