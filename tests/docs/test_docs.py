"""The documentation is run: commands, Python sessions and file blocks, in the order they stand."""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from textnorm.cli.main import main

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "docs"))

import refresh  # noqa: E402
import snippets  # noqa: E402

MARKDOWN = sorted(
    [ROOT / "CHANGELOG.md", *(ROOT / "docs" / file for file in refresh.GENERATED), *refresh.pages()]
)
_BLOCK = re.compile(r"^```.*?^```$", re.M | re.S)
_LINK = re.compile(r"\[[^\]\n]+\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.M)


def walk(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    """The command and all below it, with their full names."""
    yield path, command
    if isinstance(command, click.Group):
        ctx = click.Context(command, info_name=path)
        for inner in command.list_commands(ctx):
            found = command.get_command(ctx, inner)
            assert found is not None
            yield from walk(found, f"{path} {inner}")


COMMANDS = dict(walk(main, "textnorm"))


def name(page: Path) -> str:
    """The page as test names show it."""
    return page.relative_to(ROOT).as_posix()


def prose(page: Path) -> str:
    """The page without its code blocks."""
    return _BLOCK.sub("", page.read_text(encoding="utf-8"))


def compare(page: Path, text: str) -> None:
    """Fail with what differs if the page is not the text it should be."""
    written = page.read_text(encoding="utf-8")
    lines = difflib.unified_diff(written.splitlines(), text.splitlines(), "written", "real", "", "", 0, "")
    if text != written:
        pytest.fail("\n".join(["`make docs` would change:", *lines]), pytrace=False)


@pytest.mark.parametrize("page", refresh.pages(), ids=name)
def test_every_output_is_what_the_command_prints(page: Path) -> None:
    """Running the page changes nothing in it."""
    compare(page, snippets.refreshed(page))


@pytest.mark.parametrize("file", refresh.GENERATED)
def test_generated_pages_are_current(file: str) -> None:
    """The page is what its generator makes of schema or commands."""
    compare(ROOT / "docs" / file, refresh.GENERATED[file]())


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_and_option_is_documented(path: str) -> None:
    """docs/cli.md has a heading for the command, and names each of its options below it."""
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    section = re.search(rf"^#+ {path}$(.*?)(?=^#|\Z)", page, re.M | re.S)
    assert section
    options = [
        param for param in COMMANDS[path].params if isinstance(param, click.Option) and not param.hidden
    ]
    names = [name for option in options for name in option.opts]
    assert [name for name in names if not re.search(rf"\s{name}\b", section[1])] == []


@pytest.mark.parametrize("page", MARKDOWN, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link names a file that exists, and every fragment a heading of it."""
    assert [link for link in _LINK.findall(prose(page)) if not _resolves(page, link)] == []


def _resolves(page: Path, link: str) -> bool:
    if re.match(r"[a-z]+:", link):
        return True
    file, _, fragment = link.partition("#")
    target = (page.parent / file).resolve() if file else page
    if not target.exists() or not target.is_relative_to(ROOT):
        return False
    headings = _HEADING.findall(prose(target)) if target.suffix == ".md" else []
    return not fragment or fragment in {_anchor(heading) for heading in headings}


def _anchor(heading: str) -> str:
    """The fragment that code hosts give a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_ci_runs_the_two_commands_of_the_readme() -> None:
    """One line installs and normalizes, one installs and tests; CI has both as they stand there."""
    blocks = re.findall(r"^```sh\n(.*?)\n```$", (ROOT / "README.md").read_text(encoding="utf-8"), re.M | re.S)
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert [block.count("\n") for block in blocks] == [0, 0]
    assert [block for block in blocks if block not in script] == []


def test_every_page_is_reachable_from_the_readme() -> None:
    """Following links from the README leads to every page."""
    found: set[Path] = set()
    queue = [ROOT / "README.md"]
    while queue:
        page = queue.pop()
        if page not in found:
            found.add(page)
            links = [link.partition("#")[0] for link in _LINK.findall(prose(page))]
            queue += [(page.parent / link).resolve() for link in links if link.endswith(".md")]
    assert [name(page) for page in MARKDOWN if page not in found] == []
