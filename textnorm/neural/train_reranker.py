"""Trains an encoder to tell the candidates of an index apart, from strings that were linked by hand."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from textnorm.errors import InputError
from textnorm.link.calibrate import fit_logistic
from textnorm.link.concept import Candidate
from textnorm.link.linker import Linker
from textnorm.link.rerank import Reranker, Weights, write_weights
from textnorm.neural.encoder import Scorer
from textnorm.neural.train import fresh_folder
from textnorm.neural.train_encoder import Triple, train_encoder

_TOP = 20  # candidates that are told apart
_HELD_BACK = 5  # one pair of so many
_LEAST = 20  # pairs

Pair = tuple[str, int]
"""A string and the number of its concept."""


@dataclass(frozen=True, slots=True)
class Gain:
    """Held-back strings, and how many of them are linked rightly without and with the encoder."""

    strings: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Course:
    """How an encoder is trained; `start` is the folder of one, or None."""

    start: Path | None
    steps: int
    batch: int
    rate: float
    seed: int


def train_reranker(
    linker: Linker, pairs: Sequence[Pair], folder: Path, course: Course, tell: Callable[[int, float], None]
) -> Gain:
    """Train on the pairs and the names of the index, weigh the result on pairs held back, write it all.

    Raises InputError if there are too few pairs, or the folder is in use.
    """
    if len(pairs) < _LEAST:
        raise InputError(f"{len(pairs)} pairs are too few to learn from", remedy=f"give at least {_LEAST}")
    fresh_folder(folder, resume=False)
    draw = random.Random(course.seed)
    mixed = sorted(set(pairs))
    draw.shuffle(mixed)
    held, seen = mixed[::_HELD_BACK], [pair for n, pair in enumerate(mixed) if n % _HELD_BACK]
    triples = [*_triples(linker, seen), *_names(linker, 4 * len(seen), draw)]
    train_encoder(triples, folder, course.start, course.steps, course.batch, course.rate, course.seed, tell)
    weights, gain = _weigh(linker, held, Scorer(folder))
    write_weights(folder, weights)
    return gain


def _triples(linker: Linker, pairs: Sequence[Pair]) -> list[Triple]:
    """Strings with the label of their concept and that of the first wrong candidate."""
    ids, labels = linker.index.ids, linker.index.labels
    found = linker.link_all([text for text, _ in pairs], top=5)
    return [
        Triple(text, labels[concept], next((one.label for one in some if one.id != ids[concept]), ""))
        for (text, concept), some in zip(pairs, found, strict=True)
    ]


def _names(linker: Linker, count: int, draw: random.Random) -> list[Triple]:
    """Names of the index with the label of their concept."""
    index = linker.index
    numbers = [n for n in range(len(index.alias_concept)) if n != index.first_alias[index.alias_concept[n]]]
    chosen = draw.sample(numbers, min(count, len(numbers)))
    return [Triple(index.alias_text(n), index.labels[int(index.alias_concept[n])], "") for n in chosen]


def _weigh(linker: Linker, held: Sequence[Pair], scorer: Scorer) -> tuple[Weights, Gain]:
    """Weights fitted on strings held back, and what they bring on those strings."""
    ids = linker.index.ids
    found = list(linker.link_all([text for text, _ in held], top=_TOP))
    plain = Reranker(scorer, Weights())
    rows = []
    for (text, concept), candidates in zip(held, found, strict=True):
        for one, features in zip(
            candidates, plain.features(text, candidates) if candidates else (), strict=True
        ):
            rows.append((features, one.id == ids[concept]))
    weights = Weights(*fit_logistic(rows, Weights()))
    fitted = Reranker(scorer, weights)
    after = [fitted(text, candidates) for (text, _), candidates in zip(held, found, strict=True)]
    wanted = [ids[concept] for _, concept in held]
    return weights, Gain(len(held), _right(found, wanted), _right(after, wanted))


def _right(found: Sequence[Sequence[Candidate]], wanted: Sequence[str]) -> int:
    return sum(bool(some) and some[0].id == id for some, id in zip(found, wanted, strict=True))
