"""Roman Urdu: MB/s of messages normalized and of words clustered, beside plain substitution."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable
from pathlib import Path

import textnorm
from textnorm.cluster.clusterer import load_clusterer

from .figures import MB, Timing, measure
from .texts import blocks

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "data" / "gold" / "ur-Latn" / "dev.tsv"
TABLE = ROOT / "data" / "ur-Latn" / "spellings.tsv"
_WORD = re.compile(r"\w+")


def text(size: int, seed: int) -> str:
    """Messages of `size` bytes or a little more: sentences of the gold set with attested words between."""
    rng = random.Random(f"ur-Latn/{seed}")
    sentences = [line.split("\t")[2] for line in GOLD.read_text(encoding="utf-8").splitlines()[1:]]
    words = list(_pairs())
    found: list[str] = []
    written = 0
    while written < size:
        line = " ".join([rng.choice(sentences), *rng.sample(words, 3), rng.choice(sentences)])
        found.append(line)
        written += len(line.encode()) + 1
    return "\n".join(found) + "\n"


def compare(size: float, seed: int, rounds: int) -> list[Timing]:
    """The timing of the spelling layer, and of looking every word up in the same table and no more."""
    passes = [blocks(text(int(size * MB), seed + number)) for number in range(rounds)]
    return [
        measure("spelling layer", "messages", textnorm.load("ur-Latn"), passes),
        measure("re.sub, one table", "messages", _plain(), passes, "no context, names or English"),
    ]


def clustering(words: int, seed: int) -> tuple[int, float]:
    """How many words were clustered, and in how many seconds: attested ones and variations of them."""
    rng = random.Random(seed)
    known = list(_pairs())
    made = dict.fromkeys(known, 1)
    while len(made) < words:
        word = rng.choice(known)
        place = rng.randrange(len(word))
        made[word[:place] + rng.choice(("", "a", "i", "h", "e")) + word[place + rng.randrange(2) :]] = 1
    clusterer = load_clusterer("ur-Latn")
    start = time.process_time()
    clusterer.by_edits(made)
    return len(made), time.process_time() - start


def _plain() -> Callable[[str], str]:
    pairs = _pairs()
    return lambda block: _WORD.sub(lambda match: pairs.get(match.group(), match.group()), block)


def _pairs() -> dict[str, str]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("# ")]
    return {row[0]: row[1] for row in rows[1:]}
