"""Users' own aliases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from textnorm.errors import InputError
from textnorm.link.concept import Alias
from textnorm.link.keys import Keys
from textnorm.link.open import build_index, open_index
from textnorm.link.sources import read
from textnorm.link.useraliases import Conflict, learn, read_pairs, user_aliases

SOURCE = '{"id": "T:1", "label": "flu", "alt_ids": ["T:9"]}\n{"id": "T:2", "label": "cold"}\n'
PAIRS = "# mine\nthe bug\tT:1\nThe Bug\tT:9\t4\n\nthe bug\tT:2\nsniffles\tT:2\r\nghost\tT:7\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An index on disk with a file of pairs beside it."""
    (tmp_path / "t.jsonl").write_text(SOURCE)
    (tmp_path / "pairs.tsv").write_text(PAIRS)
    build_index(read([str(tmp_path / "t.jsonl")], "jsonl"), tmp_path / "idx")
    return tmp_path / "idx"


def test_lookup(folder: Path) -> None:
    """A string leads to its concepts, the most frequent first; merged ids and other case count together."""
    found = user_aliases(open_index(folder), Keys(), [str(folder.with_name("pairs.tsv"))])
    assert found.lookup("the bug") == [(0, 5), (1, 1)]
    assert found.lookup("sniffles") == [(1, 1)]
    assert found.lookup("flu") == []


def test_report(folder: Path) -> None:
    """Strings with several ids are reported with their counts, ids that are unknown with their place."""
    found = user_aliases(open_index(folder), Keys(), [str(folder.with_name("pairs.tsv"))])
    assert found.conflicts() == [Conflict("the bug", (("T:1", 5), ("T:2", 1)))]
    assert {id: pair.at.line for id, pair in found.unknown.items()} == {"T:7": 7}
    unknown, conflict = found.report()
    assert unknown.endswith("pairs.tsv:7: no concept 'T:7', passed over")
    assert conflict == "'the bug' stands for T:1 (5), T:2 (1)"


def test_learn(folder: Path) -> None:
    """Learned strings are names of their concepts, with counts; everything else stays."""
    learn(folder, [str(folder.with_name("pairs.tsv"))], folder)
    index = open_index(folder)
    assert index.concept(0).aliases == (Alias("the bug", "user", seen=1), Alias("The Bug", "user", seen=4))
    assert index.concept(1).aliases == (Alias("the bug", "user", seen=1), Alias("sniffles", "user", seen=1))
    assert index.labels[0] == "flu"
    assert index.find("T:9") == 0
    best = index.ranked(index.lookup(0, "the bug"))
    assert index.alias(best[0]) == Alias("The Bug", "user", seen=4)


def test_learned_twice(folder: Path) -> None:
    """The same file counts once, even under another name; a different one adds to the counts."""
    pairs = folder.with_name("pairs.tsv")
    learn(folder, [str(pairs)], folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    copy = folder.with_name("copy.tsv")
    copy.write_bytes(pairs.read_bytes())
    _, again = learn(folder, [str(pairs), str(copy)], folder)
    assert again == [str(pairs), str(copy)]
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    more = folder.with_name("more.tsv")
    more.write_text("sniffles\tT:2\t2\n")
    learn(folder, [str(more)], folder)
    assert open_index(folder).concept(1).aliases[-1] == Alias("sniffles", "user", seen=3)
    assert [entry["seen"] for entry in open_index(folder).manifest["learned"]] == [7, 2]


def test_learn_elsewhere(folder: Path) -> None:
    """The result may go into an index of its own; what was built from is remembered."""
    target = folder.with_name("new")
    learn(folder, [str(folder.with_name("pairs.tsv"))], target)
    assert len(open_index(folder).alias_texts) == 2
    assert open_index(target).manifest["sources"] == open_index(folder).manifest["sources"]
    assert open_index(target).manifest["counts"]["scopes"]["user"] == 4


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("flu", "is no pair of string and id"),
        ("\tT:1", "is no pair of string and id"),
        ("flu\t ", "is no pair of string and id"),
        ("a\tb\tc\td", "is no pair of string and id"),
        ("flu\tT:1\tmany", "'many' is no count"),
        ("flu\tT:1\t0", "'0' is no count"),
        ("flu\tT:1\t99999999999", "is no count"),
    ],
)
def test_faulty_line(tmp_path: Path, line: str, message: str) -> None:
    """A line that is no pair is an error with its place."""
    (tmp_path / "pairs.tsv").write_text(f"ok\tT:1\n{line}\n")
    with pytest.raises(InputError, match=rf"pairs\.tsv:2: .*{message}"):
        list(read_pairs([str(tmp_path / "pairs.tsv")]))


def test_wrong_bytes(tmp_path: Path) -> None:
    """A file in another encoding is an error, not a list of strange strings."""
    (tmp_path / "pairs.tsv").write_bytes(b"caf\xe9\tT:1\n")
    with pytest.raises(InputError, match=r"pairs\.tsv:1"):
        list(read_pairs([str(tmp_path / "pairs.tsv")]))


def test_missing_file(folder: Any) -> None:
    """A file that is not there leaves the index as it is."""
    with pytest.raises(InputError, match="no such file"):
        learn(folder, [str(folder.with_name("nothing.tsv"))], folder)
