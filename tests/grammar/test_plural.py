"""Plural categories by rules in CLDR syntax."""

from __future__ import annotations

import pytest

from textnorm.errors import PackError
from textnorm.grammar.plural import compile_plural, operands

LITHUANIAN = {
    "one": "n % 10 = 1 and n % 100 != 11..19",
    "few": "n % 10 = 2..9 and n % 100 != 11..19",
    "many": "f != 0",
}
POLISH = {
    "one": "i = 1 and v = 0",
    "few": "v = 0 and i % 10 = 2..4 and i % 100 != 12..14",
    "many": "v = 0 and i != 1 and i % 10 = 0..1 or v = 0 and i % 10 = 5..9 or v = 0 and i % 100 = 12..14",
}


@pytest.mark.parametrize(
    ("integer", "fraction", "expected"),
    [
        (0, "", (0.0, 0, 0, 0, 0)),
        (12, "", (12.0, 12, 0, 0, 0)),
        (1, "50", (1.5, 1, 2, 50, 5)),
        (1, "05", (1.05, 1, 2, 5, 5)),
        (2, "0", (2.0, 2, 1, 0, 0)),
        (10**20, "", (1e20, 10**20, 0, 0, 0)),
    ],
)
def test_operands(integer: int, fraction: str, expected: tuple[float, int, int, int, int]) -> None:
    """n, i, v, f and t as UTS #35 defines them."""
    assert operands(integer, fraction) == expected


@pytest.mark.parametrize(
    ("rules", "number", "category"),
    [
        (LITHUANIAN, "1", "one"),
        (LITHUANIAN, "21", "one"),
        (LITHUANIAN, "11", "other"),
        (LITHUANIAN, "111", "other"),
        (LITHUANIAN, "9", "few"),
        (LITHUANIAN, "34", "few"),
        (LITHUANIAN, "12", "other"),
        (LITHUANIAN, "0", "other"),
        (LITHUANIAN, "30", "other"),
        (LITHUANIAN, "2,5", "many"),
        (LITHUANIAN, "1,0", "one"),
        (POLISH, "1", "one"),
        (POLISH, "1,0", "other"),
        (POLISH, "22", "few"),
        (POLISH, "13", "many"),
        (POLISH, "21", "many"),
        (POLISH, "5", "many"),
    ],
)
def test_category(rules: dict[str, str], number: str, category: str) -> None:
    """The first category whose rule holds; `other` if none does."""
    integer, _, fraction = number.partition(",")
    assert compile_plural(rules)(operands(int(integer), fraction)) == category


def test_an_empty_rule_always_holds() -> None:
    """The catch-all category has no rule."""
    assert compile_plural({"one": "n = 1", "many": "", "other": ""})(operands(7)) == "many"


def test_lists_and_fractions() -> None:
    """Commas join values and ranges; a number with a fraction is in no range of whole numbers."""
    category = compile_plural({"listed": "n = 1, 3..4, 7"})
    listed = [number for number in range(9) if category(operands(number)) == "listed"]
    assert listed == [1, 3, 4, 7]
    assert category(operands(3, "5")) == "other"
    assert compile_plural({"not": "n != 1..9"})(operands(3, "5")) == "not"


@pytest.mark.parametrize("rule", ["n is 1", "n % = 1", "x = 1", "n % 10 = a", "n = 1 and", "= 1"])
def test_rules_that_are_not_understood_are_errors(rule: str) -> None:
    """The message shows an example."""
    with pytest.raises(PackError, match=r"is not understood \(e\.g\. n % 10 = 2\.\.9\)"):
        compile_plural({"one": rule})
