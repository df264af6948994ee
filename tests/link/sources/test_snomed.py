"""SNOMED CT release files."""

from __future__ import annotations

from typing import Any

import pytest

from textnorm.errors import InputError
from textnorm.link.concept import Alias, Concept

FSN, SYN, TEXT = "900000000000003001", "900000000000013009", "900000000000550004"
INSENSITIVE, SENSITIVE = "900000000000448009", "900000000000017005"
PREFERRED, ACCEPTABLE = "900000000000548007", "900000000000549004"


def descriptions(*rows: tuple[str, str, str, str, str, str]) -> str:
    """A description snapshot with these rows: id, active, concept, kind, term, case."""
    head = "id\teffectiveTime\tactive\tmoduleId\tconceptId\tlanguageCode\ttypeId\tterm\tcaseSignificanceId"
    lines = [
        f"{id}\t20300101\t{active}\t9\t{concept}\ten\t{kind}\t{term}\t{case}"
        for id, active, concept, kind, term, case in rows
    ]
    return "\r\n".join([head, *lines, ""])


DESCRIPTIONS = descriptions(
    ("1", "1", "77", FSN, "Sore throat (finding)", INSENSITIVE),
    ("2", "1", "77", SYN, "Throat pain", INSENSITIVE),
    ("3", "1", "77", SYN, "Sore throat", INSENSITIVE),
    ("4", "1", "77", SYN, "ST", SENSITIVE),
    ("5", "0", "77", SYN, "Retired", INSENSITIVE),
    ("6", "1", "77", TEXT, "A long definition", INSENSITIVE),
    ("7", "1", "77", SYN, "Unlisted", INSENSITIVE),
    ("8", "1", "88", FSN, "Gone (finding)", INSENSITIVE),
    ("9", "1", "77", SYN, "Smith throat", SENSITIVE),
)
HEAD = "id\teffectiveTime\tactive\tmoduleId\trefsetId\treferencedComponentId\tacceptabilityId"
LANGUAGE = "\n".join(
    [HEAD]
    + [f"x{id}\t2030\t1\t9\t8\t{id}\t{ACCEPTABLE}" for id in "1249"]
    + [f"x3\t2030\t1\t9\t8\t3\t{PREFERRED}", f"x7\t2030\t0\t9\t8\t7\t{PREFERRED}"]
)
CONCEPTS = "id\teffectiveTime\tactive\tmoduleId\tdefinitionStatusId\n77\t2030\t1\t9\t9\n88\t2030\t0\t9\t9\n"


def test_release(reading: Any, skipped: Any) -> None:
    """The preferred term is the label, the tag of the full name the type; what is not in use is counted."""
    files = {
        "sct2_Description_Snapshot-en_X.txt": DESCRIPTIONS,
        "der2_cRefset_LanguageSnapshot-en_X.txt": LANGUAGE,
        "sct2_Concept_Snapshot_X.txt": CONCEPTS,
    }
    found = reading("snomed", files)
    assert list(found) == [
        Concept("SNOMEDCT:77", "", (Alias("Sore throat", "exact", "en"),), types=("finding",)),
        Concept("SNOMEDCT:77", "", (Alias("Throat pain", "exact", "en"),)),
        Concept("SNOMEDCT:77", "", (Alias("Sore throat", "label", "en"),)),
        Concept("SNOMEDCT:77", "", (Alias("ST", "exact", "en", cased=True),)),
        Concept("SNOMEDCT:77", "", (Alias("Smith throat", "exact", "en"),)),
    ]
    assert skipped(found) == {
        "inactive descriptions": (1, 6),
        "descriptions that are no names": (1, 7),
        "names that the language reference set does not list": (1, 8),
        "descriptions of inactive concepts": (1, 9),
    }


def test_without_reference_set(concepts: Any) -> None:
    """Descriptions alone: the full name without its tag is the label."""
    first, second, *_ = concepts("snomed", {"sct2_Description_Snapshot-en_X.txt": DESCRIPTIONS})
    assert first.aliases == (Alias("Sore throat", "label", "en"),)
    assert second.aliases == (Alias("Throat pain", "exact", "en"),)


def test_other_file(concepts: Any) -> None:
    """A file of a release that holds no names is an error that says what is wanted."""
    with pytest.raises(InputError, match="no such file of RF2"):
        concepts("snomed", {"sct2_Relationship.txt": "id\tactive\tsourceId\n"})
