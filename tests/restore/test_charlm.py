from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textnorm.restore.charlm import BITS, EDGE, START, CharModel, pack, shorter, size
from textnorm.restore.kneser_ney import estimate

LIST = ["banan", "bana", "ban", "nab", "aba", "bananan", "nan", "ana"]


@pytest.fixture(scope="module", params=[1, 2])
def model(request: pytest.FixtureRequest) -> CharModel:
    """A model of a few words, whole and pruned."""
    return estimate(LIST, "abn", 5, rarest=request.param)


@given(st.lists(st.integers(1, 100), min_size=1, max_size=8))
def test_an_ngram_is_one_integer(symbols: list[int]) -> None:
    """Length and beginning can be told from it."""
    assert size(pack(symbols)) == len(symbols)
    assert shorter(pack(symbols)) == pack(symbols[1:])


def test_what_may_follow_sums_to_one(model: CharModel) -> None:
    """After every history that the model knows, pruned or not."""
    for history in [1, START, *model.backoffs]:
        total = sum(math.exp(model.step(history, code)[0]) for code in (EDGE, *model.codes.values()))
        assert total == pytest.approx(1, abs=1e-6)


def test_a_shorter_history_is_used_only_where_nothing_is_lost(model: CharModel) -> None:
    """Histories are merged that predict the same; the whole word comes out as with full histories."""
    codes = [*(model.codes[letter] for letter in "banabn"), EDGE]
    whole, total = [EDGE], 0.0
    for code in codes:
        history = pack(whole[-(model.order - 1) :])
        total += model._look_up(history, history << BITS | code)
        whole.append(code)
    assert model.log_probability("banabn") == pytest.approx(total)


def test_seen_words_are_likelier_than_scrambled_ones(model: CharModel) -> None:
    """Of the same letters."""
    assert model.log_probability("banan") > model.log_probability("nnaab")


def test_foreign_letters_are_impossible(model: CharModel) -> None:
    """The model cannot tell anything about them."""
    assert model.log_probability("bax") == -math.inf
    assert model.encode("bax") is None
