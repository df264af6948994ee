"""Reading aligned pairs."""

from __future__ import annotations

import lzma
from pathlib import Path

import pytest

from textnorm.errors import InputError
from textnorm.evaluate.aligned import Pair, format_of, read_aligned


def read(folder: Path, name: str, text: str) -> tuple[list[list[tuple[str, str]]], list[str]]:
    """The sentences and the faults of a file."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    found = read_aligned([str(path)])
    return [list(map(tuple, one)) for one in found.sentences], [
        str(fault).removeprefix(f"{folder}/") for fault in found.faults
    ]


def test_norm(tmp_path: Path) -> None:
    """Tokens stand one on each line; splits have a blank, merged tokens nothing."""
    sentences, faults = read(tmp_path, "a.norm", "u\tyou\ngonna\tgoing to\n\n\nal\talso\nso\t\n")
    assert sentences == [[("u", "you"), ("gonna", "going to")], [("al", "also"), ("so", "")]]
    assert not faults


def test_compressed(tmp_path: Path) -> None:
    """Compression is told by the suffix."""
    path = tmp_path / "a.norm.xz"
    path.write_bytes(lzma.compress(b"u\tyou\r\n"))
    assert read_aligned([str(path)]).sentences == [(Pair("u", "you"),)]


def test_tsv(tmp_path: Path) -> None:
    """Texts on both sides are aligned token by token; a single token may stand for several."""
    text = "# pairs\nraw\tnormal\nr u ok\tare you ok\nidk\ti do not know\nal so\talso\n"
    sentences, _ = read(tmp_path, "a.tsv", text)
    assert sentences == [
        [("r", "are"), ("u", "you"), ("ok", "ok")],
        [("idk", "i do not know")],
        [("al", "also"), ("so", "")],
    ]


def test_jsonl(tmp_path: Path) -> None:
    """Objects hold texts or lists of tokens."""
    text = '{"raw": "u ok", "normal": "you ok"}\n{"raw": ["gonna", "u"], "norm": ["going to", "you"]}\n'
    sentences, _ = read(tmp_path, "a.jsonl", text)
    assert sentences == [[("u", "you"), ("ok", "ok")], [("gonna", "going to"), ("u", "you")]]


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("a.norm", "u\tyou\nok\n", "a.norm:2: 'ok' is no pair of a token and its normal form (write TOKEN,"),
        ("a.norm", "u\tyou\tx\n", "a.norm:1: 'u\\tyou\\tx' is no pair"),
        ("a.tsv", "a b c\td e\n", "a.tsv:1: 3 tokens against 2 (align them:"),
        ("a.tsv", "abc\n", "a.tsv:1: 'abc' has no tab (write TEXT, a tab and NORMAL TEXT)"),
        ("a.jsonl", "{\n", "a.jsonl:1: '{' is not JSON"),
        ("a.jsonl", '{"raw": 1}\n', "a.jsonl:1: '{\"raw\": 1}' has no raw and normal text"),
    ],
)
def test_faults(tmp_path: Path, name: str, text: str, fault: str) -> None:
    """A line that is no pair is named with its place and the remedy; the rest is read."""
    _, faults = read(tmp_path, name, text)
    assert len(faults) == 1
    assert faults[0].startswith(fault)


def test_unknown_format() -> None:
    """A suffix that tells nothing asks for the option."""
    assert format_of("x/a.NORM.gz") == "norm"
    with pytest.raises(InputError, match="give --format"):
        format_of("a.txt")
