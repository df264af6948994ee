from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textnorm.cluster import lexvar
from textnorm.cluster.clusterer import load_clusterer
from textnorm.cluster.contexts import Contexts, read_corpus
from textnorm.cluster.lexvar import lex_var
from textnorm.cluster.similarity import Similarity

LETTERS = st.lists(st.permutations("abcdefg"), min_size=8, max_size=8)


def clusters_of(found: list[list[str]]) -> set[frozenset[str]]:
    """Clusters without their order."""
    return {frozenset(cluster) for cluster in found}


def test_words_move_to_the_clustroid_that_they_are_most_like() -> None:
    """Without contexts, equal codes and near spellings stay together; far ones of the same code leave."""
    words = ["zindagi", "zindgi", "zndagi", "zng", "kitab"]
    codes = dict.fromkeys(words, "Z") | {"kitab": "K"}
    found = lex_var(words, Similarity(codes, threshold=0.8))
    assert clusters_of(found) == {
        frozenset({"zindagi", "zindgi", "zndagi"}),
        frozenset({"zng"}),
        frozenset({"kitab"}),
    }


def test_words_without_contexts_stand_alone() -> None:
    """The published rule: too few neighbours, similarity 0, a cluster of its own."""
    words = ["zindagi", "zindgi"]
    empty = Contexts({}, {"zindagi": ("x",)}, 5)
    assert len(lex_var(words, Similarity(dict.fromkeys(words, "Z"), empty))) == 2


@settings(max_examples=40)
@given(LETTERS, LETTERS)
def test_pruning_changes_nothing(left: list[list[str]], right: list[list[str]]) -> None:
    """Candidates left out by their contexts could not have passed the threshold."""
    words = [f"w{i}{'ab'[i % 2]}" for i in range(8)]
    sides = [
        {word: tuple(order[:5]) for word, order in zip(words, side, strict=True)} for side in (left, right)
    ]
    similarity = Similarity({word: word[-1] for word in words}, Contexts(sides[0], sides[1], 5))
    pruned = clusters_of(lex_var(words, similarity))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lexvar._Finder, "candidates", lambda self, word: iter(self._clustroids))
        assert clusters_of(lex_var(words, similarity)) == pruned


@settings(max_examples=60)
@given(
    st.lists(st.text("abkh", min_size=1, max_size=7), min_size=2, max_size=12, unique=True),
    st.floats(0.1, 0.9),
)
def test_pruning_by_spelling_changes_nothing(words: list[str], threshold: float) -> None:
    """Without contexts, words too different in length or letters could not have passed the threshold."""
    similarity = Similarity({word: word[:1] for word in words}, threshold=threshold)
    pruned = clusters_of(lex_var(words, similarity))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lexvar._Finder, "candidates", lambda self, word: iter(self._clustroids))
        assert clusters_of(lex_var(words, similarity)) == pruned


def test_starts_lead_to_partitions() -> None:
    """Whatever the first clusters, every word is in one cluster in the end."""
    corpus = read_corpus(["main ghar ja raha hun", "mein ghar ja rha hun", "mai ghr ja raha hoon"])
    clusterer = load_clusterer("ur-Latn")
    for start in ("key", "random", "single"):
        found = clusterer.by_lex_var(corpus, start=start)
        words = [word for cluster in found for word in cluster.words]
        assert sorted(words) == sorted(corpus.counts)
