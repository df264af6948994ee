"""Formats by name, and what holds for all of them."""

from __future__ import annotations

import gzip
import lzma
from pathlib import Path
from typing import Any

import pytest

from textnorm.errors import InputError, TextnormError
from textnorm.link.concept import Alias, Concept
from textnorm.link.sources import formats, read
from textnorm.link.sources.columns import Name, Table, Value
from textnorm.link.sources.described import known, load_format

OWN = """\
format: 1
kind: terminology
doc: A list of shops.
licence: our own
tables:
  - id: [{column: no}]
    names: [{column: name, scope: label}, {column: short, cased_when: {kind: a}}]
    keep: {open: 'yes'}
"""


@pytest.mark.parametrize("name", known())
def test_descriptions(name: str) -> None:
    """Every description that comes along can be read and says what it is."""
    assert formats()[name] == load_format(name).doc


def test_unknown_format() -> None:
    """The error says how to list the formats."""
    with pytest.raises(InputError, match=r"owl: no format that is described.*textnorm index formats"):
        read(["a"], "owl")


def test_own_description(concepts: Any, tmp_path: Path) -> None:
    """A YAML file that says which column holds what is a format."""
    (tmp_path / "shops.yaml").write_text(OWN)
    text = "no;name;short;kind;open\n1;Baker;BK;a;yes\n2;Butcher;Bu;b;yes\n3;Smith;;a;no\n"
    assert concepts(str(tmp_path / "shops.yaml"), {"shops.csv": text}) == [
        Concept("1", "Baker", (Alias("BK", cased=True),)),
        Concept("2", "Butcher", (Alias("Bu"),)),
    ]


def test_faulty_description(tmp_path: Path) -> None:
    """A fault in a description is told with its place."""
    path = tmp_path / "shops.yaml"
    path.write_text(OWN.replace("keep", "keeps"))
    with pytest.raises(TextnormError, match=r'shops\.yaml:8:5: table: unknown key "keeps"'):
        read(["a"], str(path))


@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("tsv", 'no\tname\tmore\n1\tthe "Baker"\tbread|rolls\n'),
        ("csv", 'no,name,more\n1,"the ""Baker""",bread|rolls\n'),
        ("csv", 'no;name;more\r\n1;the "Baker";bread|rolls\r\n'),
    ],
)
def test_named_columns(concepts: Any, format: str, text: str) -> None:
    """Columns may be named by the caller; the delimiter is found."""
    table = Table((Value(("no",)),), (Name(Value(("name",)), "label"), Name(Value(("more",), "|"), "narrow")))
    aliases = (Alias("bread", "narrow"), Alias("rolls", "narrow"))
    assert concepts(format, {"t.txt": text}, table=table) == [Concept("1", 'the "Baker"', aliases)]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("open: 'yes'", "open: '('", r"shops\.yaml:8:18: '\(' is no pattern"),
        ("kind: a", "kind: '*'", "is no pattern"),
        ("scope: label", r"rewrite: {'a': '\2'}", "is no pattern: invalid group reference"),
        ("keep: {", "widths: {no: x, ", "'x' is no place in a line"),
        ("scope: label", "scope_column: x, scopes: {'.*': sure}", "'sure' is no scope"),
        ("scope: label", "scope: sure", '"sure" is no value of "scope"'),
    ],
)
def test_faults_of_a_description(tmp_path: Path, old: str, new: str, message: str) -> None:
    """Patterns, places and scopes are looked at before any file is."""
    (tmp_path / "shops.yaml").write_text(OWN.replace(old, new))
    with pytest.raises(TextnormError, match=message):
        load_format(str(tmp_path / "shops.yaml"))


@pytest.mark.parametrize(("suffix", "pack"), [("gz", gzip.compress), ("xz", lzma.compress)])
def test_compressed(concepts: Any, suffix: str, pack: Any) -> None:
    """Compressed files are told by their suffix."""
    assert concepts("obo", {f"t.obo.{suffix}": pack(b"[Term]\nid: T:1\nname: x\n")}) == [Concept("T:1", "x")]


def test_damaged_archive(concepts: Any) -> None:
    """An archive that is cut short is an error: half a terminology is none."""
    with pytest.raises(InputError, match="damaged or cut short"):
        concepts("obo", {"t.obo.gz": gzip.compress(b"[Term]\nid: T:1\n" * 500)[:40]})


def test_missing_file(tmp_path: Path) -> None:
    """A file that is not there is an error with its name."""
    with pytest.raises(InputError, match=r"nothing\.obo: no such file"):
        list(read([str(tmp_path / "nothing.obo")], "obo"))


def test_languages(reading: Any) -> None:
    """Names in other languages are left out and counted; those in no language stay; de takes in de-CH."""
    text = (
        '{"id": "1", "label": "sore throat", "lang": "en", "aliases": ["Halsweh", "ST"], '
        '"alias_meta": {"Halsweh": {"lang": "de-CH"}}}\n{"id": "2", "label": "XX"}\n'
    )
    found = reading("jsonl", {"t.jsonl": text}, languages=("de",))
    assert list(found) == [
        Concept("1", "", (Alias("Halsweh", "exact", "de-CH"),), lang="en"),
        Concept("2", "XX"),
    ]
    assert found.files[0].skipped["names in other languages"].count == 2


def test_where_without_columns() -> None:
    """Conditions on columns are refused where there are none."""
    with pytest.raises(InputError, match="obo has no columns"):
        read(["a"], "obo", where=[("a", "b")])
