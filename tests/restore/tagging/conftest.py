"""Ukrainian typed with a Russian keyboard: і is и there, и is ы, ґ is г, and ї is и or йи."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from textnorm.errors import Location
from textnorm.pack.model import Restore
from textnorm.restore.scriptmap import Row, ScriptMap
from textnorm.restore.tagging.model import Restorer
from textnorm.restore.tagging.train import train_restorer
from textnorm.tagger.train import Settings

LINES = (
    "кіт і пес сидять біля хати",
    "він їсть рибу, а вона п'є воду",
    "її сестра живе в місті",
    "ми йдемо до лісу по гриби",
    "на ґанку сидить сірий кіт",
    "діти їдять сир і пиріг",
    "вони живуть у великій хаті",
    "риби плавають у синій воді",
) * 12
LETTERS = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"


def untracked(parts: Iterable[Any], count: int, name: str) -> Iterable[Any]:
    """The parts, with no progress bar."""
    return parts


@pytest.fixture(scope="session")
def script_map() -> ScriptMap:
    """How Ukrainian letters are typed."""
    return ScriptMap(
        [
            Row("і", "и", "any", 1.0),
            Row("и", "ы", "any", 1.0),
            Row("ґ", "г", "any", 1.0),
            Row("ї", "и", "any", 0.6),
            Row("ї", "йи", "any", 0.4),
            Row("ь", "", "any", 0.3),
            Row("щ", "ш ч", "any", 0.1),
        ]
    )


@pytest.fixture(scope="session")
def item() -> Restore:
    """The file of a pack that has this restoration."""
    names = ("uk/typed-ru",), "uk/restore", "uk/reader"
    return Restore(
        "uk.ru", "Typed.", "SCRIPT", "ru", *names, {}, LETTERS, 0.0, 5.0, (), (), Location("uk.yaml")
    )


@pytest.fixture(scope="session")
def model(item: Restore, script_map: ScriptMap) -> Restorer:
    """A model trained in a second or two."""
    settings = Settings(rounds=3, bits=16, weights=20_000)
    return train_restorer(
        LINES, ["озеро", "кишеня", "zoo"], item, script_map, settings, untracked, lambda _: None
    )
