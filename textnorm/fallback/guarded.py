"""An engine that cannot fail: text must never be lost to a model."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any

from textnorm.errors import PackError
from textnorm.fallback.protocol import Answer, Ask, Engine

_SILENT: Answer = (None, 0.0)


class Guarded:
    """An engine with its faults made into silence: it raises PackError alone, for the user to mend.

    Whatever else the engine raises is warned of, and the words stay. Answers that cannot be matched
    with what was asked are none.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.name = str(engine.name)
        self.reach = engine.reach

    def knows(self, word: str) -> bool:
        """Whether the model lists the word."""
        return bool(self._tried(lambda: self._engine.knows(word), False))

    def settled(self, word: str) -> str | None:
        """The form that a word has wherever it stands; the word itself where the engine fails."""
        form = self._tried(lambda: self._engine.settled(word), word)
        return form if form is None or isinstance(form, str) else word

    def predict(self, asks: Sequence[Ask]) -> Sequence[Answer]:
        """An answer for each ask; silence for all of them where the engine fails."""
        given = tuple(asks)  # which an engine cannot alter
        silence = [_SILENT] * len(given)
        answers: Sequence[Answer] = self._tried(
            lambda: [(text, score) for text, score in islice(self._engine.predict(given), len(given) + 1)],
            silence,
        )
        return answers if len(answers) == len(given) else silence

    def _tried(self, call: Callable[[], Any], otherwise: Any) -> Any:
        return tried(self.name, call, otherwise, "the words stay")


def tried(name: str, call: Callable[[], Any], otherwise: Any, so: str) -> Any:
    """What a model's call gives; where it raises, a warning that names the model, and `otherwise`."""
    try:
        return call()
    except PackError:
        raise
    except Exception as error:  # whatever a model's library may raise
        fault = " ".join(f"{type(error).__name__}: {error}".split())
        warnings.warn(f"model {name}: {fault}; {so}", stacklevel=2)
        return otherwise
