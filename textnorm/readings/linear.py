"""A small model of readings: a table of weights, each for a clue and a value, that anyone can read and edit.

The probability of a set of features is that of a log-linear model (Berger et al., *A maximum entropy
approach to natural language processing*, 1996): the exponential of the sum of the weights of all clues
with all its values, as a share of all sets. That of a reading is the sum over the sets it may have.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import exp, log

from textnorm.errors import Location, PackError
from textnorm.pack.model import Lexicon
from textnorm.readings.clues import clues, values
from textnorm.readings.protocol import Ask

Weights = Mapping[str, Mapping[str, float]]  # by clue and value
COLUMNS = ("clue", "value", "weight")


class Linear:
    """The model as an engine."""

    def __init__(self, name: str, weights: Weights) -> None:
        self.name, self.weights = name, weights

    def score(self, asks: Sequence[Ask]) -> list[list[float]]:
        """The log-probabilities of the readings of each ask."""
        return [self._score(ask) for ask in asks]

    def _score(self, ask: Ask) -> list[float]:
        known = [self.weights[clue] for clue in clues(ask) if clue in self.weights]
        sets = [values(candidate, number) for number, candidate in enumerate(ask.candidates)]
        shares = distribution(known, sets)
        return [log(max(sum(row), 1e-30)) for row in shares]


def distribution(
    known: Sequence[Mapping[str, float]], sets: Sequence[Sequence[Sequence[str]]]
) -> list[list[float]]:
    """The probability of each set of features of each reading, given the weights of the clues there are."""
    totals = {
        value: sum([row.get(value, 0.0) for row in known])
        for value in dict.fromkeys(value for reading in sets for named in reading for value in named)
    }
    sums = [[sum([totals[value] for value in named]) for named in reading] for reading in sets]
    top = max(max(row) for row in sums)
    raised = [[exp(one - top) for one in row] for row in sums]
    whole = sum(map(sum, raised))
    return [[one / whole for one in row] for row in raised]


def read_table(table: Lexicon) -> Linear:
    """The model in a table; PackError if a column is missing or a weight is no number."""
    missing = [name for name in COLUMNS if name not in table.columns]
    if missing:
        remedy = f"a table of weights has the columns {', '.join(COLUMNS)}"
        raise PackError(f'no column "{missing[0]}"', at=Location(table.file, 1), remedy=remedy)
    places = [table.columns.index(name) for name in COLUMNS]
    weights: dict[str, dict[str, float]] = {}
    for row in table.rows:
        clue, value, weight = (row[place] for place in places)
        try:
            number = float(weight)
        except ValueError:
            number = float("nan")
        if not -100 <= number <= 100:
            at = Location(table.file)
            raise PackError(f'"{weight}" is no weight', at=at, remedy="write a number from -100 to 100")
        weights.setdefault(clue, {})[value] = number
    return Linear(table.name, weights)


def table_rows(weights: Weights) -> Iterable[str]:
    """The lines of a table, without the header; weights that are rounded to 0 have none."""
    for clue in sorted(weights):
        for value, weight in sorted(weights[clue].items()):
            if abs(weight) >= 0.05:
                yield f"{clue}\t{value}\t{weight:.2f}\town"
