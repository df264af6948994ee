"""Plural categories of a number, by rules in CLDR syntax.

Source: Unicode Technical Standard #35, Part 3, "Language Plural Rules" (operands n, i, v, f, t).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from textnorm.errors import PackError

Operands = tuple[float, int, int, int, int]  # n, i, v, f, t
_RELATION = re.compile(r"([nivft])(?:\s*%\s*(\d+))?\s*(!?=)\s*([\d.,\s]+)$")
_INDEX = {"n": 0, "i": 1, "v": 2, "f": 3, "t": 4}


def operands(integer: int, fraction: str = "") -> Operands:
    """CLDR operands of the number with these integer and visible fraction digits."""
    visible = int(fraction) if fraction else 0
    trimmed = fraction.rstrip("0")
    number = float(f"{integer}.{fraction or 0}") if integer < 10**15 else float(integer)
    return number, integer, len(fraction), visible, int(trimmed) if trimmed else 0


def compile_plural(rules: Mapping[str, str]) -> Callable[[Operands], str]:
    """A function from operands to the first category whose rule holds; an empty rule always holds."""
    compiled = [(name, _condition(rule)) for name, rule in rules.items()]

    def category(ops: Operands) -> str:
        for name, holds in compiled:
            if holds(ops):
                return name
        return "other"

    return category


def _condition(rule: str) -> Callable[[Operands], bool]:
    if not rule.strip():
        return lambda ops: True
    choices = [[_relation(part) for part in choice.split(" and ")] for choice in rule.split(" or ")]
    return lambda ops: any(all(test(ops) for test in tests) for tests in choices)


def _relation(text: str) -> Callable[[Operands], bool]:
    found = _RELATION.match(text.strip())
    if not found:
        raise PackError(f"plural rule {text.strip()!r} is not understood", remedy="e.g. n % 10 = 2..9")
    operand, modulus, sign, listed = found.groups()
    index, divisor, wanted = _INDEX[operand], int(modulus or 0), sign == "="
    ranges = []
    for item in listed.replace(" ", "").split(","):
        low, _, high = item.partition("..")
        ranges.append((int(low), int(high or low)))

    def test(ops: Operands) -> bool:
        value = ops[index] % divisor if divisor else ops[index]
        return (value == int(value) and any(low <= value <= high for low, high in ranges)) is wanted

    return test
