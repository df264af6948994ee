"""`textnorm index`."""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from textnorm.link.open import build_index
from textnorm.link.sources import read

OBO = 'data-version: v1\n\n[Term]\nid: T:1\nname: sore throat\nsynonym: "throat pain" EXACT []\n\n[Term]\nname: x\n'
SHOPS = "no\tname\tother\tkind\n1\tbaker\tbread|rolls\tfood\n2\tsmith\t\tcraft\n"


@pytest.fixture
def idx(tmp_path: Path) -> str:
    """An index of a small ontology, beside its source."""
    (tmp_path / "t.obo").write_text(OBO)
    build_index(read([str(tmp_path / "t.obo")], "obo"), tmp_path / "idx")
    return "idx"


def test_build(textnorm: Any, tmp_path: Path) -> None:
    """What was built, and what was skipped, is told on standard error."""
    (tmp_path / "t.obo").write_text(OBO)
    done = textnorm("index", "build", "t.obo", "--from", "obo", "-o", "idx")
    assert done == (
        0,
        b"",
        "textnorm: t.obo: skipped 1 terms without an id; first in line 8\n"
        "textnorm: idx: 1 concepts, 2 names\n",
    )


def test_info(textnorm: Any, idx: str) -> None:
    """What it was built from, as text, as JSON, and concept by concept."""
    lines = textnorm("index", "info", idx).out.decode().splitlines()
    assert lines[:2] == ["concepts   1", "names      2 (label 1, exact 1)"]
    assert "  version  v1" in lines
    assert "  skipped  1 terms without an id; first in line 8" in lines
    assert json.loads(textnorm("index", "info", idx, "--json").out)["counts"]["concepts"] == 1
    assert json.loads(textnorm("index", "info", idx, "T:1").out)["aliases"] == ["throat pain"]
    assert textnorm("index", "info", idx, "T:7").err.startswith("textnorm: error: no concept 'T:7'")


def test_columns(textnorm: Any, tmp_path: Path) -> None:
    """Columns of a table are named by options; rows are chosen by what a column holds."""
    (tmp_path / "shops.tsv").write_text(SHOPS)
    options = [
        "--id",
        "no",
        "--label",
        "name",
        "--alias",
        "other=narrow",
        "--type",
        "kind",
        "--where",
        "kind=fo.*",
    ]
    assert textnorm("index", "build", "shops.tsv", "--from", "tsv", "-o", "idx", *options).code == 0
    concept = json.loads(textnorm("index", "info", "idx", "1").out)
    assert concept == {
        "id": "1",
        "label": "baker",
        "aliases": ["bread", "rolls"],
        "types": ["food"],
        "alias_meta": {"bread": {"scope": "narrow"}, "rolls": {"scope": "narrow"}},
    }
    assert textnorm("index", "info", "idx", "2").code == 2


def test_mixed_formats(textnorm: Any, idx: str, tmp_path: Path) -> None:
    """A file in another format than the rest says so; what it adds belongs to the same concepts."""
    (tmp_path / "more.jsonl").write_text('{"id": "T:1", "aliases": ["bad throat"]}')
    assert textnorm("index", "build", "t.obo", "jsonl=more.jsonl", "--from", "obo", "-o", "idx").code == 0
    concept = json.loads(textnorm("index", "info", "idx", "T:1").out)
    assert (concept["label"], concept["aliases"]) == ("sore throat", ["throat pain", "bad throat"])
    sources = json.loads(textnorm("index", "info", "idx", "--json").out)["sources"]
    assert [(source["format"], source["file"]) for source in sources] == [
        ("obo", "t.obo"),
        ("jsonl", "more.jsonl"),
    ]


def test_learn(textnorm: Any, idx: str, tmp_path: Path) -> None:
    """Strings become aliases; unknown ids and files that were learned before are told."""
    (tmp_path / "pairs.tsv").write_text("bad throat\tT:1\t3\nghost\tT:7\n")
    assert textnorm("index", "learn", idx, "pairs.tsv") == (
        0,
        b"",
        "textnorm: pairs.tsv:2: no concept 'T:7', passed over\n"
        "textnorm: idx: 1 aliases of users, 0 ambiguous strings, 1 unknown ids\n",
    )
    assert "learned before" in textnorm("index", "learn", idx, "pairs.tsv").err
    concept = json.loads(textnorm("index", "info", idx, "T:1").out)
    assert concept["aliases"] == ["bad throat", "throat pain"]
    assert concept["alias_meta"] == {"bad throat": {"scope": "user", "seen": 3}}


def test_formats(textnorm: Any) -> None:
    """Every format has a line."""
    names = [line.split()[0] for line in textnorm("index", "formats").out.decode().splitlines()]
    assert {"esco", "obo", "umls", "snomed", "tsv", "jsonl"} <= set(names)
    assert names == sorted(names)
    assert b"altLabels" in textnorm("index", "formats", "esco").out
    assert textnorm("index", "formats", "obo").code == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["build", "no.obo", "--from", "obo", "-o", "x"], "no.obo: no such file or directory"),
        (["build", "t.obo", "--from", "owl", "-o", "x"], "owl: no format that is described"),
        (["build", "t.obo", "--from", "esco", "-o", "x"], "t.obo:1: the columns are"),
        (["build", "t.obo", "--from", "obo", "-o", "t.obo"], "it is no index"),
        (["build", "t.obo", "--from", "obo", "-o", "x", "--lang", "zz"], 'no pack called "zz"'),
        (["build", "t.obo", "--from", "tsv", "-o", "x", "--where", "a"], "write it as COLUMN=REGEX"),
        (["build", "t.obo", "--from", "csv", "-o", "x", "--where", "id=("], "id=( is no pattern"),
        (["build", "t.obo", "--from", "tsv", "-o", "x", "--alias", "a=b"], "a scope is one of"),
        (["info", "nowhere"], 'no index "nowhere"'),
        (["learn", "nowhere", "t.obo"], "no index in this folder"),
        (["learn", "idx", "t.obo"], "t.obo:1: this line is no pair"),
    ],
)
def test_faults(textnorm: Any, idx: str, arguments: list[str], message: str) -> None:
    """Whatever is wrong is one line with what to do, and exit code 2."""
    done = textnorm("index", *arguments)
    assert (done.code, done.out, done.err.count("\n")) == (2, b"", 1)
    assert message in done.err


@pytest.mark.parametrize(("signum", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_stopped(start: Any, textnorm: Any, idx: str, tmp_path: Path, signum: int, code: int) -> None:
    """Ctrl-C or a polite kill in the middle leaves the old index, and nothing beside it."""
    arguments = ("index", "build", "-", "--from", "obo", "-o", idx)
    with start(*arguments) as process:
        process.stdin.write(b"[Term]\nid: N:1\n")
        process.stdin.flush()
        until = time.monotonic() + 30
        while not any(tmp_path.glob(f".{idx}-*")):
            assert time.monotonic() < until
            time.sleep(0.01)
        process.send_signal(signum)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (code, b"", b"textnorm: error: interrupted\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == [idx, "t.obo"]
    assert textnorm("index", "info", idx, "T:1").code == 0
