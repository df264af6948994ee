"""The program as a whole: help, version, what it loads, documentation."""

from __future__ import annotations

import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
from textnorm.cli.main import COMMANDS, main

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("args", [("--help",), ("-h",)])
def test_help_lists_every_command(textnorm: Any, args: tuple[str, ...]) -> None:
    """The first page names all commands, each with a line."""
    done = textnorm(*args)
    assert (done.code, done.err) == (0, "")
    for name, summary in COMMANDS.items():
        assert f"  {name} " in done.out.decode()
        assert summary in done.out.decode()


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_explains_itself(name: str) -> None:
    """Each command loads, and each of its options has a help text."""
    with click.Context(main) as ctx:
        command = main.get_command(ctx, name)
    assert command is not None
    assert command.help
    assert [
        option.name for option in command.params if isinstance(option, click.Option) and not option.help
    ] == []


def test_help_loads_no_command(textnorm: Any) -> None:
    """The first page is there before any command is imported."""
    code = "import sys; from textnorm.cli.main import run; run(['--help']); print(sorted(sys.modules))"
    modules = textnorm(program=("-c", code)).out.decode()
    assert "textnorm.cli.main" in modules
    assert "textnorm.cli.normalize" not in modules


def test_normalize_loads_only_what_it_needs(textnorm: Any, fake: Any) -> None:
    """Plain text on one processor needs no processes, no TOML, no archives."""
    code = (
        f"import sys, runpy; sys.argv = ['x', 'normalize', '--lang', 'identity']\n"
        f"try: runpy.run_path({fake[0]!r}, run_name='__main__')\n"
        f"except SystemExit: print(sorted(sys.modules))"
    )
    modules = textnorm(program=("-c", code)).out.decode()
    assert "textnorm.stream.blocks" in modules
    for name in ("multiprocessing", "tomllib", "pyarrow", "zstandard", "gzip"):
        assert f"'{name}'" not in modules


def test_version(textnorm: Any) -> None:
    """--version prints name and version."""
    done = textnorm("--version")
    assert (done.code, done.out.startswith(b"textnorm ")) == (0, True)


@pytest.mark.parametrize(
    ("args", "message"),
    [(("normalise",), "No such command 'normalise'"), (("--no",), "No such option")],
)
def test_a_wrong_call_is_one_line(textnorm: Any, args: tuple[str, ...], message: str) -> None:
    """What does not fit is an error with a pointer to the help page."""
    done = textnorm(*args)
    assert (done.code, done.out, done.err.count("\n")) == (2, b"", 1)
    assert done.err.startswith(f"textnorm: error: {message}")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_warning_is_one_line(textnorm: Any, fake: Any, jobs: str) -> None:
    """What goes wrong without stopping the work is told in one line, and the work is done."""
    done = textnorm("normalize", "--lang", "warning", "-j", jobs, program=fake, stdin=b"5\n")
    assert (done.code, done.out.decode(), done.err) == (0, "五\n", "textnorm: warning: model x: it failed\n")


def test_a_missing_package_is_one_line(textnorm: Any, fake: Any) -> None:
    """The error says which extra to install."""
    done = textnorm("normalize", "--lang", "lacking", program=fake, stdin=b"5\n")
    assert done.code == 2
    assert done.err == "textnorm: error: package 'jiwer' is not installed (pip install 'textnorm[eval]')\n"


def test_a_bare_call_gets_the_help_page(textnorm: Any) -> None:
    """Without a command the help page is shown, as an error."""
    done = textnorm()
    assert (done.code, done.out) == (2, b"")
    assert "Commands:" in done.err


def test_the_installed_script_is_the_program() -> None:
    """The script that pip installs is the same program."""
    script = Path(sys.executable).parent / "textnorm"
    if not script.exists():
        pytest.skip("textnorm is not installed as a script here")
    done = subprocess.run([script, "--version"], capture_output=True, check=True)
    assert done.stdout.startswith(b"textnorm ")


def test_completion_for_a_shell(textnorm: Any) -> None:
    """Shells can ask for a completion script."""
    import os

    done = textnorm(env={**os.environ, "_TEXTNORM_COMPLETE": "bash_source"})
    assert b"_textnorm_completion" in done.out


def test_the_manual_is_up_to_date() -> None:
    """docs/cli.md is what docs/make_cli.py makes of the help pages."""
    made = runpy.run_path(str(ROOT / "docs" / "make_cli.py"))["manual"]()
    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") == made, "run python docs/make_cli.py"
