"""Linking of files: what becomes of a block of lines or JSON lines."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from json.decoder import JSONDecodeError
from typing import Any, NamedTuple

from textnorm.errors import InputError, Location
from textnorm.link.linker import Answer, Linker
from textnorm.stream.blocks import Block, Lines, Result
from textnorm.stream.jsonl import dump, scan_object
from textnorm.stream.lines import AnswerWork, decode

_OWN = ("query", "candidates", "ambiguous", "composite", "read")  # the fields of an answer
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Request:
    """How strings are linked: see `Linker.__call__`."""

    top: int = 10
    types: tuple[str, ...] = ()
    min_precision: float = 0.0

    def answers(
        self, linker: Linker, queries: Sequence[str], contexts: Sequence[str | None] | None = None
    ) -> list[Answer]:
        """An answer for each query."""
        return linker.answers(queries, self.top, contexts, self.types, self.min_precision)


def line_work(linker: Linker, request: Request) -> AnswerWork:
    """A query in each line: a JSON line for each."""
    return AnswerWork(_TextLines(linker, request))


@dataclass(frozen=True, slots=True)
class _TextLines:
    linker: Linker
    request: Request

    def __call__(self, text: str) -> str:
        """Every line replaced by its answer; after a last line end there is no line."""
        *lines, rest = text.split("\n")
        if rest:
            lines.append(rest)
        queries = [line.removesuffix("\r") for line in lines]
        answers = [dump(to_dict(answer)) for answer in self.request.answers(self.linker, queries)]
        return "\n".join(answers if rest else [*answers, ""])


class _Row(NamedTuple):
    """A line: the query, its document, and the other fields as they are written."""

    query: str
    context: str | None = None
    others: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class JsonlWork(Lines):
    """A query in a field of each JSON object, and in another, if named, the document it stands in.

    The answer has the fields of the object but for these two.
    """

    linker: Linker
    request: Request
    field: str
    context: str | None = None

    def __call__(self, block: Block) -> Result:
        """A JSON line for each line of the block; a blank line is an empty query."""
        source = decode(block)
        lines = source.text.split("\n")
        ended = lines and not lines[-1]
        rows: list[_Row] = []
        error = source.error
        for number, line in enumerate(lines[:-1] if ended else lines, start=block.line):
            try:
                rows.append(self._read(line.removesuffix("\r"), Location(block.name, number)))
            except InputError as fault:
                error = fault
                break
        found = self.request.answers(self.linker, [row.query for row in rows], [row.context for row in rows])
        out = [_line(answer, row.others) for answer, row in zip(found, rows, strict=True)]
        text = "\n".join([*out, ""] if out and (ended or error) else out)
        return Result(block.codec.encode(text, block.name, block.line), True, error=error)

    def _read(self, line: str, at: Location) -> _Row:
        if not line.strip():
            return _Row("")
        try:
            places = scan_object(line)
        except JSONDecodeError as fault:
            at = Location(at.file, at.line, fault.pos + 1)
            remedy = "each line must hold one JSON object"
            raise InputError(f"not valid JSON: {fault.msg}", at=at, remedy=remedy) from None
        except RecursionError:
            raise InputError("JSON nested too deeply", at=at) from None
        if self.field not in places:
            remedy = f"its fields: {', '.join(places) or 'none'}"
            raise InputError(f"no field {self.field!r} in this object", at=at, remedy=remedy)
        texts = {key: line[start:end] for key, (start, end) in places.items()}
        others = {key: text for key, text in texts.items() if key not in (self.field, self.context, *_OWN)}
        context = _string(texts, self.context, at) if self.context in texts else None
        return _Row(_string(texts, self.field, at) or "", context, others)


def to_dict(answer: Answer) -> dict[str, Any]:
    """An answer as it is printed; `composite` and `read` only where they say something."""
    found: dict[str, Any] = {
        "query": answer.query,
        "candidates": [{**one._asdict(), "score": round(one.score, _DIGITS)} for one in answer.candidates],
        "ambiguous": answer.ambiguous,
    }
    if answer.composite:
        found["composite"] = True
    if answer.read:
        found["read"] = answer.read
    return found


def _line(answer: Answer, others: Mapping[str, str]) -> str:
    line = dump(to_dict(answer))
    return line[:-1] + "".join(f", {dump(key)}: {text}" for key, text in others.items()) + "}"


def _string(texts: Mapping[str, str], name: str | None, at: Location) -> str | None:
    value = json.loads(texts[str(name)])
    if value is None or isinstance(value, str):
        return value
    shown = texts[str(name)][:20]
    remedy = "name a field that holds text"
    raise InputError(f"field {name!r} is not a string: {shown}", at=at, remedy=remedy)
