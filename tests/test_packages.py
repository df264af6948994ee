"""The list of packages in pyproject.toml: what it leaves out is missing from the wheel."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_every_package_of_the_sources_is_listed() -> None:
    """A folder with an `__init__.py` that is not named would not be installed."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    listed = re.findall(r'"([^"]+)"', text.partition("\npackages = [")[2].partition("]")[0])
    found = [".".join(place.parent.relative_to(ROOT).parts) for place in ROOT.glob("textnorm/**/__init__.py")]
    assert sorted(found) == sorted(name for name in listed if (ROOT / name.replace(".", "/")).is_dir())
