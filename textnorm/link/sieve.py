"""The sieve: the concepts that have a string among their names, under keys that take ever more for equal.

The first tier that answers is believed. A name that is narrower or broader than its concept, or merely
related to it, is no full answer: later tiers may still find the concept that bears the name, and then it
comes first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from textnorm.link.concept import SCOPES
from textnorm.link.keys import Keys
from textnorm.link.store import Index

if TYPE_CHECKING:
    from textnorm.link.overlay import Overlay

USER, LABEL = SCOPES.index("user"), SCOPES.index("label")
FULL = SCOPES.index("exact")
"""Names of this scope or a surer one are names of the concept itself."""


class Hit(NamedTuple):
    """A concept whose name has the key of a string: its number, the number of the name (negative in an
    overlay), the number of the scope, how often a user meant it, and the tier."""

    concept: int
    name: int
    scope: int
    seen: int
    tier: int


class Sieve:
    """Looks strings up tier by tier, first among the users' aliases that lie over the index."""

    def __init__(self, index: Index, keys: Keys, overlay: Overlay | None = None) -> None:
        self._index, self._keys, self._overlay = index, keys, overlay

    def __call__(
        self,
        texts: Sequence[str],
        allowed: NDArray[np.bool_] | None = None,
        without: Sequence[NDArray[np.int64]] | None = None,
    ) -> list[list[Hit]]:
        """For each string its hits, one for each concept, the surest first; often none.

        `allowed` says of each concept whether it may be found; `without` names, for each string, that are
        left out of account.
        """
        found: list[list[Hit]] = [[] for _ in texts]
        open_ = [number for number, text in enumerate(texts) if text.strip()]
        for tier in range(len(self._keys.tiers)):
            if not open_:
                break
            keys = self._keys.of(tier, [texts[number] for number in open_])
            for number, key in zip(open_, keys, strict=True):
                skip = without[number] if without is not None else ()
                hits = self._hits(tier, key, texts[number], allowed, skip)
                found[number] = _merged(hits, found[number])
            open_ = [number for number in open_ if not found[number] or found[number][0].scope > FULL]
        return found

    def _hits(
        self,
        tier: int,
        key: str,
        text: str,
        allowed: NDArray[np.bool_] | None,
        skip: Sequence[int] | NDArray[np.int64],
    ) -> list[Hit]:
        index = self._index
        hits = self._own(tier, key) if self._overlay else []
        for name in index.lookup(tier, key).tolist():
            if name in skip or (index.alias_cased[name] and index.alias_text(name) != text.strip()):
                continue
            concept, scope = int(index.alias_concept[name]), int(index.alias_scope[name])
            hits.append(Hit(concept, name, scope, int(index.alias_seen[name]), tier))
        if allowed is not None:
            hits = [hit for hit in hits if allowed[hit.concept]]
        return hits

    def _own(self, tier: int, key: str) -> list[Hit]:
        assert self._overlay is not None
        own, concepts = self._overlay.index, self._overlay.concepts
        return [
            Hit(int(concepts[own.alias_concept[name]]), -1 - name, USER, int(own.alias_seen[name]), tier)
            for name in own.lookup(tier, key).tolist()
        ]


def _merged(new: list[Hit], old: list[Hit]) -> list[Hit]:
    """One hit for each concept, the surest; those of a later tier first, if they say more."""
    best: dict[int, Hit] = {}
    for hit in sorted([*new, *old], key=lambda hit: (hit.scope, -hit.seen, hit.tier, hit.concept, hit.name)):
        best.setdefault(hit.concept, hit)
    return list(best.values())


def leaders(hits: Sequence[Hit]) -> int:
    """How many of the first hits are equally sure: more than one is ambiguous."""
    first = hits[0] if hits else None
    return sum(hit.scope == first.scope and hit.tier == first.tier for hit in hits) if first else 0
