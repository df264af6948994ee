"""Small real packs, written to a temporary folder that is also the working directory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Writer = Callable[..., Path]

PACK = """\
format: 1
kind: pack
name: xx
version: 1.0.0
doc: A pack for tests.
stages:
  - {stage: rules, layer: words, files: [words.yaml]}
"""
WORDS = """\
format: 1
kind: rules
namespace: xx.words
class: EXPN
rules:
  - id: km
    doc: Kilometres.
    match: 'km'
    say: 'kilometres'
    tests:
      - {in: 5 km, out: 5 kilometres}
      - {in: a km, out: a kilometres}
      - {in: kms, unchanged: true}
"""


@pytest.fixture(autouse=True)
def _workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages name files relative to the working directory; neither cache nor shipped data is touched."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("textnorm.pack.assemble.data_dir", lambda: tmp_path / "builtin")
    monkeypatch.setenv("TEXTNORM_CACHE_DIR", str(tmp_path / "cache"))


@pytest.fixture
def write(tmp_path: Path) -> Writer:
    """Write files into a pack folder (`xx` by default), a rules file and a manifest among them."""

    def writer(_folder: str = "xx", _base: bool = True, **files: str) -> Path:
        folder = tmp_path / _folder
        contents = {"pack": PACK, "words": WORDS, **files} if _base else files
        for name, text in contents.items():
            path = folder / (name.replace("__", "/") + ("" if "data" in name else ".yaml"))
            path = path.with_suffix(".tsv") if "data" in name else path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return folder

    return writer
