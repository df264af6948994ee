"""Sentences as aligned pairs: each token as it was written, and its normal form.

Three formats hold them. A *norm* file (Multilingual Lexical Normalization, W-NUT 2021) has a token on each
line, a tab and its normal form; an empty line ends a sentence. A *tsv* file has a text, a tab and the
normal text on each line, a *jsonl* file an object with `raw` and `normal`. In these two both sides have the
same number of tokens, or one side is a single token; lists of tokens in JSON are taken as they are.

A normal form with a blank splits the token; an empty one means that it was merged into another.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from textnorm.errors import InputError, Location
from textnorm.stream.codec import Codec, make_codec
from textnorm.stream.textlines import text_lines

_PACKED = (".gz", ".bz2", ".xz", ".zst")
_HEADERS = ({"raw", "normal"}, {"raw", "norm"})


class Pair(NamedTuple):
    """A token and its normal form."""

    raw: str
    normal: str


Sentence = tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Aligned:
    """What files of pairs hold: the sentences, and the lines that could not be used."""

    sentences: list[Sentence] = field(default_factory=list)
    faults: list[InputError] = field(default_factory=list)

    @property
    def tokens(self) -> int:
        """Number of tokens."""
        return sum(map(len, self.sentences))


def read_aligned(
    paths: Iterable[str], format: str | None = None, codec: Codec | None = None
) -> Aligned:  # `format` as on the command line
    """The pairs of all files; compressed ones are told by their suffix, as are the formats.

    Lines that are no pairs are left out and listed with what is wrong with them. Raises InputError where
    a file cannot be read, or its format is not known.
    """
    found = Aligned()
    for path in paths:
        reader = {"norm": _norm, "tsv": _tsv, "jsonl": _jsonl}[format or format_of(path)]
        for item in reader(path, text_lines([path], codec or make_codec("utf-8", "strict"))):
            if isinstance(item, InputError):
                found.faults.append(item)
            elif item:
                found.sentences.append(item)
    return found


def format_of(path: str) -> str:
    """The format that the suffix of a file tells."""
    name = path.lower()
    for suffix in _PACKED:
        name = name.removesuffix(suffix)
    known = {".norm": "norm", ".tsv": "tsv", ".jsonl": "jsonl", ".ndjson": "jsonl"}
    for suffix, format in known.items():
        if name.endswith(suffix):
            return format
    raise InputError(
        "the format of this file is not known", at=Location(path), remedy="give --format norm, tsv or jsonl"
    )


def _fault(message: str, path: str, number: int, remedy: str) -> InputError:
    return InputError(message, at=Location(path, number), remedy=remedy)


def _norm(path: str, lines: Iterable[str]) -> Iterator[Sentence | InputError]:
    """Sentences of a file with a token on each line."""
    sentence: list[Pair] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            yield tuple(sentence)
            sentence = []
            continue
        raw, *rest = line.split("\t")
        if len(rest) != 1 or not raw.strip():
            remedy = "write TOKEN, a tab and its NORMAL FORM, which may be empty"
            yield _fault(f"{_short(line)} is no pair of a token and its normal form", path, number, remedy)
            continue
        sentence.append(Pair(raw, rest[0]))
    yield tuple(sentence)


def _tsv(path: str, lines: Iterable[str]) -> Iterator[Sentence | InputError]:
    """Sentences of a file with a pair of texts on each line."""
    first = True
    for number, line in enumerate(lines, 1):
        cells = line.split("\t")
        if not line.strip() or line.startswith("# "):
            continue
        header, first = first and {*cells[:2]} in _HEADERS, False
        if header:
            continue
        if len(cells) < 2:
            yield _fault(f"{_short(line)} has no tab", path, number, "write TEXT, a tab and NORMAL TEXT")
            continue
        yield _aligned(cells[0].split(), cells[1].split(), path, number)


def _jsonl(path: str, lines: Iterable[str]) -> Iterator[Sentence | InputError]:
    """Sentences of a file with an object on each line."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
        except ValueError as error:
            yield _fault(f"{_short(line)} is not JSON: {error}", path, number, "write one object a line")
            continue
        sides = _sides(data)
        if sides is None:
            remedy = 'write {"raw": TEXT, "normal": TEXT}, or lists of tokens'
            yield _fault(f"{_short(line)} has no raw and normal text", path, number, remedy)
        else:
            yield _aligned(*sides, path, number)


def _sides(data: Any) -> tuple[list[str], list[str]] | None:
    """Both sides of an object as tokens; None where one is missing."""
    if not isinstance(data, dict):
        return None
    raw, normal = data.get("raw"), data.get("normal", data.get("norm"))
    if isinstance(raw, str) and isinstance(normal, str):
        return raw.split(), normal.split()
    if not (isinstance(raw, list) and isinstance(normal, list)):
        return None
    texts = all(isinstance(token, str) for token in (*raw, *normal))
    return (raw, normal) if texts and all(token.strip() for token in raw) else None


def _aligned(raw: Sequence[str], normal: Sequence[str], path: str, number: int) -> Sentence | InputError:
    """The pairs of two sides; a single token may become several, and several may become one."""
    if len(raw) == len(normal):
        return tuple(map(Pair, raw, normal))
    if len(raw) == 1:
        return (Pair(raw[0], " ".join(normal)),)
    if len(normal) == 1:
        return (Pair(raw[0], normal[0]), *(Pair(token, "") for token in raw[1:]))
    remedy = "align them: as many tokens on both sides, or one token a line in a .norm file"
    return _fault(f"{len(raw)} tokens against {len(normal)}", path, number, remedy)


def _short(line: str) -> str:
    return repr(line if len(line) <= 40 else f"{line[:39]}…")
