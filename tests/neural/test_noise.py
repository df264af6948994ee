import random

import pytest

pytest.importorskip("rapidfuzz", reason="needs the extra: pip install 'textnorm[byt5]'")

from textnorm.neural.noise import estimate

PAIRS = [
    [("zmogus", "žmogus"), ("eina", "eina"), ("namo", "namo")],
    [("zalias", "žalias"), ("žodis", "žodis"), ("aciu", "ačiū")],
    [("zuvis", "žuvis"), ("aciu", "ačiū"), ("alot", "a lot")],
    [("aciu", "ačiū"), ("ačiū", "ačiū")],
]


def test_frequent_words_are_typed_as_they_were_seen() -> None:
    """A word seen often is typed in the forms that it was seen in, and in no other."""
    noise, draw = estimate(PAIRS), random.Random(1)
    assert {noise.respell("ačiū", draw) for _ in range(200)} == {"aciu", "ačiū"}


def test_letters_lose_their_marks_as_often_as_in_the_pairs() -> None:
    """Three of four words lost the mark at their start; so do words that were never seen."""
    noise, draw = estimate(PAIRS), random.Random(1)
    typed = [noise.respell("žinios", draw) for _ in range(400)]
    assert 0.65 < sum(word.startswith("z") for word in typed) / len(typed) < 0.85


def test_words_are_joined_where_pairs_show_it() -> None:
    """A pair with two words for one typed says how often spaces go missing, and the target has both."""
    noise, draw = estimate(PAIRS), random.Random(3)
    tokens = [token for _ in range(300) for token in noise.sentence(["la", "la"], draw)]
    assert any(norm == "la la" for _, norm in tokens)
    assert all(raw for raw, _ in tokens)


def test_clean_pairs_make_no_noise() -> None:
    """Where nothing was typed wrong nothing is respelled."""
    noise = estimate([[("gera", "gera"), ("diena", "diena")]])
    assert noise.sentence(["žalia", "diena"], random.Random(1)) == [("žalia", "žalia"), ("diena", "diena")]


def test_same_seed_same_noise() -> None:
    """Noise is reproducible."""
    noise = estimate(PAIRS)
    words = ["žmogus", "žalia", "ačiū", "žinia"] * 20
    assert noise.sentence(words, random.Random(5)) == noise.sentence(words, random.Random(5))
