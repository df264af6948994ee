"""Reads aligned pairs: what was typed, word by word, and what was meant."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from textnorm.errors import InputError, Location
from textnorm.stream.codec import make_codec
from textnorm.stream.textlines import text_lines

Token = tuple[str, str]
"""What was typed, and what was meant: nothing where it belongs to the word before, or several words."""
Sentence = list[Token]

_REMEDY = 'write RAW, a tab and NORMAL, or {"raw": [...], "norm": [...]}; an empty line ends a sentence'


def read_pairs(paths: Iterable[str], encoding: str = "utf-8") -> list[Sentence]:
    """The sentences of files of pairs, compressed or not.

    A file holds JSON lines, if its name says so, with lists `raw` and `norm` (or strings, for a word by
    itself), or a line for each word, what was typed, a tab, and what was meant, with an empty line after
    each sentence: the format of MultiLexNorm. Raises InputError, with file and line, for all else.
    """
    return [sentence for path in paths for sentence in _sentences(path, encoding)]


def _sentences(path: str, encoding: str) -> Iterator[Sentence]:
    is_json = any(f".{part}" in path for part in ("jsonl", "ndjson", "json"))
    lines = text_lines([path], make_codec(encoding, "strict"))
    return (_from_json if is_json else _from_columns)(lines, lambda number: Location(path, number))


def _from_columns(lines: Iterable[str], at: Callable[[int], Location]) -> Iterator[Sentence]:
    sentence: Sentence = []
    for number, line in enumerate(lines, 1):
        if line:
            raw, tab, norm = line.partition("\t")
            if not tab or not raw or "\t" in norm:
                raise InputError(f"{line[:60]!r} is no pair", at=at(number), remedy=_REMEDY)
            sentence.append((raw, norm))
        elif sentence:
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def _from_json(lines: Iterable[str], at: Callable[[int], Location]) -> Iterator[Sentence]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        raw, norm = _lists(line, at(number))
        if len(raw) != len(norm):
            raise InputError(
                f"{len(raw)} words typed and {len(norm)} meant",
                at=at(number),
                remedy="give as many of one as of the other; '' where two became one",
            )
        yield list(zip(raw, norm, strict=True))


def _lists(line: str, at: Location) -> tuple[list[str], list[str]]:
    try:
        found: Any = json.loads(line)
        both = [found[name] for name in ("raw", "norm")]
    except (ValueError, KeyError, TypeError):
        raise InputError(f"{line[:60]!r} is no pair", at=at, remedy=_REMEDY) from None
    lists = [[value] if isinstance(value, str) else value for value in both]
    if not all(isinstance(value, list) and all(isinstance(word, str) for word in value) for value in lists):
        raise InputError("`raw` and `norm` are to be strings or lists of strings", at=at, remedy=_REMEDY)
    return lists[0], lists[1]
