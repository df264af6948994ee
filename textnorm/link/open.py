"""Builds and opens indexes by name: a folder on disk, or a pack that ships concepts of its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textnorm.errors import InputError, Location
from textnorm.link.arrays import Folder, new_folder
from textnorm.link.build import Extra, build
from textnorm.link.concept import Concept
from textnorm.link.keys import keys_of
from textnorm.link.manifest import is_index, read_index, require_keys, require_place, write_manifest
from textnorm.link.store import Index
from textnorm.pack.places import pack_names

if TYPE_CHECKING:
    from textnorm.link.sources.reading import Reading, Readings


def extras() -> tuple[Extra, ...]:
    """What is added to every index that is built."""
    from textnorm.link.extras import calibration, vectors  # opening an index needs neither

    return vectors, calibration


def build_index(
    reading: Reading | Readings,
    target: Path,
    *,
    pack: str = "",
    rules: Sequence[str] = (),
    languages: Sequence[str] = (),
) -> Index:
    """Build an index on disk from a terminology, in the place of the one that is there; returns it opened.

    `pack` names the pack whose rules make the keys, `rules` folders that are laid over it. Where a concept
    has labels in several languages, the earliest of `languages` is preferred.
    """

    def facts() -> dict[str, Any]:
        return {"sources": reading.facts()}

    return write_index(reading, target, facts, pack=pack, rules=rules, languages=languages)


def write_index(
    concepts: Iterable[Concept],
    target: Path,
    facts: Callable[[], Mapping[str, Any]],
    *,
    pack: str = "",
    rules: Sequence[str] = (),
    languages: Sequence[str] = (),
) -> Index:
    """Write an index to a folder as a whole or not at all; `facts` adds to what the manifest says.

    They are asked for when all concepts have been read. Raises InputError if there are none.
    """
    require_place(target)
    known = _facts(pack, rules, languages)
    with new_folder(target) as temp:
        folder = Folder(temp)
        index = build(
            concepts,
            folder,
            keys_of(known),
            languages=languages,
            facts=lambda: {**known, **facts()},
            extras=extras(),
        )
        if not len(index):
            skipped = [reason for source in index.manifest["sources"] for reason in source["skipped"]]
            remedy = f"skipped were {', '.join(skipped)}" if skipped else "check the format"
            raise InputError("no concept was found", at=Location(str(target)), remedy=remedy)
        write_manifest(folder, index)
    return read_index(target)


def open_index(name: str | Path) -> Index:
    """The index in a folder, or the concepts that the pack called `name` ships. Raises TextnormError."""
    folder = Path(name)
    if is_index(folder) or (folder.is_dir() and str(name) not in pack_names()):
        index = read_index(folder)
        require_keys(index, keys_of(index.manifest), str(folder))
        return index
    if str(name) in pack_names():
        from textnorm.link.packs import pack_index

        return pack_index(str(name), _facts(str(name)), extras)
    raise InputError(
        f'no index "{name}"', remedy="build one with `textnorm index build`, or name a pack that has concepts"
    )


def _facts(pack: str, rules: Sequence[str] = (), languages: Sequence[str] = ()) -> dict[str, Any]:
    """What every manifest says besides counts: `learned` names the files of users' aliases taken in."""
    folders = [os.path.abspath(folder) for folder in rules]
    return {"pack": pack, "rules": folders, "languages": list(languages), "learned": [], "sources": []}
