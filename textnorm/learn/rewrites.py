"""Inducing rewrites of words from those that were held back and not seen elsewhere.

The pairs are cut into parts. To the words of one part that no other part has, only what the others know
is known, so that a rewrite shows there what it would do to new words (deleted estimation, Jelinek and
Mercer 1985). Rewrites are tried in order of their precision; each has to add more than it spoils on the
words that those before it leave.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import regex

from textnorm.evaluate.aligned import Sentence
from textnorm.learn.align import candidates
from textnorm.learn.parts import Rewrite, precision

PARTS = 4
_TYPES = 2  # words that a rewrite must have been seen in
_PRECISION = 0.5
_LONGEST = 10  # letters of a pattern, ends included
_PLAIN = regex.compile(r"[\p{L}\p{M}]++(?:['’-][\p{L}\p{M}]++)*+['’]?")
_SIGNS = regex.compile(r"[\\^$]")  # of patterns
_NUMBERED = regex.compile(r"\p{L}[\p{L}\p{M}'’-]*+2[\p{L}\p{M}]*+")

# Rewrites that every language may need, given as patterns: repeated letters, doubled words.
SQUEEZED = {
    "aaa to a": (r"(\p{L})\1{2,}", r"\1"),
    "aaa to aa": (r"(\p{L})\1{2,}", r"\1\1"),
    "aa to a": (r"(\p{L})\1+", r"\1"),
}
DOUBLED = (
    (r"^([\p{L}\p{M}]{2,})2$", r"\1-\1"),
    (r"^([\p{L}\p{M}]{2,})2([\p{L}\p{M}]+)$", r"\1-\1\2"),
)


class Unseen(NamedTuple):
    """A word that is in one part only, with its normal form."""

    word: str
    normal: str
    part: int


@dataclass(frozen=True, slots=True)
class HeldBack:
    """The words to judge rewrites by, and which words the other parts know."""

    items: Sequence[tuple[Unseen, int]]  # with counts
    numbered: Sequence[tuple[Unseen, int]]  # those with a digit in the place of a doubling
    counts: Sequence[Counter[str]]  # normal words of each part
    total: Counter[str]
    listed: Collection[str]

    def known(self, part: int, word: str) -> bool:
        """Whether a word, or each of several, is a normal word in another part or a listed one."""
        return all(self.paired(part, one) or one in self.listed for one in word.split(" "))

    def paired(self, part: int, word: str) -> bool:
        """Whether a word is a normal word in another part."""
        return self.total[word] > self.counts[part][word]


def held_back(sentences: Sequence[Sentence], listed: Collection[str]) -> HeldBack:
    """Cut sentences into parts, and find the words that only one of them has."""
    order = list(range(len(sentences)))
    random.Random(len(order)).shuffle(order)  # the same for the same pairs
    part_of = {index: place % PARTS for place, index in enumerate(order)}
    raws: list[Counter[str]] = [Counter() for _ in range(PARTS)]
    normals: list[Counter[str]] = [Counter() for _ in range(PARTS)]
    for index, sentence in enumerate(sentences):
        for raw, normal in sentence:
            raws[part_of[index]][raw.lower()] += 1
            normals[part_of[index]].update(normal.lower().split())
    everywhere = sum(raws, Counter())
    items: Counter[Unseen] = Counter()
    numbered: Counter[Unseen] = Counter()
    for index, sentence in enumerate(sentences):
        part = part_of[index]
        for raw, normal in sentence:
            word = raw.lower()
            if everywhere[word] == raws[part][word]:
                if _PLAIN.fullmatch(word):
                    items[Unseen(word, normal.lower(), part)] += 1
                elif _NUMBERED.fullmatch(word):
                    numbered[Unseen(word, normal.lower(), part)] += 1
    return HeldBack(sorted(items.items()), sorted(numbered.items()), normals, sum(normals, Counter()), listed)


def induce(held: HeldBack) -> tuple[Rewrite, ...]:
    """The rewrites that help, in the order in which they are to be tried; those of digits first."""
    items = [item for item in held.items if not held.paired(item[0].part, item[0].word)]
    doubled = _chosen(held.numbered, _Patterns(DOUBLED), held, digits=True)
    literals: Counter[tuple[str, str]] = Counter()
    for (word, normal, _), _ in items:
        if normal and normal != word and not _SIGNS.search(normal):
            literals.update(candidates(word, normal))
    frequent = _Literals([one for one, types in literals.items() if types >= _TYPES])
    return (*doubled, *_chosen(items, _Both(frequent, _Patterns(SQUEEZED.values())), held))


Source = Callable[[str], Iterable[tuple[tuple[str, str], str]]]  # a word → rewrites and what they make of it


class _Literals:
    """Rewrites of letters, found by the letters of a word."""

    def __init__(self, rewrites: Iterable[tuple[str, str]]) -> None:
        self._by_old: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for old, new in sorted(rewrites):
            self._by_old[old].append((old, new))

    def __call__(self, word: str) -> Iterable[tuple[tuple[str, str], str]]:
        framed = f"^{word}$"
        seen: set[str] = set()
        for start in range(len(framed)):
            for end in range(start + 2, min(len(framed), start + _LONGEST) + 1):
                piece = framed[start:end]
                if piece not in seen:
                    seen.add(piece)
                    for one in self._by_old.get(piece, ()):
                        yield one, framed.replace(*one).strip("^$")


class _Patterns:
    """Rewrites given as regular expressions."""

    def __init__(self, rewrites: Iterable[tuple[str, str]]) -> None:
        self._compiled = [(one, regex.compile(one[0])) for one in rewrites]

    def __call__(self, word: str) -> Iterable[tuple[tuple[str, str], str]]:
        for one, pattern in self._compiled:
            if pattern.search(word):
                yield one, pattern.sub(one[1], word)


class _Both:
    """The rewrites of two sources."""

    def __init__(self, *sources: Source) -> None:
        self._sources = sources

    def __call__(self, word: str) -> Iterable[tuple[tuple[str, str], str]]:
        for source in self._sources:
            yield from source(word)


class _Kind(NamedTuple):
    """A rewrite under conditions: only into known words, and not of known words."""

    rewrite: tuple[str, str]
    into: bool
    spares: bool


_RIGHT, _NEEDLESS, _WRONG = range(3)


@dataclass(slots=True)
class _Record:
    counts: list[int]
    hits: list[tuple[int, int]]  # numbers of items, and what came of them

    @property
    def precision(self) -> float:
        """Estimated share of right ones."""
        return precision(*self.counts)


def _chosen(
    items: Sequence[tuple[Unseen, int]], source: Source, held: HeldBack, digits: bool = False
) -> list[Rewrite]:
    """The rewrites that help on the words, the most precise first."""
    records = _records(items, source, held)
    good = [
        (kind, record)
        for kind, record in records.items()
        if record.counts[_RIGHT] >= _TYPES and record.precision >= _PRECISION
    ]
    good.sort(key=_rank)
    settled = [False] * len(items)
    kept = []
    for kind, record in good:
        new = [(number, outcome) for number, outcome in record.hits if not settled[number]]
        counts = [0, 0, 0]
        for number, outcome in new:
            counts[outcome] += items[number][1]
        right, needless, wrong = counts
        if right >= 2 and right > 2 * needless and right >= needless + 0.5 * wrong:
            examples = tuple(items[number][0][:2] for number, outcome in new if outcome == _RIGHT)
            kept.append(_rewrite(kind, record, digits, examples))
            for number, _ in new:
                settled[number] = True
    return kept


def _rank(one: tuple[_Kind, _Record]) -> tuple[object, ...]:
    """The place of a rewrite: of equally good ones the shortest, and under the strictest conditions."""
    kind, record = one
    strict = not kind.into, not kind.spares
    return -record.precision, -record.counts[_RIGHT], len(kind.rewrite[0]), kind.rewrite, strict


def _records(items: Sequence[tuple[Unseen, int]], source: Source, held: HeldBack) -> Mapping[_Kind, _Record]:
    """What each rewrite, under each condition, does to the words."""
    records: dict[_Kind, _Record] = {}
    for number, ((word, normal, part), count) in enumerate(items):
        listed = word in held.listed
        for rewrite, after in source(word):
            if not after or after == word:
                continue
            outcome = _RIGHT if after == normal else _NEEDLESS if normal == word else _WRONG
            for into in (False, True) if held.known(part, after) else (False,):
                for spares in (False,) if listed or not held.listed else (False, True):
                    kind = _Kind(rewrite, into, spares)
                    record = records.get(kind)
                    if record is None:
                        record = records[kind] = _Record([0, 0, 0], [])
                    record.counts[outcome] += count
                    record.hits.append((number, outcome))
    return records


def _rewrite(kind: _Kind, record: _Record, digits: bool, examples: tuple[tuple[str, str], ...]) -> Rewrite:
    (old, new), into, spares = kind
    literal = not old.startswith(("(", "^("))
    to = new.strip("^$") if literal else new
    right, needless, wrong = record.counts
    return Rewrite(old, to, into, spares, right, needless, wrong, digits, examples)
