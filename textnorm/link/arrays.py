"""Where the arrays of an index live: in memory, or each in a file of a folder and mapped from there."""

from __future__ import annotations

import errno
import os
import shutil
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import Protocol

import numpy as np

from textnorm.errors import InputError, Location
from textnorm.link.strings import Array
from textnorm.stream.interrupts import deferred
from textnorm.stream.readers import cannot

SUFFIX = ".npy"


class Arrays(Protocol):
    """Named arrays that are being written."""

    def put(self, name: str, array: Array) -> Array:
        """Keep an array under a name; returns it as readers will see it, so that the caller may let go."""

    def all(self) -> Mapping[str, Array]:
        """Everything kept so far."""


class Memory:
    """Arrays kept in memory."""

    def __init__(self) -> None:
        self._arrays: dict[str, Array] = {}

    def put(self, name: str, array: Array) -> Array:
        """Keep the array as it is."""
        self._arrays[name] = array
        return array

    def all(self) -> Mapping[str, Array]:
        """Everything kept so far."""
        return self._arrays


class Folder(Memory):
    """Arrays written to files of a folder, mapped when they are read."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path

    def put(self, name: str, array: Array) -> Array:
        """Write the array and map the file. Raises OSError."""
        path = self.path / f"{name}{SUFFIX}"
        with path.open("wb") as file:
            try:
                np.lib.format.write_array(file, np.ascontiguousarray(array), allow_pickle=False)
            except OSError as error:  # numpy tells how many numbers it wrote, and not why no more
                raise error if error.errno else OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from None
            file.flush()
            os.fsync(file.fileno())
        return super().put(name, mapped(path))

    def sums(self) -> dict[str, dict[str, int]]:
        """Size in bytes and CRC-32 of each file, by name of the array."""
        return {name: _sum(self.path / f"{name}{SUFFIX}") for name in sorted(self.all())}


def mapped(path: Path) -> Array:
    """The array in a file, mapped from disk; InputError if it is none."""
    try:
        # A plain view of the mapped memory: the class that numpy gives it makes every access slow.
        return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
    except (OSError, ValueError, EOFError):
        raise _damaged(path) from None


def read_folder(folder: Path, sums: Mapping[str, Mapping[str, int]], check: bool = False) -> dict[str, Array]:
    """The arrays of a folder, each of the size that it had when written.

    With `check`, every byte is read and compared with the checksum.
    """
    for name, expected in sums.items():
        path = folder / f"{name}{SUFFIX}"
        found = _sum(path) if check else {"bytes": _size(path)}
        if any(found[key] != expected.get(key) for key in found):
            raise _damaged(path)
    return {name: mapped(folder / f"{name}{SUFFIX}") for name in sums}


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError as error:
        raise cannot("read", str(path), error) from None


def _sum(path: Path) -> dict[str, int]:
    crc, size = 0, 0
    try:
        with path.open("rb") as file:
            while data := file.read(1 << 20):
                crc, size = zlib.crc32(data, crc), size + len(data)
    except OSError as error:
        raise cannot("read", str(path), error) from None
    return {"bytes": size, "crc32": crc}


def _damaged(path: Path) -> InputError:
    return InputError(
        "this file of the index is damaged or cut short",
        at=Location(str(path)),
        remedy="build the index again with `textnorm index build`",
    )


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """A folder to write to; leaving the context normally puts it in the place of `target`.

    An error, a full disk or Ctrl-C leave `target` as it was, and nothing beside it.
    """
    real = Path(os.path.realpath(target))
    temp = real.with_name(f".{real.name}-{token_hex(6)}.tmp")
    try:
        temp.mkdir()
    except OSError as error:
        raise cannot("write", str(target), error) from None
    try:
        yield temp
        with deferred():
            _swap(temp, real)
    except OSError as error:
        raise cannot("write", str(target), error) from None
    finally:
        shutil.rmtree(temp, ignore_errors=True)


def _swap(new: Path, target: Path) -> None:
    """Put the folder `new` at `target`; should that fail, the old one returns."""
    if not target.exists():
        new.rename(target)
        return
    old = new.with_suffix(".old")
    target.rename(old)
    try:
        new.rename(target)
    except OSError:
        with suppress(OSError):
            old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)
