"""A trained tagger: its mask, its weights, and the words it knows; asked as an engine of the fallback."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from textnorm.fallback.protocol import Answer, Ask
from textnorm.memo import Memo
from textnorm.tagger.features import REACH, Context
from textnorm.tagger.letters import Letters
from textnorm.tagger.scoring import Choices, Scored, choices, score
from textnorm.tagger.vocabulary import Vocabulary
from textnorm.tagger.weights import Weights

BORDER = "\n"  # stands for what is beyond the ends of a line
NUMBER = "0"  # stands for all numbers


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

    reach = REACH

    def __init__(self, name: str, model: Model) -> None:
        self.name = name
        self._letters, self._weights, self._words = model.letters, model.weights, model.words
        self._key: Memo[str, str] = Memo(lambda token: token_key(model.letters, token), 100_000)
        self._choices: Memo[str, list[Choices]] = Memo(
            lambda typed: [choices(model.letters, typed, one) for one in model.words[typed]], 100_000
        )

    def knows(self, word: str) -> bool:
        """Whether the word, typed or written, is listed."""
        return self._letters.plain(word.lower()) in self._words

    def settled(self, word: str) -> str | None:
        """The reading of a word that is listed with one; a word that shows marks was typed with them."""
        typed = word.lower()
        if len(typed) != len(word) or self._letters.plain(typed) != typed:
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

    def _decide(self, asks: Sequence[Ask], chosen: Sequence[int], answers: list[Answer]) -> None:
        scored = self._scored([asks[number] for number in chosen])
        for place, number in enumerate(chosen):
            word = asks[number].word
            readings = self._words.get(word.lower())
            if readings:
                best, chance = scored.best(place, self._choices[word.lower()])
                reading = readings[best]
            else:
                reading, chance = scored.free(place, word.lower(), self._letters)
            answers[number] = (self._letters.written(word, reading), chance)

    def _scored(self, asks: Sequence[Ask]) -> Scored:
        """The chances of the readings of every letter of the words asked about."""
        ids: dict[str, int] = {BORDER: 0}
        key = self._key
        rows = [
            [
                ids.setdefault(token, len(ids))
                for token in (
                    key[ask.word],
                    key[ask.left[-1]] if ask.left else BORDER,
                    key[ask.left[-2]] if len(ask.left) > 1 else BORDER,
                    key[ask.right[0]] if ask.right else BORDER,
                    key[ask.right[1]] if len(ask.right) > 1 else BORDER,
                )
            ]
            for ask in asks
        ]
        columns = np.array(rows, dtype=np.int64).T
        words = Vocabulary(list(ids), self._letters)
        first, logs = score(self._weights, words, self._letters, columns[0], Context(*columns[1:]))
        return Scored(first.tolist(), logs.tolist())
