"""Taggers as files: a line of JSON that says what it is, then the words and the weights, compressed."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from textnorm.errors import Location, PackError
from textnorm.tagger.letters import Letters
from textnorm.tagger.model import Model
from textnorm.tagger.weights import Weights

_MAGIC = b"textnorm tagger 1\n"
_FILTERS = [{"id": lzma.FILTER_LZMA2, "preset": 6}]
_REMEDY = "build it with `textnorm train tagger`"


def write_model(path: Path, model: Model) -> None:
    """Write a model to a file; weights that are 0 take no room."""
    table = model.weights.table
    rows = np.flatnonzero(table)
    steps = np.diff(rows, prepend=0).astype("<u4")
    planes = steps.view(np.uint8).reshape(-1, 4).T.tobytes()
    words = "\n".join(sorted(word for readings in model.words.values() for word in readings))
    parts = [_packed(part) for part in (words.encode(), planes, table[rows].tobytes())]
    head = {
        "edits": {plain: "".join(others) for plain, others in model.letters.edits.items()},
        "bits": model.weights.bits,
        "unit": model.weights.unit,
        "facts": dict(model.facts),
        "sizes": [len(part) for part in parts],
    }
    line = json.dumps(head, ensure_ascii=False, sort_keys=True).encode()
    path.write_bytes(b"".join([_MAGIC, line, b"\n", *parts]))


def read_model(path: Path) -> Model:
    """The model in a file; PackError if it is not there or is none."""
    try:
        return _parsed(path.read_bytes())
    except OSError as error:
        message = f"cannot read this model: {error.strerror}"
    except (ValueError, KeyError, TypeError, IndexError, EOFError, lzma.LZMAError):
        message = "this is no model of this version"
    raise PackError(message, at=Location(str(path)), remedy=_REMEDY)


def by_typed(words: Iterable[str], letters: Letters) -> dict[str, tuple[str, ...]]:
    """Words by what is typed for them."""
    found: dict[str, tuple[str, ...]] = {}
    listed = list(words)
    for typed, word in zip(letters.plain("\n".join(listed)).split("\n"), listed, strict=True):
        before = found.get(typed)
        found[typed] = (word,) if before is None else (*before, word)
    return found


def _packed(data: bytes) -> bytes:
    return lzma.compress(data, format=lzma.FORMAT_RAW, filters=_FILTERS)


def _unpacked(data: bytes) -> bytes:
    return lzma.decompress(data, format=lzma.FORMAT_RAW, filters=_FILTERS)


def _parsed(data: bytes) -> Model:
    if not data.startswith(_MAGIC):
        raise ValueError("no model")
    end = data.index(b"\n", len(_MAGIC))
    head: dict[str, Any] = json.loads(data[len(_MAGIC) : end])
    parts, at = [], end + 1
    for size in head["sizes"]:
        parts.append(_unpacked(data[at : at + size]))
        at += size
    letters = Letters(head["edits"])
    planes = np.frombuffer(parts[1], dtype=np.uint8).reshape(4, -1)
    rows = np.cumsum(np.ascontiguousarray(planes.T).view("<u4").ravel(), dtype=np.int64)
    table = np.zeros(1 << head["bits"], dtype=np.int8)
    table[rows] = np.frombuffer(parts[2], dtype=np.int8)
    words = by_typed(parts[0].decode().split("\n"), letters) if parts[0] else {}
    return Model(letters, Weights(table, head["bits"], head["unit"]), words, head["facts"])
