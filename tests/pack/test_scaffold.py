from __future__ import annotations

from pathlib import Path

import pytest

from textnorm.errors import PackError
from textnorm.pack.lint import lint
from textnorm.pack.load import load_pack
from textnorm.pack.scaffold import scaffold
from textnorm.pack.testing import normalizers, run_tests, uncovered

from .conftest import Writer


def test_a_new_pack_works_as_it_is(tmp_path: Path) -> None:
    """It loads, has no faults, passes its tests, and every item is covered."""
    files = scaffold("en-x-my", "pack", tmp_path)
    assert [path.relative_to(tmp_path).as_posix() for path in files] == [
        "en-x-my/pack.yaml", "en-x-my/unicode.yaml", "en-x-my/characters.yaml", "en-x-my/words.yaml",
    ]  # fmt: skip
    pack = load_pack("en-x-my", rules=[tmp_path / "en-x-my"])
    results = run_tests(normalizers(pack), pack)
    assert lint(pack) == []
    assert [result.name for result in results if not result.ok] == []
    assert uncovered(pack, results) == []


@pytest.mark.parametrize("kind", ["rules", "charmap"])
def test_a_new_file_works_over_a_pack(write: Writer, tmp_path: Path, kind: str) -> None:
    """It can be laid over any pack at once."""
    (path,) = scaffold("my.first", kind, tmp_path / "mine")
    assert path.name == "first.yaml"
    pack = load_pack("xx", rules=[write(), path])
    results = run_tests(normalizers(pack), pack, ["my.*"])
    assert len(results) == 3
    assert all(result.ok for result in results)
    assert lint(pack) == []


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """A second file of the same name is refused, before anything is written."""
    scaffold("my.first", "rules", tmp_path)
    with pytest.raises(PackError) as caught:
        scaffold("my.first", "charmap", Path("."))
    assert str(caught.value) == "first.yaml: this file exists (choose another name or folder)"


def test_a_name_must_be_a_namespace(tmp_path: Path) -> None:
    """What could not be loaded is not written."""
    with pytest.raises(PackError) as caught:
        scaffold("../x", "rules", tmp_path)
    assert str(caught.value) == '"../x" is no name (use letters and digits, with dots or hyphens between)'
