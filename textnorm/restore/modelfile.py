"""Models as files: a line of JSON that says what it is, then compressed tables, fast to load.

Log probabilities are kept in steps of 0.1, which costs no measurable accuracy.
"""

from __future__ import annotations

import json
import sys
import zlib
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Any

from textnorm.errors import Location, PackError
from textnorm.restore.channel import Key
from textnorm.restore.charlm import CharModel
from textnorm.restore.wordmodel import WordModel

_MAGIC = b"textnorm charlm 1\n"
_STEP = 0.1
_TOP = 255
_DECODED = [-step * _STEP for step in range(_TOP + 1)]


@dataclass(frozen=True, slots=True)
class Model:
    """What is learned from text of a language: its words, and by source how they are typed there."""

    words: WordModel
    channels: Mapping[str, Mapping[Key, float]] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)  # where it comes from


def write_model(path: Path, model: Model) -> None:
    """Write a model to a file."""
    words, chars = model.words, model.words.chars
    sections = [
        *_table(chars.probabilities),
        *_table(chars.backoffs),
        "\n".join(words.words).encode(),
        _quantized(words.logs),
        *_table(words.pairs),
        *_table(words.backoffs),
    ]
    packed = [zlib.compress(section, 9) for section in sections]
    head = {
        "alphabet": chars.alphabet,
        "order": chars.order,
        "unseen": round(words.unseen, 4),
        "channels": {name: _channel_rows(rows) for name, rows in sorted(model.channels.items())},
        "facts": dict(model.facts),
        "sizes": [len(section) for section in packed],
    }
    line = json.dumps(head, ensure_ascii=False, sort_keys=True).encode()
    path.write_bytes(b"".join([_MAGIC, line, b"\n", *packed]))


def read_model(path: Path) -> Model:
    """The model in a file; PackError if it is not there or is none."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise PackError(
            f"cannot read this model: {error.strerror}",
            at=Location(str(path)),
            remedy="build it with `textnorm train charlm`",
        ) from None
    try:
        return _parsed(data)
    except (ValueError, KeyError, TypeError, zlib.error):
        raise PackError(
            "this is no model of this version",
            at=Location(str(path)),
            remedy="build it with `textnorm train charlm`",
        ) from None


def _parsed(data: bytes) -> Model:
    if not data.startswith(_MAGIC):
        raise ValueError("no model")
    end = data.index(b"\n", len(_MAGIC))
    head = json.loads(data[len(_MAGIC) : end])
    sections, at = [], end + 1
    for size in head["sizes"]:
        sections.append(zlib.decompress(data[at : at + size]))
        at += size
    chars = CharModel(head["alphabet"], head["order"], _read(*sections[0:2]), _read(*sections[2:4]))
    names = sections[4].decode().split("\n") if sections[4] else []
    logs = [_DECODED[step] for step in sections[5]]
    if len(names) != len(logs):
        raise ValueError("words without probabilities")
    words = WordModel(chars, names, logs, head["unseen"], _read(*sections[6:8]), _read(*sections[8:10]))
    channels = {
        name: {(unit, typed, place): value for unit, typed, place, value in rows}
        for name, rows in head["channels"].items()
    }
    return Model(words, channels, head["facts"])


def _channel_rows(rows: Mapping[Key, float]) -> list[tuple[str, str, int, float]]:
    return [(unit, typed, place, round(value, 5)) for (unit, typed, place), value in sorted(rows.items())]


def _quantized(logs: Iterable[float]) -> bytes:
    return bytes(min(_TOP, max(0, round(-value / _STEP))) for value in logs)


def _table(table: Mapping[int, float]) -> tuple[bytes, bytes]:
    """Keys as differences, first all their lowest bytes, then all the next ones …; and the values."""
    keys = sorted(table)
    steps = array("Q", [after - before for before, after in zip([0, *keys], keys, strict=False)])
    if sys.byteorder == "big":
        steps.byteswap()
    raw = steps.tobytes()
    return b"".join(raw[place::8] for place in range(8)), _quantized(table[key] for key in keys)


def _read(planes: bytes, values: bytes) -> dict[int, float]:
    count = len(values)
    if len(planes) != 8 * count:
        raise ValueError("keys without values")
    raw = bytearray(8 * count)
    for place in range(8):
        raw[place::8] = planes[place * count : (place + 1) * count]
    steps = array("Q", bytes(raw))
    if sys.byteorder == "big":
        steps.byteswap()
    decoded = _DECODED
    return dict(zip(accumulate(steps), [decoded[value] for value in values], strict=True))
