"""Where the rule packs and data tables that ship with textnorm lie on this machine.

A wheel carries them as `textnorm._rules` and `textnorm._data`; in a checkout they are the folders
`rules/` and `data/` at the top.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path


@cache
def rules_dir() -> Path:
    """The folder with one folder per pack."""
    return _folder("_rules", "rules")


@cache
def data_dir() -> Path:
    """The folder with the TSV tables, one folder per pack."""
    return _folder("_data", "data")


def pack_names() -> list[str]:
    """Names of the packs that ship with textnorm."""
    return sorted(path.parent.name for path in rules_dir().glob("*/pack.yaml"))


def display(path: Path) -> str:
    """`path` as messages show it: relative to the working directory where it lies below that."""
    full = Path(os.path.abspath(path))
    try:
        return full.relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return str(full)


def _folder(installed: str, checkout: str) -> Path:
    package = Path(__file__).resolve().parent.parent
    for folder in (package / installed, package.parent / checkout):
        if folder.is_dir():
            return folder
    from importlib.util import find_spec  # an editable install may map the package elsewhere

    spec = find_spec(f"textnorm.{installed}")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        return Path(place)
    return package.parent / checkout
