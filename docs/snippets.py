"""Runs the code blocks of a Markdown page and writes out the page with what they really print.

A page is run from top to bottom in a folder of its own, in which `data` is the project's data folder.

* ```` ```console ````: after each `$ ` stands a shell command (`> ` continues it), below it what it
  prints. A block that fails on purpose says so: ```` ```console exit=1 ````.
* ```` ```pycon ````: a Python session; one namespace serves the whole page. A statement that fails
  on purpose has `Traceback` below it.
* ```` ```yaml title="norm/units.yaml" ````: the block is written to that file, whatever its language.

Blocks of any other kind are left alone.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
_BLOCK = re.compile(r"^```(?P<info>[^\n`]+)\n(?P<body>.*?)^```$", re.M | re.S)
_TITLE = re.compile(r'title="([^"]+)"')
_EXIT = re.compile(r"exit=(\d+)")


class PageError(Exception):
    """A block that cannot be run; the message names the page and the line."""


def refreshed(page: Path) -> str:
    """The page with its blocks run."""
    text = page.read_text(encoding="utf-8")
    with workplace() as folder:
        runner = _Runner(page, text, folder)
        return _BLOCK.sub(runner.block, text)


@contextlib.contextmanager
def workplace() -> Iterator[Path]:
    """A temporary working directory with the environment that every page is run in."""
    kept, home = dict(os.environ), Path.cwd()
    with tempfile.TemporaryDirectory(prefix="textnorm-docs-") as name:
        folder = Path(name)
        (folder / "data").symlink_to(ROOT / "data")
        path = os.pathsep.join([os.path.dirname(sys.executable), kept.get("PATH", os.defpath)])
        os.environ.update(PATH=path, LC_ALL="C.UTF-8", PYTHONUTF8="1", COLUMNS="100", NO_COLOR="1")
        os.chdir(folder)
        try:
            yield folder
        finally:
            os.chdir(home)
            os.environ.clear()
            os.environ.update(kept)


class _Runner:
    """The state of one page while its blocks are run."""

    def __init__(self, page: Path, text: str, folder: Path) -> None:
        self.page, self.text, self.folder = page, text, folder
        self.names: dict[str, Any] = {"__name__": "__main__"}

    def block(self, found: re.Match[str]) -> str:
        """The block as it should stand in the page."""
        info, body = found["info"], found["body"]
        language = info.split()[0]
        if title := _TITLE.search(info):
            path = self.folder / title[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(body, encoding="utf-8")
        elif language == "console":
            expected = _EXIT.search(info)
            body = self._console(found, int(expected[1]) if expected else 0)
        elif language == "pycon":
            body = self._session(body)
        return f"```{info}\n{body}```"

    def _console(self, found: re.Match[str], expected: int) -> str:
        pieces = []
        status = 0
        for command, shown in commands(found["body"]):
            # A terminal shows both streams, so the page does.
            done = subprocess.run(
                ["bash", "-o", "pipefail", "-c", command],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
            )
            output = done.stdout.replace(f"{ROOT}/", "")
            if done.returncode not in (0, expected):
                line = self.text.count("\n", 0, found.start()) + 1
                where = f"{self.page.name}:{line}: {command}"
                raise PageError(f"{where}\nexit code {done.returncode}:\n{output}")
            status = max(status, done.returncode)
            pieces.append(shown + output + ("\n" if output and not output.endswith("\n") else ""))
        if status != expected:
            line = self.text.count("\n", 0, found.start()) + 1
            raise PageError(f"{self.page.name}:{line}: no command ended with exit code {expected}")
        return "".join(pieces)

    def _session(self, body: str) -> str:
        pieces = []
        for source, shown, printed in statements(body):
            output = io.StringIO()
            hook, sys.displayhook = sys.displayhook, sys.__displayhook__
            try:
                with contextlib.redirect_stdout(output):
                    exec(compile(source, f"<{self.page.name}>", "single"), self.names)
            except Exception as error:
                if not printed.startswith("Traceback"):
                    raise PageError(f"{self.page.name}: {source}") from error
                last = traceback.format_exception_only(type(error), error)[-1]
                output.write(f"Traceback (most recent call last):\n    ...\n{last}")
            finally:
                sys.displayhook = hook
            gap = "\n" if printed.endswith("\n\n") or printed == "\n" else ""
            pieces.append(shown + output.getvalue() + gap)
        return "".join(pieces)


def commands(body: str) -> Iterator[tuple[str, str]]:
    """The commands of a console block, each with the lines that show it."""
    lines = body.splitlines(keepends=True)
    for index, line in enumerate(lines):
        if not line.startswith("$ "):
            continue
        shown = [line]
        for more in lines[index + 1 :]:
            if not more.startswith("> "):
                break
            shown.append(more)
        yield "".join(part[2:] for part in shown), "".join(shown)


def statements(body: str) -> Iterator[tuple[str, str, str]]:
    """The statements of a session: source, the lines that show it, and what the page says they print."""
    for part in re.split(r"^(?=>>> )", body, flags=re.M):
        lines = part.splitlines(keepends=True)
        shown = [line for line in lines if line.startswith((">>> ", "..."))]
        if shown:
            source = "".join(line[4:] or "\n" for line in shown)
            yield source, "".join(shown), "".join(lines[len(shown) :])
