from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textnorm.cluster.clusterer import Cluster, Clusterer, load_clusterer
from textnorm.cluster.edits import BIAS, BLOCK, FLOOR, EditModel, different, splitter
from textnorm.cluster.linkage import average_linkage
from textnorm.cluster.variants import canonical
from textnorm.errors import PackError

UNITS = st.text("abkhn", max_size=7).map(tuple)


@pytest.fixture(scope="module")
def clusterer() -> Clusterer:
    """The clusterer for Roman Urdu."""
    return load_clusterer("ur-Latn")


def together(clusters: list[Cluster], word: str) -> set[str]:
    """The words in the cluster of `word`."""
    return next(set(cluster.words) for cluster in clusters if word in cluster.words)


def test_spellings_of_one_word_come_together(clusterer: Clusterer) -> None:
    """Dropped vowels, doubled letters, i/e and o/u, h and final n vary; other words stay away."""
    words = ["mohabbat", "muhabbat", "mohabat", "muhabat", "mohabbath", "zindagi", "zindgi", "zindagee", "kitab",
             "kitaab", "katib", "khoobsurat", "khubsoorat", "mehnat"]  # fmt: skip
    clusters = clusterer.by_edits(dict.fromkeys(words, 1))
    assert together(clusters, "mohabbat") == {"mohabbat", "muhabbat", "mohabat", "muhabat", "mohabbath"}
    assert together(clusters, "zindagi") == {"zindagi", "zindgi", "zindagee"}
    assert together(clusters, "kitab") == {"kitab", "kitaab"}
    assert together(clusters, "khoobsurat") == {"khoobsurat", "khubsoorat"}
    assert together(clusters, "mehnat") == {"mehnat"}


def test_signs_and_numbers_are_never_grouped(clusterer: Clusterer) -> None:
    """Words without letters have no key, which is not the same as having an equal one."""
    for clusters in (
        clusterer.by_edits({"123": 1, "456": 1, "!?": 1}),
        clusterer.by_key({"123": 1, "!?": 1}, "spelling"),
    ):
        assert all(len(cluster.words) == 1 for cluster in clusters)


@given(st.dictionaries(st.text(max_size=9), st.integers(1, 9), max_size=25))
def test_every_word_is_in_one_cluster(counts: dict[str, int]) -> None:
    """Clusters partition whatever words come, and the canonical spelling is one of them."""
    clusters = load_clusterer("ur-Latn").by_edits(counts)
    assert sorted(word for cluster in clusters for word in cluster.words) == sorted(counts)
    assert all(cluster.canonical in cluster.words for cluster in clusters)


def test_the_canonical_spelling_is_the_most_frequent_then_the_most_typical() -> None:
    """Counts decide; of equals the one that shares most with the others."""
    assert canonical(["nhi", "nahi"], {"nhi": 5, "nahi": 2}) == "nhi"
    assert canonical(["mohabt", "mohabbat", "mohabat"], {}) == "mohabat"


@given(UNITS, UNITS)
def test_different_stretches(a: tuple[str, ...], b: tuple[str, ...]) -> None:
    """What is cut off at both sides is equal, and what remains differs at both ends."""
    x, y, *_ = different(a, b)
    shared = len(a) - len(x)
    assert shared == len(b) - len(y)
    places = [
        low
        for low in range(shared + 1)
        if a[:low] == b[:low] and a[low : low + len(x)] == x and b[low : low + len(y)] == y
    ]
    assert any(a[low + len(x) :] == b[low + len(y) :] for low in places)
    assert not (x and y) or (x[0] != y[0] and x[-1] != y[-1])


def model(**weights: float) -> EditModel:
    """A model in which only the edits named weigh."""
    names = {name.replace("_", ":").replace("0", "-"): value for name, value in weights.items()}
    return EditModel({BIAS: 5.0, "(other)": -3.0, **names})


def test_log_odds_are_the_constant_less_the_cheapest_alignment() -> None:
    """Edits add up; an edit that is not listed costs what others cost."""
    one = model(a_0=-0.5, a_e=-1.0)
    assert one.log_odds(tuple("bat"), tuple("bt"), 1) == pytest.approx(4.5)
    assert one.log_odds(tuple("bat"), tuple("bet"), 1) == pytest.approx(4.0)
    assert one.log_odds(tuple("bat"), tuple("kat"), 1) == pytest.approx(2.0)
    assert one.log_odds(tuple("bat"), tuple("kuzon"), 1) == FLOOR
    assert one.edits(tuple("bata"), tuple("bet")) == ["$a:-", "a:e"]


@given(UNITS.filter(len), UNITS.filter(len))
def test_log_odds_are_symmetric_and_remembered(a: tuple[str, ...], b: tuple[str, ...]) -> None:
    """The order of spellings and what was asked before do not matter, nor does the size of the block."""
    weights = {BIAS: 3.0, BLOCK: -1.0, "(other)": -1.5, "a:-": -0.4, "^h:-": -0.2, "$n:-": -0.3}
    one, fresh = EditModel(weights), EditModel(weights)
    one.log_odds(a, b, 90)
    assert one.log_odds(a, b, 2) == pytest.approx(fresh.log_odds(b, a, 2))


def test_units_are_cut_longest_first() -> None:
    """A digraph is one unit."""
    assert splitter(["kh", "h"])("khabah") == ("kh", "a", "b", "a", "h")


def test_average_linkage() -> None:
    """The nearest merge first, and a chain does not pull strangers together."""
    scores = {(0, 1): 3.0, (1, 2): 2.0, (3, 4): 1.0}
    found = average_linkage([1, 1, 1, 1, 1], scores, floor=-4, threshold=0)
    assert sorted(map(sorted, found)) == [[0, 1], [2], [3, 4]]
    assert sorted(
        map(sorted, average_linkage([1, 1, 1], {(0, 1): 3.0, (1, 2): 2.0}, floor=0, threshold=0))
    ) == [[0, 1, 2]]


def test_packs_without_keys_are_refused() -> None:
    """Lithuanian describes no variants; the message says so."""
    with pytest.raises(PackError, match="no phonetic keys"):
        load_clusterer("lt")
