from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textnorm.restore.channel import Channel, learn
from textnorm.restore.scriptmap import Row, ScriptMap

from .conftest import ALPHABET


@given(word=st.text(st.sampled_from(ALPHABET), min_size=1, max_size=10), seed=st.integers(0, 99))
def test_what_the_map_types_the_channel_expects(script_map: ScriptMap, word: str, seed: int) -> None:
    """No spelling of the generator has probability zero."""
    typed = script_map.respell(word, random.Random(seed))
    assert 0 < Channel(script_map).probability(typed, word) <= 1 + 1e-9


def test_other_letters_are_impossible(script_map: ScriptMap) -> None:
    """The channel types nothing that the map does not know of."""
    channel = Channel(script_map)
    assert channel.probability("dar", "kar") == 0
    assert channel.probability("kara", "kar") == 0


def test_a_word_typed_as_it_is_is_rare(script_map: ScriptMap) -> None:
    """Of somebody who types in the other script."""
    channel = Channel(script_map)
    assert channel.probability("cia", "čia") > 5 * channel.probability("čia", "čia")


def test_shares_are_learned_from_pairs_alone() -> None:
    """Expectation maximization finds which of two letters went untyped, though no pair says so."""
    script_map = ScriptMap([Row("a", "", "any", 0.5), Row("e", "", "any", 0.5)])
    pairs = [("be", "bae", 60.0), ("bka", "bkae", 1.0), ("bd", "bad", 40.0), ("bed", "bed", 40.0)]
    learned = learn(script_map, pairs, weight=1.0).probabilities
    assert learned["a", "", 1] > 0.9
    assert learned["e", "", 1] < 0.1


def test_shares_at_a_place_sum_to_one(script_map: ScriptMap) -> None:
    """Learned or not."""
    learned = learn(script_map, [("cia", "čia", 3.0), ("sodas", "šodas", 2.0)])
    totals: dict[tuple[str, int], float] = {}
    for (unit, _, place), value in learned.probabilities.items():
        totals[unit, place] = totals.get((unit, place), 0.0) + value
    assert all(total == pytest.approx(1, abs=0.01) for total in totals.values())
