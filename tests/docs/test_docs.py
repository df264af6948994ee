"""The documentation is run: commands, Python sessions and file blocks, in the order they stand."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "docs"))

import make_cli  # noqa: E402
import refresh  # noqa: E402
import snippets  # noqa: E402

README = (ROOT / "README.md").read_text(encoding="utf-8")
MARKDOWN = sorted([ROOT / "CHANGELOG.md", ROOT / "docs" / "rule-format.md", *refresh.pages()])
_LINK = re.compile(r"(?<!`)\[[^\]\n]+\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.M)


def name(page: Path) -> str:
    """The page as test names show it."""
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", refresh.pages(), ids=name)
def test_every_output_is_what_the_command_prints(page: Path) -> None:
    """Running the page changes nothing in it; if this fails, `make docs` brings it up to date."""
    assert snippets.refreshed(page, refresh.REGIONS) == page.read_text(encoding="utf-8")


def test_the_rule_reference_is_current() -> None:
    """`docs/rule-format.md` is what the schema says; if this fails, run `make docs`."""
    page = ROOT / "docs" / "rule-format.md"
    assert page.read_text(encoding="utf-8") == refresh.markdown()


@pytest.mark.parametrize(
    ("path", "command"), make_cli.walk(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_command_and_option_is_documented(path: str, command: make_cli.click.Command) -> None:
    """docs/cli.md has a heading for the command and a line for each of its options."""
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    section = re.search(rf"^#+ `{path}`$(.*?)(?=^#|\Z)", page, re.M | re.S)
    assert section
    missing = [
        name
        for option in make_cli.options(command)
        for name in option.opts
        if not re.search(rf"[`\s]{name}\b", section[1])
    ]
    assert missing == []


@pytest.mark.parametrize("page", MARKDOWN, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link names a file that exists, and every fragment a heading of it."""
    broken = [link for link in _LINK.findall(page.read_text(encoding="utf-8")) if not _resolves(page, link)]
    assert broken == []


def _resolves(page: Path, link: str) -> bool:
    if re.match(r"[a-z]+:", link):
        return True
    file, _, fragment = link.partition("#")
    target = (page.parent / file).resolve() if file else page
    if not target.exists() or not target.is_relative_to(ROOT):
        return False
    headings = _HEADING.findall(target.read_text(encoding="utf-8")) if target.suffix == ".md" else []
    return not fragment or fragment in {_anchor(heading) for heading in headings}


def _anchor(heading: str) -> str:
    """The fragment that code hosts give a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_the_readme_has_two_commands_for_a_fresh_machine() -> None:
    """One line installs and normalizes, one installs and tests; CI runs both as they stand there."""
    lines = [
        line
        for block in re.findall(r"^```sh\n(.*?)^```$", README, re.M | re.S)
        for line in block.splitlines()
    ]
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert len(lines) == 2
    assert [line for line in lines if line not in script] == []


def test_every_page_is_reachable_from_the_readme() -> None:
    """Following links from the README leads to every page."""
    found, queue = set(), [ROOT / "README.md"]
    while queue:
        page = queue.pop()
        if page not in found:
            found.add(page)
            links = _LINK.findall(page.read_text(encoding="utf-8"))
            queue += [
                p for link in links if (p := (page.parent / link.partition("#")[0]).resolve()).suffix == ".md"
            ]
    assert [name(page) for page in MARKDOWN if page not in found] == []
