from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from textnorm.pack import cache
from textnorm.pack.load import load_pack
from textnorm.pack.model import Pack

from .conftest import WORDS, Writer
from .test_load import FILES


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A list that grows by one whenever a pack is read from its files."""
    from textnorm.pack import assemble

    seen: list[str] = []
    original = assemble.assemble

    def counted(name: str, *rest: object) -> Pack:
        seen.append(name)
        return original(name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(assemble, "assemble", counted)
    return seen


def settle(folder: Path) -> None:
    """Make all files look a minute old, as in life."""
    for path in folder.rglob("*"):
        status = path.stat()
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns - 60_000_000_000))


def load(folder: Path) -> Pack:
    """The pack without its tests, which is what the cache keeps."""
    return load_pack("xx", rules=[folder], tests=False)


def test_a_pack_from_the_cache_equals_the_one_from_files(write: Writer, loads: list[str]) -> None:
    """Every item, place, option and table comes back as it was."""
    folder = write(**FILES)
    settle(folder)
    first, second = load(folder), load(folder)
    assert loads == ["xx"]
    assert (first.stages, first.options, first.classes) == (second.stages, second.options, second.classes)
    assert (first.grammar, first.grammar_at, first.digest) == (
        second.grammar,
        second.grammar_at,
        second.digest,
    )
    assert list(second.lexicons) == ["xx/slips"]
    assert second.lexicons["xx/slips"].rows == (("teh", "the"),)


def test_tests_are_never_taken_from_the_cache(write: Writer, loads: list[str]) -> None:
    """Authors' commands always read the files."""
    folder = write()
    settle(folder)
    for _ in range(2):
        assert load_pack("xx", rules=[folder]).stages[0].items[0].tests
    assert loads == ["xx", "xx"]


@pytest.mark.parametrize("change", ["rule", "table", "table-above", "new-file", "loader"])
def test_any_change_is_noticed(
    write: Writer, loads: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    """Rules, tables, files that appear, and the loader itself all count."""
    base, loose = write(**FILES), write("loose", False, spaces=FILES["spaces"].replace("xx.sp", "my.sp"))
    settle(base)
    settle(loose)
    load_pack("xx", rules=[base, loose], tests=False)
    if change == "rule":
        write(**{**FILES, "words": WORDS})
    elif change == "table":
        write(**{**FILES, "data__xx__slips": "wrong\tright\nhte\tthe\n"})
    elif change == "table-above":
        write("loose", False, data__xx__slips="wrong\tright\nhte\tthe\n")
    elif change == "new-file":
        write("loose", False, other=FILES["unicode"].replace("xx.nfc", "my.nfc"))
    else:
        monkeypatch.setattr(cache, "_loader", lambda: "another")
    load_pack("xx", rules=[base, loose], tests=False)
    assert loads == ["xx", "xx"]


def test_a_file_changed_a_moment_ago_is_not_trusted(write: Writer, loads: list[str]) -> None:
    """It might change again within the resolution of the clock of the file system."""
    folder = write()
    load(folder)
    load(folder)
    assert loads == ["xx", "xx"]


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"loader": 1', "\udcff"])
def test_a_damaged_entry_is_ignored(write: Writer, loads: list[str], content: str, tmp_path: Path) -> None:
    """A half-written or foreign file means reading the pack again."""
    folder = write()
    settle(folder)
    load(folder)
    (entry,) = (tmp_path / "cache").glob("pack-*.json")
    entry.write_text(content, errors="surrogateescape")
    assert load(folder).name == "xx"
    assert loads == ["xx", "xx"]


def test_an_entry_of_another_shape_is_ignored(write: Writer, loads: list[str], tmp_path: Path) -> None:
    """Also one that passes the checks of its stamps."""
    folder = write()
    settle(folder)
    load(folder)
    (entry,) = (tmp_path / "cache").glob("pack-*.json")
    entry.write_text(json.dumps({**json.loads(entry.read_bytes()), "stages": [["rules"]]}))
    load(folder)
    assert loads == ["xx", "xx"]


def test_a_cache_that_cannot_be_written_is_no_error(write: Writer, loads: list[str], tmp_path: Path) -> None:
    """The pack is read every time."""
    (tmp_path / "cache").write_text("a file where the folder should be")
    folder = write()
    settle(folder)
    load(folder)
    load(folder)
    assert loads == ["xx", "xx"]


def test_the_cache_can_be_switched_off(
    write: Writer, loads: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An empty TEXTNORM_CACHE_DIR means no cache."""
    monkeypatch.setenv("TEXTNORM_CACHE_DIR", "")
    folder = write()
    settle(folder)
    load(folder)
    load(folder)
    assert loads == ["xx", "xx"]
    assert not (tmp_path / "cache").exists()


def test_places_follow_the_working_directory(
    write: Writer, loads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pack kept from one folder names its files rightly in another."""
    folder = write()
    settle(folder)
    assert load(folder).stages[0].items[0].at.file == "xx/words.yaml"
    monkeypatch.chdir(folder)
    assert load(folder).stages[0].items[0].at.file == "words.yaml"
    assert loads == ["xx"]


def test_old_entries_are_thrown_away(write: Writer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder holds a bounded number of packs."""
    monkeypatch.setattr(cache, "_KEPT", 2)
    for name in "abc":
        folder = write(name)
        settle(folder)
        load(folder)
    assert len(list((tmp_path / "cache").iterdir())) == 2


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"TEXTNORM_CACHE_DIR": "/a"}, "/a"),
        ({"XDG_CACHE_HOME": "/b"}, "/b/textnorm"),
        ({"LOCALAPPDATA": "/c"}, "/c/textnorm"),
        ({"HOME": "/d"}, "/d/.cache/textnorm"),
    ],
)
def test_the_folder_is_the_users_cache(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], expected: str
) -> None:
    """Each platform's convention is followed, an explicit choice wins."""
    for name in ("TEXTNORM_CACHE_DIR", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert cache.folder() == Path(expected)


def test_yaml_is_not_imported_for_a_kept_pack(write: Writer, tmp_path: Path) -> None:
    """Nothing of the YAML machinery is loaded when the cache has the pack: that is what it is for."""
    folder = write()
    settle(folder)
    load(folder)
    code = (
        "import sys; from textnorm.pack.load import load_pack;"
        f"load_pack('xx', rules=[{str(folder)!r}], tests=False);"
        "print([name for name in ('yaml', 'textnorm.pack.spec.files') if name in sys.modules])"
    )
    environment = {**os.environ, "TEXTNORM_CACHE_DIR": str(tmp_path / "cache")}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True
    )
    assert done.stdout == "[]\n"
