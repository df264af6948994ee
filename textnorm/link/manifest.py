"""The manifest of an index on disk: what it was built from, how, and what its files must look like."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from textnorm.errors import InputError, Location
from textnorm.link.arrays import Folder, read_folder
from textnorm.link.build import FORMAT
from textnorm.link.keys import Keys
from textnorm.link.store import Index

MANIFEST = "manifest.json"
REBUILD = "build it again with `textnorm index build`"

_KINDS = {"keys": str, "pack": str, "sources": list, "learned": list, "counts": dict}  # of other entries


def is_index(folder: Path) -> bool:
    """Whether the folder holds an index, whole or not."""
    return (folder / MANIFEST).is_file()


def write_manifest(folder: Folder, index: Index) -> None:
    """Write the manifest of an index whose arrays are in the folder; it is complete with that."""
    entries = {**index.manifest, "files": folder.sums()}
    text = json.dumps(entries, ensure_ascii=False, indent=1)
    path = folder.path / MANIFEST
    with path.open("w", encoding="utf-8") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of the index in a folder; InputError if it is none, damaged, or of another version."""
    path = folder / MANIFEST
    at = Location(str(path))
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
        version = entries["format"]
    except FileNotFoundError:
        remedy = "name a folder that `textnorm index build` wrote"
        at = Location(str(folder))
        raise InputError("there is no index in this folder", at=at, remedy=remedy) from None
    except (OSError, ValueError, KeyError, TypeError):
        raise _damaged(folder) from None
    if version != FORMAT:
        message = f"this index has format {version}, this version of textnorm reads format {FORMAT}"
        raise InputError(message, at=at, remedy=REBUILD)
    if any(not isinstance(entries.get(key), kind) for key, kind in _KINDS.items()):
        raise _damaged(folder)
    return dict(entries)


def read_index(folder: Path, *, check: bool = False) -> Index:
    """The index in a folder, mapped; with `check` every byte of it is compared with its checksum."""
    entries = read_manifest(folder)
    try:
        return Index(entries, read_folder(folder, entries["files"], check))
    except (KeyError, TypeError, AttributeError):
        raise _damaged(folder) from None


def _damaged(folder: Path) -> InputError:
    at = Location(str(folder / MANIFEST))
    return InputError("this manifest of an index is damaged", at=at, remedy=REBUILD)


def require_keys(index: Index, keys: Keys, name: str) -> None:
    """Refuse an index whose names were turned into keys by other rules than queries would be."""
    if index.manifest["keys"] != keys.signature:
        pack = index.manifest.get("pack") or "no pack"
        message = f"this index was built under other rules of {pack} than are installed now"
        raise InputError(message, at=Location(name), remedy=REBUILD)


def require_place(target: Path) -> None:
    """Refuse to put an index in the place of something that is no index."""
    if target.is_dir() and (is_index(target) or not any(target.iterdir())):
        return
    if target.exists():
        remedy = "name another folder for the index"
        raise InputError("this is there already, and it is no index", at=Location(str(target)), remedy=remedy)
    if not target.parent.is_dir():
        raise InputError("no such folder", at=Location(str(target.parent)), remedy="make it, or name another")
