"""What has to be known about a model besides its weights: how its input is made."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from textnorm.errors import Location, PackError
from textnorm.neural.window import Window, encode

FILE = "textnorm.json"
"""The file beside a model's weights that holds its settings."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a model is used.

    `context` is the number of words that it sees on either side, None for the whole sentence; `lower`
    says that it was trained on lower case. `longest` and `written` are the most numbers that it reads
    and writes. `threshold` is the log-probability from which its answers may be trusted, as calibrated
    after training; None where there was too little to calibrate on.
    """

    context: int | None = None
    lower: bool = False
    longest: int = 320
    written: int = 32
    threshold: float | None = None

    @property
    def reach(self) -> int:
        """How many words on either side can matter: with its space a word takes two numbers or more."""
        most = self.longest // 2
        return most if self.context is None else min(self.context, most)

    def numbers(self, window: Window) -> list[int]:
        """What the model reads for a word in its sentence."""
        window = window.within(self.reach)
        return encode((window.lower() if self.lower else window).fitting(self.longest))[: self.longest]


_TYPES: dict[str, Callable[[Any], bool]] = {
    "context": lambda value: value is None or _is_count(value, 0),
    "lower": lambda value: isinstance(value, bool),
    "longest": lambda value: _is_count(value, 8),
    "written": lambda value: _is_count(value, 1),
    "threshold": lambda value: value is None or (isinstance(value, (int, float)) and value <= 0),
}


def _is_count(value: object, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= least


def read_settings(folder: Path) -> Settings | None:
    """The settings beside a model; None if there are none."""
    path = folder / FILE
    try:
        found: Any = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise PackError(f"unreadable settings: {error}", at=Location(str(path))) from None
    unknown = sorted(set(found) - set(_TYPES)) if isinstance(found, dict) else ["no mapping"]
    if unknown:
        raise PackError(
            f"unknown settings: {' '.join(unknown)}",
            at=Location(str(path)),
            remedy=f"known are {' '.join(sorted(_TYPES))}",
        )
    wrong = sorted(name for name, value in found.items() if not _TYPES[name](value))
    if wrong:
        shown = ", ".join(f"{name}: {found[name]!r}" for name in wrong)
        raise PackError(f"unusable settings: {shown}", at=Location(str(path)))
    return Settings(**found)


def write_settings(folder: Path, settings: Settings) -> None:
    """Write the settings beside a model."""
    (folder / FILE).write_text(json.dumps(asdict(settings), indent=2) + "\n", encoding="utf-8")
