"""Indexes on disk: written whole or not at all, and refused where they cannot be trusted."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from textnorm.errors import InputError
from textnorm.link import open as opened
from textnorm.link.concept import Concept
from textnorm.link.open import build_index, open_index
from textnorm.link.sources import read

SOURCE = '{"id": "T:1", "label": "flu", "aliases": ["grippe"], "types": ["disease"]}\nnonsense\n'


@pytest.fixture
def source(tmp_path: Path) -> str:
    """A file with one concept."""
    path = tmp_path / "t.jsonl"
    path.write_text(SOURCE)
    return str(path)


@pytest.fixture
def folder(tmp_path: Path, source: str) -> Path:
    """An index on disk."""
    build_index(read([source], "jsonl"), tmp_path / "idx")
    return tmp_path / "idx"


def test_round_trip(folder: Path) -> None:
    """What was built is what is opened."""
    index = open_index(folder)
    assert index.labels[0] == "flu"
    assert index.lookup(0, "grippe").tolist() == [1]


def test_manifest(folder: Path) -> None:
    """The manifest says what the index was built from, and what was skipped."""
    (entry,) = open_index(folder).manifest["sources"]
    assert (entry["format"], entry["file"], entry["records"]) == ("jsonl", "t.jsonl", 1)
    assert len(entry["sha256"]) == 64
    assert entry["skipped"] == {
        "lines that are no JSON objects": {"count": 1, "first": 2, "text": "nonsense"}
    }


def test_same_twice(folder: Path, source: str, tmp_path: Path) -> None:
    """The same source gives the same bytes."""
    build_index(read([source], "jsonl"), tmp_path / "again")
    contents = [
        {path.name: path.read_bytes() for path in place.iterdir()} for place in (folder, tmp_path / "again")
    ]
    assert contents[0] == contents[1]


def test_replaced(folder: Path, tmp_path: Path) -> None:
    """A new index takes the place of the old one, and nothing is left beside it."""
    (tmp_path / "new.jsonl").write_text('{"id": "N:1", "label": "new"}')
    build_index(read([str(tmp_path / "new.jsonl")], "jsonl"), folder)
    assert list(open_index(folder).ids) == ["N:1"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["idx", "new.jsonl", "t.jsonl"]


class _Stop(Exception):
    """Raised in the middle of building."""


@pytest.mark.parametrize("error", [_Stop(), KeyboardInterrupt(), OSError(28, "No space left on device")])
def test_interrupted(folder: Path, tmp_path: Path, error: BaseException) -> None:
    """An error, Ctrl-C or a full disk leave the old index as it was, and nothing beside it."""

    def broken() -> Iterator[Concept]:
        yield Concept("N:1", "new")
        raise error

    expected = InputError if isinstance(error, OSError) else type(error)
    with pytest.raises(expected):
        opened.write_index(broken(), folder, dict)
    assert list(open_index(folder).ids) == ["T:1"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["idx", "t.jsonl"]


def test_full_disk_while_writing(folder: Path, source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full when arrays are written is told in one line, and the old index stays."""

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("numpy.lib.format.write_array", full)
    with pytest.raises(InputError, match="cannot write this file: no space left"):
        build_index(read([source], "jsonl"), folder)
    assert list(open_index(folder).ids) == ["T:1"]


def test_nothing_found(tmp_path: Path) -> None:
    """A source without concepts is an error, and no index is written."""
    (tmp_path / "empty.jsonl").write_text("\nnonsense\n")
    with pytest.raises(
        InputError, match=r"no concept was found \(skipped were lines that are no JSON objects\)"
    ):
        build_index(read([str(tmp_path / "empty.jsonl")], "jsonl"), tmp_path / "idx")
    assert not (tmp_path / "idx").exists()


def test_place_taken(source: str, tmp_path: Path) -> None:
    """Nothing but an index or an empty folder is ever replaced."""
    (tmp_path / "mine").mkdir()
    build_index(read([source], "jsonl"), tmp_path / "mine")
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "thesis.txt").write_text("years of work")
    for taken in ("papers", "t.jsonl"):
        with pytest.raises(InputError, match="it is no index"):
            build_index(read([source], "jsonl"), tmp_path / taken)
    with pytest.raises(InputError, match="no such folder"):
        build_index(read([source], "jsonl"), tmp_path / "a" / "b")
    assert (tmp_path / "papers" / "thesis.txt").exists()


def files(folder: Path) -> list[str]:
    """The files of an index."""
    return sorted(path.name for path in folder.iterdir())


def test_truncated(folder: Path) -> None:
    """An index one of whose files is cut short or missing is refused, with the file and the remedy."""
    for name in files(folder):
        broken = folder.with_name("broken")
        shutil.copytree(folder, broken)
        path = broken / name
        path.write_bytes(path.read_bytes()[:-3])
        with pytest.raises(InputError, match=f"{name}: .*damaged.*textnorm index build"):
            open_index(broken)
        path.unlink()
        with pytest.raises(InputError, match=r"no such file|no index in this folder"):
            open_index(broken)
        shutil.rmtree(broken)


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"format": 1}', '{"format": 1, "files": {}}', "\x00"])
def test_damaged_manifest(folder: Path, content: str) -> None:
    """A manifest that says nothing useful is damaged."""
    (folder / "manifest.json").write_text(content)
    with pytest.raises(InputError, match=r"manifest.json: this manifest of an index is damaged"):
        open_index(folder)


@pytest.mark.parametrize("key", ["keys", "pack", "sources", "counts", "tiers"])
def test_manifest_without_an_entry(folder: Path, key: str) -> None:
    """What every reader of the index relies on must be there."""
    path = folder / "manifest.json"
    entries = json.loads(path.read_text(encoding="utf-8"))
    del entries[key]
    path.write_text(json.dumps(entries), encoding="utf-8")
    with pytest.raises(InputError, match=r"manifest.json: this manifest of an index is damaged"):
        open_index(folder)


def test_flipped_bit(folder: Path) -> None:
    """With a check every byte counts."""
    path = folder / "alias.text.npy"
    raw = bytearray(path.read_bytes())
    raw[-1] ^= 1
    path.write_bytes(raw)
    with pytest.raises(InputError, match=r"alias\.text\.npy: .*damaged"):
        opened.read_index(folder, check=True)


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("format", 99, "this index has format 99, this version of textnorm reads format"),
        ("keys", "of old", "built under other rules of no pack"),
    ],
)
def test_other_version(folder: Path, key: str, value: object, message: str) -> None:
    """An index of another format, or whose keys were made otherwise, is refused with the remedy."""
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {key: value}))
    with pytest.raises(InputError, match=f"{message}.*textnorm index build"):
        open_index(folder)


def test_rules_of_ones_own(source: str, tmp_path: Path) -> None:
    """Rules over a pack make the keys; the index remembers where they lie, and is refused when they change."""
    pack = tmp_path / "mine"
    pack.mkdir()
    (pack / "pack.yaml").write_text(
        "{format: 1, kind: pack, name: mine, version: 1.0.0, doc: Mine., linking: linking.yaml,\n"
        " stages: [{stage: case, layer: case, files: [case.yaml]}]}\n"
    )
    case = (
        "{format: 1, kind: case, namespace: mine.case, class: CASE, doc: Case., tests: [{in: A, out: a}]}\n"
    )
    (pack / "case.yaml").write_text(case)
    (pack / "linking.yaml").write_text(
        "{format: 1, kind: linking, doc: Mine., tiers: [{tier: exact, layers: [case]}], retrieval: {layers: [case]}}\n"
    )
    build_index(read([source], "jsonl"), tmp_path / "idx", pack="mine", rules=[str(pack)])
    assert open_index(tmp_path / "idx").tiers == ("exact",)
    (pack / "case.yaml").write_text(case.replace("Case.", "Another case."))
    with pytest.raises(InputError, match="built under other rules of mine"):
        open_index(tmp_path / "idx")


def test_no_index(tmp_path: Path) -> None:
    """A name that is neither a folder nor a pack, and a folder without an index."""
    with pytest.raises(InputError, match='no index "nowhere"'):
        open_index("nowhere")
    with pytest.raises(InputError, match="no index in this folder"):
        open_index(tmp_path)
