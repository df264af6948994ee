"""A small language in Latin letters: its č, š, ū are typed c, s, u or not at all, and ä at the start is ae."""

from __future__ import annotations

from itertools import pairwise

import pytest

from textnorm.restore.channel import Channel
from textnorm.restore.decoder import Decoder
from textnorm.restore.scriptmap import Row, ScriptMap
from textnorm.restore.train import Counts, Settings, build
from textnorm.restore.wordmodel import WordModel

ALPHABET = "aäbcčdeėghiklmnorsštuūųz"
TEXT = """\
mano česnakas auga čia
česnakas auga sode
mūsų sode auga medis
čia mano šuo
šuo bėga sode
äras auga čia
"""


@pytest.fixture(scope="session")
def script_map() -> ScriptMap:
    """The map of the small language."""
    return ScriptMap(
        [
            Row("č", "c", "any", 0.9),
            Row("š", "s", "any", 0.9),
            Row("ū", "u", "any", 0.6),
            Row("ū", "", "inner", 0.3),
            Row("ä", "ae", "any", 0.5),
            Row("e", "e ", "medial", 0.1),
            Row("š", "sh", "any", 0.1),
        ]
    )


@pytest.fixture(scope="session")
def words() -> WordModel:
    """The word model of a few sentences."""
    counts = Counts(ALPHABET)
    for line in TEXT.split("\n") * 3:  # not `add`: in running text Latin is protected
        found = line.split()
        counts.words.update(found)
        counts.pairs.update(pairwise(found))
    return build(counts, {}, Settings(order=4, rarest_gram=1), {}, lambda _: None).words


@pytest.fixture(scope="session")
def decoder(words: WordModel, script_map: ScriptMap) -> Decoder:
    """A decoder with the shares of the map as its channel."""
    return Decoder(words, Channel(script_map))
