"""Reading written numbers: digits with group and decimal signs, Roman numerals, a pack's own numerals."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from textnorm.grammar.signs import NumeralSystem

_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})\Z")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


_SUPERSCRIPTS = dict(zip(map(ord, "⁰¹²³⁴⁵⁶⁷⁸⁹"), "0123456789", strict=True))
_LONGEST = 300  # digits; a longer row of them is no number that anyone reads


class Number(NamedTuple):
    """An integer part and the digits after the decimal sign, as written."""

    integer: int
    fraction: str = ""


def roman(text: str) -> int | None:
    """The value of a Roman numeral in standard form, or None: 'XIX' is 19, 'IIX' is nothing."""
    if not text or not _ROMAN.match(text):
        return None
    total = 0
    for char, following in zip(text, text[1:] + " ", strict=True):
        value = _ROMAN_VALUES[char]
        total += -value if _ROMAN_VALUES.get(following, 0) > value else value
    return total


class NumeralReader:
    """Reads numbers as a pack's language writes them: `group` signs are skipped, `decimal` splits.

    Superscript digits by themselves, the exponents of powers, are a number too, and so are numerals of
    the `systems` that the pack describes.
    """

    def __init__(self, group: str = "", decimal: str = ".", systems: Iterable[NumeralSystem] = ()) -> None:
        self._systems = tuple(systems)
        self._drop = {ord(char): None for char in group}
        self._decimal = decimal

    def read(self, text: str) -> Number | None:
        """The number that `text` stands for, or None if it is none."""
        plain = text.translate(self._drop)
        if len(plain) > _LONGEST:
            return None
        if plain.isdecimal():
            return Number(int(plain))
        integer, sign, fraction = plain.partition(self._decimal)
        if sign and integer.isdecimal() and fraction.isdecimal():
            return Number(int(integer), fraction)
        if plain and _SUPERSCRIPTS.keys() >= set(map(ord, plain)):
            return Number(int(plain.translate(_SUPERSCRIPTS)))
        value = next((value for system in self._systems if (value := system.value(plain))), None)
        value = roman(plain) if value is None else value
        return None if value is None else Number(value)
