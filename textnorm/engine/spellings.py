"""What single words become: tables of spellings, drawn-out letters, phonetic keys, letters left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import regex

from textnorm.cluster.phonetic import PhoneticKey
from textnorm.errors import PackError
from textnorm.pack.model import Lexicon, Spelling

_RUN = regex.compile(r"(\p{L})\1{2,}")
_SHORTEST = 4  # letters of a word that is looked up by its sound
_SHORT = 3  # letters of a word in which some are left out
_CLEAR = 10  # how much more frequent than the next a full form must be
_FREQUENT = 30  # occurrences of a full form

Keys = Callable[[str], PhoneticKey]


class Entry(NamedTuple):
    """What a word becomes by one file."""

    target: str
    item: Spelling
    shared: bool = False  # another language has the word, too


class Context(NamedTuple):
    """What a word becomes between certain neighbours; an empty set is any."""

    before: frozenset[str]
    after: frozenset[str]
    entry: Entry


class Spellings:
    """The spelling files of a stage; an earlier one wins where two know the same word."""

    def __init__(self, items: Sequence[Spelling], lexicons: Mapping[str, Lexicon], key: Keys) -> None:
        self.foreign = _words(lexicons, (name for item in items for name in item.keep))
        self._names = _words(lexicons, (name for item in items for name in item.names))
        self.entries: dict[str, Entry] = {}
        self.contexts: dict[str, tuple[Context, ...]] = {}
        counts: dict[str, int] = {}
        for item in items:
            self._add(item, lexicons, counts)
        self._squeezer = next((item for item in items if item.squeeze), None)
        self._sounds = [(key(item.like), self._by_sound(item, key(item.like))) for item in items if item.like]
        self._shorts = [
            (key(item.short), item, _by_skeleton(counts, key(item.short))) for item in items if item.short
        ]

    def _add(self, item: Spelling, lexicons: Mapping[str, Lexicon], counts: dict[str, int]) -> None:
        table = lexicons[item.table]
        for word, target in columns(table, table.columns[0], item.column):
            self.entries.setdefault(word, Entry(target, item, word in self.foreign))
        if item.contexts:
            names = ("word", "before", "after", item.column)
            for word, before, after, target in columns(lexicons[item.contexts], *names):
                context = Context(frozenset(before.split()), frozenset(after.split()), Entry(target, item))
                self.contexts[word] = (*self.contexts.get(word, ()), context)
        if "count" in table.columns:
            for target, count in columns(table, item.column, "count"):
                counts.setdefault(target, int(count) if count.isdecimal() else 0)

    def _by_sound(self, item: Spelling, key: PhoneticKey) -> dict[str, Entry | None]:
        """The targets of a file by their codes; None where two targets share one."""
        targets = list(dict.fromkeys(e.target for e in self.entries.values() if e.item is item))
        found: dict[str, Entry | None] = {}
        for target, code in zip(targets, key.codes(targets), strict=True):
            found[code] = None if code in found else Entry(target, item)
        return found

    def look_up(self, words: Sequence[str]) -> dict[str, Entry | None]:
        """The entries of words in lower case; None for words that stay."""
        found = {word: self._listed(word) for word in words}
        rest = [word for word, entry in found.items() if entry is None and not self.stays(word)]
        for key, sounds in self._sounds:
            long = [word for word in rest if len(word) >= _SHORTEST and found[word] is None]
            for word, code in zip(long, key.codes(long), strict=True):
                found[word] = sounds.get(code) if code else None
        for key, item, skeletons in self._shorts:
            short = [word for word in rest if len(word) >= _SHORT and found[word] is None]
            for word, code in zip(short, key.codes(short), strict=True):
                target = _full_form(word, skeletons.get(code, ()) if code else ())
                found[word] = Entry(target, item) if target else None
        if self._squeezer is not None:
            for word in rest:
                if found[word] is None and _RUN.search(word):
                    found[word] = Entry(_RUN.sub(r"\1", word), self._squeezer)
        return found

    def stays(self, word: str) -> bool:
        """Whether a word in lower case is a name, or of another language."""
        return word in self.foreign or word in self._names

    def _listed(self, word: str) -> Entry | None:
        """The entry of a word, or of the word without its drawn-out letters: written twice, then once."""
        entry = self.entries.get(word)
        if entry is not None or self._squeezer is None or not _RUN.search(word):
            return entry
        for target in (r"\1\1", r"\1"):
            short = _RUN.sub(target, word)
            if short in self.entries:
                return self.entries[short]
            if self.stays(short):
                return Entry(short, self._squeezer)
        return None


def columns(table: Lexicon, *names: str) -> Iterator[tuple[str, ...]]:
    """The rows of some columns; raises PackError for one that is missing."""
    missing = next((name for name in names if name not in table.columns), None)
    if missing is not None:
        raise PackError(
            f"table {table.name} has no column {missing!r}", remedy=f"its columns: {' '.join(table.columns)}"
        )
    places = [table.column(name) for name in names]
    for row in table.rows:
        yield tuple(row[place] for place in places)


def _words(lexicons: Mapping[str, Lexicon], names: Iterator[str]) -> frozenset[str]:
    return frozenset(row[0].lower() for name in dict.fromkeys(names) for row in lexicons[name].rows)


def _by_skeleton(counts: Mapping[str, int], key: PhoneticKey) -> dict[str, list[tuple[int, str]]]:
    """Frequent spellings by the codes of their skeletons, the most frequent first."""
    targets = [target for target, count in counts.items() if count >= _FREQUENT]
    found: dict[str, list[tuple[int, str]]] = {}
    for target, code in zip(targets, key.codes(targets), strict=True):
        found.setdefault(code, []).append((counts[target], target))
    for group in found.values():
        group.sort(reverse=True)
    return found


def _full_form(word: str, group: Sequence[tuple[int, str]]) -> str:
    """The spelling of which `word` is a clear shortening, or ''."""
    fits = [(count, target) for count, target in group if _within(word, target)]
    if not fits or (len(fits) > 1 and fits[0][0] < _CLEAR * fits[1][0]):
        return ""
    return fits[0][1]


def _within(word: str, target: str) -> bool:
    """Whether the letters of `word` stand in `target` in this order, the first one first."""
    rest = iter(target)
    return target[0] == word[0] and len(word) < len(target) and all(letter in rest for letter in word)
