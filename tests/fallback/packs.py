"""A pack that asks a model, made on the spot."""

from __future__ import annotations

from pathlib import Path

_PACK = """\
format: 1
kind: pack
name: typed
version: 0.1.0
doc: Words as people type them.
stages:
  - {stage: fallback, layer: model, files: [model.yaml]}
classes: [SPELL]
"""
_STAGE = """\
format: 1
kind: fallback
namespace: typed.model
class: SPELL
doc: What no rule knows.
tests: []
"""


def write_pack(folder: Path, *lines: str) -> Path:
    """The pack `typed`, with these lines in the file of its model; returns the folder."""
    folder.mkdir(exist_ok=True)
    (folder / "pack.yaml").write_text(_PACK, encoding="utf-8")
    (folder / "model.yaml").write_text(_STAGE + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return folder
