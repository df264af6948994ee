"""Where bytes go: standard output, a file, or a compressed file, told by its suffix.

Every write goes out at once and whole; a full disk or a closed pipe is noticed where it happens.
"""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Protocol, cast

from textnorm.errors import InputError
from textnorm.stream.atomic import AtomicFile, is_replaceable
from textnorm.stream.interrupts import deferred
from textnorm.stream.readers import STDIN, cannot, require, suffix

STDOUT_NAME = "<stdout>"


class Sink(Protocol):
    """Where bytes go."""

    def write(self, data: bytes, /) -> Any:
        """Write all of `data`."""


class FdSink:
    """Writes whole stretches to a file descriptor; Ctrl-C waits for the end of a stretch."""

    def __init__(self, fd: int, name: str) -> None:
        self.name = name
        self._fd = fd
        self._abandoned = False

    def write(self, data: bytes | bytearray | memoryview) -> int:
        """Write all of `data`; a closed pipe raises BrokenPipeError, anything else names the file."""
        view = memoryview(b"" if self._abandoned else data)
        with deferred():
            try:
                while view:
                    view = view[self._write_some(view) :]
            except BrokenPipeError:
                raise
            except OSError as error:
                raise cannot("write", self.name, error) from None
        return len(data)

    def _write_some(self, view: memoryview) -> int:
        try:
            return os.write(self._fd, view)
        except BlockingIOError:  # somebody has set the pipe to non-blocking
            select.select([], [self._fd], [])
            return 0

    def abandon(self) -> None:
        """Drop whatever is still to be written, such as the end mark of a compressor."""
        self._abandoned = True

    def flush(self) -> None:
        """Nothing is held back; compressors call this."""


@contextmanager
def open_sink(path: str | None) -> Iterator[Sink]:
    """A sink for the file at `path`, compressed if its suffix says so; None or "-" is standard output.

    A file appears under its name when it is complete: see `textnorm.stream.atomic`.
    """
    if path is None or path == STDIN:
        yield _stdout()
    elif is_replaceable(path):
        with AtomicFile(path) as file, compressed(FdSink(file.fd, path), path) as sink:
            yield sink
    else:
        try:
            fd = os.open(path, os.O_WRONLY)
        except OSError as error:
            raise cannot("write", path, error) from None
        try:
            with compressed(FdSink(fd, path), path) as sink:
                yield sink
        finally:
            os.close(fd)


def _stdout() -> FdSink:
    if sys.stdout is None:
        raise InputError("standard output is closed", remedy="use -o FILE")
    sys.stdout.flush()
    return FdSink(sys.stdout.fileno(), STDOUT_NAME)


@contextmanager
def compressed(sink: FdSink, path: str) -> Iterator[Sink]:
    """`sink`, or a compressor in front of it if the suffix of `path` asks for one.

    On an error nothing more is written: what is there must not look complete.
    """
    packer = _PACKERS.get(suffix(path))
    if packer is None:
        yield sink
        return
    stream = packer(sink)
    try:
        yield stream
        stream.close()
    except BaseException:
        sink.abandon()
        with suppress(Exception):
            stream.close()
        raise


def _pack_gzip(sink: FdSink) -> Any:
    import gzip

    # No file name and no time in the header: the same text gives the same bytes.
    return gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=sink, mtime=0)


def _pack_bz2(sink: FdSink) -> Any:
    import bz2

    return bz2.BZ2File(sink, "wb")


def _pack_xz(sink: FdSink) -> Any:
    import lzma

    return lzma.LZMAFile(cast("Any", sink), "wb")


def _pack_zstd(sink: FdSink) -> Any:
    return require("zstandard", "zst", "a .zst file").ZstdCompressor().stream_writer(sink, closefd=False)


_PACKERS: dict[str, Callable[[FdSink], Any]] = {
    ".gz": _pack_gzip,
    ".bz2": _pack_bz2,
    ".xz": _pack_xz,
    ".zst": _pack_zstd,
}
