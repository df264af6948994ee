"""Building a concept index of made-up names: names per CPU second, memory, and bytes on disk.

Each size is built in a process of its own, so that its peak of memory is its own.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from textnorm.link.concept import Alias, Concept
from textnorm.link.open import open_index, write_index

NAMES = 4  # of a concept
_MIB = 1 << 20


class Built(NamedTuple):
    """What building an index took: CPU seconds, peak memory in MiB, MiB on disk; and seconds to open it."""

    names: int
    seconds: float
    peak: float
    size: float
    opened: float


def concepts(names: int, seed: int) -> Iterator[Concept]:
    """Concepts whose names have one to four words, drawn so that some words are much commoner than others."""
    rng = random.Random(seed)
    syllables = [consonant + vowel for consonant in "bcdfghklmnprstvz" for vowel in "aeiou"]
    words = ["".join(rng.choices(syllables, k=rng.randint(2, 4))) for _ in range(60_000)]
    weights = [1 / (rank + 10) for rank in range(len(words))]
    drawn = iter(rng.choices(words, weights, k=4 * names))
    for number in range(names // NAMES):
        texts = [" ".join(next(drawn) for _ in range(rng.randint(1, 4))) for _ in range(NAMES)]
        yield Concept(f"X:{number}", texts[0], tuple(map(Alias, texts[1:])), types=("thing",))


def compare(sizes: list[int], seed: int) -> Iterator[Built]:
    """Each size of index, built without a pack."""
    for names in sizes:
        command = [sys.executable, __file__, str(names), str(seed)]
        done = subprocess.run(command, capture_output=True, check=True, text=True)
        yield Built(*json.loads(done.stdout))


def measured(names: int, seed: int) -> Built:
    """One index, built here and now; the time to make up its names is taken off."""
    started = time.process_time()
    for _ in concepts(names, seed):
        pass
    making = time.process_time() - started
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "index"
        started = time.process_time()
        write_index(concepts(names, seed), folder, dict)
        seconds = time.process_time() - started - making
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        started = time.process_time()
        count = len(open_index(folder).alias_texts)
        opened = time.process_time() - started
        size = sum(path.stat().st_size for path in folder.iterdir())
    return Built(count, seconds, peak, size / _MIB, opened)


if __name__ == "__main__":
    print(json.dumps(measured(int(sys.argv[1]), int(sys.argv[2]))))
