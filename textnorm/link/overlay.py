"""Users' aliases laid over an index for one run: as names of its concepts that only memory has.

They take part in every tier and in the search by likeness, as those do that `index learn` puts into an
index, but nothing is written and the index may be of any size. Names of the overlay go by the numbers
-1, -2, … where they stand beside those of the index.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from textnorm.link.arrays import Memory
from textnorm.link.build import build
from textnorm.link.concept import Alias, Concept
from textnorm.link.keys import Keys
from textnorm.link.retrieve import Found, Retriever
from textnorm.link.store import Index
from textnorm.link.useraliases import UserAliases
from textnorm.link.vectors import Settings, write_vectors


class Overlay:
    """The aliases as a small index of their own; `concepts` has the numbers that its concepts go by below."""

    def __init__(self, below: Index, keys: Keys, settings: Settings, aliases: UserAliases) -> None:
        by_concept: dict[int, list[Alias]] = {}
        for (text, concept), seen in aliases.seen.items():
            by_concept.setdefault(concept, []).append(Alias(text, "user", seen=seen))
        self.index = build(
            (Concept(below.ids[concept], "", tuple(names)) for concept, names in by_concept.items()),
            Memory(),
            keys,
            extras=[lambda index, arrays: write_vectors(index, arrays, keys, below)],
        )
        self.concepts = np.array(list(by_concept), np.int64)
        self._retriever = Retriever(self.index, settings)

    def search(
        self, texts: Sequence[str], found: Sequence[Found], top: int, allowed: NDArray[np.bool_] | None
    ) -> list[Found]:
        """What was found in the index below, together with what the aliases add."""
        mine = self._retriever.search(texts, top, None if allowed is None else allowed[self.concepts])
        return [self._joined(*pair) for pair in zip(found, mine, strict=True)]

    def _joined(self, below: Found, mine: Found) -> Found:
        """Each concept once, by the name that it is likest with."""
        concepts = np.concatenate([below.concepts, self.concepts[mine.concepts]])
        scores = np.concatenate([below.scores, mine.scores])
        order = np.lexsort((concepts, -np.round(scores, 6)))
        order = order[np.sort(np.unique(concepts[order], return_index=True)[1])]
        return Found(
            concepts[order],
            scores[order],
            np.concatenate([below.cosines, mine.cosines])[order],
            np.concatenate([below.names, -1 - mine.names])[order],
            np.concatenate([below.centroids, mine.centroids])[order],
            max(below.known, mine.known),
        )
