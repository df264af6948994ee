"""Layers, options, names and keys of the packs in Arabic script."""

from __future__ import annotations

import unicodedata

import pytest

import textnorm
from textnorm.pack.places import data_dir
from textnorm.pack.tables import Lexicons

from .conftest import PACKS

ZWNJ, ZWJ = "\u200c", "\u200d"


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("ku-Arab", "kmr"),
        ("KU_ARAB", "kmr"),
        ("ku-Arab-IQ", "kmr"),
        ("fas", "fa"),
        ("fa-IR", "fa"),
        ("urd", "ur"),
        ("snd", "sd"),
        ("az-Arab", "azb"),
        ("und-Arab", "und-Arab"),
    ],
)
def test_packs_are_known_under_other_tags(tag: str, name: str) -> None:
    """ISO 639-3 codes, and tags that name the script."""
    assert textnorm.load(tag).pack.name == name


def test_presentation_forms_are_those_of_unicode() -> None:
    """Every entry is the compatibility mapping of its character; none holds a space or a tatweel."""
    rows = Lexicons([data_dir()])["und-Arab/presentation_forms"].rows
    assert len(rows) == 697
    wrong = [
        row for row in rows if unicodedata.normalize("NFKC", row[0]) != row[2] or set(row[2]) & {" ", "ـ"}
    ]
    assert wrong == []


@pytest.mark.parametrize("name", PACKS)
def test_signs_and_ornaments_are_no_presentation_forms(name: str) -> None:
    """The signs for phrases, the ornate brackets, the rial sign and forms on a tatweel stay."""
    text = "ﷺ ﷻ ﴾ ﴿ ﷼ \ufc60 \ufe77"
    assert textnorm.load(name)(text) == text


@pytest.mark.parametrize("name", PACKS)
def test_digits_are_converted_three_ways(name: str) -> None:
    """All digits or none; numbers among Latin letters and in addresses stay as they are."""
    text = "سال ۲۰۲۴ ٢٠٢٤ 2024, ۱۲٫۵٪ COVID-19 A4 https://a.bc/ب?d=1"
    expected = {
        "keep": "سال ۲۰۲۴ ٢٠٢٤ 2024, ۱۲٫۵٪ COVID-19 A4 https://a.bc/ب?d=1",
        "ascii": "سال 2024 2024 2024, 12٫5٪ COVID-19 A4 https://a.bc/ب?d=1",
        "arabic": "سال ٢٠٢٤ ٢٠٢٤ ٢٠٢٤, ١٢٫٥٪ COVID-19 A4 https://a.bc/ب?d=1",
        "extended": "سال ۲۰۲۴ ۲۰۲۴ ۲۰۲۴, ۱۲٫۵٪ COVID-19 A4 https://a.bc/ب?d=1",
    }
    for value, wanted in expected.items():
        assert textnorm.load(name, options={"digits": value})(text) == wanted


@pytest.mark.parametrize(
    ("name", "options", "text", "expected"),
    [
        ("fa", {}, "خانۀ ما", "خانهٔ ما"),
        ("fa", {"heh_yeh": "composed"}, "خانهٔ ما", "خانۀ ما"),
        ("fa", {"heh_yeh": "keep"}, "خانهٔ نامۀ", "خانهٔ نامۀ"),
        ("fa", {"zwnj": "minimal"}, f"کار{ZWNJ}ها می{ZWNJ}روم", f"کارها می{ZWNJ}روم"),
        ("sd", {}, "ہو ماڻھو گھر", "هو ماڻهو گھر"),
        ("sd", {"heh": "goal"}, "هو ماڻهو گناه", "ھو ماڻھو گناہ"),
        ("sd", {"heh": "keep"}, "ہو ماڻھو هي", "ہو ماڻھو هي"),
        ("ks", {"palatal": "ring"}, "تۍ", "تؠ"),
        ("ks", {"palatal": "tail"}, "تؠ تؠن", "تۍ تؠن"),
        ("ur", {"heh": "shape"}, "بهائی یه هے اںسان", "بھائی یہ ھے انسان"),
        ("ckb", {"font": "ali"}, "ثؤليس بةثيَي", "پۆلیس بەپێی"),
    ],
)
def test_profiles_are_chosen(name: str, options: dict[str, str], text: str, expected: str) -> None:
    """Where two ways of writing compete, an option says which."""
    assert textnorm.load(name, options=options)(text) == expected


def test_joiners_of_emoji_and_other_scripts_stay() -> None:
    """Only joiners after Arabic letters are looked at."""
    text = f"👨{ZWJ}👩{ZWJ}👧 क्{ZWJ}ष क्{ZWNJ}ष"
    assert [name for name in PACKS if textnorm.load(name)(text) != text] == []


def test_spacing_is_repaired_on_request() -> None:
    """No space before a mark and one after it, but none in numbers."""
    tn = textnorm.load("ur", layers=["+spacing"])
    assert tn("سیب ،کیلے  ؛ آم۔وہ ۱۲،۵۰۰") == "سیب، کیلے؛ آم۔ وہ ۱۲،۵۰۰"
    assert textnorm.load("ur")("سیب ،کیلے") == "سیب ،کیلے"


def test_diacritics_are_dropped_on_request() -> None:
    """The madda of an alef is part of the letter, typed as one character or as two."""
    tn = textnorm.load("ar", layers=["+diacritics"])
    assert tn("قُرْآن قُرْا\u0653ن") == "قرآن قرآن"


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("ar", "أَحْمَدُ إلى المدرسة", "احمد الي المدرسه"),
        ("ar", "سنة ٢٠٢٤", "سنة 2024"),
        ("fa", f"می{ZWNJ}روم", "ميروم"),
        ("fa", "تأثیر خانۀ ۱۲", "تاثير خانه 12"),
        ("ur", "زکوۃ", "زكوة"),
        ("ckb", "ڕۆژی باش", "رؤژي باش"),
        ("sd", "ہو ماڻھو", "هو ماڻهو"),
        ("ks", "کٲم ۱۲", "كأم 12"),
    ],
)
def test_keys_of_what_is_the_same_are_equal(name: str, one: str, other: str) -> None:
    """A comparison key disregards what writers of the language leave out or write in two ways."""
    tn = textnorm.load(name)
    assert tn.key(one) == tn.key(other)


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("ur", "بھائی", "بہائی"),
        ("ckb", "کوڕ", "کور"),
        ("sd", "ڪي", "کي"),
        ("ks", "زَبان", "زِبان"),
        ("fa", "آب", "اب"),
    ],
)
def test_keys_of_different_words_differ(name: str, one: str, other: str) -> None:
    """Distinctive letters and marks stay in keys."""
    tn = textnorm.load(name)
    assert tn.key(one) != tn.key(other)
