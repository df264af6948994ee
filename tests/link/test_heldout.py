"""Queries with known answers, made of an index."""

from __future__ import annotations

import random
from collections.abc import Callable

from textnorm.link.concept import Alias, Concept
from textnorm.link.heldout import SHARES, held_out, noisy
from textnorm.link.store import Index

CONCEPTS = [
    Concept(f"X:{number}", f"label {number}", (Alias(f"synonym {number}"), Alias(f"kin {number}", "related")))
    for number in range(100)
]


def test_kinds(indexed: Callable[..., Index]) -> None:
    """Held out is never the label, no concept leaves out all of its names, related names are not asked for."""
    index = indexed(CONCEPTS)
    queries = held_out(index, 100)
    assert len(queries) == 100
    assert not any(query.text.startswith("kin") and query.text[4:].isdigit() for query in queries)
    single = [query for query in queries if len(query.without) == 1]
    assert len(single) == 100 * SHARES["held out"]
    for query in single:
        assert query.text == index.alias_text(int(query.without[0])) == f"synonym {query.concept}"
    nothing = [query for query in queries if query.concept < 0]
    assert len(nothing) == 100 * SHARES["no concept"]
    assert all(len(query.without) == 3 for query in nothing)


def test_the_same_index_gives_the_same_queries(indexed: Callable[..., Index]) -> None:
    """Building twice gives the same calibration."""
    texts = [[query.text for query in held_out(indexed(CONCEPTS), 50)] for _ in range(2)]
    assert texts[0] == texts[1]


def test_noise() -> None:
    """Noise changes a text by a letter or a word or two, and copes with short ones."""
    rng = random.Random(0)
    changed = [noisy("registered nurse", ["night", "shift"], rng) for _ in range(200)]
    assert sum(text != "registered nurse" for text in changed) > 150
    assert any("night" in text or "shift" in text for text in changed)
    assert all(text for text in changed)
    for text in ("", "a", "ab", "a b"):
        assert isinstance(noisy(text, [], rng), str)
