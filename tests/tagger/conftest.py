"""A tagger trained in a second on a made-up language in which o before r is written ö."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from textnorm.tagger.letters import Letters
from textnorm.tagger.model import Model
from textnorm.tagger.train import Settings, Sources, train

LINES = (
    "körti törmi bon mol",
    "von körtal si torma bon",
    "bör mönta, törmal vo nolo",
    "körti lom törmi nos, bör töri",
) * 8
SETTINGS = Settings(rounds=4, bits=14, weights=4000)


def untracked(parts: Iterable[Any], count: int, name: str) -> Iterable[Any]:
    """The parts, with no progress bar."""
    return parts


@pytest.fixture(scope="session")
def letters() -> Letters:
    """The letters of the made-up language."""
    return Letters({"o": "ö", "a": "äå"})


@pytest.fixture(scope="session")
def model(letters: Letters) -> Model:
    """The trained model."""
    sources = Sources([LINES], words=["körti", "nola", "nolä"])
    return train(sources, letters, SETTINGS, {}, untracked, lambda text: None)
