"""The occupations that come with the pack, and titles linked to them."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

import textnorm
from textnorm.link.concept import Concept
from textnorm.link.keys import Keys
from textnorm.link.linker import Linker
from textnorm.link.sources.concepts import shipped
from textnorm.pack.places import data_dir

GOLD = data_dir() / "gold" / "jobs"
NIL = "-"


@pytest.fixture(scope="module")
def concepts() -> list[Concept]:
    """The occupations of the pack."""
    pack = Keys("jobs").pack
    assert pack is not None
    return list(shipped(pack.lexicons[name] for name in pack.linking["concepts"]))


@pytest.fixture(scope="module")
def linker() -> Linker:
    """A linker to the occupations of the pack."""
    return textnorm.load_linker("jobs")


def rows(name: str) -> list[tuple[str, str, str]]:
    """Title, id and language of a gold file."""
    lines = (GOLD / name).read_text(encoding="utf-8").splitlines()[1:]
    return [(title, concept, lang) for title, concept, lang in (line.split("\t") for line in lines)]


def test_what_is_there(concepts: list[Concept]) -> None:
    """Hundreds of occupations, each named in three languages."""
    assert len(concepts) >= 380
    for lang in ("de", "lt"):
        assert all(any(alias.lang == lang for alias in concept.aliases) for concept in concepts)


def test_ids_and_codes(concepts: list[Concept]) -> None:
    """Ids are unique; codes have the form of ISCO-08 unit groups."""
    assert len({concept.id for concept in concepts}) == len(concepts)
    assert all(re.fullmatch(r"TNJ:\d{4}", concept.id) for concept in concepts)
    codes = [code for concept in concepts for code in concept.xrefs]
    assert len(codes) > 200
    assert all(re.fullmatch(r"ISCO-08:\d{4}", code) for code in codes)


def test_a_name_belongs_to_one_occupation(concepts: list[Concept]) -> None:
    """No two occupations share a name, but for case."""
    owners: dict[str, set[str]] = defaultdict(set)
    for concept in concepts:
        for name in (concept.label, *(alias.text for alias in concept.aliases)):
            owners[name.casefold()].add(concept.id)
    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}


def test_every_name_finds_its_occupation(concepts: list[Concept], linker: Linker) -> None:
    """Labels in all three languages link to their own occupation, in capitals and with noise around them, too."""
    missed = []
    for concept in concepts:
        for name in (concept.label, *(alias.text for alias in concept.aliases if alias.scope == "label")):
            for query in (name, f"URGENT: {name} (m/w/d) - full-time"):
                found = linker(query, top=1)
                if not found or found[0].id != concept.id:
                    missed.append((query, found[0].label if found else ""))
    assert missed == []


def test_raw_titles_are_linked(linker: Linker) -> None:
    """Of the dev titles nearly all find their occupation first."""
    gold = [row for row in rows("link_dev.tsv") if row[1] != NIL]
    assert len(gold) >= 120
    wrong = [title for title, concept, _ in gold if [found.id for found in linker(title, top=1)] != [concept]]
    assert len(wrong) <= 0.06 * len(gold), wrong


def test_other_words_are_not_linked(linker: Linker) -> None:
    """Products, diseases and phrases that are no titles get no sure answer."""
    negatives = [title for title, concept, _ in rows("link_dev.tsv") if concept == NIL]
    assert len(negatives) >= 20
    answered = [title for title in negatives for found in linker(title, top=1) if found.score > 0.7]
    assert answered == []


def test_feminine_forms_are_names_as_well(linker: Linker) -> None:
    """Feminine forms of German and Lithuanian find the same occupation as masculine ones."""
    for one, other in (
        ("Zahnärztin", "Zahnarzt"),
        ("Bankkauffrau", "Bankkaufmann"),
        ("mokytoja", "mokytojas"),
        ("buhalterė", "buhalteris"),
        ("vyriausioji buhalterė", "vyriausiasis buhalteris"),
    ):
        assert linker(one, top=1)[0].id == linker(other, top=1)[0].id
