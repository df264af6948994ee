"""Numerals whose signs add up and multiply."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textnorm.errors import PackError
from textnorm.grammar.signs import NumeralSystem

ONES = dict(zip(map(str, (*range(1, 10), *range(10, 100, 10))), "፩፪፫፬፭፮፯፰፱፲፳፴፵፶፷፸፹፺", strict=True))
ETHIOPIC = NumeralSystem("ethiopic", {"signs": ONES, "multipliers": {"100": "፻"}, "radix": {"10000": "፼"}})
GREEK = NumeralSystem(
    "greek",
    {"signs": dict(zip(map(str, (*range(1, 10), *range(10, 100, 10))), "αβγδεϛζηθικλμνξοπϟ", strict=True))},
)

VECTORS = {
    1: "፩",
    10: "፲",
    11: "፲፩",
    100: "፻",
    101: "፻፩",
    222: "፪፻፳፪",
    1000: "፲፻",
    1005: "፲፻፭",
    1865: "፲፰፻፷፭",
    1995: "፲፱፻፺፭",
    5865: "፶፰፻፷፭",
    9999: "፺፱፻፺፱",
    10_000: "፼",
    1_000_001: "፻፼፩",
    78_010_092: "፸፰፻፩፼፺፪",
    100_000_000: "፼፼",
    100_010_000: "፼፩፼",
}


@pytest.mark.parametrize(("number", "numeral"), VECTORS.items())
def test_known_numerals(number: int, numeral: str) -> None:
    """Both ways, from a single sign to signs that multiply each other."""
    assert ETHIOPIC.write(number) == numeral
    assert ETHIOPIC.value(numeral) == number


def test_every_number_to_a_hundred_thousand_comes_back() -> None:
    """Writing and reading are inverse to each other, and no two numbers look alike."""
    numerals = [ETHIOPIC.write(number) for number in range(1, 100_001)]
    assert [ETHIOPIC.value(numeral) for numeral in numerals] == list(range(1, 100_001))
    assert len(set(numerals)) == len(numerals)


@given(st.integers(1, 10**40))
def test_large_numbers_come_back(number: int) -> None:
    """The system has no largest number."""
    assert ETHIOPIC.value(ETHIOPIC.write(number)) == number


@given(st.text("".join([*ONES.values(), "፻፼"]), min_size=1, max_size=8))
def test_what_is_read_is_written_the_same_but_for_ones(numeral: str) -> None:
    """A numeral is read only if it is the usual one for its value, or has a one that is not needed."""
    value = ETHIOPIC.value(numeral)
    if value is not None:
        usual = Counter(ETHIOPIC.write(value))
        assert not usual - Counter(numeral)
        assert set(Counter(numeral) - usual) <= {"፩"}


@pytest.mark.parametrize("text", ["፲፱፺፪", "፻፻", "፳፲", "፩፩", "፱፲", "", "12", "፩2", "፪፻፫፻"])
def test_signs_in_disorder_are_no_numeral(text: str) -> None:
    """Digits strung together as in positional writing are not guessed at."""
    assert ETHIOPIC.value(text) is None


@pytest.mark.parametrize("number", [0, -5])
def test_there_is_no_zero(number: int) -> None:
    """The system begins with one."""
    with pytest.raises(ValueError, match="begin with one"):
        ETHIOPIC.write(number)


def test_a_system_may_only_add() -> None:
    """Without multipliers and radix the numbers end where the signs do."""
    assert GREEK.write(42) == "μβ"
    assert GREEK.value("μβ") == 42
    with pytest.raises(ValueError, match="100 has no greek numeral"):
        GREEK.write(100)


@pytest.mark.parametrize(
    ("tree", "message"),
    [
        ({}, "needs `signs`"),
        ({"signs": {"1": "a"}, "radix": {"10": "x", "100": "y"}}, "one radix at most"),
        ({"signs": {"1": "a", "2": "a"}}, "two values have one sign"),
        ({"signs": {"1": "ab"}}, "`signs` needs {VALUE: SIGN, …}"),
        ({"signs": {"x": "a"}}, "`signs` needs {VALUE: SIGN, …}"),
        (
            {"signs": {"1": "a"}, "multipliers": {"100": "c"}, "radix": {"250": "x"}},
            "250 is no multiple of 100",
        ),
    ],
)
def test_descriptions_that_cannot_work_are_refused(tree: dict[str, Any], message: str) -> None:
    """A pack author is told what is wrong."""
    with pytest.raises(PackError) as caught:
        NumeralSystem("x", tree)
    assert message in str(caught.value)
