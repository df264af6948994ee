"""JSON Lines: one string of each object is normalized, every other byte of the line stays.

The line is scanned for the places of its values, and new text is spliced in. So key order, spacing,
`1.10`, `1e400` and long integers come out as they were written, which parsing and printing would not do.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from json.decoder import JSONDecodeError, scanstring  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from textnorm.errors import InputError, Location
from textnorm.stream.blocks import Block, Lines, Result
from textnorm.stream.fields import NOTHING, Answer, FieldWork
from textnorm.stream.lines import assemble, decode

# Values other than strings are only skipped: taken as text, numbers of any size pass.
_decoder = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)
_scan_value = _decoder.scan_once  # type: ignore[attr-defined]
_OPEN, _CLOSE, _COLON, _COMMA = (re.compile(rf"[ \t\r]*\{mark}[ \t\r]*") for mark in "{}:,")
_QUOTE = re.compile(r'[ \t\r]*"')
_KEY = re.compile(r'[ \t\r]*"([^"\\\x00-\x1f]*)"[ \t\r]*:[ \t\r]*')
_SURROGATE = re.compile("[\ud800-\udfff]")


class _Fault(Exception):
    """What is wrong with a line; the caller knows which one it is."""

    def __init__(self, message: str, remedy: str = "", column: int = 0) -> None:
        super().__init__(message)
        self.message, self.remedy, self.column = message, remedy, column


class _Object(NamedTuple):
    """An object as it stands in a line: where each value is, and the text to normalize."""

    line: str
    places: dict[str, tuple[int, int]]
    value: str | None  # None for null and for a blank line: nothing to do

    def put(self, splices: dict[str, str], after: str) -> str:
        """The line with JSON values put in: in place of the old ones, or as new keys at the end."""
        edits = [(*self.places[key], new) for key, new in splices.items() if key in self.places]
        added = [(key, new) for key, new in splices.items() if key not in self.places]
        if added:
            end = max(stop for _, stop in self.places.values())
            tight = self.line[self.places[after][0] - 1] == ":"
            comma, colon = (",", ":") if tight else (", ", ": ")
            edits.append((end, end, "".join(f"{comma}{dump(key)}{colon}{new}" for key, new in added)))
        line = self.line
        for start, stop, new in sorted(edits, reverse=True):
            line = line[:start] + new + line[stop:]
        return line


@dataclass(frozen=True, slots=True)
class JsonlWork(FieldWork, Lines):
    """Normalizes one field of every object in a block."""

    def __call__(self, block: Block) -> Result:
        """The block with the field of every line normalized; blank lines stay."""
        source = decode(block)
        objects: list[_Object] = []
        error: InputError | None = None
        for number, line in enumerate(source.text.split("\n"), start=block.line):
            try:
                objects.append(self._read(line))
            except _Fault as fault:
                error = InputError(
                    fault.message, at=Location(block.name, number, fault.column), remedy=fault.remedy
                )
                break
        answers, counts = self.answers([item.value for item in objects if item.value is not None])
        pairs = [(item.line, self._write(item, answers)) for item in objects]
        return assemble(block, source, pairs, self.detail, counts, error)

    def _read(self, line: str) -> _Object:
        if not line.strip(" \t\r"):
            return _Object(line, {}, None)
        try:
            places = scan_object(line)
        except JSONDecodeError as error:
            remedy = "each line must hold one JSON object"
            raise _Fault(f"not valid JSON: {error.msg}", remedy, error.pos + 1) from None
        except RecursionError:
            raise _Fault("JSON nested too deeply") from None
        if self.field not in places:
            raise _Fault(
                f"no field {self.field!r} in this object", f"its fields: {', '.join(places) or 'none'}"
            )
        start, end = places[self.field]
        if line[start] == '"':
            return _Object(line, places, scanstring(line, start + 1)[0])
        if line[start:end] == "null":
            return _Object(line, places, None)
        shown = line[start : min(end, start + 20)]
        raise _Fault(f"field {self.field!r} is not a string: {shown}", "name a --field that holds text")

    def _write(self, item: _Object, answers: Iterator[Answer]) -> str:
        if item.value is None:
            if not item.places or (self.out_field is None and not self.added):
                return item.line
            new, lists = NOTHING
        else:
            new, lists = next(answers)
        splices: dict[str, str] = {}
        if self.out_field is not None:
            start, end = item.places[self.field]
            splices[self.out_field] = item.line[start:end] if new == item.value else dump(new)
        elif new != item.value:
            splices[self.field] = dump(new)
        for name in self.added:
            splices[name] = dump(lists.get(name, []))
        return item.put(splices, self.field) if splices else item.line


def scan_object(line: str) -> dict[str, tuple[int, int]]:
    """Where the value of each key starts and ends in a line that holds one JSON object.

    Of a key that occurs twice the last one counts, as it does for most readers.

    >>> scan_object('{"id": 1.10, "text": "5 d."}')
    {'id': (7, 11), 'text': (21, 27)}
    """
    places: dict[str, tuple[int, int]] = {}
    at = _after(_OPEN, line, 0, "Expecting an object")
    last = _CLOSE.match(line, at)
    while last is None:
        plain = _KEY.match(line, at)
        if plain:
            key, start = plain[1], plain.end()
        else:  # a key with escapes in it, or none at all
            key, end = scanstring(line, _after(_QUOTE, line, at, "Expecting a key in double quotes"))
            start = _after(_COLON, line, end, "Expecting ':'")
        try:
            _, at = _scan_value(line, start)
        except StopIteration as stop:
            raise JSONDecodeError("Expecting a value", line, stop.value) from None
        places[key] = start, at
        if line[at : at + 1] == ",":
            at += 1
            continue
        last = _CLOSE.match(line, at)
        if last is None:
            at = _after(_COMMA, line, at, "Expecting ',' or '}'")
    if last.end() != len(line):
        raise JSONDecodeError("Extra data", line, last.end())
    return places


def dump(value: Any) -> str:
    """`value` as JSON, letters as they are; half of a surrogate pair, which no encoding has, is escaped."""
    text = json.dumps(value, ensure_ascii=False)
    return text if text.isascii() else _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _after(pattern: re.Pattern[str], line: str, at: int, fault: str) -> int:
    match = pattern.match(line, at)
    if match is None:
        raise JSONDecodeError(fault, line, at)
    return match.end()
