"""A trained tagger: its mask, its weights, and the words it knows; asked as an engine of the fallback."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from textnorm.fallback.protocol import Answer, Ask
from textnorm.memo import Memo
from textnorm.tagger.features import WIDE, cut
from textnorm.tagger.letters import Letters
from textnorm.tagger.scoring import Choices, best, choices, free, score
from textnorm.tagger.vocabulary import Vocabulary
from textnorm.tagger.weights import Weights

BORDER = "\n"  # stands for what is beyond the ends of a line
NUMBER = "0"  # stands for all numbers
STOPS = frozenset(".!?…")  # end a sentence
_BEYOND = (0,) * WIDE  # the number of the border


class Numbers(dict[str, int]):
    """Numbers for tokens, given out as they come."""

    def __missing__(self, token: str) -> int:
        number = self[token] = len(self)
        return number


@dataclass(frozen=True, slots=True)
class Model:
    """What training makes: words by their typed form with all their readings, and the weights."""

    letters: Letters
    weights: Weights
    words: Mapping[str, tuple[str, ...]]
    facts: Mapping[str, Any] = field(default_factory=dict)  # where it comes from


def token_key(letters: Letters, token: str) -> str:
    """A token as features see it: in lower case, as typed, all numbers alike."""
    return NUMBER if token[0].isnumeric() else letters.plain(token.lower())


class Tagger:
    """Decides for each letter of a word; a listed word with one reading needs no decision."""

    reach = WIDE

    def __init__(self, name: str, model: Model) -> None:
        self.name = name
        self._letters, self._weights, self._words = model.letters, model.weights, model.words
        self._key: Memo[str, str] = Memo(lambda token: token_key(model.letters, token), 100_000)
        self._open: Memo[str, Open] = Memo(self._opened, 100_000)

    def knows(self, word: str) -> bool:
        """Whether the word, typed or written, is listed."""
        return self._letters.plain(word.lower()) in self._words

    def settled(self, word: str) -> str | None:
        """The reading of a word that is listed with one; a word that shows marks was typed with them."""
        typed = word.lower()
        if len(typed) != len(word) or not self._letters.marked.isdisjoint(typed):
            return word
        readings = self._words.get(typed, ())
        return self._letters.written(word, readings[0]) if len(readings) == 1 else None

    def predict(self, asks: Sequence[Ask]) -> list[Answer]:
        """The likeliest reading of each word, and the logarithm of its probability."""
        forms = [self.settled(ask.word) for ask in asks]
        opened = [number for number, form in enumerate(forms) if form is None]
        answers: list[Answer] = [(form, 0.0) for form in forms]
        if opened:
            self._decide(asks, opened, answers)
        return answers

    def _opened(self, typed: str) -> Open:
        """The letters of a word that have to be decided, and its readings if it is listed."""
        readings = [choices(self._letters, typed, one) for one in self._words.get(typed, ())]
        if not readings:
            return Open(range(sum(char in self._letters.edits for char in typed)), ())
        differ = [place for place, column in enumerate(zip(*readings, strict=True)) if len({*column}) > 1]
        return Open(differ, [tuple([reading[place] for place in differ]) for reading in readings])

    def _decide(self, asks: Sequence[Ask], chosen: Sequence[int], answers: list[Answer]) -> None:
        words = [asks[number].word.lower() for number in chosen]
        opened = [self._open[word] for word in words]
        logs = self._scored([asks[number] for number in chosen], [one.places for one in opened])
        at = 0
        for number, word, (places, readings) in zip(chosen, words, opened, strict=True):
            part = logs[at : at + len(places)]
            at += len(places)
            if readings:
                index, chance = best(part, readings)
                reading = self._words[word][index]
            else:
                reading, chance = free(part, word, self._letters)
            answers[number] = (self._letters.written(asks[number].word, reading), chance)

    def _scored(self, asks: Sequence[Ask], places: Sequence[Sequence[int]]) -> list[list[float]]:
        """The chances of the readings of the letters at these places of the words asked about, in order."""
        numbers = Numbers({BORDER: 0})
        number = numbers.__getitem__
        rows = [
            [
                number(ask.word),
                *map(number, ask.left[::-1]),
                *_BEYOND[len(ask.left) :],
                *map(number, ask.right),
                *_BEYOND[len(ask.right) :],
            ]
            for ask in asks
        ]
        columns = np.array(rows, dtype=np.int64).T
        tokens = [self._key[token] for token in numbers]
        words = Vocabulary(tokens, self._letters)
        stops = np.array([token in STOPS for token in tokens])
        near = cut(columns[1:], stops[columns[1:]])
        owner = np.repeat(np.arange(len(asks)), [len(one) for one in places])
        token = columns[0][owner]
        letter = words.first[token] + np.array([place for one in places for place in one], dtype=np.int64)
        logs: list[list[float]] = score(
            self._weights, words, self._letters, letter, token, near[:, owner]
        ).tolist()
        return logs


class Open(NamedTuple):
    """What is to be decided about a word: places among its editable letters, and choices to make there."""

    places: Sequence[int]
    readings: Sequence[Choices]  # none: any
