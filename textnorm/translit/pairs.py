"""Attested pairs to learn from: a word, the same word spelled in another way or script, and a count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from textnorm.errors import InputError
from textnorm.evaluate.gold import gold_lines
from textnorm.translit.align import Step

_LEAST, _SHARE = 4.0, 0.0012  # rarer correspondences are slips: occurrences, and share of the unit


def read_pairs(paths: Iterable[str | Path]) -> Iterator[tuple[str, str, float]]:
    """The rows of tables with a word, a spelling and a count (1 if it is missing); raises InputError."""
    for path in paths:
        for at, line in gold_lines(Path(path)):
            if not line or line.startswith("# "):
                continue
            word, _, rest = line.partition("\t")
            spelling, _, count = rest.partition("\t")
            if not word or not spelling or not (count or "1").isdecimal():
                message = f"{line!r} is no pair"
                raise InputError(message, at=at, remedy="write WORD, a tab, SPELLING, a tab, COUNT")
            yield word, spelling, float(count or 1)


def spellings(pairs: Iterable[tuple[str, str, float]]) -> dict[str, str]:
    """Each spelling with the word that it is most often of; of equals the alphabetically last."""
    best: dict[str, tuple[float, str]] = {}
    for word, spelling, count in pairs:
        best[spelling] = max(best.get(spelling, (0.0, "")), (count, word))
    return {spelling: word for spelling, (_, word) in best.items()}


def frequent(steps: Mapping[Step, float]) -> dict[Step, float]:
    """The correspondences that are more than slips."""
    units: dict[str, float] = {}
    both: dict[tuple[str, str], float] = {}
    for (unit, stretch, _), count in steps.items():
        units[unit] = units.get(unit, 0.0) + count
        both[unit, stretch] = both.get((unit, stretch), 0.0) + count
    return {
        step: count
        for step, count in steps.items()
        if both[step.unit, step.stretch] >= max(_LEAST, _SHARE * units[step.unit])
    }
