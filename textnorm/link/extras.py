"""What linking adds to every index that is built: features for the search by likeness, and calibration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from textnorm.link.arrays import Arrays, Folder
from textnorm.link.calibrate import Calibration, Outcome, Sieved, calibrate
from textnorm.link.heldout import held_out
from textnorm.link.keys import keys_of
from textnorm.link.linker import Linker
from textnorm.link.store import Index
from textnorm.link.vectors import write_vectors

QUERIES = 4000
_LEAST = 500  # names that an index needs for a calibration of its own
_TOP = 5  # candidates of a query that count
_BATCH = 256


def vectors(index: Index, arrays: Arrays) -> Mapping[str, Any]:
    """Adds the arrays of the search by likeness."""
    return write_vectors(index, arrays, keys_of(index.manifest))


def calibration(index: Index, arrays: Arrays) -> Mapping[str, Any]:
    """Adds the calibration of scores; indexes that are small, or made in memory at each start, have none."""
    if not isinstance(arrays, Folder) or len(index.alias_concept) < _LEAST:
        return {}
    return {"calibration": calibrated(index, QUERIES).to_dict()}


def calibrated(index: Index, count: int, seed: int = 0) -> Calibration:
    """The calibration that `count` queries made of the index give."""
    linker = Linker(index)
    queries = held_out(index, count, seed)
    outcomes = []
    for start in range(0, len(queries), _BATCH):
        batch = queries[start : start + _BATCH]
        found = linker.scored([one.text for one in batch], _TOP, [one.without for one in batch])
        for query, row in zip(batch, found, strict=True):
            if len(query.without) and row and isinstance(row[0].known, Sieved) and row[0].known.tier == 0:
                continue  # a name that another concept has as well: without that one it would be right
            outcomes += [
                Outcome(one.known, one.concept == query.concept, rank == 0) for rank, one in enumerate(row)
            ]
    return calibrate(outcomes, len(queries))
