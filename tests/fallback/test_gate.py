"""The gate takes an answer only if it is likely, is text, and is still the same word."""

from __future__ import annotations

import math
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textnorm.fallback.gate import CHECKS, Gate

GATE = Gate(threshold=-1.0)


@pytest.mark.parametrize(
    ("word", "answer", "score", "refusal"),
    [
        ("zmogus", "žmogus", -0.1, ""),
        ("u", "you", -0.1, ""),
        ("alot", "a lot", -0.1, ""),
        ("dont", "don't", -0.1, "signs"),
        ("zmogus", "žmogus", -1.5, "probability"),
        ("zmogus", "žmogus", math.nan, "probability"),
        ("zmogus", "žmogus", 0.5, "probability"),
        ("zmogus", "žmogus", None, "probability"),
        ("zmogus", "žmogus", "-0.1", "probability"),
        ("zmogus", None, -0.1, "text"),
        ("zmogus", "", -0.1, "text"),
        ("zmogus", " žmogus", -0.1, "text"),
        ("zmogus", "žmo\ngus", -0.1, "text"),
        ("zmogus", "žmo\u200bgus", -0.1, "text"),
        ("zmogus", "\ud800mogus", -0.1, "text"),
        ("zmogus", b"zmogus", -0.1, "text"),
        ("zmogus", "žmogus2", -0.1, "digits"),
        ("zmogus", "žmogus½", -0.1, "digits"),
        ("zmogus", "žmogus!", -0.1, "signs"),
        ("zmogus", "žmo\u00a0gus", -0.1, "text"),
        ("zmogus", "жmogus", -0.1, "script"),
        ("zmogus", "z\u0327mogus", -0.1, "script"),
        ("zmogus", "zm", -0.1, "length"),
        ("u", "university", -0.1, "length"),
        ("zmogus", "asilas", -0.1, "distance"),
    ],
)
def test_an_answer_is_refused_for_the_first_check_that_it_fails(
    word: str, answer: object, score: object, refusal: str
) -> None:
    """Each check of the gate stops what it is there for, and a good answer passes all of them."""
    assert GATE.refusal(word, answer, score) == refusal


def test_a_pack_may_let_answers_add_a_sign() -> None:
    """Where words are contracted without their apostrophe, it may be put in; no other sign may."""
    gate = Gate(threshold=-1.0, signs="'")
    assert gate.refusal("dont", "don't", -0.1) == ""
    assert gate.refusal("dont", "don.t", -0.1) == "signs"


def test_a_gate_without_a_threshold_takes_nothing() -> None:
    """Where calibration had too little to go by the model is off."""
    assert Gate(threshold=None).refusal("zmogus", "žmogus", 0.0) == "probability"


@given(st.text(min_size=1, max_size=12), st.text(max_size=70), st.floats())
def test_what_passes_keeps_digits_and_signs(word: str, answer: str, score: float) -> None:
    """Whatever a model says, what is taken has the word's digits, no new sign, and can be written down."""
    if GATE.refusal(word, answer, score):
        return
    assert [char for char in answer if char.isdigit()] == [char for char in word if char.isdigit()]
    assert {unicodedata.category(char)[0] for char in set(answer) - set(word) - {" "}} <= {"L", "M"}
    answer.encode()
    assert "\n" not in answer
    assert len(answer) <= 5 * len(word)


@given(st.text(max_size=8), st.text(max_size=8))
def test_refusals_are_named_after_checks(word: str, answer: str) -> None:
    """A refusal says which check failed."""
    assert Gate(threshold=-1.0, distance=2).refusal(word or "a", answer, -0.5) in {"", *CHECKS}
