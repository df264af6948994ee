"""Occupations in running text: everyday words are none, though taxonomies list them as names."""

import pytest

from textnorm.link.annotate.annotator import Annotator
from textnorm.link.annotate.load import annotator_of
from textnorm.link.arrays import Memory
from textnorm.link.build import build
from textnorm.link.concept import Alias, Concept
from textnorm.link.keys import Keys

CONCEPTS = (
    Concept("J:1", "consumer electronics technician", (Alias("consumer"),)),
    Concept("J:2", "army general", (Alias("general"),)),
    Concept("J:3", "plumber"),
)


@pytest.fixture(scope="module")
def annotate() -> Annotator:
    """An annotator for these occupations under the rules of the pack."""
    manifest = {"pack": "jobs", "rules": []}
    return annotator_of(build(CONCEPTS, Memory(), Keys("jobs"), facts=lambda: manifest))


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("In general, consumers pay the plumber.", ["plumber"]),
        (
            "An army general met a consumer electronics technician.",
            ["army general", "consumer electronics technician"],
        ),
    ],
)
def test_everyday_words_are_no_occupations(annotate: Annotator, text: str, mentions: list[str]) -> None:
    """By themselves; within a longer name they count."""
    assert [one.text for one in annotate(text).mentions] == mentions
