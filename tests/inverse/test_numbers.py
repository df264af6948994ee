"""Number systems backwards: whatever a number is said as, its words give the number back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textnorm import Normalizer
from textnorm.grammar.template import Decline
from textnorm.inverse.compiler import Compiler
from textnorm.inverse.fieldparsers import UNLIMITED
from textnorm.inverse.numbers import NumberParser
from textnorm.inverse.source import Source

CASES = ("nom", "gen", "dat", "acc", "ins", "loc")
NUMBERS = st.one_of(st.integers(0, 999), st.integers(0, 10**9 - 1))


@pytest.fixture(scope="module")
def compiler(lt: Normalizer) -> Compiler:
    """Parsers of the Lithuanian grammar."""
    return Compiler(lt.grammar)


def read(parser: NumberParser, text: str) -> set[int]:
    """The numbers that the whole text can be."""
    return {n for end, n, _ in parser.read(Source(text), 0, UNLIMITED) if end == len(text)}


@pytest.mark.parametrize("system", ["cardinal", "ordinal"])
@settings(max_examples=150, deadline=None)
@given(
    number=NUMBERS,
    case=st.sampled_from(CASES),
    gender=st.sampled_from("mf"),
    count=st.sampled_from(["sg", "pl"]),
    definite=st.sampled_from(["simple", "definite"]),
    series=st.sampled_from(["basic", "multi"]),
)
def test_every_form_of_every_number_gives_the_number_back(
    compiler: Compiler,
    system: str,
    number: int,
    case: str,
    gender: str,
    count: str,
    definite: str,
    series: str,
) -> None:
    """And nothing else: no two numbers share a form."""
    grammar = compiler.grammar
    bundle = grammar.features.parse(f"{case} {gender} {count} {definite} {series}")
    try:
        text = grammar.systems()[system].say(number, bundle)
    except Decline:
        return  # the system has no word for it
    assert read(compiler.numbers(system), text) == {number}


@pytest.mark.parametrize(
    ("system", "text", "number"),
    [
        ("cardinal", "nulis", 0),
        ("cardinal", "keturiasdešimt dviem", 42),
        ("cardinal", "šimtas", 100),
        ("cardinal", "vienas šimtas", 100),
        ("cardinal", "trijų šimtų tūkstančių", 300_000),
        ("cardinal", "du milijonai penki", 2_000_005),
        ("cardinal", "dešimties", 10),
        ("cardinal", "ketverius", 4),
        ("ordinal", "du tūkstančiai dvidešimt ketvirtų", 2024),
        ("ordinal", "dutūkstantaisiais", 2000),
        ("ordinal", "devyniasdešimtųjų", 90),
        ("ordinal", "tretieji", 3),
    ],
)
def test_words_of_numbers(compiler: Compiler, system: str, text: str, number: int) -> None:
    """Known forms."""
    assert read(compiler.numbers(system), text) == {number}


@pytest.mark.parametrize(
    "text", ["šimtai", "tūkstančiai", "penki du", "dvidešimt dešimt", "trys šimtas", "šimtas šimtas", "dešim"]
)
def test_words_that_are_no_number(compiler: Compiler, text: str) -> None:
    """Plural magnitudes alone, digits side by side, wrong order."""
    assert read(compiler.numbers("cardinal"), text) == set()
