"""Answers that are remembered."""

from __future__ import annotations

import pytest

from textnorm.memo import Memo


def test_an_answer_is_worked_out_once() -> None:
    """The function is asked for each new key only."""
    asked: list[str] = []

    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    memo = Memo(length)
    assert [memo["žodis"], memo["a"], memo["žodis"]] == [5, 1, 5]
    assert asked == ["žodis", "a"]


def test_memory_is_bounded() -> None:
    """A full table starts anew, and the answers stay right."""
    memo = Memo(str, kept=3)
    assert [memo[number] for number in (1, 2, 3, 4, 1)] == ["1", "2", "3", "4", "1"]
    assert len(memo) == 2


def test_an_exception_is_no_answer() -> None:
    """What fails is tried again."""
    memo = Memo(int)
    for _ in range(2):
        with pytest.raises(ValueError, match="invalid literal"):
            memo["x"]
    assert len(memo) == 0
