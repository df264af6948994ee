"""`textnorm link`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from textnorm.link.concept import Alias, Concept
from textnorm.link.open import write_index

CONCEPTS = (
    Concept("J:1", "registered nurse", (Alias("staff nurse"), Alias("RN")), types=("care",)),
    Concept("J:2", "machine operator", (Alias("press operator"),), types=("plant",)),
    Concept("J:3", "tool maker", (Alias("machinist"),), types=("plant",)),
    Concept("J:4", "lathe hand", (Alias("machinist"),), types=("plant",)),
)


@pytest.fixture
def index(tmp_path: Path) -> str:
    """An index of a few jobs."""
    write_index(CONCEPTS, tmp_path / "jobs-index", dict)
    return "jobs-index"


@pytest.fixture
def link(textnorm: Any, index: str) -> Any:
    """Runs `textnorm link` on that index."""
    return lambda *args, **more: textnorm("link", "--index", index, *args, **more)


def _rows(done: Any) -> list[Any]:
    assert done.err == ""
    assert done.code == 0
    return [json.loads(line) for line in done.out.splitlines()]


def test_lines(link: Any) -> None:
    """A JSON line for each line, in order, blank ones too; the fields are those that are promised."""
    rows = _rows(link("--top", "2", stdin="Staff Nurse\r\n\nmachinist\nπ?\nregisterd nurse".encode()))
    assert [row["query"] for row in rows] == ["Staff Nurse", "", "machinist", "π?", "registerd nurse"]
    assert list(rows[0]) == ["query", "candidates", "ambiguous"]
    best = rows[0]["candidates"][0]
    assert list(best) == ["id", "label", "score", "alias", "tier"]
    assert best | {"score": 0} == {
        "id": "J:1", "label": "registered nurse", "score": 0, "alias": "staff nurse", "tier": "exact",
    }  # fmt: skip
    assert rows[1]["candidates"] == rows[3]["candidates"] == []
    assert [row["ambiguous"] for row in rows] == [False, False, True, False, False]
    assert len(rows[2]["candidates"]) == 2
    assert rows[4]["candidates"][0]["tier"] == "similar"


def test_every_line_has_its_own(link: Any) -> None:
    """Thousands of lines by two processes, several blocks of them, come out as many and in order."""
    queries = [f"staff nurse {number:0200}" for number in range(3_000)]
    done = link("-j", "2", "--top", "1", stdin="".join(f"{query}\n" for query in queries).encode())
    assert [json.loads(line)["query"] for line in done.out.splitlines()] == queries


def test_json_lines(link: Any) -> None:
    """The query is in a field, the document in another; further fields stay as they are written."""
    lines = b'{"n": 1.10, "title": "RN", "text": "Tool maker (RN)."}\n\n{"title": null}\n'
    rows = link("--jsonl", "--field", "title", "--context-field", "text", stdin=lines)
    first, blank, null = _rows(rows)
    assert b'"n": 1.10}' in rows.out
    assert (first["query"], "text" in first) == ("RN", False)
    assert blank == null == {"query": "", "candidates": [], "ambiguous": False}


def test_context(link: Any) -> None:
    """A short form is read as the document defines it, which the answer says."""
    line = {"query": "MO", "context": "Machine operator (MO) wanted."}
    (row,) = _rows(link("--jsonl", "--context-field", "context", stdin=json.dumps(line).encode()))
    assert row["candidates"][0]["id"] == "J:2"
    assert row["read"] == "Machine operator"


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (b"{", "<stdin>:2:2: not valid JSON"),
        (b'{"q": 1}', "<stdin>:2: no field 'query' in this object (its fields: q)"),
        (b'{"query": 5}', "<stdin>:2: field 'query' is not a string: 5"),
        (b"\xff", "<stdin>:2"),
    ],
)
def test_bad_json_lines(link: Any, line: bytes, complaint: str) -> None:
    """The fault is named with its line; what came before is written."""
    done = link("--jsonl", stdin=b'{"query": "RN"}\n' + line + b"\n")
    assert done.code == 2
    assert complaint in done.err
    assert done.err.count("\n") == 1
    assert json.loads(done.out)["query"] == "RN"


def test_choices(link: Any) -> None:
    """Types and precision narrow the answers down."""
    (row,) = _rows(link("--types", "care", stdin=b"machine operator"))
    assert "J:2" not in [one["id"] for one in row["candidates"]]
    (row,) = _rows(link("--min-precision", "0.99", stdin=b"registerd nirse"))
    assert row["candidates"] == []


def test_user_aliases(link: Any, tmp_path: Path) -> None:
    """They win; an id that the index does not have is reported, and nothing else happens to it."""
    (tmp_path / "own.tsv").write_text("staff nurse\tJ:3\nboss\tJ:9\n", encoding="utf-8")
    done = link("--aliases", "own.tsv", stdin=b"staff nurse\n")
    assert done.err == "textnorm: own.tsv:2: no concept 'J:9', passed over\n"
    assert json.loads(done.out)["candidates"][0]["tier"] == "user"


def test_output_file(link: Any, tmp_path: Path) -> None:
    """-o writes a file when everything is done, packed by its suffix; an error leaves the old one."""
    out = tmp_path / "out.jsonl"
    assert link("-o", "out.jsonl", stdin=b"RN\n") == (0, b"", "")
    before = out.read_bytes()
    assert json.loads(before)["candidates"][0]["id"] == "J:1"
    assert link("-o", "out.jsonl", "--jsonl", stdin=b'{"query": "RN"}\n{').code == 2
    assert out.read_bytes() == before


@pytest.mark.parametrize(
    ("args", "complaint"),
    [
        (("--field", "q"), "--field needs --jsonl"),
        (("--context-field", "q"), "--context-field needs --jsonl"),
        (("--top", "0"), "--top"),
        (("--min-precision", "2"), "--min-precision"),
        (("--types", "fruit"), "no concept is of type 'fruit' (types of this index: care, plant)"),
        (("--aliases", "none.tsv"), "none.tsv"),
        (("--index", "nowhere"), 'no index "nowhere"'),
    ],
)
def test_faults(link: Any, args: tuple[str, ...], complaint: str) -> None:
    """Faults of usage and input are one line with exit code 2."""
    done = link(*args, stdin=b"RN\n")
    assert done.code == 2
    assert complaint in done.err
    assert done.err.count("\n") == 1
