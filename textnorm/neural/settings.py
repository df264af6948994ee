"""What has to be known about a model besides its weights: how its input is made."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from textnorm.errors import Location, PackError

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


def read_settings(folder: Path) -> Settings | None:
    """The settings beside a model; None if there are none."""
    path = folder / FILE
    try:
        found: Any = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise PackError(f"unreadable settings: {error}", at=Location(str(path))) from None
    names = {field.name for field in fields(Settings)}
    unknown = sorted(set(found) - names) if isinstance(found, dict) else ["no mapping"]
    if unknown:
        raise PackError(
            f"unknown settings: {' '.join(unknown)}",
            at=Location(str(path)),
            remedy=f"known are {' '.join(sorted(names))}",
        )
    return Settings(**found)


def write_settings(folder: Path, settings: Settings) -> None:
    """Write the settings beside a model."""
    (folder / FILE).write_text(json.dumps(asdict(settings), indent=2) + "\n", encoding="utf-8")
