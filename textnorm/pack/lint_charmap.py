"""Finds the mistakes that hand-kept character tables are known for.

Published tables of this kind map a letter twice, merge two series in both directions, or feed one
entry's result to the next; each of these checks has found such an entry somewhere.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Literal

from textnorm.errors import Location
from textnorm.pack.charnames import char_name
from textnorm.pack.model import CharEntry, Charmap, Pack

Fault = tuple[Location, str, str, Literal["error", "warning"]]


def charmap_faults(charmap: Charmap) -> Iterator[Fault]:
    """Place, code, message and severity of each fault of a map.

    Entries that ask where they stand may share a source, and need not meet what they make.
    """
    first: dict[str, CharEntry] = {}
    entries = [entry for entry in charmap.entries if not entry.placed]
    for entry in entries:
        if entry.source in first:
            twin = first[entry.source].at
            message = f'"{entry.source}" ({_names(entry.source)}) is mapped twice, first at {twin}'
            yield entry.at, "double-source", message, "error"
        first.setdefault(entry.source, entry)
    idempotent: Literal["error", "warning"] = "error" if "idempotent" in charmap.declares else "warning"
    for entry in entries:
        back = first.get(entry.target)
        if back is not None and back.target == entry.source:
            message = f'"{entry.source}" and "{entry.target}" become each other'
            yield entry.at, "both-directions", message, "error"
        else:
            hit = next((source for source in first if source in entry.target), None)
            if hit is not None:
                message = f'"{entry.source}" becomes "{entry.target}", but "{hit}" is itself replaced'
                yield entry.at, "chained", message, idempotent
    pairs = [(entry.source, entry.target) for entry in first.values()]
    for key, message in folding_faults(pairs, fold_case=False):
        yield first[key].at, "folding", f'"{key}" ({_names(key)}): {message}', "error"


def protected_faults(pack: Pack) -> Iterator[tuple[Charmap, CharEntry, str]]:
    """Map, entry and message where a pass, unless asked otherwise, makes a protected letter another one.

    A letter that is one of several in a sequence is not folded: the sequence is what is replaced.
    """
    default = {name: option.default for name, option in pack.options.items()}
    maps = (item for stage in pack.stages if stage.default for item in stage.items)
    for charmap in maps:
        if not isinstance(charmap, Charmap) or any(
            default[name] not in values.split() for name, values in charmap.option.items()
        ):
            continue
        for entry in charmap.entries:
            if entry.source in pack.protected and entry.source not in entry.target:
                message = f'"{entry.source}" ({_names(entry.source)}) is protected, but becomes'
                yield charmap, entry, f'{message} "{entry.target}"'


def folding_faults(pairs: Iterable[tuple[str, str]], *, fold_case: bool) -> Iterator[tuple[str, str]]:
    """Keys that are one key to a reader, or to an engine that follows letter case, with their fault."""
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for key, value in pairs:
        folded = unicodedata.normalize("NFC", key)
        groups[folded.casefold() if fold_case else folded].append((key, value))
    for group in groups.values():
        key, value = group[0]
        for other, result in group[1:]:
            if other == key:
                yield other, "listed twice"
            elif result != value:
                yield other, f'the same as "{key}" once folded, but with another result'


def _names(text: str) -> str:
    return " + ".join(char_name(char) for char in text)
