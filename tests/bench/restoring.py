"""Restoration of Kurdish typed with a Persian keyboard: MB/s by how many words were respelled.

The text is made of the model's own words, drawn by their frequency, so that common words come often
and rare ones seldom, as they do in real text; the script map respells them.
"""

from __future__ import annotations

import math
import random

import textnorm
from textnorm.pack.load import load_pack
from textnorm.pack.places import data_dir
from textnorm.restore.load import script_maps
from textnorm.restore.modelfile import read_model
from textnorm.restore.noise import Noise

from .figures import MB, Timing, measure
from .texts import blocks

LANG, SOURCE, LEVELS = "ckb", "fa", (0, 20, 100)
_WORDS = 12  # of a line


def text(size: int, seed: int, level: int) -> str:
    """Lines of words, `size` UTF-8 bytes or a little more, of which `level` percent are respelled."""
    rng = random.Random(f"{LANG}/{seed}")
    model = read_model(data_dir() / LANG / "restore.charlm").words
    weights = [math.exp(log) for log in model.logs]
    drawn = rng.choices(model.words, weights, k=size // 6)
    lines = (" ".join(drawn[at : at + _WORDS]) for at in range(0, len(drawn), _WORDS))
    found, written = [], 0
    for line in lines:
        if written >= size:
            break
        found.append(line)
        written += len(line.encode()) + 1
    maps = script_maps(load_pack(LANG, tests=False), (SOURCE,))
    return Noise(maps[SOURCE], level, seed)("\n".join(found) + "\n")


def compare(size: float, seed: int, rounds: int) -> list[Timing]:
    """Timings of a fresh normalizer for each level, and of noise itself."""
    found = []
    for level in LEVELS:
        passes = [blocks(text(int(size * MB), seed + number, level)) for number in range(rounds)]
        normalizer = textnorm.load(LANG, source=SOURCE)
        found.append(measure(f"{level} % respelled", "kurdish", normalizer, passes))
    maps = script_maps(load_pack(LANG, tests=False), (SOURCE,))
    clean = [blocks(text(int(size * MB), seed + number, 0)) for number in range(rounds)]
    found.append(measure("noise, 100 %", "kurdish", Noise(maps[SOURCE], 100, seed), clean))
    return found
