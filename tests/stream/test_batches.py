"""Many texts through one normalizer: `pipe`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from textnorm.stream.batches import pipe

TEXTS = ["5", "", "two\n5\r\n", "a", "5 5"] * 7


@pytest.mark.parametrize("n_process", [1, 2, -1])
@pytest.mark.parametrize("batch_size", [1, 4, 1000])
def test_texts_come_back_in_order(fives: Any, n_process: int, batch_size: int) -> None:
    """Each text comes back as a call would give it, whatever the batches and processes."""
    found = pipe(fives, iter(TEXTS), batch_size=batch_size, n_process=n_process)
    assert list(found) == [fives(text) for text in TEXTS]


@pytest.mark.parametrize("n_process", [1, 2])
def test_contexts_come_along(fives: Any, n_process: int) -> None:
    """What belongs to a text comes back beside it: the very object, which need not be picklable."""
    pairs = [(text, (lambda: None, number)) for number, text in enumerate(TEXTS)]
    found = list(pipe(fives, pairs, as_tuples=True, batch_size=4, n_process=n_process))
    assert [text for text, _ in found] == [fives(text) for text in TEXTS]
    assert all(context is pairs[number][1] for number, (_, context) in enumerate(found))


def test_texts_are_read_batch_by_batch(fives: Any) -> None:
    """The first results come before the last texts are there."""

    def texts() -> Iterator[str]:
        yield from ["5", "a"]
        raise RuntimeError("more was asked for than needed")

    found = pipe(fives, texts(), batch_size=2)
    assert [next(found), next(found)] == ["fünf", "a"]
    with pytest.raises(RuntimeError):
        next(found)


def test_a_batch_holds_something(fives: Any) -> None:
    """A batch size below 1 is a mistake."""
    with pytest.raises(ValueError, match="batch_size must be at least 1, not 0"):
        list(pipe(fives, [], batch_size=0))
