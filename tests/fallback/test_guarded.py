"""An engine in its guard: faults become silence, and are told."""

from __future__ import annotations

from typing import Any

import pytest

from textnorm.errors import PackError
from textnorm.fallback.guarded import Guarded
from textnorm.fallback.protocol import Ask

ASKS = [Ask((), "a", ()), Ask((), "b", ())]


class Engine:
    """Raises a fault at everything it is asked."""

    name, reach = "broken", 2

    def __init__(self, fault: Exception) -> None:
        self._fault = fault

    def knows(self, word: str) -> Any:
        """Fails."""
        raise self._fault

    def settled(self, word: str) -> Any:
        """Fails."""
        raise self._fault

    def predict(self, asks: Any) -> Any:
        """Fails."""
        raise self._fault


def test_faults_become_silence() -> None:
    """The words stay: none is listed, each is its own form, and there is no answer."""
    guarded = Guarded(Engine(ValueError("first line\nsecond line")))
    with pytest.warns(UserWarning, match="model broken: ValueError: first line second line; the words stay"):
        assert guarded.knows("a") is False
    with pytest.warns(UserWarning, match="broken"):
        assert guarded.settled("a") == "a"
    with pytest.warns(UserWarning, match="broken"):
        assert guarded.predict(ASKS) == [(None, 0.0)] * 2


def test_errors_that_are_meant_for_the_user_pass() -> None:
    """A missing package or file is no fault of the model."""
    with pytest.raises(PackError, match="not installed"):
        Guarded(Engine(PackError("not installed"))).predict(ASKS)


def test_what_is_told_is_what_was_asked_for() -> None:
    """Answers of a model that works come through in order."""

    class Working(Engine):
        def predict(self, asks: Any) -> Any:
            return [(ask.word.upper(), -0.5) for ask in asks]

    assert Guarded(Working(ValueError())).predict(ASKS) == [("A", -0.5), ("B", -0.5)]
