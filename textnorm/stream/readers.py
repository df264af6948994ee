"""Where bytes come from: standard input, a file, or a compressed file, told by its suffix.

Reading is unbuffered, so that a slow pipe is passed on as it delivers, and every failure names the file.
"""

from __future__ import annotations

import os
import select
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import FileIO
from typing import Any, Protocol

from textnorm.errors import InputError, Location, TextnormError

STDIN = "-"
STDIN_NAME = "<stdin>"
_ZSTD_CHUNK = 1 << 13  # small, for it may stand for a thousand times as much


class ByteSource:
    """A readable stream of bytes with a name, and how far into the underlying file it is."""

    def __init__(self, raw: FileIO, name: str, reader: Reader | None = None) -> None:
        self.name = name
        self._raw = raw
        self._reader = reader

    def read(self, size: int) -> bytes:
        """Up to `size` bytes, as soon as there are any; b"" at the end."""
        try:
            return self._reader.read(size) if self._reader else _read(self._raw, size)
        except OSError as error:
            if error.errno is None:  # what gzip and bz2 raise for data that is not theirs
                raise self._damaged(error) from None
            raise cannot("read", self.name, error) from None
        except _archive_errors() as error:
            raise self._damaged(error) from None

    def position(self) -> int:
        """How many bytes of the file as it lies on disk have been read."""
        return self._raw.tell()

    def close(self) -> None:
        """Close the file; standard input stays open."""
        if self.name != STDIN_NAME:
            self._raw.close()

    def _damaged(self, error: Exception) -> InputError:
        return InputError(
            f"compressed data is damaged or cut short: {error}",
            at=Location(self.name),
            remedy="what came before it has been read",
        )


class Reader(Protocol):
    """What a decompressor offers."""

    def read(self, size: int) -> bytes:
        """Up to `size` bytes of plain data; b"" at the end."""


@contextmanager
def open_source(path: str) -> Iterator[ByteSource]:
    """The bytes of the file at `path`, decompressed if its suffix says so; "-" is standard input."""
    if path == STDIN:
        if sys.stdin is None:
            raise InputError("standard input is closed", remedy="name a file")
        yield ByteSource(_open(sys.stdin.fileno(), STDIN_NAME), STDIN_NAME)
        return
    with _open(path, path) as raw:
        opener = _OPENERS.get(suffix(path))
        yield ByteSource(raw, path, opener(raw) if opener else None)


def cannot(verb: str, name: str, error: OSError) -> InputError:
    """The error for a file that the system will not let us read or write."""
    reason = (error.strerror or str(error)).lower()
    if isinstance(error, IsADirectoryError):
        remedy = f"name the files in it: {name}/*" if verb == "read" else "name a file"
        return InputError("is a directory", at=Location(name), remedy=remedy)
    if isinstance(error, FileNotFoundError):
        return InputError("no such file or directory", at=Location(name), remedy="check the path")
    if isinstance(error, PermissionError):
        remedy = "check its permissions"
        return InputError(f"cannot {verb} this file: {reason}", at=Location(name), remedy=remedy)
    return InputError(f"cannot {verb} this file: {reason}", at=Location(name))


def suffix(path: str) -> str:
    """The last suffix of a path in lower case: `.gz`."""
    return os.path.splitext(path)[1].lower()


def require(module: str, extra: str, use: str) -> Any:
    """An optional module, or one line that says how to install it."""
    import importlib

    try:
        return importlib.import_module(module)
    except ImportError:
        raise TextnormError(
            f"{use} needs the package {module}", remedy=f'pip install "textnorm[{extra}]"'
        ) from None


def _open(file: str | int, name: str) -> FileIO:
    try:
        return FileIO(file, closefd=isinstance(file, str))
    except OSError as error:
        raise cannot("read", name, error) from None


def _read(raw: FileIO, size: int) -> bytes:
    data = raw.read(size)
    while data is None:  # somebody has set the pipe to non-blocking
        select.select([raw], [], [])
        data = raw.read(size)
    return data


def _archive_errors() -> tuple[type[Exception], ...]:
    """What the decompressors raise, those that are loaded."""
    found: list[type[Exception]] = [EOFError, zlib.error]
    for module, name in (("lzma", "LZMAError"), ("zstandard", "ZstdError")):
        if module in sys.modules:
            found.append(getattr(sys.modules[module], name))
    return tuple(found)


def _open_gzip(raw: FileIO) -> Reader:
    import gzip

    return gzip.GzipFile(fileobj=raw, mode="rb")


def _open_bz2(raw: FileIO) -> Reader:
    import bz2

    return bz2.BZ2File(raw)


def _open_xz(raw: FileIO) -> Reader:
    import lzma

    return lzma.LZMAFile(raw)


class _Zstd:
    """Zstandard frames, one after the other; unlike the library's own reader it notices a cut-off file."""

    def __init__(self, raw: FileIO) -> None:
        self._zstandard = require("zstandard", "zst", "a .zst file")
        self._raw = raw
        self._frame: Any = None
        self._pending = b""

    def read(self, size: int) -> bytes:
        """Some `size` bytes of plain data; b"" at the end."""
        pieces: list[bytes] = []
        length = 0
        while length < size:
            piece = self._next()
            if not piece:
                break
            pieces.append(piece)
            length += len(piece)
        return b"".join(pieces)

    def _next(self) -> bytes:
        while True:
            data = self._pending or _read(self._raw, _ZSTD_CHUNK)
            if not data:
                if self._frame is not None:
                    raise EOFError("it ends in the middle of a frame")
                return b""
            if self._frame is None:
                self._frame = self._zstandard.ZstdDecompressor().decompressobj()
            out: bytes = self._frame.decompress(data)
            self._pending = b""
            if self._frame.eof:
                self._pending, self._frame = self._frame.unused_data, None
            if out:
                return out


_OPENERS: dict[str, Callable[[FileIO], Reader]] = {
    ".gz": _open_gzip,
    ".bz2": _open_bz2,
    ".xz": _open_xz,
    ".zst": _Zstd,
}
