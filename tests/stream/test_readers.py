"""Readers: plain and packed files, and what they say when a file cannot be read."""

from __future__ import annotations

import bz2
import gzip
import importlib
import lzma
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from textnorm.errors import InputError, TextnormError
from textnorm.stream.readers import open_source, require

TEXT = ("ąžuolas 5\n" * 50_000).encode()


def pack_zst(data: bytes) -> bytes:
    """`data` as one Zstandard frame."""
    return importlib.import_module("zstandard").ZstdCompressor().compress(data)  # type: ignore[no-any-return]


needs_zst = pytest.mark.skipif(importlib.util.find_spec("zstandard") is None, reason="zstandard is missing")
PACKERS = [
    pytest.param(".gz", gzip.compress, id="gz"),
    pytest.param(".bz2", bz2.compress, id="bz2"),
    pytest.param(".xz", lzma.compress, id="xz"),
    pytest.param(".zst", pack_zst, marks=needs_zst, id="zst"),
]
Packer = Callable[[bytes], bytes]


def read_all(path: Path) -> bytes:
    """The whole content of a file, as a source gives it."""
    pieces = []
    with open_source(str(path)) as source:
        while piece := source.read(1 << 16):
            pieces.append(piece)
    return b"".join(pieces)


@pytest.mark.parametrize(("suffix", "pack"), PACKERS)
def test_packed_files_are_unpacked(suffix: str, pack: Packer, tmp_path: Path) -> None:
    """The suffix tells the format; several members in one file are read one after the other."""
    path = tmp_path / f"a.txt{suffix}"
    path.write_bytes(pack(TEXT) + pack(b"more\n"))
    assert read_all(path) == TEXT + b"more\n"


@pytest.mark.parametrize(("suffix", "pack"), PACKERS)
def test_a_file_cut_short_is_noticed(suffix: str, pack: Packer, tmp_path: Path) -> None:
    """Half a packed file is an error that names it, not a shorter text."""
    path = tmp_path / f"a.txt{suffix}"
    path.write_bytes(pack(os.urandom(100_000))[:50_000])
    with pytest.raises(InputError, match=r"a\.txt\.\w+: compressed data is damaged or cut short"):
        read_all(path)


@pytest.mark.parametrize(("suffix", "pack"), PACKERS)
def test_a_plain_file_with_the_wrong_suffix_is_noticed(suffix: str, pack: Packer, tmp_path: Path) -> None:
    """Text under the name of a packed file is an error that names it."""
    path = tmp_path / f"a{suffix}"
    path.write_bytes(TEXT)
    with pytest.raises(InputError, match=r"a\.\w+: compressed data is damaged"):
        read_all(path)


def test_reading_gives_what_there_is(tmp_path: Path) -> None:
    """A pipe that holds little gives it at once."""
    path = str(tmp_path / "pipe")
    os.mkfifo(path)
    both = os.open(path, os.O_RDWR)
    try:
        os.write(both, b"a\n")
        with open_source(path) as source:
            assert source.read(1 << 18) == b"a\n"
    finally:
        os.close(both)


@pytest.mark.parametrize(
    ("name", "message"),
    [("none.txt", "none.txt: no such file or directory (check the path)"), (".", "is a directory")],
)
def test_what_cannot_be_read_is_named(name: str, message: str, tmp_path: Path) -> None:
    """The error names the file and says what to do."""
    with pytest.raises(InputError) as caught, open_source(str(tmp_path / name)):
        pass
    assert message in str(caught.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read any file")
def test_a_forbidden_file_is_named(tmp_path: Path) -> None:
    """The error says that permissions are in the way."""
    path = tmp_path / "a.txt"
    path.touch(mode=0)
    with pytest.raises(InputError, match=r"a\.txt: cannot read this file: permission denied"):
        read_all(path)


def test_a_missing_extra_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the command that installs what is missing."""
    monkeypatch.setitem(sys.modules, "zstandard", None)
    with pytest.raises(TextnormError) as caught:
        require("zstandard", "zst", "a .zst file")
    assert str(caught.value) == 'a .zst file needs the package zstandard (pip install "textnorm[zst]")'
