"""Reports on what would change: lists of lines, and diffs that `patch` can apply."""

from __future__ import annotations

import difflib
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textnorm.stream.blocks import read_blocks
from textnorm.stream.codec import make_codec
from textnorm.stream.diff import ChangeList, UnifiedDiff
from textnorm.stream.lines import Detail, LineWork


class Bytes:
    """A sink in memory."""

    def __init__(self) -> None:
        self.data = b""

    def write(self, data: bytes) -> None:
        """Keep the data."""
        self.data += data


class Source:
    """A source of small reads."""

    def __init__(self, data: bytes, name: str, size: int) -> None:
        self.name, self._data, self._size = name, data, size

    def read(self, size: int) -> bytes:
        """The next few bytes."""
        data, self._data = self._data[: self._size], self._data[self._size :]
        return data


def report(kind: Any, *texts: str, size: int = 7, encoding: str = "utf-8") -> bytes:
    """What a report says of texts in which 5 becomes "fünf"."""
    sink = Bytes()
    said = kind(sink)
    work = LineWork(lambda text: text.replace("5", "fünf"), None, Detail(changes=True))
    for number, text in enumerate(texts, start=1):
        source = Source(text.encode(encoding), f"{number}.txt", size)
        for block in read_blocks(source, make_codec(encoding)):
            said.add(block, work(block))
    said.close()
    return sink.data


def test_changes_are_listed_by_file_and_line() -> None:
    """One line for each line that would change."""
    assert report(ChangeList, "5\na\n5", "b\n", "c\n5\n") == b"1.txt:1\n1.txt:3\n3.txt:2\n"


def test_a_diff_is_what_difflib_makes() -> None:
    """Context of three lines, hunks that touch are one, old lines before new ones."""
    text = "".join(f"{number % 10}\n" for number in range(60)).replace("\n6\n", "\n5\n")
    expected = difflib.unified_diff(
        text.splitlines(True), text.replace("5", "fünf").splitlines(True), "1.txt", "1.txt"
    )
    assert report(UnifiedDiff, text).decode() == "".join(expected)


def test_files_without_changes_are_not_named() -> None:
    """Each file that changes has a head of its own, others none."""
    assert report(UnifiedDiff, "a\n", "5\n", "5").decode() == (
        "--- 2.txt\n+++ 2.txt\n@@ -1,1 +1,1 @@\n-5\n+fünf\n"
        "--- 3.txt\n+++ 3.txt\n@@ -1,1 +1,1 @@\n"
        "-5\n\\ No newline at end of file\n+fünf\n\\ No newline at end of file\n"
    )


def test_wide_encodings_are_shown_as_utf_8() -> None:
    """A diff of UTF-16 is for eyes."""
    assert b"-5 \xc4\x85\n+f\xc3\xbcnf" in report(UnifiedDiff, "a\n5 ą\n", encoding="utf-16")


@pytest.mark.skipif(shutil.which("patch") is None, reason="patch is missing")
@given(text=st.text(st.sampled_from("5ab\n\n\r\ufeff"), max_size=60), size=st.integers(1, 20))
def test_a_diff_can_be_applied(text: str, size: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    """`patch` makes of the old file what normalizing makes of it."""
    diff = report(UnifiedDiff, text, size=size)
    if not diff:
        assert "5" not in text
        return
    folder: Path = tmp_path_factory.mktemp("diff")
    (folder / "1.txt").write_bytes(text.encode())
    subprocess.run(["patch", "-p0", "--binary", "-s"], input=diff, cwd=folder, check=True)
    assert (folder / "1.txt").read_bytes() == text.replace("5", "fünf").encode()
