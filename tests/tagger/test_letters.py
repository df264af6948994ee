"""The mask of a tagger: what a letter may stand for."""

from __future__ import annotations

import pytest

from textnorm.tagger.letters import Letters


def test_text_as_typed_has_no_marked_letter() -> None:
    """Marked letters become those that are typed for them, capitals too; all else stays."""
    letters = Letters({"e": "ęė", "s": "š"})
    assert letters.plain("Šešėlis ŠĘ, čia ë") == "Seselis SE, čia ë"


@pytest.mark.parametrize(
    ("typed", "reading", "written"),
    [
        ("zmogus", "žmogus", "žmogus"),
        ("Zmogus", "žmogus", "Žmogus"),
        ("SESE", "sesė", "SESĖ"),
        ("iPs", "ipš", "iPš"),
    ],
)
def test_a_reading_takes_the_capitals_of_what_was_typed(typed: str, reading: str, written: str) -> None:
    """Letter by letter, so that no word is written in a case that nobody typed."""
    assert Letters({"z": "ž", "s": "š", "e": "ė"}).written(typed, reading) == written


@pytest.mark.parametrize(
    "edits",
    [{"ab": "ą"}, {"a": ""}, {"a": "ąáâãäåāăǎ"}, {"a": "a"}, {"a": "ą", "ą": "b"}, {"a": "ą", "b": "ą"}],
)
def test_a_mask_that_cannot_be_undone_is_refused(edits: dict[str, str]) -> None:
    """Every marked letter must stand for one typed letter, and no letter for more than eight."""
    with pytest.raises(ValueError, match=r"letter|stand for"):
        Letters(edits)
