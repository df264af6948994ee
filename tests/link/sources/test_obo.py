"""OBO files."""

from __future__ import annotations

from typing import Any

from textnorm.link.concept import Alias, Concept

FILE = r"""format-version: 1.2
data-version: releases/2020-01-01
default-namespace: toy
remark: License CC0
remark: made by hand

[Term]
id: TOY:1 ! a comment
name: sore throat ! said the nurse
alt_id: TOY:9
synonym: "throat pain" EXACT [SRC:1]
synonym: "a \"bad\" throat" RELATED []
synonym: "pharyngeal pain" NARROW layperson [] {note="x"}
synonym: "unscoped" []
synonym: "ST" EXACT ABBREVIATION [SRC:2]
synonym: "throat" EXACT DUBIOUS []
exact_synonym: "pain of the throat" []
synonym: broken without quotes EXACT
xref: MESH:D000001 "from a list"
xref: :bony projection
xref: 611644
no colon here

[Typedef]
id: part_of
name: part of

[Term]
id: TOY:2
is_obsolete: true
replaced_by: TOY:1

[Term]
id: TOY:3
name: gone
is_obsolete: true

[Term]
name: nobody

[Term]
id: TOY:4

[Term]
id: TOY:5
name: cough
namespace: other
"""


def test_terms(concepts: Any) -> None:
    """Names with their scopes, escapes undone, comments taken off; stanzas of other kinds are no concepts."""
    first, cough, _ = concepts("obo", {"toy.obo": FILE})
    assert first == Concept(
        "TOY:1",
        "sore throat",
        (
            Alias("throat pain", "exact"),
            Alias('a "bad" throat', "related"),
            Alias("pharyngeal pain", "narrow"),
            Alias("unscoped", "related"),
            Alias("ST", "exact", cased=True),
            Alias("throat", "related"),
            Alias("pain of the throat", "exact"),
        ),
        ("TOY:9",),
        ("MESH:D000001",),
        ("toy",),
    )
    assert (cough.id, cough.types) == ("TOY:5", ("other",))


def test_replaced(concepts: Any) -> None:
    """The id of an obsolete term leads to the one that replaced it, wherever that stands in the file."""
    assert concepts("obo", {"toy.obo": FILE})[-1] == Concept("TOY:1", "", alt_ids=("TOY:2",))


def test_skipped(reading: Any, skipped: Any) -> None:
    """What cannot be used is counted under a reason with the line of the first."""
    found = reading("obo", {"toy.obo": FILE})
    list(found)
    assert skipped(found) == {
        "synonyms that cannot be read": (1, 18),
        "cross-references that are no ids": (2, 20),
        "lines that are no TAG: VALUE": (1, 22),
        "obsolete terms, replaced by others": (1, 28),
        "obsolete terms": (1, 33),
        "terms without an id": (1, 38),
        "terms without a name": (1, 41),
    }


def test_header(reading: Any) -> None:
    """Version and licence come from the header; a remark about something else is no licence."""
    found = reading("obo", {"toy.obo": FILE})
    list(found)
    assert (found.version, found.licence) == ("releases/2020-01-01", "License CC0")


def test_licence_property(reading: Any) -> None:
    """Newer releases give the licence as a property."""
    head = "property_value: http://purl.org/dc/terms/license https://example.org/cc0 xsd:anyURI\n"
    found = reading("obo", {"toy.obo": head + "[Term]\nid: T:1\nname: x\n"})
    list(found)
    assert found.licence == "https://example.org/cc0"


def test_wrong_bytes(reading: Any, skipped: Any) -> None:
    """Bytes that are not UTF-8 are replaced and counted, and the rest of the file is read."""
    found = reading(
        "obo", {"toy.obo": b"[Term]\r\nid: T:1\r\nname: caf\xe9\r\n\r\n[Term]\r\nid: T:2\r\nname: tea\r\n"}
    )
    assert [concept.label for concept in found] == ["caf\ufffd", "tea"]
    assert skipped(found) == {"bytes that are not UTF-8, replaced": (1, 3)}
