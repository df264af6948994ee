"""Gold sentences as examples: what a model would be asked about them, and which choices are right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice, product
from math import inf
from typing import NamedTuple

from textnorm.document import Edit, replay
from textnorm.evaluate.gold import Sentence
from textnorm.normalizer import Normalizer
from textnorm.readings.chooser import FIRST, Choice, Chooser
from textnorm.readings.linear import Linear
from textnorm.readings.protocol import Ask

_MOST = 20_000  # combinations of readings that are tried for a sentence


class Example(NamedTuple):
    """What is asked about a sentence, and the numbers of readings that together give an accepted output."""

    asks: tuple[Ask, ...]
    right: frozenset[tuple[int, ...]]


class _Recorder(Chooser):
    """Lets the first readings stay, and keeps what it is asked."""

    def __init__(self) -> None:
        super().__init__("", inf, lambda: Linear("", {}))
        self.asks: list[Ask] = []

    def choose(self, asks: Sequence[Ask]) -> list[Choice]:
        """The first reading for each ask."""
        self.asks += asks
        return [FIRST] * len(asks)


def examples(
    sentences: Iterable[Sentence], make: Callable[[tuple[str, ...]], Normalizer]
) -> Iterator[Example]:
    """The sentences in which something is uncertain; `make` builds the normalizer for some added layers."""
    ready = lru_cache(maxsize=None)(make)
    for sentence in sentences:
        normalizer, recorder = ready(sentence.layers), _Recorder()
        normalizer.choose_by(recorder)
        document = normalizer.explain(sentence.input)
        unsure = [number for number, edit in enumerate(document.edits) if edit.alternatives]
        readings = [document.edits[number].readings for number in unsure]
        if recorder.asks and readings == [tuple(one.text for one in ask.candidates) for ask in recorder.asks]:
            right = _right(sentence, document.edits, unsure)
            yield Example(tuple(recorder.asks), frozenset(right))


def _right(sentence: Sentence, edits: Sequence[Edit], unsure: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """The choices of readings that give an accepted output."""
    sizes = [range(len(edits[number].readings)) for number in unsure]
    for picked in islice(product(*sizes), _MOST):
        chosen = list(edits)
        for number, reading in zip(unsure, picked, strict=True):
            chosen[number] = replace(edits[number], after=edits[number].readings[reading])
        if replay(sentence.input, chosen).strip() in sentence.accepted:
            yield picked
