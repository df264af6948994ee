"""What textnorm is measured against: the floor of its own gate, plain I/O, and other programs."""

from __future__ import annotations

import importlib
import io
import re
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textnorm import Normalizer

_DIGITS = re.compile(r"\d+")


def identity(block: str) -> bytes:
    """Decode, do nothing, encode: what any program that handles text pays."""
    return io.BytesIO(block.encode()).read().decode().encode()


def gates(normalizer: Normalizer) -> Callable[[str], int]:
    """The scan of the rule stages alone: places where rules may begin are found, nothing is tried there."""
    stages = [step.gate for step in normalizer._passes if hasattr(step, "gate")]

    def scan(block: str) -> int:
        return sum(len(list(gate.starts(block))) for gate in stages)

    return scan


def num2words(cached: bool) -> Callable[[str], str] | str:
    """Digits replaced by `num2words(…, lang="lt")`; a message if the package is not there."""
    try:
        say = importlib.import_module("num2words").num2words
    except ImportError:
        return "num2words is not installed"

    def word(digits: str) -> str:
        return str(say(int(digits[:15]), lang="lt"))

    known = lru_cache(maxsize=None)(word) if cached else word
    return lambda block: _DIGITS.sub(lambda match: known(match.group()), block)


def phonology_engine() -> Callable[[str], object] | str:
    """The normalizer of `phonology_engine`, line by line; a message if it is not there or does not run."""
    try:
        engine: Any = importlib.import_module("phonology_engine").PhonologyEngine()
        engine.normalize_and_collapse("Laba diena.")
    except Exception as error:
        return f"phonology_engine cannot be used here: {error!r}"

    def run(block: str) -> list[str]:
        return [engine.normalize_and_collapse(line) if line else line for line in block.split("\n")]

    return run
