from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textnorm.pack.load import load_pack
from textnorm.restore.keys import Keys
from textnorm.restore.load import script_maps
from textnorm.restore.scriptmap import Row, ScriptMap

PAIRS = [("ckb", "fa"), ("ckb", "ar"), ("sd", "ur")]


@pytest.mark.parametrize(("name", "source"), PAIRS)
@given(data=st.data(), seed=st.integers(0, 1000), even=st.booleans())
def test_a_word_and_all_its_spellings_share_a_key(
    name: str, source: str, data: st.DataObject, seed: int, even: bool
) -> None:
    """Otherwise the decoder could not find the word."""
    pack = load_pack(name, tests=False)
    script_map = script_maps(pack, (source,))[source]
    letters = next(item.letters for stage in pack.stages for item in stage.items if hasattr(item, "letters"))
    word = data.draw(st.text(st.sampled_from(letters), min_size=1, max_size=12))
    keys = Keys(script_map)
    typed = script_map.respell(word, random.Random(seed), even)
    (key, _), *_ = keys.of_words([word])
    assert key in {name for name, _ in keys.of_typed(typed)}


def test_letters_that_may_go_untyped_stand_in_shapes_only(script_map: ScriptMap) -> None:
    """The key finds words with letters missing, the shape tells those that have them all."""
    (key, shape), (bare_key, bare_shape) = Keys(script_map).of_words(["kūdas", "kdas"])
    assert key == bare_key
    assert shape != bare_shape


def test_words_keep_their_order() -> None:
    """Keys come for one word after another, whatever opens it."""
    keys = Keys(ScriptMap([Row("ia", "a", "initial", 1.0)]))
    assert [key for key, _ in keys.of_words(["iab", "b", "ab"])] == ["\x01b", "b", "ab"]
