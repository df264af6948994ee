"""Strings that name several things."""

import pytest

from textnorm.link.composite import Splitter

ENGLISH = Splitter(["and", "or", "and/or"])


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("breast and ovarian cancer", ("breast cancer", "ovarian cancer")),
        ("breast, ovarian, and colon cancer", ("breast cancer", "ovarian cancer", "colon cancer")),
        ("hepatitis B or C", ("hepatitis B", "hepatitis C")),
        ("asthma and/or eczema", ("asthma", "eczema")),
        ("fever / cough", ("fever", "cough")),
        ("Fever AND cough", ("Fever", "cough")),
    ],
)
def test_readings(text: str, reading: tuple[str, ...]) -> None:
    """The parts share their end, their beginning, or nothing."""
    assert reading in ENGLISH.readings(text)


@pytest.mark.parametrize(
    "text", ["breast cancer", "android", "and", "cancer and", "a " * 20 + "and b", "sandy or", "HLA-B/C", ""]
)
def test_one_thing(text: str) -> None:
    """No conjunction between words, or too many words: there is one way to read it."""
    assert ENGLISH.readings(text) == []


def test_conjunctions_are_a_matter_of_language() -> None:
    """Without any, nothing is split; those of another language are words like others."""
    assert Splitter([]).readings("fever, cough") == []
    assert ENGLISH.readings("Fieber und Husten") == []
    assert Splitter(["und"]).readings("Fieber und Husten") == [("Fieber", "Husten")]
