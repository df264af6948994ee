"""Real files, where they are at hand: TEXTNORM_TERMINOLOGIES names a folder with them, compressed or not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from textnorm.link.sources import Reading, read

FOLDER = os.environ.get("TEXTNORM_TERMINOLOGIES", "")
pytestmark = pytest.mark.skipif(not FOLDER, reason="TEXTNORM_TERMINOLOGIES names no folder")


def found(format: str, *stems: str) -> Reading:
    """The files whose names begin like this, as this format."""
    paths = [str(path) for stem in stems for path in sorted(Path(FOLDER).glob(f"{stem}*"))]
    if len(paths) < len(stems):
        pytest.skip(f"no file {' or '.join(stems)}")
    return read(paths, format)


@pytest.mark.parametrize("stem", ["doid", "uberon", "mondo", "hp"])
def test_obo(stem: str) -> None:
    """Every term of a release is a concept, is obsolete, or is counted; nearly all have names."""
    reading = found("obo", stem)
    concepts = [concept for concept in reading if concept.label]
    skipped = reading.files[0].skipped
    assert len({concept.id for concept in concepts}) == len(concepts) > 5000
    assert reading.version
    assert skipped.get("terms without a name") is None or skipped["terms without a name"].count < 50
    assert "lines that are no TAG: VALUE" not in skipped


def test_esco() -> None:
    """Occupations have labels, other names and four digits of ISCO."""
    concepts = list(found("esco", "esco_occupations"))
    assert len(concepts) > 2900
    assert all(concept.label and concept.types == ("occupation",) for concept in concepts)
    assert all(len(concept.xrefs[0]) == len("ISCO08:") + 4 for concept in concepts)
    assert sum(len(concept.aliases) for concept in concepts) > 29_000
    assert not any("\n" in alias.text for concept in concepts for alias in concept.aliases)


def test_onet() -> None:
    """Every title belongs to an occupation that has a label."""
    reading = found("onet", "onet_occupation", "onet_alternate")
    records = list(reading)
    labelled = {concept.id for concept in records if concept.label}
    assert len(labelled) > 1000
    assert {concept.id for concept in records} == labelled
    assert not any(file.skipped for file in reading.files)
