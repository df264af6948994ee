"""Writers and the replacement of files: whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from textnorm.errors import InputError
from textnorm.stream.atomic import AtomicFile
from textnorm.stream.readers import open_source
from textnorm.stream.writers import open_sink


def names(folder: Path) -> list[str]:
    """What lies in a folder, hidden files too."""
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("suffix", ["", ".gz", ".bz2", ".xz", ".zst"])
def test_what_is_written_can_be_read(suffix: str, tmp_path: Path) -> None:
    """The suffix tells the format; the same text gives the same bytes under any name."""
    if suffix == ".zst":
        pytest.importorskip("zstandard")
    paths = [tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"]
    for path in paths:
        with open_sink(str(path)) as sink:
            sink.write("ąžuolas\n".encode())
            sink.write(b"5\n" * 100_000)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    with open_source(str(paths[0])) as source:
        text = b"".join(iter(lambda: source.read(1 << 16), b""))
    assert text == "ąžuolas\n".encode() + b"5\n" * 100_000


@pytest.mark.parametrize("suffix", ["", ".gz", ".xz"])
@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_an_error_leaves_the_old_file(suffix: str, error: type[BaseException], tmp_path: Path) -> None:
    """After an error or Ctrl-C the old file is there, and nothing else."""
    path = tmp_path / f"a{suffix}"
    path.write_bytes(b"old")

    def fail() -> None:
        with open_sink(str(path)) as sink:
            sink.write(b"new" * 100_000)
            raise error

    with pytest.raises(error):
        fail()
    assert (path.read_bytes(), names(tmp_path)) == (b"old", [path.name])


def test_the_mode_of_a_file_stays(tmp_path: Path) -> None:
    """A file that is replaced keeps its permissions; a new one gets those of any new file."""
    path = tmp_path / "a"
    path.touch()
    path.chmod(0o640)
    new = tmp_path / "new"
    mask = os.umask(0o027)
    try:
        for target in (path, new):
            with AtomicFile(str(target)) as file:
                os.write(file.fd, b"x")
    finally:
        os.umask(mask)
    assert [stat.S_IMODE(target.stat().st_mode) for target in (path, new)] == [0o640, 0o640]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """A symbolic link goes on to point to the file, which gets the new content."""
    (tmp_path / "folder").mkdir()
    real, link = tmp_path / "folder" / "real", tmp_path / "link"
    real.write_bytes(b"old")
    link.symlink_to(real)
    with open_sink(str(link)) as sink:
        sink.write(b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


def test_a_discarded_file_changes_nothing(tmp_path: Path) -> None:
    """What is discarded leaves no trace."""
    with AtomicFile(str(tmp_path / "a")) as file:
        os.write(file.fd, b"x")
        file.discard()
    assert names(tmp_path) == []


def test_devices_are_written_to_directly() -> None:
    """A device is not replaced by a file; a full one is an error that names it."""
    with (
        pytest.raises(InputError, match="/dev/full: cannot write this file: no space left"),
        open_sink("/dev/full") as sink,
    ):
        sink.write(b"x")
    assert stat.S_ISCHR(os.stat("/dev/full").st_mode)


def test_a_full_disk_names_the_target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error when the data is forced to disk leaves the old file, and no other."""
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def full(fd: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with (
        pytest.raises(InputError, match="a: cannot write this file: no space left"),
        open_sink(str(path)) as sink,
    ):
        sink.write(b"new")
    assert (path.read_bytes(), names(tmp_path)) == (b"old", ["a"])


@pytest.mark.parametrize(
    ("target", "message"),
    [("none/a", "none/a: no such file or directory"), ("", "is a directory (name a file)")],
)
def test_what_cannot_be_written_is_named(target: str, message: str, tmp_path: Path) -> None:
    """A folder that is not there and a folder in the place of a file are errors that name the target."""
    with pytest.raises(InputError) as caught, open_sink(os.path.join(tmp_path, target)):
        pass
    assert message in str(caught.value)
