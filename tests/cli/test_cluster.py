"""`textnorm cluster` and `textnorm eval --clusters`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

UR = ("--lang", "ur-Latn")


def test_running_text(textnorm: Any) -> None:
    """Words of a text with their clusters, the most frequent first; its spelling is the canonical one."""
    done = textnorm("cluster", *UR, stdin=b"Zindagi bohat zindgi\nzindagi bht\n")
    assert done.code == 0
    assert done.out.decode().split("\n")[:2] == ["zindagi\t1\tzindagi", "zindgi\t1\tzindagi"]


def test_word_lists_with_counts(textnorm: Any) -> None:
    """--words takes a word and its count on each line; --min-count leaves rare ones out."""
    done = textnorm("cluster", *UR, "--words", "--min-count", "2", stdin=b"nhi\t2\nnahi\t3\nnahee\t1\n")
    assert done == (0, b"nahi\t1\tnahi\nnhi\t1\tnahi\n", "")


def test_methods(textnorm: Any) -> None:
    """Equal codes of a key, and Lex-Var over the same words."""
    for more in (["--method", "key", "--key", "urduphone"], ["--method", "lex-var", "--weight", "key=1"]):
        done = textnorm("cluster", *UR, "--words", *more, stdin=b"nahi\nnhi\nkitab\n")
        assert done == (0, b"kitab\t1\tkitab\nnahi\t2\tnahi\nnhi\t2\tnahi\n", ""), more


def test_faults(textnorm: Any) -> None:
    """Faults of input and usage are one line with exit code 2."""
    assert textnorm("cluster", *UR, "--words", stdin=b"a\tx\n").err == (
        "textnorm: error: line 1: 'x' is no count (write one word a line, or WORD, a tab, COUNT)\n"
    )
    assert textnorm("cluster", "--lang", "lt", stdin=b"a\n").code == 2
    assert "FEATURE=NUMBER" in textnorm("cluster", *UR, "--method", "lex-var", "--weight", "key").err
    assert "0xff" in textnorm("cluster", *UR, stdin=b"a\xff\n").err


def test_eval_clusters(textnorm: Any, tmp_path: Path) -> None:
    """Gold clusters are scored against the pack's own, or against a file; the floor is printed."""
    (tmp_path / "gold.tsv").write_text("nahi\tno\nnhi\tno\nkitab\tbook\n", encoding="utf-8")
    (tmp_path / "own.tsv").write_text("nahi\t1\tnahi\nnhi\t2\tnhi\nkitab\t2\tkitab\n", encoding="utf-8")
    done = textnorm("eval", *UR, "--clusters", "gold.tsv")
    assert done.out.decode().split("\n")[1].split() == ["BCubed", "100.0%", "100.0%", "100.0%"]
    done = textnorm("eval", *UR, "--clusters", "--predicted", "own.tsv", "gold.tsv")
    assert done.out.decode().split("\n")[1].split() == ["BCubed", "66.7%", "66.7%", "66.7%"]
    assert "all singletons" in done.out.decode()


def test_train_correspondences(textnorm: Any, tmp_path: Path) -> None:
    """Pairs of words give a table of what corresponds."""
    pairs = "".join(f"{a}{b}\t{x}{y}\t3\n" for a, x in ("جj", "بb") for b, y in ("اa", "یi"))
    (tmp_path / "pairs.tsv").write_text(pairs, encoding="utf-8")
    done = textnorm("train", "correspondences", "pairs.tsv", "--columns", "urdu,latin")
    rows = [line.split("\t") for line in done.out.decode().splitlines()]
    assert rows[0] == ["urdu", "latin", "place", "count", "source"]
    best = {row[0]: row[1] for row in reversed(rows[1:])}
    assert best == {"ا": "a", "ی": "i", "ب": "b", "ج": "j"}


def test_train_edits(textnorm: Any, tmp_path: Path) -> None:
    """Spellings of words give a table of edits; what is no pair is named with its line."""
    stems = [f"{a}{b}" for a in ("kam", "bar", "sal", "dil", "mol") for b in ("tar", "nam", "dar", "kal")]
    lines = [
        f"w{n}\t{stem.replace('a', drop)}\t2\n"
        for n, stem in enumerate(stems)
        for drop in ("a", "aa", "e", "")
    ]
    (tmp_path / "pairs.tsv").write_text("".join(lines), encoding="utf-8")
    done = textnorm("train", "edits", "--lang", "ur-Latn", "pairs.tsv")
    assert done.out.startswith(b"edit\tweight\tcount\tsource\n(bias)\t")
    (tmp_path / "bad.tsv").write_text("a\tb\tc\n", encoding="utf-8")
    assert (
        "bad.tsv:1: 'a\\tb\\tc' is no pair" in textnorm("train", "edits", "--lang", "ur-Latn", "bad.tsv").err
    )
