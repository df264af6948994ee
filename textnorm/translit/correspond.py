"""Tables of correspondences between two scripts, read in either direction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import inf, log
from typing import NamedTuple

from textnorm.errors import Location, PackError
from textnorm.pack.model import Lexicon

PLACES = (0, 1, 2)
PLACE_NAMES = ("initial", "medial", "final")
NOTHING = "∅"
_SMOOTH = 0.5  # occurrences that a correspondence seen elsewhere in words counts as at a place


class Row(NamedTuple):
    """A stretch of the source, what it becomes, and the log probabilities by place in the word."""

    stretch: str
    text: str
    logs: tuple[float, ...]


class Correspondences:
    """What stretches of a source word are in the target script.

    `counts` maps (target, source, place) to how often they corresponded. Probabilities are those of
    the source given the target, as goes with a model of target words (noisy channel), or of the target
    given the source, which is better where the target says more than the source.
    """

    def __init__(self, counts: Mapping[tuple[str, str, int], float], given: str = "target") -> None:
        smoothed: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
        for (target, source, place), count in counts.items():
            smoothed[target, source][place] += count
        totals: dict[tuple[str, int], float] = defaultdict(float)
        for (target, source), row in smoothed.items():
            spread = _SMOOTH * sum(row) / (sum(row) + 5)
            for place in PLACES:
                row[place] += spread
                totals[target if given == "target" else source, place] += row[place]
        self.rows = []
        for (target, source), row in sorted(smoothed.items()):
            sums = [totals[target if given == "target" else source, place] for place in PLACES]
            logs = tuple(log(n / total) if n else -inf for n, total in zip(row, sums, strict=True))
            self.rows.append(Row(source, target, logs))


def read_counts(table: Lexicon, source: str, target: str, given: str = "target") -> Correspondences:
    """The correspondences in a table with the columns `source` and `target`, `place` and `count`."""
    names = (target, source, "place", "count")
    for name in names:
        if name not in table.columns:
            raise PackError(f"table {table.name} has no column {name!r}", at=Location(table.file))
    columns = [table.column(name) for name in names]
    return Correspondences(
        dict(_counts(([row[c] for c in columns] for row in table.rows), table.file)), given
    )


def _counts(rows: Iterable[list[str]], file: str) -> Iterable[tuple[tuple[str, str, int], float]]:
    for target, source, place, count in rows:
        if place not in PLACE_NAMES or not count.replace(".", "", 1).isdecimal():
            raise PackError(
                f'"{place} {count}" is no place and count',
                at=Location(file),
                remedy=f"{', '.join(PLACE_NAMES)} and a number",
            )
        yield (
            (target.replace(NOTHING, ""), source.replace(NOTHING, ""), PLACE_NAMES.index(place)),
            float(count),
        )
