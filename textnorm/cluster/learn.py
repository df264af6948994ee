"""Learns the weights of edits from attested variants: logistic regression over pairs of a block.

Pairs of spellings of one word are told from pairs of different words that share a block. Alignments
depend on weights and weights on alignments, so both are found in turns.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import combinations
from math import exp, log

from textnorm.cluster.edits import BIAS, BLOCK, LENGTH, OTHER, EditModel, Units
from textnorm.cluster.variants import SPAN, Spelling

Blocks = Callable[[Sequence[str]], list[list[Spelling]]]
Example = tuple[dict[str, float], bool]

_RARE = 60  # edits seen less often share the weight OTHER
_ROUNDS, _EPOCHS, _RATE = 2, 3, 0.1


def learn_edits(
    words: Mapping[str, str], blocks: Blocks, vowels: Collection[str], shares: Sequence[float], seed: int = 1
) -> tuple[dict[str, float], Counter[str]]:
    """Weights, and how often each edit was seen, from `words` (spelling to the word it is of).

    Pairs are drawn from random shares of the words, in `shares`, so that the model sees blocks of
    small and of large lexicons.
    """
    draw = random.Random(seed)
    pairs = [pair for share in shares for pair in _pairs(words, blocks, share, draw)]
    weights = _first_guess(pairs, vowels)
    seen: Counter[str] = Counter()
    for _ in range(_ROUNDS):
        model = EditModel(weights)
        found = [(model.edits(a, b), _shape(a, b, block), same) for a, b, block, same in pairs]
        seen = Counter(name for names, _, _ in found for name in set(names))
        examples = [(_features(names, shape, seen), same) for names, shape, same in found]
        weights = _regression(examples, draw)
    return weights, seen


def _pairs(
    words: Mapping[str, str], blocks: Blocks, share: float, draw: random.Random
) -> Iterator[tuple[Units, Units, int, bool]]:
    """Pairs of spellings with the size of their block, and whether they are of one word."""
    chosen = {target for target in sorted(set(words.values())) if draw.random() < share}
    for block in blocks([word for word in sorted(words) if words[word] in chosen]):
        targets = [Counter(words[word] for word in spelling.words).most_common(1)[0][0] for spelling in block]
        for i, j in combinations(range(len(block)), 2):
            a, b = block[i].units, block[j].units
            if abs(len(a) - len(b)) <= SPAN and draw.random() < 0.2 / share:
                yield a, b, len(block), targets[i] == targets[j]


def _shape(a: Units, b: Units, block: int) -> dict[str, float]:
    return {BIAS: 1.0, LENGTH: log((len(a) + len(b)) / 2), BLOCK: log(block)}


def _features(names: Sequence[str], shape: Mapping[str, float], seen: Counter[str]) -> dict[str, float]:
    found = dict(shape)
    for name in names:
        name = name if seen[name] >= _RARE else OTHER
        found[name] = found.get(name, 0.0) + 1.0
    return found


def _first_guess(
    pairs: Sequence[tuple[Units, Units, int, bool]], vowels: Collection[str]
) -> dict[str, float]:
    """Weights to start from: vowels vary more than consonants, and with each other."""
    units = sorted({unit for a, b, _, _ in pairs for unit in (*a, *b)})
    weights = {OTHER: -2.0}
    for a, b in combinations(["-", *units], 2):
        both = (a in vowels) + (b in vowels)
        value = -0.6 if a == "-" and both else -1.0 if a == "-" else (-1.2, -2.5, -0.5)[both]
        for mark in ("", "^", "$"):
            name = f"{b}:-" if a == "-" else f"{a}:{b}"
            weights[f"{mark}{name}"] = value
    return weights


def _regression(examples: list[Example], draw: random.Random) -> dict[str, float]:
    """Logistic regression by AdaGrad, every example weighed alike."""
    weights: dict[str, float] = {}
    squares: dict[str, float] = {}
    for _ in range(_EPOCHS):
        draw.shuffle(examples)
        for features, same in examples:
            odds = sum(weights.get(name, 0.0) * value for name, value in features.items())
            slope = 1 / (1 + exp(-max(-30.0, min(30.0, odds)))) - same
            for name, value in features.items():
                step = slope * value
                squares[name] = squares.get(name, 1e-8) + step * step
                weights[name] = weights.get(name, 0.0) - _RATE * step / squares[name] ** 0.5
    return weights
