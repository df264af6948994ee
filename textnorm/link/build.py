"""Builds a concept index from a stream of concepts; memory holds the names once, never the objects."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from textnorm.link.arrays import Arrays
from textnorm.link.concept import SCOPES, Alias, Concept
from textnorm.link.keys import Keys
from textnorm.link.store import SEPARATOR, Index
from textnorm.link.strings import Array, Strings, Writer, hash_of, hashes

FORMAT = 1
"""Version of the layout on disk; an index of another version is refused."""

Extra = Callable[[Index, Arrays], Mapping[str, Any]]
"""Adds arrays of its own to an index that is otherwise complete; what it returns goes into the manifest."""

_LABEL, _USER = SCOPES.index("label"), SCOPES.index("user")
_BATCH = 1 << 15  # names that go through the rules at a time


def build(
    concepts: Iterable[Concept],
    arrays: Arrays,
    keys: Keys,
    *,
    languages: Sequence[str] = (),
    facts: Callable[[], Mapping[str, Any]] = dict,
    extras: Sequence[Extra] = (),
) -> Index:
    """An index of `concepts`, written to `arrays`.

    Records with the same id are one concept. Where several names are labels, the one in the earliest of
    `languages` is preferred, then the first. `facts` is asked for what the manifest says about the
    sources when they have been read.
    """
    records = _Records()
    for concept in concepts:
        records.add(concept)
    manifest = records.write(arrays, languages)
    manifest |= {"format": FORMAT, "keys": keys.signature, "tiers": [tier.name for tier in keys.tiers]}
    texts = Strings(arrays.all()["alias.text"], arrays.all()["alias.text.ends"])
    del records
    _write_tiers(arrays, keys, texts)
    manifest |= facts()
    index = Index(manifest, arrays.all())
    for extra in extras:
        manifest |= extra(index, arrays)
    return Index(manifest, arrays.all())


def _write_tiers(arrays: Arrays, keys: Keys, texts: Strings) -> None:
    """For each tier the names in the order of the hashes of their keys; an empty key matches nothing."""
    found = np.empty((len(keys.tiers), len(texts)), np.uint64)
    done = 0
    for batch in texts.batches(_BATCH):
        for tier, made in enumerate(keys.all(batch)):
            found[tier, done : done + len(batch)] = hashes(made)
        done += len(batch)
    for tier, keyed in enumerate(found):
        order = np.argsort(keyed, kind="stable").astype(np.uint32)
        order = order[keyed[order] != hash_of("")]
        arrays.put(f"tier{tier}.hash", keyed[order])
        arrays.put(f"tier{tier}.alias", order)


class _Codes:
    """Numbers for the few distinct values of a column, by first occurrence."""

    def __init__(self, *first: str) -> None:
        self._codes = {name: number for number, name in enumerate(first)}

    def __getitem__(self, name: str) -> int:
        return self._codes.setdefault(name, len(self._codes))

    def names(self) -> list[str]:
        return list(self._codes)


@dataclass(slots=True)
class _Owned:
    """Strings that belong to concepts, in the order in which they came."""

    texts: Writer = field(default_factory=Writer)
    owners: array[int] = field(default_factory=lambda: array("I"))

    def add(self, owner: int, texts: Iterable[str]) -> None:
        for text in texts:
            self.texts.append(text)
            self.owners.append(owner)

    def joined(self, count: int) -> Strings:
        """One string for each of `count` concepts: its values, each once, one a line."""
        values, owners = self.texts.done(), _numbers(self.owners)
        order = np.argsort(owners, kind="stable")
        starts = np.searchsorted(owners[order], np.arange(count + 1))
        out = Writer()
        for number in range(count):
            mine = order[starts[number] : starts[number + 1]]
            out.append(SEPARATOR.join(dict.fromkeys(values[int(one)] for one in mine)) if len(mine) else "")
        return out.done()


class _Records:
    """Columns that grow record by record."""

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}  # hash of an id -> number of the concept
        self._ids = Writer()
        self._names = _Owned()
        self._alt_ids, self._xrefs = _Owned(), _Owned()
        self._scopes, self._cased = array("B"), array("B")
        self._langs, self._seen = array("I"), array("I")
        self._type_owners, self._type_codes = array("I"), array("I")
        self._lang_names, self._type_names = _Codes(""), _Codes()
        self._scope_codes = {name: number for number, name in enumerate(SCOPES)}
        self._nameless = 0

    def add(self, concept: Concept) -> None:
        """Take in one record; one without names counts only for a concept that has some already."""
        names = [alias for alias in concept.aliases if alias.text]
        if concept.label:
            names.insert(0, Alias(concept.label, "label", concept.lang))
        key = hash_of(concept.id)
        number = self._numbers.get(key)
        if number is None:
            if not names:
                self._nameless += 1
                return
            number = self._numbers[key] = len(self._ids)
            self._ids.append(concept.id)
        for alias in names:
            self._add_name(number, alias)
        self._alt_ids.add(number, concept.alt_ids)
        self._xrefs.add(number, concept.xrefs)
        for name in concept.types:
            self._type_owners.append(number)
            self._type_codes.append(self._type_names[name])

    def _add_name(self, owner: int, alias: Alias) -> None:
        self._names.texts.append(alias.text)
        self._names.owners.append(owner)
        self._scopes.append(self._scope_codes[alias.scope])
        self._langs.append(self._lang_names[alias.lang])
        self._cased.append(alias.cased)
        self._seen.append(alias.seen)

    def write(self, arrays: Arrays, languages: Sequence[str]) -> dict[str, Any]:
        """Write all but the tiers; returns what the manifest says about it."""
        names = self._names.texts.done()
        order = self._order(names, languages)
        owners = _numbers(self._names.owners)[order]
        count = len(self._ids)
        _put_strings(arrays, "alias.text", names.gathered(order))
        arrays.put("alias.concept", owners)
        arrays.put("alias.seen", _numbers(self._seen)[order])
        for column, values in (("scope", self._scopes), ("lang", self._langs), ("cased", self._cased)):
            arrays.put(f"alias.{column}", _small(_numbers(values)[order]))
        arrays.put("concept.alias", np.searchsorted(owners, np.arange(count + 1)).astype(np.uint32))
        ids = self._ids.done()
        _put_strings(arrays, "concept.id", ids)
        for column, owned in (("alt_ids", self._alt_ids), ("xrefs", self._xrefs)):
            _put_strings(arrays, f"concept.{column}", owned.joined(count))
        self._write_ids(arrays, ids)
        self._write_types(arrays, count)
        return self._manifest(arrays)

    def _order(self, names: Strings, languages: Sequence[str]) -> Array:
        """The numbers of the names, by concept, labels first, then by scope; each text of a language once."""
        rank = np.array([_rank(lang, languages) for lang in self._lang_names.names()])
        owners, scopes = _numbers(self._names.owners), _numbers(self._scopes).astype(np.int8)
        place = np.where(scopes == _LABEL, -1, scopes)
        found = _numbers(self._langs)
        order = np.lexsort((rank[found], place, owners))
        texts = np.concatenate([np.empty(0, np.uint64), *(hashes(batch) for batch in names.batches())])
        # A user's alias stays beside the same name in the source: it says more.
        user = scopes[order] == _USER
        kind = found[order].astype(np.uint32) * 4 + _numbers(self._cased)[order] * 2 + user
        columns = kind, texts[order], owners[order]
        again = np.lexsort(columns)  # stable: of equal names the first stays first
        same = np.logical_and.reduce([np.diff(column[again]) == 0 for column in columns])
        keep = np.ones(len(order), bool)
        keep[again[1:][same]] = False
        return order[keep]

    def _write_ids(self, arrays: Arrays, ids: Strings) -> None:
        """Concepts by the hash of their ids, then of their other ids: a concept's own id comes first."""
        others = self._alt_ids.texts.done()
        found = [hashes(batch) for strings in (ids, others) for batch in strings.batches()]
        keys = np.concatenate([np.empty(0, np.uint64), *found])
        owners = np.concatenate([np.arange(len(ids), dtype=np.uint32), _numbers(self._alt_ids.owners)])
        order = np.argsort(keys, kind="stable")
        arrays.put("id.hash", keys[order])
        arrays.put("id.concept", owners[order])

    def _write_types(self, arrays: Arrays, count: int) -> None:
        pairs = np.stack([_numbers(self._type_owners), _numbers(self._type_codes)], axis=1)
        pairs = np.unique(pairs, axis=0)
        arrays.put("type.start", np.searchsorted(pairs[:, 0], np.arange(count + 1)).astype(np.uint32))
        arrays.put("type.code", _small(pairs[:, 1]))

    def _manifest(self, arrays: Arrays) -> dict[str, Any]:
        written = arrays.all()
        langs = self._lang_names.names()
        by_scope = np.bincount(written["alias.scope"], minlength=len(SCOPES)).tolist()
        by_lang = np.bincount(written["alias.lang"], minlength=len(langs)).tolist()
        return {
            "langs": langs,
            "types": self._type_names.names(),
            "counts": {
                "concepts": len(self._ids),
                "aliases": len(written["alias.concept"]),
                "alt_ids": len(self._alt_ids.texts),
                "xrefs": len(self._xrefs.texts),
                "nameless": self._nameless,
                "scopes": {name: by_scope[number] for number, name in enumerate(SCOPES)},
                "langs": {name: by_lang[number] for number, name in enumerate(langs)},
            },
        }


def _rank(lang: str, languages: Sequence[str]) -> int:
    """The place of a language among `languages`, where `de` takes in `de-CH`; after the last for others."""
    found = [place for place, tag in enumerate(languages) if lang == tag or lang.startswith(f"{tag}-")]
    return found[0] if found else len(languages)


def _put_strings(arrays: Arrays, name: str, strings: Strings) -> None:
    arrays.put(name, strings.data)
    arrays.put(f"{name}.ends", strings.ends)


def _small(values: Array) -> Array:
    """The values in the smallest type that holds them."""
    return values.astype(np.min_scalar_type(int(values.max(initial=0))))


def _numbers(values: array[int]) -> Array:
    return np.array(values, dtype=values.typecode)
