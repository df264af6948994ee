from __future__ import annotations

from pathlib import Path

import pytest

from textnorm.pack import places


def test_shipped_folders_exist() -> None:
    """Rules and data are found in a checkout as in an installed package."""
    assert (places.rules_dir() / "lt" / "pack.yaml").is_file()
    assert list(places.data_dir().glob("lt/*.tsv"))


def test_an_installed_package_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wheel carries the folders inside the package."""
    for name in ("textnorm/pack", "textnorm/_rules", "rules"):
        (tmp_path / name).mkdir(parents=True)
    monkeypatch.setattr(places, "__file__", str(tmp_path / "textnorm" / "pack" / "places.py"))
    assert places._folder("_rules", "rules") == tmp_path / "textnorm" / "_rules"
    (tmp_path / "textnorm" / "_rules").rmdir()
    assert places._folder("_rules", "rules") == tmp_path / "rules"
    (tmp_path / "rules").rmdir()
    assert places._folder("_none", "rules") == tmp_path / "rules"


def test_files_are_shown_from_the_working_directory(tmp_path: Path) -> None:
    """Below it the path is relative, elsewhere it is as given."""
    assert places.display(tmp_path / "a" / "b.yaml") == "a/b.yaml"
    assert places.display(Path("/elsewhere/b.yaml")) == "/elsewhere/b.yaml"
