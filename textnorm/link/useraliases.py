"""Users' own aliases: strings that somebody linked to concepts, which win over everything.

A file has a string, a tab, the id of a concept and, if it is known, a tab and how often that was seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from textnorm.errors import InputError, Location
from textnorm.link.concept import SEEN, Alias, Concept
from textnorm.link.keys import Keys, keys_of
from textnorm.link.manifest import read_index, require_keys
from textnorm.link.open import write_index
from textnorm.link.sources.reading import digest
from textnorm.link.store import Index
from textnorm.stream.codec import Codec, make_codec
from textnorm.stream.textlines import text_lines

_UTF_8 = make_codec()
_SHOWN = 5  # unknown ids and conflicts that are told one by one
_REMEDY = "write the string, a tab, the id of its concept"


class Pair(NamedTuple):
    """A string, the id that somebody gave it, and how often; `at` is where that stands."""

    text: str
    id: str
    seen: int
    at: Location


class Conflict(NamedTuple):
    """A string that stands for several concepts: their ids, the most frequent first, with counts."""

    text: str
    ids: tuple[tuple[str, int], ...]


@dataclass(slots=True)
class UserAliases:
    """Users' aliases of the concepts of an index."""

    index: Index
    keys: Keys
    seen: Counter[tuple[str, int]] = field(default_factory=Counter)  # string and number of the concept
    unknown: dict[str, Pair] = field(default_factory=dict)  # ids that the index does not have
    _by_key: dict[str, Counter[int]] = field(default_factory=dict)

    def add(self, pairs: Iterable[Pair]) -> None:
        """Take in pairs; an id that was merged into another counts as that one."""
        known: list[tuple[str, int, int]] = []
        for pair in pairs:
            concept = self.index.find(pair.id)
            if concept is None:
                self.unknown.setdefault(pair.id, pair)
            else:
                known.append((pair.text, concept, pair.seen))
        for (text, concept, seen), key in zip(known, self.keys.of(0, [one[0] for one in known]), strict=True):
            self.seen[text, concept] += seen
            self._by_key.setdefault(key, Counter())[concept] += seen

    def lookup(self, key: str) -> list[tuple[int, int]]:
        """Concepts with this key of the first tier and how often they were meant, the most frequent first."""
        return sorted(self._by_key.get(key, Counter()).items(), key=lambda item: (-item[1], item[0]))

    def conflicts(self) -> list[Conflict]:
        """The strings that stand for several concepts, in the order in which they came."""
        return [
            Conflict(key, tuple((self.index.ids[concept], seen) for concept, seen in self.lookup(key)))
            for key, found in self._by_key.items()
            if len(found) > 1
        ]

    def report(self) -> Iterator[str]:
        """Lines that tell of unknown ids and of strings that stand for several concepts, the first few."""
        for pair in islice(self.unknown.values(), _SHOWN):
            yield f"{pair.at}: no concept {pair.id!r}, passed over"
        for conflict in self.conflicts()[:_SHOWN]:
            shown = ", ".join(f"{id} ({seen:,})" for id, seen in conflict.ids)
            yield f"{conflict.text!r} stands for {shown}"

    def concepts(self) -> Iterator[Concept]:
        """The concepts of the index with these aliases."""
        for concept in self.index.concepts():
            others = tuple(alias for alias in concept.aliases if alias.scope != "user")
            yield concept._replace(aliases=others)
        for (text, number), seen in self.seen.items():
            yield Concept(self.index.ids[number], "", (Alias(text, "user", seen=seen),))


def read_pairs(paths: Sequence[str], codec: Codec = _UTF_8) -> Iterator[Pair]:
    """The pairs in some files. Blank lines and lines that begin with "# " are passed over."""
    for path in paths:
        for number, line in enumerate(text_lines([path], codec), 1):
            if not line.strip() or line.startswith("# "):
                continue
            cells = [" ".join(cell.split()) for cell in line.split("\t")]
            at = Location(path, number)
            if len(cells) not in (2, 3) or not cells[0] or not cells[1]:
                raise InputError("this line is no pair of string and id", at=at, remedy=_REMEDY)
            if len(cells) == 3 and not (
                cells[2].isascii() and cells[2].isdigit() and 0 < int(cells[2]) < SEEN
            ):
                raise InputError(f"{cells[2]!r} is no count", at=at, remedy="write a whole number from 1")
            yield Pair(cells[0], cells[1], int(cells[2]) if len(cells) == 3 else 1, at)


def user_aliases(index: Index, keys: Keys, paths: Sequence[str], codec: Codec = _UTF_8) -> UserAliases:
    """What files of users' aliases say about the concepts of an index."""
    found = UserAliases(index, keys)
    found.add(read_pairs(paths, codec))
    return found


def learn(
    folder: Path, paths: Sequence[str], target: Path, codec: Codec = _UTF_8
) -> tuple[UserAliases, list[str]]:
    """Add pairs to the index in a folder; returns its users' aliases and the files that it had already.

    A file that was learned before, told by its content, is passed over, so that nothing counts twice.
    """
    index = read_index(folder)
    keys = keys_of(index.manifest)
    require_keys(index, keys, str(folder))
    found = UserAliases(index, keys)
    found.add(_known(index))
    known = {entry["sha256"] for entry in index.manifest["learned"]}
    learned, again = list(index.manifest["learned"]), []
    for path in paths:
        sha256 = digest(path)
        if sha256 in known:
            again.append(path)
            continue
        known.add(sha256)
        before = found.seen.total()
        found.add(read_pairs([path], codec))
        learned.append({"file": Path(path).name, "sha256": sha256, "seen": found.seen.total() - before})
    if len(again) < len(paths) or target != folder:
        facts = {"sources": index.manifest["sources"], "learned": learned}
        kept = {key: index.manifest.get(key, ()) for key in ("pack", "rules", "languages")}
        write_index(found.concepts(), target, lambda: facts, **kept)
    return found, again


def _known(index: Index) -> Iterator[Pair]:
    """The users' aliases that an index has."""
    user = (index.alias_scope[:] == 0).nonzero()[0]
    for number in user.tolist():
        seen, concept = int(index.alias_seen[number]), int(index.alias_concept[number])
        yield Pair(index.alias_text(number), index.ids[concept], max(seen, 1), Location(""))
