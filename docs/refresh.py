"""Brings the documentation up to date: `python docs/refresh.py`, or `make docs`.

Runs every command and Python session in README.md, CONTRIBUTING.md and docs/, writes what they print
into the pages, and rewrites the generated references. With `--check` nothing is written; the exit
code is 1 if a page is out of date.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import make_cli
import snippets

from textnorm.pack.reference import markdown

ROOT = snippets.ROOT
GENERATED = {"cli.md": make_cli.manual, "rule-format.md": markdown}  # in docs/, as a whole


def pages() -> list[Path]:
    """The pages that are written by hand."""
    found = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
    return [page for page in found if page.name not in GENERATED]


def contents() -> Iterator[tuple[Path, str]]:
    """Every page with the text it should have."""
    for name, make in GENERATED.items():
        yield ROOT / "docs" / name, make()
    for page in pages():
        yield page, snippets.refreshed(page)


def main(arguments: list[str]) -> int:
    """Write all pages, or with `--check` name those that are out of date."""
    check = "--check" in arguments
    stale = 0
    for page, text in contents():
        if page.read_text(encoding="utf-8") == text:
            continue
        stale += 1
        print(page.relative_to(ROOT))
        if not check:
            page.write_text(text, encoding="utf-8")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
