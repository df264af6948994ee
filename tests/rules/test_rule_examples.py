"""The examples that stand beside the rules, one test each: `lt.date.iso::2` is the second of its rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest

import textnorm
from textnorm.pack.load import load_pack
from textnorm.pack.model import Pack
from textnorm.pack.testing import CaseResult, Explainer, Factory, items_of, normalizers, run_tests, uncovered


@cache
def pack_of(name: str) -> Pack:
    """The pack with its examples."""
    return load_pack(name)


@cache
def factory_of(name: str) -> Factory:
    """A factory that makes one normalizer for each choice of options and layers."""
    make = normalizers(pack_of(name))
    made: dict[Any, Explainer] = {}

    def factory(options: Mapping[str, str], layers: tuple[str, ...] | None) -> Explainer:
        key = tuple(sorted(options.items())), layers
        if key not in made:
            made[key] = make(options, layers)
        return made[key]

    return factory


@cache
def results_of(name: str, item: str) -> list[CaseResult]:
    """How the examples of one rule come out."""
    return run_tests(factory_of(name), pack_of(name), [item])


def items() -> Iterator[Any]:
    """Every rule, map and table of every pack."""
    for name in textnorm.languages():
        for _, item in items_of(pack_of(name)):
            yield pytest.param(name, item.id, id=item.id)


def examples() -> Iterator[Any]:
    """Every example of every pack; a known failure has to fail."""
    for name in textnorm.languages():
        for _, item in items_of(pack_of(name)):
            for index, case in enumerate(item.tests):
                why = case.known_failure
                marks = [pytest.mark.xfail(reason=why, strict=True)] if why else []
                yield pytest.param(name, item.id, index, id=f"{item.id}::{index + 1}", marks=marks)


@pytest.mark.parametrize(("pack", "item", "index"), list(examples()))
def test_example(pack: str, item: str, index: int) -> None:
    """The whole pack turns the input into what the author of the rule expects."""
    result = results_of(pack, item)[index]
    assert result.got == result.case.output, f"{result.case.input!r} by {', '.join(result.rules)}"


@pytest.mark.parametrize(("pack", "item"), list(items()))
def test_every_rule_is_fired_by_an_example_of_its_own(pack: str, item: str) -> None:
    """A rule that none of its own positive examples fires has never been seen to work."""
    assert uncovered(pack_of(pack), results_of(pack, item), [item]) == []


@pytest.mark.parametrize(("pack", "item"), list(items()))
def test_every_rule_has_two_positive_examples_and_a_negative_one(pack: str, item: str) -> None:
    """Two examples show what varies, one shows where the rule stops."""
    cases = [result.case.unchanged for result in results_of(pack, item)]
    assert (cases.count(False) >= 2, cases.count(True) >= 1) == (True, True)
