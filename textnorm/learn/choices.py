"""What a learned pack is put together from: parts small enough to be kept or left out one by one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from textnorm.learn.parts import STARTS, Entry, Learned
from textnorm.learn.rewrites import SQUEEZED

AFTER = "capitals after "
# Parts of the table of tokens, by what speaks for an entry.
ENTRIES = (
    "lexicon",
    "lexicon, once",
    "lexicon, known words once",
    "lexicon, capitals once",
    "lexicon, several words once",
    "lexicon, in doubt",
)
BANDS = (0.8, 0.7, 0.6, 0.5)  # least precision of the rewrites of a part
_CLEAR = 2 / 3  # share from which on a normal form is not in doubt

# Passes whose outcome changes with the tables of later ones, as it leaves the words alone that these know.
REWORKED = ("lower", "squeeze", "lexicon")
_LAYERS = {
    "squeezed": "squeeze",
    "entries": "lexicon",
    "contexts": "lexicon",
    "together": "rewrites",
    "starts": "capitals",
}


def choices(learned: Learned) -> dict[str, tuple[str, Any]]:
    """The parts in the order in which they are tried: the field of what was learned, and what is in it."""
    plain = [one for one in learned.rewrites if not one.digits]
    made: dict[str, tuple[str, Any]] = {"lower": ("lower", learned.lower)}
    for name, pattern in SQUEEZED.items():
        made[f"squeeze {name}"] = "squeezed", tuple(one for one in learned.squeezed if one == pattern)
    for name in ENTRIES:
        made[name] = "entries", tuple(one for one in learned.entries if _evidence(one, learned) == name)
    made["contexts"] = "contexts", learned.contexts
    below = 2.0
    for least in BANDS:
        band = tuple(one for one in plain if least <= one.precision < below)
        made[f"rewrites from {least:.0%}"] = "rewrites", band
        below = least
    made["two rewrites"] = "together", learned.together if plain else 1
    for name, into in (("doubling to known words", True), ("doubling", False)):
        made[name] = "rewrites", tuple(one for one in learned.rewrites if one.digits and one.into == into)
    made["accents"] = "accents", learned.accents
    made["names"] = "names", learned.names
    for name in STARTS:
        made[AFTER + name] = "starts", (name,) if name in learned.starts else ()
    return made


def _evidence(entry: Entry, learned: Learned) -> str:
    """The part of the table that an entry belongs to."""
    clear, once, known, capitals, several, doubt = ENTRIES
    word, normal, times, seen = entry
    if normal == word:
        return clear  # keeps others off
    if seen > 1:
        return clear if times > _CLEAR * seen else doubt
    if normal.lower() == word.lower():
        return capitals
    if " " in normal or not normal:
        return several
    return known if word.lower() in learned.words or word.lower() in learned.listed else once


def layer_of(name: str) -> str:
    """The pass that a part belongs to."""
    field = choices(Learned())[name][0]
    return _LAYERS.get(field, field)


def present(learned: Collection[Learned]) -> list[str]:
    """Names of the parts of which something was learned somewhere."""
    nothing = Learned()
    found = [choices(one) for one in learned]
    return [
        name
        for name, (field, _) in choices(nothing).items()
        if any(one[name][1] != getattr(nothing, field) for one in found)
    ]


def reduced(learned: Learned, kept: Sequence[str]) -> Learned:
    """What was learned without the parts that are not kept."""
    made = choices(learned)
    keys: dict[str, Any] = {}
    for name in kept:
        key, value = made[name]
        keys[key] = keys.get(key, ()) + value if isinstance(value, tuple) else value
    for key, value in keys.items():
        if isinstance(value, tuple):  # in the order in which they were learned
            chosen = frozenset(value)
            keys[key] = tuple(one for one in getattr(learned, key) if one in chosen)
    known = Learned(words=learned.words, listed=learned.listed, capitalized=learned.capitalized)
    return replace(known, **keys)
