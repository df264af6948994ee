"""Words of running text, how often they occur, and which words stand beside them most often."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import regex

_NOT_WORDS = regex.compile(r"(?:https?://|www\.)\S+|\S+@\S+|(?<!\w)[@#]\w+")
_WORD = regex.compile(r"(?=[\p{N}\p{M}]*\p{L})[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)*")


def words_of(line: str) -> list[str]:
    """The words of a line in lower case; addresses, mentions and hashtags are not words."""
    return [word.lower() for word in _WORD.findall(_NOT_WORDS.sub(" ", line))]


@dataclass(frozen=True, slots=True)
class Contexts:
    """The most frequent neighbours of each word, the most frequent first; at most `size` on each side."""

    previous: Mapping[str, tuple[str, ...]]
    next: Mapping[str, tuple[str, ...]]
    size: int


@dataclass(frozen=True, slots=True)
class Corpus:
    """What clustering needs of a text: the counts of its words, and their neighbours."""

    counts: Mapping[str, int]
    contexts: Contexts


def read_corpus(lines: Iterable[str], size: int = 5) -> Corpus:
    """Counts and contexts of running text, a sentence or message a line.

    Of neighbours that are equally frequent the alphabetically first goes first, so that the order of
    lines does not matter.
    """
    counts: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for line in lines:
        words = words_of(line)
        counts.update(words)
        pairs.update(pairwise(words))
    left: dict[str, list[tuple[int, str]]] = defaultdict(list)
    right: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for (one, other), count in pairs.items():
        left[other].append((-count, one))
        right[one].append((-count, other))
    return Corpus(counts, Contexts(_top(left, size), _top(right, size), size))


def _top(found: Mapping[str, list[tuple[int, str]]], size: int) -> dict[str, tuple[str, ...]]:
    return {word: tuple(name for _, name in sorted(pairs)[:size]) for word, pairs in found.items()}
