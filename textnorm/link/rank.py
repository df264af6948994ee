"""One ranked list from what the sieve found and what is merely alike, with what the scores rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from textnorm.link.calibrate import Alike, Sieved
from textnorm.link.retrieve import Found
from textnorm.link.sieve import Hit, leaders


class Scored(NamedTuple):
    """A candidate before it gets its probability: the concept and the name by number, and what is known of
    it."""

    concept: int
    name: int
    known: Sieved | Alike


def ranked(text: str, hits: Sequence[Hit], found: Found, top: int) -> list[Scored]:
    """The candidates for a string, at most `top`: those of the sieve, then others that are alike.

    `text` is the string as it is compared. Of hits that are equally sure the likest comes first.
    """
    likeness = dict(zip(found.concepts.tolist(), found.scores.tolist(), strict=True))
    rows = _sieved(text, hits, likeness, dict(zip(likeness, found.cosines.tolist(), strict=True)), top)
    taken = {hit.concept for hit in hits}
    others = [place for place, concept in enumerate(likeness) if concept not in taken]
    return [*rows, *_alike(text, found, others, len(rows))][:top]


def _sieved(
    text: str, hits: Sequence[Hit], likeness: Mapping[int, float], cosines: Mapping[int, float], most: int
) -> list[Scored]:
    """At most so many of the candidates that a tier found."""

    def like(hit: Hit) -> float:
        return likeness.get(hit.concept, 0.0)

    order = sorted(hits, key=lambda hit: (hit.scope, -hit.seen, hit.tier, -like(hit), hit.concept))
    ties = leaders(hits)
    seen = sum(hit.seen for hit in order[:ties])
    best = max(likeness, key=lambda concept: likeness[concept], default=-1)
    second = max((score for concept, score in likeness.items() if concept != best), default=0.0)
    rows = []
    for rank, hit in enumerate(order[:most]):
        rival = second if hit.concept == best else likeness.get(best, 0.0)
        known = Sieved(
            hit.tier,
            ties,
            rank,
            hit.scope,
            len(text),
            like(hit) - rival,
            cosines.get(hit.concept, 0.0),
            hit.seen / seen if seen else 0.0,
        )
        rows.append(Scored(hit.concept, hit.name, known))
    return rows


def _alike(text: str, found: Found, places: Sequence[int], before: int) -> list[Scored]:
    """The candidates at some places of what was found, with `before` candidates ranked before them."""
    scores = found.scores.tolist()
    first = scores[places[0]] if places else 0.0
    second = scores[places[1]] if len(places) > 1 else 0.0
    rows = []
    for rank, place in enumerate(places):
        known = Alike(
            float(found.cosines[place]),
            float(found.centroids[place]),
            first - second if rank == 0 else 0.0,
            first - scores[place],
            rank,
            found.known,
            text.count(" ") + 1,
            before > 0,
        )
        rows.append(Scored(int(found.concepts[place]), int(found.names[place]), known))
    return rows
