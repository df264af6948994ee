"""Loads a rule pack: from a name to a complete, checked, immutable `Pack`, or to an error.

Examples (`tests:`) take longer to read than rules, so normalization loads without them; that form is
also kept in a cache, so that a command line tool starts at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from textnorm.pack import cache
from textnorm.pack.model import Pack
from textnorm.pack.places import pack_names

__all__ = ["load_pack", "pack_names"]


def load_pack(name: str, *, rules: Sequence[str | Path] = (), tests: bool = True) -> Pack:
    """The pack for a language tag or domain, with the user's own `rules` laid over it.

    A tag falls back to shorter ones: `lt-LT` loads `lt`. `rules` are pack folders, folders of rule
    files, or single files. `tests=False` leaves examples out.
    """
    slot = None if tests else cache.slot(name, rules)
    if slot is not None and (kept := cache.recall(slot)) is not None:
        return kept
    from textnorm.pack.assemble import assemble  # not needed when the cache has the pack
    from textnorm.pack.sources import Files

    files = Files(tests)
    pack = assemble(name, rules, files)
    if slot is not None:
        cache.keep(slot, pack, files.stamps, files.listings)
    return pack
