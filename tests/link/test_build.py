"""From records to an index."""

from __future__ import annotations

from typing import Any

from textnorm.link.concept import Alias, Concept


def texts(index: Any, concept: int = 0) -> list[tuple[str, str]]:
    """The names of a concept with their scopes."""
    found = [index.alias(number) for number in index.aliases(concept)]
    return [(alias.text, alias.scope) for alias in found]


def test_records_of_one_concept(indexed: Any) -> None:
    """Records with the same id are one concept, whatever comes between; what they say is joined."""
    index = indexed(
        [
            Concept("A", "", (Alias("first"),), xrefs=("X:1",), types=("t",)),
            Concept("B", "other"),
            Concept("A", "second", (Alias("first"),), xrefs=("X:2", "X:1"), types=("u", "t")),
        ]
    )
    assert texts(index) == [("second", "label"), ("first", "exact")]
    assert (index.xrefs(0), index.types[0]) == (("X:1", "X:2"), ("t", "u"))
    assert list(index.labels) == ["second", "other"]


def test_preferred_language(indexed: Any) -> None:
    """Of several labels the one in the language named first is preferred; a region counts as its language."""
    concept = Concept(
        "A", "flu", (Alias("Grippe", "label", "de-CH"), Alias("gripas", "label", "lt")), lang="en"
    )
    assert indexed([concept]).labels[0] == "flu"
    assert indexed([concept], languages=("lt", "de")).labels[0] == "gripas"
    assert indexed([concept], languages=("de",)).labels[0] == "Grippe"


def test_same_name_twice(indexed: Any) -> None:
    """A name counts once in its surest scope; in another language, or with fixed case, it is another."""
    index = indexed(
        [
            Concept(
                "A",
                "flu",
                (
                    Alias("flu", "related"),
                    Alias("Flu"),
                    Alias("flu", "exact", "de"),
                    Alias("flu", cased=True),
                    Alias("flu", "user", seen=3),
                ),
            ),
            Concept("B", "flu"),
        ]
    )
    assert sorted(texts(index)) == [
        ("Flu", "exact"),
        ("flu", "exact"),
        ("flu", "exact"),
        ("flu", "label"),
        ("flu", "user"),
    ]
    assert len(index.aliases(1)) == 1


def test_nameless(indexed: Any) -> None:
    """What is said of a concept that has no name is counted, and not kept."""
    index = indexed(
        [Concept("A", "", types=("t",)), Concept("B", "b", (Alias(""),)), Concept("A", "", (Alias(""),))]
    )
    assert (list(index.ids), index.manifest["counts"]["nameless"]) == (["B"], 2)
    assert len(index.aliases(0)) == 1


def test_counts(indexed: Any) -> None:
    """The manifest counts concepts, names by scope and by language."""
    assert indexed().manifest["counts"] == {
        "concepts": 3,
        "aliases": 8,
        "alt_ids": 2,
        "xrefs": 2,
        "nameless": 0,
        "scopes": {"user": 0, "label": 4, "exact": 2, "narrow": 0, "broad": 1, "related": 1},
        "langs": {"": 6, "en": 1, "de": 1},
    }


def test_empty(indexed: Any) -> None:
    """An index of nothing answers nothing."""
    index = indexed([])
    assert (len(index), index.find("A"), index.lookup(0, "a").tolist(), index.having(["t"]).tolist()) == (
        0,
        None,
        [],
        [],
    )


def test_names_without_a_key(indexed: Any) -> None:
    """A name of which a step leaves nothing cannot be found there."""
    index = indexed([Concept("A", " "), Concept("B", "b")])
    assert index.lookup(0, "").tolist() == []
    assert index.lookup(0, "b").tolist() == [1]


def test_extra(indexed: Any) -> None:
    """Others may add arrays to an index that is otherwise complete, and a part of the manifest."""

    def lengths(index: Any, arrays: Any) -> dict[str, Any]:
        arrays.put("lengths", index.alias_texts.ends[1:] - index.alias_texts.ends[:-1])
        return {"lengths": "of names"}

    index = indexed([Concept("A", "flu", (Alias("gripas"),))], extras=(lengths,))
    assert index.arrays["lengths"].tolist() == [3, 6]
    assert index.manifest["lengths"] == "of names"
