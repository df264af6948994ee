"""Many texts in, many texts out: what `Normalizer.pipe` does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from textnorm.stream.lines import regroup
from textnorm.stream.parallel import Pool, cpu_count


class Batch:
    """Some texts, and what belongs to each of them, which stays in this process."""

    def __init__(self, texts: Sequence[str], contexts: Sequence[Any] = ()) -> None:
        self.texts = texts
        self.contexts = contexts

    def __reduce__(self) -> tuple[Any, ...]:
        return Batch, (self.texts,)


@dataclass(frozen=True, slots=True)
class BatchWork:
    """Normalizes the texts of a batch by one call."""

    apply: Callable[[str], str]

    def __call__(self, batch: Batch) -> list[str]:
        """The normalized texts, in order."""
        return regroup(batch.texts, self.apply)


def pipe(
    normalizer: Callable[[str], str],
    texts: Iterable[Any],
    *,
    as_tuples: bool = False,
    batch_size: int = 1000,
    n_process: int = 1,
) -> Iterator[Any]:
    """Normalized texts in order; with `as_tuples`, (text, context) pairs in and out.

    Texts are read a batch at a time, and a few batches ahead where there are several processes;
    -1 processes means one for each processor.
    """
    if batch_size < 1:
        raise ValueError(f"batch_size must be at least 1, not {batch_size}")
    jobs = cpu_count() if n_process == -1 else n_process
    with Pool(BatchWork(normalizer), jobs) as pool:
        for batch, outs in pool.map(_batches(texts, as_tuples, batch_size)):
            if as_tuples:
                yield from zip(outs, batch.contexts, strict=True)
            else:
                yield from outs


def _batches(texts: Iterable[Any], as_tuples: bool, size: int) -> Iterator[Batch]:
    remaining = iter(texts)
    while chunk := list(islice(remaining, size)):
        if as_tuples:
            yield Batch([text for text, _ in chunk], [context for _, context in chunk])
        else:
            yield Batch(chunk)
