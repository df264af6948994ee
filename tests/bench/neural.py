"""Byte models: words per CPU second of each engine on the same model, and how often they agree."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from textnorm.neural.ct2 import Ct2Engine
from textnorm.neural.engine import Engine, Prediction, Predictor
from textnorm.neural.locate import locate
from textnorm.neural.settings import Settings
from textnorm.neural.torch_engine import TorchEngine
from textnorm.neural.train import Plan, Training
from textnorm.neural.window import Window

from .texts import text

_BATCH = 32


@dataclass(frozen=True, slots=True)
class Engined:
    """What one engine did: words per CPU second, and the share of answers that the first engine gives too."""

    name: str
    rate: float
    agreement: float


def compare(model: str | None, words: int, seed: int) -> Iterator[Engined]:
    """Engines on the model in a folder, or on one with random weights, which writes garbage at full length."""
    with tempfile.TemporaryDirectory() as work:
        folder, settings = locate(model) if model else (_random(Path(work)), Settings(context=2, written=12))
        asked = windows(words, seed)
        first: list[Prediction] = []
        for name, engine in _engines(folder, settings):
            predictor = Predictor(engine, _BATCH)
            predictor.predict(asked[:_BATCH])
            started = time.process_time()
            made = predictor.predict(asked)
            spent = time.process_time() - started
            first = first or made
            same = sum(a.text == b.text for a, b in zip(first, made, strict=True))
            yield Engined(name, len(asked) / spent, same / len(asked))


def windows(count: int, seed: int) -> list[Window]:
    """Words of Lithuanian prose typed without marks, in their sentences."""
    plain = str.maketrans("ąčęėįšųūž", "aceeisuuz")
    rng = random.Random(seed)
    found: list[Window] = []
    for line in text("prose", 200 * count, seed).splitlines():
        typed = line.lower().translate(plain).split()
        place = rng.randrange(len(typed))
        found.append(Window(typed[:place], typed[place], typed[place + 1 :]))
    return found[:count]


def _engines(folder: Path, settings: Settings) -> Sequence[tuple[str, Engine]]:
    return (
        ("transformers, float32", TorchEngine(folder, settings)),
        ("CTranslate2, float32", Ct2Engine(folder, settings, "float32")),
        ("CTranslate2, int8", Ct2Engine(folder, settings, "int8")),
    )


def _random(folder: Path) -> Path:
    Training(folder, Settings(), Plan(0, 0), start=None, size="small").save()
    return folder
