"""The concepts that come with the pack, and mentions of them."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from tests.bench.medical import NIL, Answer, answers, gold
from textnorm.link.concept import Concept
from textnorm.link.keys import Keys
from textnorm.link.sources.concepts import shipped


@pytest.fixture(scope="module")
def keys() -> Keys:
    """The keys of the pack."""
    return Keys("medical")


@pytest.fixture(scope="module")
def concepts(keys: Keys) -> list[Concept]:
    """The concepts of the pack."""
    assert keys.pack is not None
    return list(shipped(keys.pack.lexicons[name] for name in keys.pack.linking["concepts"]))


def test_what_is_there(concepts: list[Concept]) -> None:
    """Hundreds of concepts of three types, most of them with names in three languages."""
    assert len(concepts) >= 700
    assert {kind for concept in concepts for kind in concept.types} == {"disease", "finding", "drug"}
    for lang, share in (("de", 0.99), ("lt", 0.95)):
        named = [concept for concept in concepts if any(alias.lang == lang for alias in concept.aliases)]
        assert len(named) / len(concepts) > share


def test_ids_and_codes(concepts: list[Concept]) -> None:
    """Ids are unique; codes have the form of ICD-10."""
    assert len({concept.id for concept in concepts}) == len(concepts)
    codes = [code for concept in concepts for code in concept.xrefs]
    assert [code for code in codes if not re.fullmatch(r"ICD10:[A-Z]\d\d(\.\d)?", code)] == []


@pytest.mark.parametrize("tier", [0, 1, 2])
def test_no_name_means_two_concepts(keys: Keys, concepts: list[Concept], tier: int) -> None:
    """In the surest tiers every name leads to one concept."""
    names = [
        (text, concept.label)
        for concept in concepts
        for text in (concept.label, *(alias.text for alias in concept.aliases))
    ]
    meanings: dict[str, set[str]] = defaultdict(set)
    for key, (_, label) in zip(keys.of(tier, [text for text, _ in names]), names, strict=True):
        meanings[key].add(label)
    assert [found for found in meanings.values() if len(found) > 1] == []


def test_short_names_count_in_their_own_case(concepts: list[Concept]) -> None:
    """An abbreviation of a few capitals could be any word in another case."""
    names = [alias for concept in concepts for alias in concept.aliases]
    assert [
        alias for alias in names if len(alias.text) <= 5 and alias.text.isupper() and not alias.cased
    ] == []


@pytest.fixture(scope="module", params=["dev", "test"])
def found(request: pytest.FixtureRequest) -> list[Answer]:
    """What the tiers say of the gold mentions."""
    return list(answers(gold(request.param)))


def test_mentions_are_linked_by_the_tiers_alone(found: list[Answer]) -> None:
    """Nine in ten mentions find their concept before any search."""
    meant = [answer for answer in found if answer.mention.id != NIL]
    assert len(found) >= 150
    assert sum(answer.right for answer in meant) / len(meant) >= 0.9


def test_what_is_linked_is_right(found: list[Answer]) -> None:
    """A wrong link is worse than none: look-alikes and words of other domains stay without one."""
    wrong = [answer for answer in found if answer.id != NIL and not answer.right]
    assert wrong == []
