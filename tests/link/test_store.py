"""What an index answers."""

from __future__ import annotations

from typing import Any

import pytest

from textnorm.link.concept import Alias


def names(index: Any, numbers: Any) -> list[str]:
    """The names with these numbers."""
    return [index.alias_text(int(number)) for number in numbers]


def test_concepts(indexed: Any) -> None:
    """Ids, labels and types by the number of a concept."""
    index = indexed()
    assert len(index) == 3
    assert list(index.ids) == ["T:1", "T:2", "T:3"]
    assert list(index.labels) == ["sore throat", "cough", "flu"]
    assert index.labels[1:] == ["cough", "flu"]
    assert list(index.types) == [("finding", "symptom"), ("symptom",), ("disease",)]
    assert index.types[:1] == [("finding", "symptom")]
    assert (index.alt_ids(0), index.xrefs(0), index.xrefs(1)) == (("T:9", "T:2"), ("M:1", "M:2"), ())


def test_names(indexed: Any) -> None:
    """The names of a concept: its labels, then the others, the surest first."""
    index = indexed()
    assert names(index, index.aliases(0)) == ["sore throat", "Halsschmerzen", "Throat Pain", "pain"]
    assert index.alias(1) == Alias("Halsschmerzen", "label", "de")
    assert index.alias(int(index.aliases(1)[1])) == Alias("COF", cased=True)
    assert [int(index.alias_concept[number]) for number in index.aliases(2)] == [2, 2]


def test_lookup(indexed: Any) -> None:
    """Names by their key at a step of the search, all of them where several concepts share one."""
    index = indexed()
    assert index.tiers == ("exact", "bag")
    found = index.lookup(0, "throat pain")
    assert names(index, found) == ["Throat Pain", "throat pain"]
    assert index.alias_concept[found].tolist() == [0, 2]
    assert names(index, index.lookup(1, "pain throat")) == ["Throat Pain", "throat pain"]


@pytest.mark.parametrize("key", ["", "pain throat", "Throat Pain", "zzz", "\ud800"])
def test_lookup_of_nothing(indexed: Any, key: str) -> None:
    """What is no key of a name finds nothing."""
    assert indexed().lookup(0, key).tolist() == []


def test_find(indexed: Any) -> None:
    """An id that was merged leads to its concept, unless a concept has it for its own."""
    index = indexed()
    assert (index.find("T:1"), index.find("T:9"), index.find("T:2"), index.find("T:8")) == (0, 0, 1, None)


def test_having(indexed: Any) -> None:
    """Concepts by type; a type that does not occur chooses none."""
    index = indexed()
    assert index.having(["symptom"]).tolist() == [True, True, False]
    assert index.having(["disease", "finding"]).tolist() == [True, False, True]
    assert index.having(["drug"]).tolist() == [False, False, False]


def test_ranked(indexed: Any) -> None:
    """Of several names the surest scope wins, and of users' aliases what was confirmed most often."""
    index = indexed()
    assert names(index, index.ranked([3, 2, 0])) == ["sore throat", "Throat Pain", "pain"]


def test_concept(indexed: Any) -> None:
    """A concept comes out with all that went in, its names in order."""
    concept = indexed().concept(0)
    assert concept.label == "sore throat"
    assert concept.aliases == (
        Alias("Halsschmerzen", "label", "de"),
        Alias("Throat Pain"),
        Alias("pain", "broad"),
    )
    assert (concept.lang, concept.types, concept.alt_ids) == ("en", ("finding", "symptom"), ("T:9", "T:2"))


def test_rebuilt(indexed: Any) -> None:
    """An index of the concepts of an index is the same one."""
    index = indexed()
    again = indexed(index.concepts())
    assert list(again.concepts()) == list(index.concepts())
    assert again.manifest == index.manifest
