"""A trained restorer: what letters may stand for, its weights, the words it knows, and what to go by."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Any, TypeVar

from textnorm.restore.tagging.signs import Signs
from textnorm.restore.tokens import Token
from textnorm.tagger.letters import Mask
from textnorm.tagger.modelfile import read_parts, write_parts
from textnorm.tagger.scoring import Choices
from textnorm.tagger.weights import Weights

BORDER, PAUSE = "\n", ","  # the ends of lines, and what parts words besides white space
LEVELS = 8  # kinds of lines by how much of them was respelled
_TELLS = 1.0  # nats for or against from which a word shows whether it was respelled
_MAGIC = b"textnorm restorer 1\n"
_MOST = 100  # beginnings of words that are followed
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Restorer:
    """What training makes; `words` are sorted."""

    mask: Mask
    signs: Signs
    weights: Weights
    words: Sequence[str]
    facts: Mapping[str, Any] = field(default_factory=dict)  # where it comes from


Listed = dict[Choices, str]
"""Listed words that a word may have been typed for, by the readings they take of the letters of the mask."""


def level(share: float) -> int:
    """The kind of a line by the share of its words that were respelled: 0 to `LEVELS` - 1."""
    return min(int(share * LEVELS), LEVELS - 1)


def kind(level: int, odds: float) -> int:
    """The kind of a word, by that of its line and by what its own letters say of how it was typed."""
    return 3 * level + (odds > -_TELLS) + (odds > _TELLS)


def paused(words: Iterable[T], tokens: Iterable[Token], pause: T) -> Iterator[T]:
    """The words of a line, with a pause where there is more than white space between two."""
    for number, (word, token) in enumerate(zip(words, tokens, strict=True)):
        if number and not token.spaced:
            yield pause
        yield word


def listed(model: Restorer, typed: str) -> Listed:
    """The words of the model that may have been typed so."""
    edits, words = model.mask.edits, model.words
    end = len(words)
    places = [at for at, letter in enumerate(typed) if letter in edits]
    ways: list[tuple[str, Choices]] = [(typed[: places[0]] if places else typed, ())]
    for at, after in zip_longest(places, places[1:]):
        rest, readings = typed[at + 1 : after], (typed[at], *edits[typed[at]])
        longer = []
        for before, choices in ways:
            for number, stands in enumerate(readings):
                text = before + stands + rest
                place = bisect_left(words, text)
                if place < end and words[place].startswith(text):
                    longer.append((text, (*choices, number)))
        ways = longer[:_MOST]
    return {
        choices: text
        for text, choices in ways
        if (place := bisect_left(words, text)) < end and words[place] == text
    }


def spelled(mask: Mask, typed: str, choices: Choices) -> str:
    """A typed word with these readings of the letters of the mask."""
    numbers = iter(choices)
    return "".join(
        [(letter, *mask.edits[letter])[next(numbers)] if letter in mask.edits else letter for letter in typed]
    )


def write_restorer(path: Path, model: Restorer) -> None:
    """Write a model to a file."""
    head = {"edits": model.mask.edits, "signs": model.signs.odds, "facts": dict(model.facts)}
    write_parts(path, _MAGIC, head, "\n".join(model.words), model.weights)


def read_restorer(path: Path) -> Restorer:
    """The model in a file; PackError if it is not there or is none."""
    return read_parts(path, _MAGIC, _made)


def _made(head: dict[str, Any], text: str, weights: Weights) -> Restorer:
    return Restorer(
        Mask(head["edits"]), Signs(head["signs"]), weights, tuple(text.split("\n")), head["facts"]
    )
