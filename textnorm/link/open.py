"""Builds and opens indexes by name: a folder on disk, or a pack that ships concepts of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from textnorm.errors import InputError, Location
from textnorm.link.arrays import Folder, Memory, new_folder
from textnorm.link.build import Extra, build
from textnorm.link.concept import Concept
from textnorm.link.manifest import is_index, read_index, require_keys, require_place, write_manifest
from textnorm.link.plain import PlainKeys
from textnorm.link.sources.concepts import shipped
from textnorm.link.sources.reading import Reading
from textnorm.link.store import Index, Keys


def keys_for(pack: str) -> Keys:
    """How strings become keys under the rules of a pack; without one, only case and width are evened out."""
    return PlainKeys()


def extras() -> tuple[Extra, ...]:
    """What is added to every index that is built."""
    return ()


def build_index(reading: Reading, target: Path, *, pack: str = "", languages: Sequence[str] = ()) -> Index:
    """Build an index on disk from a terminology, in the place of the one that is there; returns it opened.

    `pack` names the pack whose rules make the keys. Where a concept has labels in several languages, the
    earliest of `languages` is preferred.
    """

    def facts() -> Mapping[str, Any]:
        return {"pack": pack, "languages": list(languages), "learned": [], "sources": reading.facts()}

    return write_index(reading, target, pack=pack, languages=languages, facts=facts)


def write_index(
    concepts: Iterable[Concept], target: Path, *, pack: str, languages: Sequence[str], facts: Any
) -> Index:
    """Write an index to a folder as a whole or not at all."""
    require_place(target)
    with new_folder(target) as temp:
        folder = Folder(temp)
        index = build(concepts, folder, keys_for(pack), languages=languages, facts=facts, extras=extras())
        if not len(index):
            raise InputError("no concept was found", at=Location(str(target)), remedy="check the format")
        write_manifest(folder, index)
    return read_index(target)


def open_index(name: str | Path) -> Index:
    """The index in a folder, or the concepts of the pack called `name`. Raises InputError."""
    folder = Path(name)
    if is_index(folder) or folder.is_dir():
        index = read_index(folder)
        require_keys(index, keys_for(index.manifest["pack"]), str(folder))
        return index
    raise InputError(f'no index "{name}"', remedy="build one with `textnorm index build`")


def pack_index(pack: str, tables: Iterable[Path]) -> Index:
    """An index in memory of the concepts that a pack ships in its tables."""

    def facts() -> Mapping[str, Any]:
        return {"pack": pack, "languages": [], "learned": [], "sources": []}

    return build(shipped(tables), Memory(), keys_for(pack), facts=facts, extras=extras())
