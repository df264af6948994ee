"""Number words against an independent account of the tables, and numerals through the packs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import textnorm

AMHARIC = textnorm.load("am")
TIGRINYA = textnorm.load("ti")
AM_ONES = ["አንድ", "ሁለት", "ሦስት", "አራት", "አምስት", "ስድስት", "ሰባት", "ስምንት", "ዘጠኝ"]
AM_TENS = ["ሃያ", "ሠላሳ", "አርባ", "ሃምሳ", "ስልሳ", "ሰባ", "ሰማንያ", "ዘጠና"]
TI_ONES = ["ሓደ", "ክልተ", "ሰለስተ", "ኣርባዕተ", "ሓሙሽተ", "ሽዱሽተ", "ሸውዓተ", "ሸሞንተ", "ትሽዓተ", "ዓሰርተ"]
TI_TENS = ["ዕስራ", "ሰላሳ", "ኣርብዓ", "ሓምሳ", "ሱሳ", "ሰብዓ", "ሰማንያ", "ቴስዓ"]


def amharic(number: int) -> str:
    """An Amharic cardinal from 1 to 9999: thousands, hundreds, tens, ones, side by side."""
    words = []
    for step, name in ((1000, "ሺ"), (100, "መቶ")):
        times, number = divmod(number, step)
        words += [AM_ONES[times - 1], name] if times else []
    if 10 < number < 20:
        words += ["አሥራ", AM_ONES[number - 11]]
    elif number == 10:
        words += ["አሥር"]
    else:
        words += [AM_TENS[number // 10 - 2]] if number >= 20 else []
        words += [AM_ONES[number % 10 - 1]] if number % 10 else []
    return " ".join(words)


def tigrinya(number: int) -> str:
    """A Tigrinya cardinal from 1 to 9999: from 21 on every part of a compound takes an n."""
    parts = []
    for step, name in ((1000, "ሽሕ"), (100, "ሚእት")):
        times, number = divmod(number, step)
        parts += [f"{TI_ONES[times - 1]} {name}"] if times else []
    if 10 < number < 20:
        parts += [f"ዓሰርተ {TI_ONES[number - 11]}"]
    elif number:
        parts += [TI_TENS[number // 10 - 2]] if number >= 20 else []
        last = 10 if number == 10 else number % 10
        parts += [TI_ONES[last - 1]] if last else []
    if len(parts) > 1:
        return " ".join(f"{part}ን" for part in parts)
    return {"ሓደ ሚእት": "ሚእቲ", "ሓደ ሽሕ": "ሽሕ"}.get(parts[0], parts[0].replace("ሚእት", "ሚእቲ"))


def test_amharic_cardinals_agree_with_the_tables() -> None:
    """Every number from 1 to 9999."""
    wrong = [n for n in range(1, 10_000) if AMHARIC(f"{n} ሰዎች") != f"{amharic(n)} ሰዎች"]
    assert wrong == []


def test_tigrinya_cardinals_agree_with_the_tables() -> None:
    """Every number from 1 to 9999."""
    wrong = [n for n in range(1, 10_000) if TIGRINYA(f"{n} ሰባት") != f"{tigrinya(n)} ሰባት"]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0", "ዜሮ"),
        ("125", "አንድ መቶ ሃያ አምስት"),
        ("2,017", "ሁለት ሺ አሥራ ሰባት"),
        ("1,000,000", "አንድ ሚሊዮን"),
        ("1,234,567", "አንድ ሚሊዮን ሁለት መቶ ሠላሳ አራት ሺ አምስት መቶ ስልሳ ሰባት"),
        ("2,000,000,000", "ሁለት ቢሊዮን"),
        ("1,000,000,000,000", "አንድ ትሪሊዮን"),
        ("በ1993 ዓ.ም.", "በአሥራ ዘጠኝ መቶ ዘጠና ሦስት ዓመተ ምሕረት"),
        ("በ1900 ዓ.ም.", "በአሥራ ዘጠኝ መቶ ዓመተ ምሕረት"),
        ("በ2000 ዓ.ም.", "በሁለት ሺ ዓመተ ምሕረት"),
    ],
)
def test_amharic_numbers(text: str, words: str) -> None:
    """Zero, large numbers, years before and after two thousand."""
    assert AMHARIC(text) == words


@pytest.mark.parametrize(
    ("number", "ordinal"),
    [*enumerate(["አንደኛ", "ሁለተኛ", "ሦስተኛ", "አራተኛ", "አምስተኛ", "ስድስተኛ", "ሰባተኛ", "ስምንተኛ", "ዘጠነኛ", "አሥረኛ"], 1)],
)
def test_amharic_ordinals(number: int, ordinal: str) -> None:
    """The last letter goes into the first order, in compounds too."""
    assert AMHARIC(f"{number}ኛ") == ordinal
    assert AMHARIC(f"የ{number}ኛው") == f"የ{ordinal}ው"
    if number < 10:
        assert AMHARIC(f"{number + 20}ኛ") == f"ሃያ {ordinal}"


def test_numerals_become_digits() -> None:
    """Through a pack the numerals are those of the grammar, whatever stands around them."""
    digits = textnorm.load("und-Ethi", layers=["numerals"])
    numerals = textnorm.load("und-Ethi", layers=["ethiopic"])
    assert digits("በ፲፱፻፷፮ እና ፸፰፻፩፼፺፪ኛ (፩)") == "በ1966 እና 78010092ኛ (1)"
    assert digits("፲፱፺፪") == "፲፱፺፪"
    assert numerals("በ1966 እና 78010092ኛ (1)") == "በ፲፱፻፷፮ እና ፸፰፻፩፼፺፪ኛ (፩)"
    assert numerals("0 3.5 7:30 A4 1/2 0911") == "0 3.5 7:30 A4 1/2 0911"


@given(st.integers(1, 10**12))
def test_digits_and_numerals_are_inverse(number: int) -> None:
    """What one layer writes the other reads."""
    numeral = textnorm.load("und-Ethi", layers=["ethiopic"])(str(number))
    assert textnorm.load("und-Ethi", layers=["numerals"])(numeral) == str(number)


def test_a_year_without_its_hundreds_is_reported() -> None:
    """Signs strung together like digits are left alone, and `--why` says so."""
    document = AMHARIC.explain("በ፲፱፺፪", why=True)
    assert document.text == "በ፲፱፺፪"
    assert [(loser.rule, loser.reason) for loser in document.losers] == [
        ("und-Ethi.numerals.digits", "declined: '፲፱፺፪' is not a whole number")
    ]
