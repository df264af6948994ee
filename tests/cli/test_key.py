"""`textnorm key`: a comparison key for each line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

PACK = ("--lang", "tt", "--rules", str(Path(__file__).parent / "packs" / "tt"))


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_key_for_each_line(textnorm: Any, jobs: str) -> None:
    """Lines that differ in numbers, case and spaces only have the same key; CRLF and blank lines stay."""
    done = textnorm("key", *PACK, "-j", jobs, stdin="Room  5\r\n\nroom 五\n ROOM 5".encode())
    assert done == (0, "room 五\r\n\nroom 五\nroom 五".encode(), "")


def test_both(textnorm: Any) -> None:
    """--both prints the line before its key."""
    done = textnorm("key", *PACK, "--both", stdin=b"Room  5\r\n\nx\n")
    assert done.out == "Room  5\troom 五\r\n\t\nx\tx\n".encode()


def test_files(textnorm: Any, tmp_path: Path) -> None:
    """Files are read and written like those of `normalize`."""
    (tmp_path / "a").write_bytes(b"A")
    assert textnorm("key", *PACK, "a", "a", "-o", "b.gz") == (0, b"", "")
    assert textnorm("key", *PACK, "b.gz").out == b"a\na"
    assert textnorm("key", *PACK, stdin=b"\xff").err.startswith("textnorm: error: <stdin>:1: 0xff at byte 0")
