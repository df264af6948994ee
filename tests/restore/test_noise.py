from __future__ import annotations

import pytest

from textnorm.pack.load import load_pack
from textnorm.restore.load import script_maps
from textnorm.restore.noise import Noise
from textnorm.restore.scriptmap import ScriptMap
from textnorm.restore.tokens import words

LINES = "ئێمە لە کوردستان دەژین\nڕۆژی یەکەمی مانگ دەچینە سلێمانی @هەژار 2024\n" * 200


@pytest.fixture(scope="module")
def kurdish() -> ScriptMap:
    """Kurdish as typed with an Arabic keyboard."""
    return script_maps(load_pack("ckb", tests=False), ("ar",))["ar"]


def test_a_seed_gives_the_same_noise(kurdish: ScriptMap) -> None:
    """In whatever pieces the text comes; another seed gives other noise."""
    whole = Noise(kurdish, 50, 7)(LINES)
    pieces = Noise(kurdish, 50, 7)
    assert whole == "\n".join(pieces(line) for line in LINES.split("\n"))
    assert whole != Noise(kurdish, 50, 8)(LINES)


@pytest.mark.parametrize("level", [0, 20, 60, 100])
def test_the_level_is_the_share_of_words(kurdish: ScriptMap, level: int) -> None:
    """Words whose every spelling differs are respelled that often."""
    noisy = Noise(kurdish, level, 1)(LINES)
    changed = sum(line.startswith("ئێمە") for line in noisy.split("\n"))
    assert changed == pytest.approx(200 * (1 - level / 100), abs=20)


def test_protected_stretches_stay(kurdish: ScriptMap) -> None:
    """Handles and numbers are typed alike everywhere."""
    assert Noise(kurdish, 100, 1)(LINES).count("@هەژار 2024") == 200


def test_no_letter_is_left_that_the_keyboard_lacks(kurdish: ScriptMap) -> None:
    """With even shares every Kurdish letter becomes an Arabic one."""
    noisy = Noise(kurdish, 100, 1, even=True)(LINES)
    assert not set("ەێۆڕڵچپژگ") & set("".join(word for line in noisy.split("\n") for word in words(line)))
