"""Packs for Arabic script: MB/s of what they do by default, beside other programs on the same text."""

from __future__ import annotations

import importlib
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import textnorm

from .figures import MB, Timing, measure
from .texts import blocks

GOLD = Path(__file__).resolve().parents[2] / "data" / "gold"
LANGUAGES = ("ar", "fa", "ur", "sd", "ckb", "kmr", "ks", "azb", "glk", "mzn", "hac")
_SLOW = 0.3  # MB that other programs are given, which are slower
_NOISY = 0.02  # share of lines with something to normalize

Peer = Callable[[str], object] | str


def text(lang: str, size: int, seed: int) -> str:
    """Lines of words of the language, `size` UTF-8 bytes or a little more; few need any change."""
    rng = random.Random(f"{lang}/{seed}")
    rows = [line.split("\t") for line in (GOLD / lang / "dev.tsv").read_text(encoding="utf-8").splitlines()]
    noisy = [row[2] for row in rows if len(row) == 4 and row[1] != "NONE"]
    clean = [row[3].split(" || ")[0] for row in rows if len(row) == 4 and row[0] != "id"]
    clean = [words for words in clean if not any(char.isascii() and char.isalpha() for char in words)]
    found: list[str] = []
    written = 0
    while written < size:
        words = rng.choices(clean, k=16)
        if rng.random() < _NOISY:
            words[rng.randrange(16)] = rng.choice(noisy)
        found.append(" ".join(words))
        written += len(found[-1].encode()) + 1
    return "\n".join(found) + "\n"


def compare(size: float, seed: int, rounds: int, with_peers: bool) -> Iterator[Timing]:
    """The timing of each pack as it comes, and of other programs for its language on a part of its text."""
    for lang in LANGUAGES:
        passes = [blocks(text(lang, int(size * MB), seed + number)) for number in range(rounds)]
        yield measure(f"textnorm {lang}", lang, textnorm.load(lang), passes)
        few = [blocks(text(lang, int(min(size, _SLOW) * MB), seed + number)) for number in range(rounds)]
        for name, load in PEERS.get(lang, {}).items() if with_peers else ():
            peer = load()
            if isinstance(peer, str):
                print(f"{name}: {peer}")
            else:
                yield measure(f"  {name}", lang, peer, few)


def _peer(load: Callable[[], Peer]) -> Peer:
    try:
        return load()
    except Exception as error:
        return f"cannot be used here: {error!r}"


def _module(name: str) -> Any:
    return importlib.import_module(name)


def urduhack() -> Peer:
    """The `normalize` of urduhack."""
    return _peer(lambda: _module("urduhack").normalize)


def hazm() -> Peer:
    """The `Normalizer` of hazm, line by line as it is meant to be used."""

    def load() -> Peer:
        normalize = _module("hazm").Normalizer().normalize
        return lambda block: [normalize(line) for line in block.split("\n")]

    return _peer(load)


def pyarabic() -> Peer:
    """Tatweel and ligatures, by pyarabic."""

    def load() -> Peer:
        araby = _module("pyarabic.araby")
        return lambda block: araby.normalize_ligature(araby.strip_tatweel(block))

    return _peer(load)


def camel() -> Peer:
    """The Unicode normalization of camel-tools."""
    return _peer(lambda: _module("camel_tools.utils.normalize").normalize_unicode)


PEERS: dict[str, dict[str, Callable[[], Peer]]] = {
    "ar": {"pyarabic": pyarabic, "camel-tools": camel},
    "fa": {"hazm": hazm},
    "ur": {"urduhack": urduhack},
}
