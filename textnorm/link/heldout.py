"""Queries with known answers, made of an index itself, to calibrate its scores on.

Four kinds: names as they are; names other than the label that are held out, so that the concept has to
be found by its other names; names with a typing mistake, a word more or a word less; and names of
concepts that are held out as a whole, for which no answer is right.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from textnorm.link.sieve import FULL
from textnorm.link.store import Index

SHARES = {"as it is": 0.2, "held out": 0.4, "noisy": 0.2, "no concept": 0.2}
"""How many of the queries are of each kind."""


class Query(NamedTuple):
    """A string, the number of the concept that it stands for (-1 for none), and the numbers of the names that
    are to be left out of account."""

    text: str
    concept: int
    without: NDArray[np.int64]


def held_out(index: Index, count: int, seed: int = 0) -> list[Query]:
    """`count` queries, the same ones whenever the index is the same; fewer if it has fewer names."""
    rng = random.Random(seed)
    full = np.flatnonzero(index.alias_scope[:] <= FULL)
    labels = np.isin(full, index.first_alias[:-1])
    found = []
    for kind, share in SHARES.items():
        names = (full[~labels] if kind == "held out" else full).tolist()
        chosen = rng.sample(names, min(round(count * share), len(names)))
        found += [_query(index, rng, name, kind) for name in chosen]
    return found


def _query(index: Index, rng: random.Random, name: int, kind: str) -> Query:
    text, concept = index.alias_text(name), int(index.alias_concept[name])
    names = index.aliases(concept)
    if kind == "held out":
        return Query(text, concept, np.array([name], np.int64))
    if kind == "no concept":
        return Query(text, -1, np.array(names, np.int64))
    if kind == "noisy":
        other = index.alias_text(rng.randrange(len(index.alias_concept)))
        return Query(noisy(text, other.split(), rng), concept, _NOTHING)
    return Query(text, concept, _NOTHING)


def noisy(text: str, others: Sequence[str], rng: random.Random) -> str:
    """The text with a typing mistake, a word of `others` more, a word less, or two of that."""
    for _ in range(rng.choice((1, 1, 2))):
        words = text.split()
        choice = rng.random()
        if choice < 0.3 and others:
            words.insert(rng.choice((0, len(words))), rng.choice(others))
            text = " ".join(words)
        elif choice < 0.6 and len(words) > 2:
            del words[rng.randrange(len(words))]
            text = " ".join(words)
        elif len(text) > 4:
            text = _mistyped(text, rng)
    return text


def _mistyped(text: str, rng: random.Random) -> str:
    """A letter left out, written twice, or changed for its neighbour."""
    at = rng.randrange(1, len(text) - 1)
    kind = rng.randrange(3)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at] + text[at:]
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


_NOTHING = np.empty(0, np.int64)
