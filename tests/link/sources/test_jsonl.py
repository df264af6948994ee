"""Concepts as JSON Lines."""

from __future__ import annotations

from typing import Any

from textnorm.link.concept import Alias, Concept
from textnorm.link.sources.jsonl import dump

FILE = (
    """{"id": "T:1", "label": "sore  throat", "aliases": ["throat pain", "ST", "TP"], "alt_ids": "T:9", "lang": "en",
""".rstrip()
    + """ "types": ["finding"], "xrefs": ["M:1"], "alias_meta": {"ST": {"case": "s"}, "TP": {"scope": "abbrev", "lang": "de"}}}
{"id": 2, "label": "cough", "aliases": ["tussis"], "alias_meta": {"tussis": {"scope": "strange"}}, "status": "active"}

nonsense
["T:3"]
{"label": "nobody"}
{"id": "T:4", "label": "gone", "status": "obsolete"}
{"id": "T:5", "label": null, "aliases": null, "alias_meta": 7, "types": [1.5, "x", {}]}
"""
)


def test_concepts(concepts: Any) -> None:
    """What is known of an alias stands in alias_meta; an abbreviation counts in its own case."""
    first, second, third = concepts("jsonl", {"t.jsonl": FILE})
    assert first == Concept(
        "T:1",
        "sore throat",
        (
            Alias("throat pain", "exact", "en"),
            Alias("ST", "exact", "en", cased=True),
            Alias("TP", "exact", "de", cased=True),
        ),
        ("T:9",),
        ("M:1",),
        ("finding",),
        "en",
    )
    assert second == Concept("2", "cough", (Alias("tussis", "related"),))
    assert third == Concept("T:5", "", types=("x",))


def test_skipped(reading: Any, skipped: Any) -> None:
    """Lines that are of no use are counted, and the rest is read."""
    found = reading("jsonl", {"t.jsonl": FILE})
    list(found)
    assert skipped(found) == {
        "unknown scopes, taken as related": (1, 2),
        "lines that are no JSON objects": (2, 4),
        "objects without an id": (1, 6),
        "obsolete concepts": (1, 7),
    }


def test_dump(concepts: Any) -> None:
    """A concept that is written out is read again, with all that is known of its names."""
    aliases = (Alias("ST", cased=True), Alias("pain", "broad", "en"), Alias("bad throat", "user", seen=3))
    concept = Concept("T:1", "sore throat", aliases, ("T:9",), ("M:1",), ("finding",))
    assert concepts("jsonl", {"t.jsonl": dump(concept)}) == [concept]
    assert (
        dump(Concept("T:2", "cough", (Alias("Husten"),)))
        == '{"id": "T:2", "label": "cough", "aliases": ["Husten"]}'
    )
