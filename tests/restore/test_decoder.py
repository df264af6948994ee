from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textnorm.restore.decoder import Decoder
from textnorm.restore.scriptmap import ScriptMap


def best(decoder: Decoder, typed: str) -> str:
    """The likeliest word, or nothing."""
    found = decoder.candidates(typed)
    return found[0].word if found else ""


@pytest.mark.parametrize(
    ("typed", "word"),
    [("cesnakas", "česnakas"), ("shuo", "šuo"), ("cia", "čia"), ("sode", "sode"), ("aeras", "äras")],
)
def test_listed_words_are_found(decoder: Decoder, typed: str, word: str) -> None:
    """Through one letter for another, two for one, and as they are."""
    assert best(decoder, typed) == word


def test_other_words_are_spelled_out(decoder: Decoder) -> None:
    """A word of no list is put together from its letters; the second is like listed words."""
    assert decoder.candidates("togas")[0].number == -1
    assert best(decoder, "cesnako") == "česnako"


def test_joiners_and_elongations_mean_nothing(decoder: Decoder) -> None:
    """Unless the map says that they belong to a letter."""
    assert best(decoder, "c\u200cesna\u0640kas") == "česnakas"


def test_joined_words_come_from_the_list_alone(decoder: Decoder) -> None:
    """A space belongs to a letter only where that makes a known word."""
    assert [one.word for one in decoder.joined("me dis")] == ["medis"]
    assert decoder.joined("to gas") == ()


@pytest.mark.parametrize("typed", ["", "9", "xxx", "\ud800", "a" * 500, "ж"])
def test_what_nobody_typed_gives_nothing_or_letters(decoder: Decoder, typed: str) -> None:
    """Foreign letters, lone surrogates and endless words have no candidates."""
    assert all(one.word for one in decoder.candidates(typed))
    if set(typed) - {"a"}:
        assert decoder.candidates(typed) == ()


@given(seed=st.integers(0, 500), data=st.data())
def test_the_word_meant_is_among_the_candidates(
    decoder: Decoder, script_map: ScriptMap, seed: int, data: st.DataObject
) -> None:
    """Of a listed word, however it was typed, if nothing went untyped."""
    word = data.draw(st.sampled_from(decoder.words.words))
    typed = script_map.respell(word, random.Random(seed))
    if len(typed) >= len(word) and " " not in typed:
        assert word in {one.word for one in decoder.candidates(typed)}


def test_candidates_come_by_falling_probability(decoder: Decoder) -> None:
    """The likeliest first."""
    scores = [one.score for one in decoder.candidates("cia")]
    assert scores == sorted(scores, reverse=True)
