"""Taggers as files: a line of JSON that says what it is, then the words and the weights, compressed."""

from __future__ import annotations

import json
import lzma
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from textnorm.errors import Location, PackError
from textnorm.tagger.letters import Letters
from textnorm.tagger.model import Model
from textnorm.tagger.weights import Weights

_MAGIC = b"textnorm tagger 1\n"
_FILTERS = [{"id": lzma.FILTER_LZMA2, "preset": 6}]
_REMEDY = "build it with `textnorm train tagger`"
M = TypeVar("M")


def write_model(path: Path, model: Model) -> None:
    """Write a model to a file."""
    words = "\n".join(sorted(word for readings in model.words.values() for word in readings))
    edits = {plain: "".join(others) for plain, others in model.letters.edits.items()}
    write_parts(path, _MAGIC, {"edits": edits, "facts": dict(model.facts)}, words, model.weights)


def read_model(path: Path) -> Model:
    """The model in a file; PackError if it is not there or is none."""
    return read_parts(path, _MAGIC, _made)


def write_parts(path: Path, magic: bytes, head: Mapping[str, Any], words: str, weights: Weights) -> None:
    """Write a file of a head, words and weights; weights that are 0 take no room."""
    rows = np.flatnonzero(weights.table)
    steps = np.diff(rows, prepend=0).astype("<u4")
    planes = steps.view(np.uint8).reshape(-1, 4).T.tobytes()
    parts = [_packed(part) for part in (words.encode(), planes, weights.table[rows].tobytes())]
    sizes = [len(part) for part in parts]
    whole = {**head, "bits": weights.bits, "unit": weights.unit, "sizes": sizes}
    line = json.dumps(whole, ensure_ascii=False, sort_keys=True).encode()
    path.write_bytes(b"".join([magic, line, b"\n", *parts]))


def read_parts(path: Path, magic: bytes, make: Callable[[dict[str, Any], str, Weights], M]) -> M:
    """What `make` makes of the head, the words and the weights in a file; PackError if it is none."""
    try:
        return make(*_parsed(path.read_bytes(), magic))
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


def _parsed(data: bytes, magic: bytes) -> tuple[dict[str, Any], str, Weights]:
    if not data.startswith(magic):
        raise ValueError("no model")
    end = data.index(b"\n", len(magic))
    head: dict[str, Any] = json.loads(data[len(magic) : end])
    parts, at = [], end + 1
    for size in head["sizes"]:
        parts.append(_unpacked(data[at : at + size]))
        at += size
    planes = np.frombuffer(parts[1], dtype=np.uint8).reshape(4, -1)
    rows = np.cumsum(np.ascontiguousarray(planes.T).view("<u4").ravel(), dtype=np.int64)
    table = np.zeros(1 << head["bits"], dtype=np.int8)
    table[rows] = np.frombuffer(parts[2], dtype=np.int8)
    return head, parts[0].decode(), Weights(table, head["bits"], head["unit"])


def _made(head: dict[str, Any], text: str, weights: Weights) -> Model:
    letters = Letters(head["edits"])
    words = by_typed(text.split("\n"), letters) if text else {}
    return Model(letters, weights, words, head["facts"])
