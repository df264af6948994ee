"""The search by likeness against the same sums written out."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from textnorm.link.arrays import Memory
from textnorm.link.build import build
from textnorm.link.concept import Alias, Concept
from textnorm.link.extras import vectors
from textnorm.link.keys import Keys
from textnorm.link.retrieve import Retriever
from textnorm.link.vectors import Settings

NAMES = (
    ("software developer", "programmer", "software engineer"),
    ("software tester", "test engineer"),
    ("nurse", "registered nurse", "staff nurse"),
    ("nurse aide",),
    ("welder", "arc welder"),
)
CONCEPTS = [Concept(f"X:{n}", names[0], tuple(map(Alias, names[1:]))) for n, names in enumerate(NAMES)]
SETTINGS = Settings(centroid=0.5, preferred=0.02, length=0.8)


@pytest.fixture(scope="module")
def retriever() -> Retriever:
    """A search over the names above."""
    index = build(CONCEPTS, Memory(), Keys(), facts=lambda: {"pack": ""}, extras=[vectors])
    return Retriever(index, SETTINGS)


def _features(text: str) -> set[str]:
    trigrams = {f" {word} "[at : at + 3] for word in text.split() for at in range(len(word))}
    return trigrams | {f"word {word}" for word in text.split()}


_DF = {
    feature: sum(any(feature in _features(name) for name in names) for names in NAMES)
    for names in NAMES
    for name in names
    for feature in _features(name)
}


def _weight(feature: str) -> float:
    if feature not in _DF and feature.startswith("word "):
        return 0.0  # its trigrams count already
    return (math.log((1 + len(NAMES)) / (1 + _DF.get(feature, 0))) + 1) ** 2


def _norm(text: str) -> float:
    return math.sqrt(sum(map(_weight, _features(text))))


def _shared(one: str, other: str) -> float:
    return sum(map(_weight, _features(one) & _features(other)))


def _scores(text: str) -> dict[int, float]:
    """Each concept's score by the definition: its likest name, the centroid, the bonus for the label."""
    mean = sum(_norm(name) for names in NAMES for name in names) / sum(map(len, NAMES))
    found = {}
    for number, names in enumerate(NAMES):
        best = 0.0
        for name in names:
            shared = _shared(text, name)
            likeness = shared / _norm(text) / _norm(name) ** 0.8 / mean**0.2
            best = max(best, likeness + (0.02 if name == names[0] and shared else 0.0))
        dot = sum(_shared(text, name) / _norm(name) for name in names) / _norm(text)
        length = math.sqrt(sum(_shared(a, b) / _norm(a) / _norm(b) for a in names for b in names))
        if best:
            found[number] = best + 0.5 * dot / length
    return found


WORDS = sorted(
    {word for names in NAMES for name in names for word in name.split()} | {"xylophone", "softwere"}
)


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join))
def test_scores_are_those_of_the_definition(retriever: Retriever, text: str) -> None:
    """The same concepts with the same scores, the best first, however the sums are done."""
    (found,) = retriever.search([text])
    expected = _scores(text)
    assert dict(zip(found.concepts.tolist(), found.scores.tolist(), strict=True)) == pytest.approx(
        expected, abs=1e-4
    )
    assert all(first >= second for first, second in pairwise(found.scores.tolist()))


def test_names_left_out(retriever: Retriever) -> None:
    """Without one name the concept is found by its others; without all of them it is not found."""
    (found,) = retriever.search(["programmer"], without=[np.array([1])])
    assert 0 not in found.concepts or found.names[found.concepts.tolist().index(0)] != 1
    (found,) = retriever.search(["nurse"], without=[np.array([5, 6, 7])])
    assert found.concepts.tolist() == [3]


def test_concepts_that_may_be_found(retriever: Retriever) -> None:
    """Others do not come up, however like they are."""
    allowed = np.array([True, True, False, False, True])
    (found,) = retriever.search(["nurse"], allowed=allowed)
    assert not {2, 3} & set(found.concepts.tolist())


def test_concepts_that_are_wanted_too(retriever: Retriever) -> None:
    """They come besides the best ones, ranked among them."""
    (found,) = retriever.search(["software nurse"], top=1, also=[np.array([1])])
    assert set(found.concepts.tolist()) >= {1}
    assert len(found.concepts) == 2


@pytest.mark.parametrize("text", ["", "qqq", "?", "xyz " * 50])
def test_nothing_in_common(retriever: Retriever, text: str) -> None:
    """A string without features, or without any that the index has, is like nothing."""
    (found,) = retriever.search([text])
    assert found.concepts.tolist() == []
