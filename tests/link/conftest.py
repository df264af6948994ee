"""A few concepts, and indexes of them in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from textnorm.link.arrays import Memory
from textnorm.link.build import build
from textnorm.link.concept import Alias, Concept
from textnorm.link.keys import Keys
from textnorm.link.open import write_index
from textnorm.link.store import Index

CONCEPTS = (
    Concept(
        "T:1",
        "sore throat",
        (Alias("pain", "broad"), Alias("Throat Pain", "exact"), Alias("Halsschmerzen", "label", "de")),
        ("T:9", "T:2"),
        ("M:1", "M:2"),
        ("finding", "symptom"),
        "en",
    ),
    Concept("T:2", "cough", (Alias("COF", cased=True),), types=("symptom",)),
    Concept("T:3", "flu", (Alias("throat pain", "related"),), types=("disease",)),
)


@pytest.fixture
def indexed() -> Callable[..., Index]:
    """Returns indexed(concepts, **options): an index in memory without a pack."""

    def made(concepts: Iterable[Concept] = CONCEPTS, **options: Any) -> Index:
        return build(concepts, Memory(), Keys(), **options)

    return made


@pytest.fixture
def index_folder(tmp_path: Path) -> Callable[..., Path]:
    """Returns index_folder(concepts, pack=""): the folder of an index on disk."""
    numbers = count()

    def made(concepts: Iterable[Concept] = CONCEPTS, pack: str = "") -> Path:
        folder = tmp_path / f"index{next(numbers)}"
        write_index(concepts, folder, dict, pack=pack)
        return folder

    return made
