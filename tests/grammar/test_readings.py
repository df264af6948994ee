"""Readings: named ways to say a field's text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from textnorm.grammar.grammar import Grammar
from textnorm.grammar.template import Decline, compile_template


def say(grammar: Grammar, text: str, features: str = "") -> str:
    """The text by the reading `amount`."""
    template = compile_template("{n:amount}", grammar.features)
    return template.render(grammar, {"n": text}, grammar.features.parse(features))


@pytest.mark.parametrize(
    ("text", "features", "expected"),
    [
        ("2", "f", "duae"),
        ("1 000", "", "una milla"),
        ("1,00", "", "unus sharp"),
        ("3,00", "", "tres comma nil nil"),
        ("2,13", "acc f", "duas comma un tri"),
    ],
)
def test_the_first_fitting_shape_is_used(text: str, features: str, expected: str, toy: Grammar) -> None:
    """A shape fits if its pattern matches the whole text and its condition holds; features are passed on."""
    assert say(toy, text, features) == expected


@pytest.mark.parametrize("text", ["x", "5,", "2,5 ", "2,1a"])
def test_text_that_fits_no_shape_is_declined(text: str, toy: Grammar) -> None:
    """A part that matches is not enough."""
    with pytest.raises(Decline, match="reading 'amount' has no shape for"):
        say(toy, text)


def test_readings_may_use_macros_and_other_readings(toy_with: Callable[..., Grammar]) -> None:
    """A reading may hand a group on to another."""
    grammar = toy_with(
        readings={
            "amount": [{"match": "(?P<a>{num})-(?P<b>{num})", "say": "{a:half} ad {b:half}"}],
            "half": [
                {"match": r"(?P<n>\d+)½", "say": "{n:cardinal} et semis"},
                {"match": r"(?P<n>\d+)", "say": "{n}"},
            ],
        },
        macros={"num": r"\d+½?"},
    )
    assert say(grammar, "2½-3") == "duo et semis ad 3"
