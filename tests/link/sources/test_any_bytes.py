"""Whatever a file holds, a reader gives concepts, counts what it skips, or says in one line what is wrong."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textnorm.errors import TextnormError
from textnorm.link.concept import SCOPES
from textnorm.link.sources import formats, read
from textnorm.link.sources.read import TABLES

# For each format, the name of a file and what it begins with; then come pieces of what such files hold.
HEADS = {
    "alpha-id": ("a.txt", "1|I1|J02.9|||||Halsweh\n"),
    "atc": ("a.csv", "atc_code,atc_name\n"),
    "claml": ("a.xml", '<ClaML><Title name="X"/><Class code="A" kind="category">'),
    "concepts": ("a.tsv", "id\tlabel\texact_de\n"),
    "esco": ("a_en.csv", "conceptUri,preferredLabel,altLabels,iscoGroup,status\n"),
    "icd10cm": ("a.txt", "00001 J02     0 Sore throat"),
    "jsonl": ("a.jsonl", '{"id": 1, "label": "x"}\n'),
    "medic": ("a.tsv", "# DiseaseName\tDiseaseID\tSynonyms\n"),
    "obo": ("a.obo", "[Term]\nid: A:1\n"),
    "obograph": ("a.json", '{"graphs": [{"nodes": ['),
    "onet": ("a.txt", "O*NET-SOC Code\tAlternate Title\n"),
    "rxnorm": ("RXNCONSO.RRF", "1|ENG||||||||||RXNORM|IN|1|x||N||\n"),
    "snomed": ("a.txt", "id\tactive\tconceptId\tlanguageCode\ttypeId\tterm\tcaseSignificanceId\n"),
    "sssom": ("a.tsv", "subject_id\tsubject_label\tpredicate_id\tobject_id\tobject_label\n"),
    "umls": ("MRCONSO.RRF", "C1|ENG|P|L|PF|S|Y|A||||MSH|MH|D|x|0|N||\n"),
}
PIECES = [
    b"\n", b"\r\n", b"\t", b",", b";", b"|", b'"', b'""', b"\\", b"\x00", b"\xff", "ö".encode(), b" ", b"1", b"A:1", b"name: x",
    b"[Term]\n", b"synonym: \"x\" EXACT []\n", b"is_obsolete: true\nreplaced_by: A:2\n", b"{", b"}", b"[", b"]", b"null",
    b'{"id": "http://x/A_1", "lbl": "x", "meta": {"synonyms": [{"pred": "hasExactSynonym", "val": 3}, 7]}},',
    b'{"id": 2, "aliases": {"a": 1}, "alias_meta": []}\n', b"]}]}", b"<Rubric kind='preferred'><Label>x</Label></Rubric>",
    b"</Class>", b"<ModifiedBy code='M'/>", b"<SuperClass code='A'/>", b"<ModifierClass modifier='M' code='.0'>", b"# ", b"#license: x\n",
    b"\xef\xbb\xbf", b"\xff\xfe", b"900000000000013009", b"x" * 200,
]  # fmt: skip


def test_all_formats() -> None:
    """No format is left out here."""
    assert set(HEADS) == set(formats()) - set(TABLES)


@pytest.mark.parametrize("format", sorted(HEADS))
@given(pieces=st.lists(st.sampled_from(PIECES) | st.binary(max_size=4), max_size=30), headless=st.booleans())
def test_any_bytes(format: str, pieces: list[bytes], headless: bool) -> None:
    """Concepts have ids and clean names; a file that is wrong as a whole is told as an error of ours."""
    name, head = HEADS[format]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes((b"" if headless else head.encode()) + b"".join(pieces))
        reading = read([str(path)], format)
        try:
            concepts = list(reading)
        except TextnormError:
            return
    for concept in concepts:
        assert concept.id
        for alias in concept.aliases:
            assert alias.text == " ".join(alias.text.split())
            assert alias.text
            assert alias.scope in SCOPES
    assert all(skip.count > 0 for file in reading.files for skip in file.skipped.values())
