from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textnorm.cluster.clusterer import Clusterer, load_clusterer
from textnorm.cluster.phonetic import PhoneticKey
from textnorm.errors import PackError

PUBLISHED = {
    "zindagi": "Z_11_8_13_0_0",
    "zindagee": "Z_11_8_13_0_0",
    "zndagi": "Z_11_8_13_0_0",
    "zaindagee": "Z_11_8_13_0_0",
    "mohabbat": "M_19_9_2_0_0",
    "mhbt": "M_19_9_2_0_0",
    "mustaqbil": "M_1_2_7_9_17",
    "mustaqil": "M_1_2_7_17_0",
    "khubsurat": "K_19_9_1_14_2",
    "khoobsoorat": "K_19_9_1_14_2",
    "nahi": "N_19_0_0_0_0",
    "nhi": "N_19_0_0_0_0",
    "nahin": "N_19_11_0_0_0",
    "acha": "A_5_0_0_0_0",
    "achcha": "A_5_0_0_0_0",
    "achha": "A_5_19_0_0_0",
    "achchha": "A_5_19_0_0_0",
    "shukriya": "S_19_7_14_0_0",
    "baab": "B_9_0_0_0_0",
    "bb": "B_0_0_0_0",
    "aai": "A_0_0_0_0",
    "a": "A_0_0_0_0",
}


@pytest.fixture(scope="module")
def clusterer() -> Clusterer:
    """The clusterer for Roman Urdu."""
    return load_clusterer("ur-Latn")


@pytest.mark.parametrize(("word", "code"), PUBLISHED.items())
def test_urduphone_computes_the_published_codes(clusterer: Clusterer, word: str, code: str) -> None:
    """Words get the codes that the paper's algorithm gives them."""
    assert clusterer.key("urduphone")(word) == code


@pytest.mark.parametrize(
    ("one", "other", "starts"),
    [
        ("qalam", "kalam", ("Q_17_12", "K_17_12")),  # q and k are never merged at the start
        ("khabar", "ghar", ("K_19_9_14", "G_19_14")),  # the h of a first digraph is torn off
        ("phool", "fool", ("P_19_17", "F_17")),
        ("dever", "dewar", ("DV_14", "D_18_14")),  # V has no group
        ("ayaz", "ayyaz", ("A_0_3", "A_3")),  # a vowel that echoes the first letter stays
    ],
)
def test_urduphone_keeps_the_quirks(
    clusterer: Clusterer, one: str, other: str, starts: tuple[str, str]
) -> None:
    """What the published program does by accident is computed as it does it."""
    key = clusterer.key("urduphone")
    assert (key(one)[: len(starts[0])], key(other)[: len(starts[1])]) == starts


def test_urduphone_lets_letters_meet_and_digits_collide(clusterer: Clusterer) -> None:
    """A removed vowel brings t and h together, and 8 is the group of K."""
    key = clusterer.key("urduphone")
    assert key("matahi") == key("mathi")
    assert key("bhai") == key("bahi")
    assert key("gr8").startswith("G_14_7")


def test_the_repaired_key_has_none_of_the_quirks(clusterer: Clusterer) -> None:
    """Homophones are merged at the start, digraphs stay whole, codes are not cut, signs do not count."""
    key = clusterer.key("urduphone-fixed")
    assert key("qalam") == key("kalam")
    assert key("phool") == key("fool")
    assert key("vohi") == key("wohi")
    assert key("bhai") != key("bahi")
    assert key("matahi") != key("mathi")
    assert key("mustaqbilon") != key("mustaqbil")
    assert key("!!!") == key("") == ""


def test_the_spelling_key_keeps_vowels(clusterer: Clusterer) -> None:
    """Ways to write one sound fall together, different vowels do not."""
    key = clusterer.key("spelling")
    assert key("nahee") == key("nahi")
    assert key("zyaadah") == key("zyada")
    assert key("Bohaaaat") == key("bohat")
    assert key("mujhay") == key("mujhe")
    assert key("dil") != key("dal")


@given(st.lists(st.text(max_size=12), max_size=6))
def test_codes_of_many_words_are_those_of_each(words: list[str]) -> None:
    """Rewriting all words at once is the same as one by one, whatever they hold."""
    clusterer = load_clusterer("ur-Latn")
    for name in ("urduphone", "urduphone-fixed", "spelling", "block"):
        key = clusterer.key(name)
        assert key.codes(words) == [key(word) for word in words]


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ({"rewrite": [{"match": "(", "to": ""}]}, "missing"),
        ({"rewrite": [{"match": "(a)", "to": r"\2"}]}, "names a group that is not there"),
        ({"drop": "["}, "unterminated"),
    ],
)
def test_mistakes_in_keys_are_named(spec: Mapping[str, Any], message: str) -> None:
    """A pattern that cannot be compiled is an error of the pack, not a traceback."""
    with pytest.raises(PackError, match=message):
        PhoneticKey("x", spec)


def test_a_rule_may_not_join_words() -> None:
    """A pattern that matches line ends would mix words up; it is refused at the first word it hits."""
    with pytest.raises(PackError, match="match line ends"):
        PhoneticKey("x", {"drop": "[^a-z]"}).codes(["a", "b"])


def test_unknown_keys_are_refused_with_a_hint(clusterer: Clusterer) -> None:
    """The nearest name is offered."""
    with pytest.raises(PackError, match=r"did you mean.*urduphone"):
        clusterer.key("urdufone")
