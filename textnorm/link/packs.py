"""The concepts that a pack ships, as an index that is made once and kept in the user's cache folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from textnorm.errors import InputError, TextnormError
from textnorm.link.arrays import Folder, Memory, new_folder
from textnorm.link.build import Extra, build
from textnorm.link.keys import Keys
from textnorm.link.manifest import read_index, write_manifest
from textnorm.link.sources.concepts import shipped
from textnorm.link.store import Index
from textnorm.pack.cache import code_version, folder
from textnorm.pack.model import Lexicon

_CODE = ("link", "link/sources", "engine", "pack", "patterns")  # what an index depends on besides the pack


def pack_index(pack: str, facts: Mapping[str, Any], extras: Callable[[], Sequence[Extra]]) -> Index:
    """The index of the concepts that a pack ships. Raises InputError if it ships none."""
    keys = Keys(pack)
    assert keys.pack is not None
    lexicons = keys.pack.lexicons
    tables = [lexicons[name] for name in keys.pack.linking.get("concepts", ())]
    if not tables:
        raise InputError(f"pack {pack!r} has no concepts", remedy="build an index from a terminology")
    place = _place(pack, keys, tables)
    if place is not None and place.is_dir():
        try:
            return read_index(place)
        except TextnormError:
            pass  # damaged: made again below
    arrays = Memory()
    index = build(shipped(tables), arrays, keys, facts=lambda: facts, extras=extras())
    if place is not None:
        _keep(index, place, pack)
    return index


def _place(pack: str, keys: Keys, tables: Sequence[Lexicon]) -> Path | None:
    """The folder for this very index; None without a cache."""
    cache = folder()
    if cache is None:
        return None
    what = [keys.signature, code_version(*_CODE), *((table.columns, table.rows) for table in tables)]
    return cache / f"index-{pack}-{sha256(repr(what).encode()).hexdigest()[:24]}"


def _keep(index: Index, place: Path, pack: str) -> None:
    """Write the index to the cache, in the place of older ones of the pack; that it cannot be is no error."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        older = set(place.parent.glob(f"index-{pack}-*")) - {place}
        with new_folder(place) as temp:
            written = Folder(temp)
            for name, array in index.arrays.items():
                written.put(name, array)
            write_manifest(written, index)
        for path in older:
            shutil.rmtree(path, ignore_errors=True)
    except (OSError, TextnormError):
        return
