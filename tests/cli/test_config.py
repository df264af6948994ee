"""Defaults from textnorm.toml and pyproject.toml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

PACK = Path(__file__).parent / "packs" / "tt"


@pytest.fixture
def config(tmp_path: Path) -> Any:
    """Writes a configuration file that names the pack of these tests, and more."""

    def write(text: str, name: str = "textnorm.toml", head: str = "") -> None:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f'{head}\nlang = "tt"\nrules = ["{PACK.as_posix()}"]\n{text}', encoding="utf-8")

    return write


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "五 零 九"),
        ('off = ["rare", "tt.num.perhaps"]', "五 0 9"),
        ('off = "rare"', "五 0 九"),
        ('only = "tt.num.f*"', "五 0 9"),
        ("strict = true\njobs = 2", "五 零 9"),
        ('option = ["zero=nought"]', "五 〇 九"),
        ('[option]\nzero = "nought"', "五 〇 九"),
        ('layers = ["slips"]', "5 0 9"),
        ('layers = "+slips"', "五 零 九"),
    ],
)
def test_options_come_from_the_file(textnorm: Any, config: Any, text: str, expected: str) -> None:
    """Keys are the long names of options; lists may be a lone string, options a table."""
    config(text)
    assert textnorm("normalize", stdin=b"5 0 9").out.decode() == expected


def test_the_command_line_has_the_last_word(textnorm: Any, config: Any) -> None:
    """What is given on the command line counts, not the file."""
    config('option = ["zero=nought"]')
    assert textnorm("normalize", "--option", "zero=nil", stdin=b"0").out.decode() == "零"


def test_the_closest_file_wins(textnorm: Any, config: Any, tmp_path: Path) -> None:
    """One file is read: the one in this folder or the closest above; textnorm.toml before pyproject.toml."""
    inner = tmp_path / "inner"
    (inner / "deep").mkdir(parents=True)
    config('off = "NUM"')
    config("", "inner/pyproject.toml", "[tool.textnorm]")
    assert textnorm("normalize", stdin=b"5 0").out == b"5 0"
    assert textnorm("normalize", stdin=b"5 0", cwd=inner / "deep").out.decode() == "五 零"
    config('off = "rare"', "inner/textnorm.toml")
    assert textnorm("normalize", stdin=b"5 0", cwd=inner / "deep").out.decode() == "五 0"


def test_other_projects_are_passed_over(textnorm: Any, config: Any, tmp_path: Path) -> None:
    """A pyproject.toml that does not speak of textnorm, valid or not, is not the closest file."""
    config("")
    for number, text in enumerate(["[tool.other]\nx = 1", "not toml", '[project]\nname = "my-textnorm"']):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "pyproject.toml").write_text(text)
        assert textnorm("normalize", stdin=b"5", cwd=folder).out.decode() == "五"


def test_paths_are_relative_to_the_file(textnorm: Any, tmp_path: Path) -> None:
    """`rules` is found from anywhere below the file."""
    (tmp_path / "norm").symlink_to(PACK)
    (tmp_path / "textnorm.toml").write_text('lang = "tt"\nrules = ["norm"]')
    (tmp_path / "inner").mkdir()
    assert textnorm("normalize", stdin=b"5", cwd=tmp_path / "inner").out.decode() == "五"


def test_other_commands_take_what_selects_rules(textnorm: Any, config: Any) -> None:
    """`key` gets the pack, and is not bothered by the rest."""
    config('off = "rare"\njsonl = false\nstats = true')
    assert textnorm("key", stdin=b"5 0").out.decode() == "五 0"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("lnag = 1", "textnorm.toml: unknown key 'lnag' (known keys: check, csv,"),
        ('output = "x"', "textnorm.toml: unknown key 'output'"),
        ("in-place = true", "textnorm.toml: unknown key 'in-place'"),
        ("strict = 1", "textnorm.toml: strict = 1 (this key takes true or false)"),
        ('jobs = "2"', "textnorm.toml: jobs = '2' (this key takes a number)"),
        ("off = [1]", "textnorm.toml: off = [1] (this key takes strings)"),
        ("encoding = 8", "textnorm.toml: encoding = 8 (this key takes a string)"),
        ("x = ", "textnorm.toml: not valid TOML"),
    ],
)
def test_mistakes_in_the_file_are_one_line(textnorm: Any, config: Any, text: str, message: str) -> None:
    """The error names the file, the key and what it takes; help pages are shown all the same."""
    config(text)
    done = textnorm("normalize", stdin=b"5")
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert done.err.startswith("textnorm: error: ")
    assert message in done.err
    assert textnorm("normalize", "--help").code == 0
