"""Scores of a text against another."""

from __future__ import annotations

from pathlib import Path

import pytest

from textnorm.errors import InputError
from textnorm.evaluate.pairs import read_pairs, score_pairs


def test_folding_is_done_on_both_sides() -> None:
    """What the fold makes alike is equal; what stays different is counted by every metric."""
    plain = score_pairs(["A b", "c"], ["a B", "d "])
    folded = score_pairs(["A b", "c"], ["a B", "d "], fold=str.lower)
    assert (plain.n, plain.equal, plain.accuracy) == (2, 0, 0.0)
    assert (folded.equal, folded.accuracy) == (1, 0.5)
    values = {metric.name: metric.value for metric in folded.metrics}
    assert values["WER"] is None or round(values["WER"], 2) == 33.33


def test_no_lines_have_no_score() -> None:
    """A share of nothing is none, and unequal numbers of lines are refused."""
    assert score_pairs([], []).accuracy is None
    with pytest.raises(ValueError, match="shorter"):
        score_pairs(["a", "b"], ["a"])


def test_files_are_read_line_by_line(tmp_path: Path) -> None:
    """A byte order mark, CRLF and a missing last line end do not matter; bytes that are no text do."""
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_bytes(b"\xef\xbb\xbfx\r\ny\r\n")
    second.write_bytes(b"1\n2")
    assert read_pairs(first, second) == (["x", "y"], ["1", "2"])
    second.write_bytes(b"1\n\xff\n")
    with pytest.raises(InputError, match=r"b:2: byte 0xff is not UTF-8"):
        read_pairs(first, second)
    with pytest.raises(InputError, match="cannot read this file"):
        read_pairs(first, tmp_path / "none")
