"""OBO Graph files."""

from __future__ import annotations

import json
from typing import Any

import pytest

from textnorm.errors import InputError
from textnorm.link.concept import Alias, Concept

_OIO = "http://www.geneontology.org/formats/oboInOwl#"
NODES = [
    {
        "id": "http://purl.obolibrary.org/obo/TOY_2",
        "meta": {
            "deprecated": True,
            "basicPropertyValues": [
                {
                    "pred": "http://purl.obolibrary.org/obo/IAO_0100001",
                    "val": "http://purl.obolibrary.org/obo/TOY_1",
                }
            ],
        },
    },
    {
        "id": "http://purl.obolibrary.org/obo/TOY_1",
        "lbl": "sore throat",
        "type": "CLASS",
        "meta": {
            "synonyms": [
                {"pred": "hasExactSynonym", "val": "throat pain"},
                {"pred": "hasBroadSynonym", "val": "pain"},
                {"pred": "hasExactSynonym"},
                {"pred": "hasExactSynonym", "val": "ST", "synonymType": "http://x/obo/OMO_0003012"},
            ],
            "xrefs": [{"val": "MESH:D1"}],
            "basicPropertyValues": [
                {"pred": f"{_OIO}hasAlternativeId", "val": "TOY:9"},
                {"pred": f"{_OIO}hasOBONamespace", "val": "toy"},
            ],
        },
    },
    {"id": "http://purl.obolibrary.org/obo/part_of", "lbl": "part of", "type": "PROPERTY"},
    {"id": "http://purl.obolibrary.org/obo/TOY_3"},
    {"id": "http://purl.obolibrary.org/obo/TOY_4", "lbl": "gone", "meta": {"deprecated": True}},
    "no node",
]
GRAPH = json.dumps({"graphs": [{"meta": {"version": "v1"}, "nodes": NODES}, {}]})


def test_classes(concepts: Any) -> None:
    """Ids become CURIEs; synonyms keep their scopes; a replaced id leads to what replaced it."""
    assert concepts("obograph", {"toy.json": GRAPH}) == [
        Concept(
            "TOY:1",
            "sore throat",
            (Alias("throat pain"), Alias("pain", "broad"), Alias("ST", cased=True)),
            ("TOY:9",),
            ("MESH:D1",),
            ("toy",),
        ),
        Concept("TOY:1", "", alt_ids=("TOY:2",)),
    ]


def test_skipped(reading: Any, skipped: Any) -> None:
    """Properties, nameless and obsolete nodes are counted."""
    found = reading("obograph", {"toy.json": GRAPH})
    list(found)
    assert {reason: count for reason, (count, _) in skipped(found).items()} == {
        "obsolete terms, replaced by others": 1,
        "nodes that are no classes": 1,
        "terms without a name": 1,
        "obsolete terms": 1,
    }
    assert found.version == "v1"


@pytest.mark.parametrize("text", ["", "[]", '{"nodes": []}', '{"graphs": [', "null"])
def test_other_json(concepts: Any, text: str) -> None:
    """Something else than a graph is an error that names the file."""
    with pytest.raises(InputError, match=r"toy\.json.*no OBO graph"):
        concepts("obograph", {"toy.json": text})
