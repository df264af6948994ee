"""Written numbers and Roman numerals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textnorm.grammar.numerals import Number, NumeralReader, roman

READER = NumeralReader(group=" \u00a0.", decimal=",")
SIGNS = [("M", 1000), ("CM", 900), ("D", 500), ("CD", 400), ("C", 100), ("XC", 90), ("L", 50)]
SIGNS += [("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1)]


def to_roman(number: int) -> str:
    """The standard Roman numeral."""
    pieces = []
    for sign, value in SIGNS:
        times, number = divmod(number, value)
        pieces.append(sign * times)
    return "".join(pieces)


def test_all_roman_numerals() -> None:
    """Every number from 1 to 3999 is read back from its numeral."""
    assert [roman(to_roman(number)) for number in range(1, 4000)] == list(range(1, 4000))


@pytest.mark.parametrize("text", ["", "IIX", "IIII", "VV", "IC", "XM", "MMMM", "ix", "XIV ", "XIVa", "A"])
def test_no_roman_numeral(text: str) -> None:
    """Other rows of those letters are none."""
    assert roman(text) is None


@given(st.text("IVXLCDM", max_size=9))
def test_only_standard_numerals_are_read(text: str) -> None:
    """A number has one numeral."""
    value = roman(text)
    assert value is None or to_roman(value) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", Number(0)),
        ("007", Number(7)),
        ("1 500", Number(1500)),
        ("1.500\u00a0000", Number(1500000)),
        ("2,5", Number(2, "5")),
        ("1 000,50", Number(1000, "50")),
        ("XIX", Number(19)),
        ("٣", Number(3)),
        ("", None),
        (",5", None),
        ("5,", None),
        ("1,2,3", None),
        ("-5", None),
        ("five", None),
        ("½", None),
        ("¹²", Number(12)),
        ("5²", None),
    ],
)
def test_read(text: str, expected: Number | None) -> None:
    """Group signs are skipped, the decimal sign splits; what is no number is None."""
    assert READER.read(text) == expected


def test_decimal_sign_is_the_language_s_own() -> None:
    """A language may write a point."""
    assert NumeralReader(group=",").read("1,000.25") == Number(1000, "25")


def test_endless_rows_of_digits_are_no_numbers() -> None:
    """Nobody reads them, and arithmetic with them would fail."""
    assert READER.read("9" * 300) == Number(10**300 - 1)
    assert READER.read("9" * 301) is None
    assert READER.read("1," + "0" * 5000) is None
