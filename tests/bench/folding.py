"""Folding of Amharic homophones: MB/s beside Python's own translation table and other programs, in one run."""

from __future__ import annotations

import importlib
import random
from collections.abc import Callable
from pathlib import Path

import textnorm
from textnorm.pack.model import Charmap

from .figures import MB, Timing, measure
from .texts import blocks

SENTENCES = Path(__file__).resolve().parent / "amharic.txt"
_SLOW = 0.5  # MB that other programs are given, which are slower


def text(size: int, seed: int) -> str:
    """Lines of Amharic prose, `size` UTF-8 bytes or a little more; words of the sentences, recombined."""
    rng = random.Random(f"am/{seed}")
    lines = [line for line in SENTENCES.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    words = " ".join(lines).split()
    found: list[str] = []
    written = 0
    while written < size:
        line = " ".join([rng.choice(lines), *rng.sample(words, 8), rng.choice(lines)])
        found.append(line)
        written += len(line.encode()) + 1
    return "\n".join(found) + "\n"


def compare(size: float, seed: int, rounds: int, with_peers: bool) -> list[Timing]:
    """The timing of the layer, of the whole key, of `str.translate`, and of what else is installed."""
    passes = [blocks(text(int(size * MB), seed + number)) for number in range(rounds)]
    few = [blocks(text(int(min(size, _SLOW) * MB), seed + number)) for number in range(rounds)]
    normalizer = textnorm.load("am", layers=["homophone"])
    found = [
        measure("homophone layer", "amharic", normalizer, passes),
        measure("layers of the key", "amharic", textnorm.load("am").fold, passes),
        measure("str.translate, same table", "amharic", _translate(normalizer), few),
    ]
    peer = etnltk() if with_peers else "peers left out"
    if isinstance(peer, str):
        print(f"etnltk: {peer}")
    else:
        found.append(measure("etnltk", "amharic", peer, few, "its letters only"))
    return found


def _translate(normalizer: textnorm.Normalizer) -> Callable[[str], str]:
    items = [item for stage in normalizer.pack.stages if stage.layer == "homophone" for item in stage.items]
    pairs = {e.source: e.target for item in items if isinstance(item, Charmap) for e in item.entries}
    table = str.maketrans(pairs)
    return lambda block: block.translate(table)


def etnltk() -> Callable[[str], str] | str:
    """The letter normalizer of `etnltk`; a message if it is not there or does not run."""
    try:
        fold: Callable[[str], str] = importlib.import_module("etnltk.lang.am.normalizer").normalize_char
        fold("ሠላም")
    except Exception as error:
        return f"cannot be used here: {error!r}"
    return fold
