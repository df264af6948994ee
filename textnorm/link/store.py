"""The concept index: concepts, their names, and for each step of the search the names by key.

An index is a folder with a manifest and numpy arrays that are mapped from disk, so that opening takes
milliseconds whatever the size and processes share the memory. A small one may live in memory alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from textnorm.errors import InputError
from textnorm.link.concept import SCOPES, Alias, Concept
from textnorm.link.strings import Array, Strings, hash_of

SEPARATOR = "\n"  # between the values of a list that is kept as one string


class Index:
    """Concepts and their names, by number.

    Names are numbered from 0 in the order of their concepts; the first name of a concept is its preferred
    label, the others follow by scope, the surest first. Arrays over names:

    `alias_concept`  number of the concept
    `alias_scope`    number of the scope in `concept.SCOPES`
    `alias_lang`     number of the language in `langs`
    `alias_cased`    1 where the name counts only in its own case
    `alias_seen`     how often a user's alias was met; 0 for others

    and over concepts, with one number more than there are concepts:

    `first_alias`    number of the first name

    By number of a concept, `ids` has its id, `labels` its preferred label, `types` the names of its types.
    """

    def __init__(self, manifest: Mapping[str, Any], arrays: Mapping[str, Array]) -> None:
        self.manifest, self.arrays = manifest, arrays
        self.langs: tuple[str, ...] = tuple(manifest["langs"])
        self.type_names: tuple[str, ...] = tuple(manifest["types"])
        self.tiers: tuple[str, ...] = tuple(manifest["tiers"])
        self.alias_concept, self.alias_scope = arrays["alias.concept"], arrays["alias.scope"]
        self.alias_lang, self.alias_cased = arrays["alias.lang"], arrays["alias.cased"]
        self.alias_seen, self.first_alias = arrays["alias.seen"], arrays["concept.alias"]
        self.alias_texts = Strings(arrays["alias.text"], arrays["alias.text.ends"])
        self.ids = Strings(arrays["concept.id"], arrays["concept.id.ends"])
        self._alt_ids = Strings(arrays["concept.alt_ids"], arrays["concept.alt_ids.ends"])
        self._xrefs = Strings(arrays["concept.xrefs"], arrays["concept.xrefs.ends"])
        self._by_id = arrays["id.hash"], arrays["id.concept"]
        self._by_key = [(arrays[f"tier{n}.hash"], arrays[f"tier{n}.alias"]) for n in range(len(self.tiers))]
        self.labels: Sequence[str] = _Labels(self.first_alias, self.alias_texts)
        self.types: Sequence[tuple[str, ...]] = _Types(
            arrays["type.start"], arrays["type.code"], self.type_names
        )

    def __len__(self) -> int:
        return len(self.ids)

    def alias_text(self, alias: int) -> str:
        """The name with this number, as the source writes it."""
        return self.alias_texts[alias]

    def aliases(self, concept: int) -> range:
        """The numbers of all names of a concept, the preferred label first."""
        return range(int(self.first_alias[concept]), int(self.first_alias[concept + 1]))

    def lookup(self, tier: int, key: str) -> Array:
        """Numbers of the names that have this key at a step of the search, in order; often none."""
        if not key:
            return _NONE
        return _found(self._by_key[tier], key)

    def ranked(self, aliases: Iterable[int]) -> list[int]:
        """Numbers of names, the surest scope first, then what users confirmed most often, then by number."""
        return sorted(aliases, key=lambda n: (self.alias_scope[n], -int(self.alias_seen[n]), n))

    def find(self, id: str) -> int | None:
        """The concept with this id; an id that was merged into another leads there."""
        found = _found(self._by_id, id)
        return int(found[0]) if len(found) else None

    def alt_ids(self, concept: int) -> tuple[str, ...]:
        """Ids that stand for the same concept."""
        return _split(self._alt_ids[concept])

    def xrefs(self, concept: int) -> tuple[str, ...]:
        """Ids of the concept in other terminologies."""
        return _split(self._xrefs[concept])

    def require_types(self, types: Sequence[str]) -> None:
        """Refuse types that no concept has, with InputError."""
        for name in types:
            if name not in self.type_names:
                known = ", ".join(self.type_names[:20]) or "none"
                raise InputError(f"no concept is of type {name!r}", remedy=f"types of this index: {known}")

    def having(self, types: Sequence[str]) -> NDArray[np.bool_]:
        """For each concept, whether it has one of these types."""
        start, code = self.arrays["type.start"], self.arrays["type.code"]
        wanted = np.isin(code, [n for n, name in enumerate(self.type_names) if name in types])
        sums = np.concatenate([[0], np.cumsum(wanted)])
        chosen: NDArray[np.bool_] = sums[start[1:]] > sums[start[:-1]]
        return chosen

    def alias(self, number: int) -> Alias:
        """A name with all that is known about it."""
        return Alias(
            self.alias_texts[number],
            SCOPES[self.alias_scope[number]],
            self.langs[self.alias_lang[number]],
            bool(self.alias_cased[number]),
            int(self.alias_seen[number]),
        )

    def concept(self, number: int) -> Concept:
        """A concept with all that is known about it."""
        label, *others = (self.alias(alias) for alias in self.aliases(number))
        if label.scope != "label":  # a concept that nobody gave a label is known by its first name
            return self._concept(number, Alias(""), (label, *others))
        return self._concept(number, label, tuple(others))

    def _concept(self, number: int, label: Alias, aliases: tuple[Alias, ...]) -> Concept:
        ids = self.ids[number], self.alt_ids(number), self.xrefs(number)
        return Concept(ids[0], label.text, aliases, ids[1], ids[2], self.types[number], label.lang)

    def concepts(self) -> Iterator[Concept]:
        """All concepts, in order."""
        return map(self.concept, range(len(self)))


class _Labels(Sequence[str]):
    def __init__(self, first: Array, texts: Strings) -> None:
        self._first, self._texts = first, texts

    def __len__(self) -> int:
        return len(self._first) - 1

    def __getitem__(self, number: Any) -> Any:
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        return self._texts[int(self._first[number])]


class _Types(Sequence[tuple[str, ...]]):
    def __init__(self, start: Array, code: Array, names: Sequence[str]) -> None:
        self._start, self._code, self._names = start, code, names

    def __len__(self) -> int:
        return len(self._start) - 1

    def __getitem__(self, number: Any) -> Any:
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        codes = self._code[self._start[number] : self._start[number + 1]]
        return tuple(self._names[code] for code in codes)


_NONE = np.empty(0, np.uint32)


def _found(table: tuple[Array, Array], key: str) -> Array:
    keys, values = table
    wanted = np.uint64(hash_of(key))
    start = int(np.searchsorted(keys, wanted))
    if start == len(keys) or keys[start] != wanted:
        return _NONE
    return values[start : start + int(np.searchsorted(keys[start:], wanted, side="right"))]


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split(SEPARATOR)) if text else ()
