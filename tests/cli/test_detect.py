"""`textnorm detect`, and `--lang auto` of other commands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

URDU = "يہ ميري كتاب ہے اور مجھے بہت پسند ہے"
TYPED = "باوکم له کومپانیایهکی گهوره کار دهکات"
RESTORED = "باوکم لە کۆمپانیایەکی گەورە کار دەکات"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_answer_for_each_line(textnorm: Any, jobs: str) -> None:
    """Language, script, confidence and orthography, in order; a blank line is undetermined."""
    done = textnorm("detect", "-j", jobs, stdin=f"{TYPED}\r\n\n{URDU}".encode())
    assert done.err == ""
    rows = [line.split("\t") for line in done.out.decode().split("\n")]
    assert [(row[0], row[1], row[3]) for row in rows] == [
        ("ckb", "Arab", "fa"),
        ("und", "Zyyy", "und"),
        ("ur", "Arab", "ur"),
    ]
    assert [float(row[2]) > 0.9 for row in rows] == [True, False, True]


def test_jsonl(textnorm: Any) -> None:
    """--jsonl prints objects that also hold the guess."""
    done = textnorm("detect", "--jsonl", stdin="سلام\n".encode())
    found = json.loads(done.out)
    assert found["language"] == "und"
    assert found["script"] == "Arab"
    assert set(found) == {"language", "script", "orthography", "confidence", "guess"}


def test_bad_input(textnorm: Any) -> None:
    """Bytes that are no text end in one line that says where, unless told otherwise."""
    assert textnorm("detect", stdin=b"\xff\n").err.startswith("textnorm: error: <stdin>:1: 0xff at byte 0")
    assert textnorm("detect", "--errors", "surrogateescape", stdin=b"\xff\n").out.startswith(b"und\t")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_normalize_auto(textnorm: Any, jobs: str) -> None:
    """Each line by its pack; bytes of other lines stay, whatever they are."""
    source = f"{URDU}\r\nok \ufdf2\n\n{TYPED}\n".encode() + b"\xfe\n"
    options = ("normalize", "--lang", "auto", "--errors", "surrogateescape", "-j", jobs)
    out = textnorm(*options, "--from", "auto", stdin=source).out.split(b"\n")
    assert out[0].decode() == "یہ میری کتاب ہے اور مجھے بہت پسند ہے\r"
    assert out[1:3] == ["ok \ufdf2".encode(), b""]
    assert out[3].decode() == RESTORED
    assert out[4:] == [b"\xfe", b""]


def test_explain_and_key_auto(textnorm: Any) -> None:
    """`explain` names the rules of the pack, `key` folds by it."""
    assert "und-Arab.kaf-keheh" in textnorm("explain", "--lang", "auto", URDU).out.decode()
    assert textnorm("key", "--lang", "auto", stdin=f"{URDU}\n".encode()).out.decode().startswith("یہ میری")


def test_auto_takes_no_layers(textnorm: Any) -> None:
    """What only one pack can understand is refused in one line."""
    done = textnorm("normalize", "--lang", "auto", "--layers", "letters", stdin=b"")
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert "auto" in done.err


def test_train_profile(textnorm: Any, tmp_path: Path) -> None:
    """A profile is learned from text, less every Nth line."""
    (tmp_path / "corpus.txt").write_text("ئێمە لە کوردستان دەژین\nخخخخ\n" * 5, encoding="utf-8")
    done = textnorm(
        "train", "profile", "corpus.txt", "--lang", "ckb", "--hold-back", "2", "--credit", "here; CC0"
    )
    text = done.out.decode()
    assert text.startswith(
        "# Counts learned from text by textnorm train profile --lang ckb --hold-back 2 corpus.txt\n# Origin: here; CC0\n"
    )
    assert "\nword\tلە\t5\tcorpus\n" in text
    assert "خ" not in text
