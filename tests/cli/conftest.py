"""Runs the installed program in a process of its own, away from this checkout and the user's files."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

HERE = Path(__file__).parent
PACK = ("--lang", "tt", "--rules", str(HERE / "packs" / "tt"))  # 5 is 五, 0 is 零, 9 is perhaps 九


class Done(NamedTuple):
    """How a run ended: exit code, standard output, standard error."""

    code: int
    out: bytes
    err: str


Run = Callable[..., Done]


@pytest.fixture(scope="session")
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def start(tmp_path: Path, _cache: Path) -> Callable[..., subprocess.Popen[bytes]]:
    """Starts `textnorm ARGS` with pipes, in an empty folder; `program` runs something else instead."""

    def popen(
        *args: str, program: tuple[str, ...] = ("-m", "textnorm"), **more: object
    ) -> subprocess.Popen[bytes]:
        pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        env = {**os.environ, "TEXTNORM_CACHE_DIR": str(_cache), "PYTHONWARNINGS": "error::ResourceWarning"}
        return subprocess.Popen(
            [sys.executable, *program, *args],
            **{"cwd": tmp_path, "env": env, **pipes, **more},  # type: ignore[call-overload]
        )

    return popen


@pytest.fixture
def textnorm(start: Callable[..., subprocess.Popen[bytes]]) -> Run:
    """Runs `textnorm ARGS` to its end."""

    def run(*args: str, stdin: bytes = b"", **more: object) -> Done:
        with start(*args, **more) as process:
            out, err = process.communicate(stdin, timeout=60)
        return Done(process.returncode, out or b"", (err or b"").decode())

    return run


@pytest.fixture
def normalize(textnorm: Run) -> Run:
    """Runs `textnorm normalize` with the pack of these tests."""
    return lambda *args, **more: textnorm("normalize", *PACK, *args, **more)


@pytest.fixture
def fake() -> tuple[str, ...]:
    """The program with a fake normalizer, chosen by --lang: identity, slow, dying."""
    return (str(HERE / "fake_program.py"),)
