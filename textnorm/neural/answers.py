"""A byte model as what the `fallback` stage asks: answers for words among their neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from textnorm.fallback.protocol import Answer, Ask
from textnorm.neural.engine import Prediction, Predictor, open_engine
from textnorm.neural.settings import Settings
from textnorm.neural.window import Window


class ByteModel:
    """A model that normalizes words in context, under the `name` that edits report."""

    def __init__(self, name: str, folder: Path, settings: Settings, engine: str = "auto") -> None:
        self.name = name
        self.reach, self._lower = settings.reach, settings.lower
        self._predictor: Predictor = open_engine(folder, settings, engine)

    def knows(self, word: str) -> bool:
        """A byte model lists no words."""
        return False

    def settled(self, word: str) -> str | None:
        """Every answer depends on the words around."""
        return None

    def predict(self, asks: Sequence[Ask]) -> list[Answer]:
        """An answer for each ask, in order; none where the model did not come to an end."""
        return self.answers([Window(*ask) for ask in asks])

    def answers(self, windows: Sequence[Window]) -> list[Answer]:
        """The same for words in their sentences."""
        made = self._predictor.predict(windows)
        return [self._answer(one.word, prediction) for one, prediction in zip(windows, made, strict=True)]

    def _answer(self, word: str, made: Prediction) -> Answer:
        if made.text is None or not made.ended:
            return None, made.logprob
        return _cased(made.text, word) if self._lower else made.text, made.logprob


def _cased(answer: str, word: str) -> str:
    """The answer of a model that knows no capitals, in the case of the word."""
    if answer == word.lower():
        return word
    if word.isupper() and len(word) > 1:
        return answer.upper()
    return answer[:1].upper() + answer[1:] if word[:1].isupper() else answer
