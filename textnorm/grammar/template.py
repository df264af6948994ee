"""Templates: how a match is written out.

`{n:cardinal gen} [ir {f:ordinal f pl}]` is literal text, fields with an operation, and optional
parts in brackets that fall away when a field inside them is absent. An operation may name feature
values (`gen f`), the field whose word it agrees with (`of=unit`), the number that counts it
(`by=n`), a value that is left unsaid (`drop=1`), the lexeme table to look in (`in=titles`), the
field whose text the result must end with (`ends=e`), the fields that hold its neighbours (`before=p`,
`after=n`), and that it is written with a capital, with one on its long words too, or in capitals
(`capital`, `title`, `upper`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from textnorm.errors import PackError
from textnorm.grammar.features import Bundle, Features

Value = str | int | None
Fields = Mapping[str, Value]


class Decline(Exception):
    """The text cannot be written out by this rule; the match is dropped and another rule may win."""


class Absent(Exception):
    """A field inside an optional part has no value."""


@dataclass(frozen=True, slots=True)
class Call:
    """One `{name:op args}`."""

    name: str
    op: str
    over: Bundle
    of: str
    by: str
    drop: int | None
    table: str
    ends: str
    before: str
    after: str
    capital: str
    args: tuple[str, ...]

    @property
    def added(self) -> tuple[str, ...]:
        """The fields that a sum adds up."""
        return self.args[1:] if self.op == "sum" else ()


@dataclass(frozen=True, slots=True)
class Optional:
    """A bracketed part."""

    parts: tuple[Part, ...]


Part = str | Call | Optional


class Verbalizer(Protocol):
    """What a template needs from the grammar: the meaning of a call."""

    def call(self, call: Call, fields: Fields, bundle: Bundle) -> str:
        """The text for one call; raises Absent or Decline."""


@dataclass(frozen=True, slots=True)
class Template:
    """A compiled template."""

    parts: tuple[Part, ...]

    def calls(self) -> Iterator[Call]:
        """Every call in the template, those in optional parts included."""
        return _calls(self.parts)

    def fields(self) -> list[str]:
        """The names that the calls look up, each once."""
        names = (
            name
            for call in self.calls()
            for name in (call.name, call.of, call.by, call.ends, call.before, call.after, *call.added)
        )
        return list(dict.fromkeys(name for name in names if name))

    def render(self, grammar: Verbalizer, fields: Fields, bundle: Bundle) -> str:
        """The text for these fields and features; raises Decline where it cannot be said."""
        try:
            return _render(self.parts, grammar, fields, bundle)
        except Absent as missing:
            raise Decline(f"no value for {missing}") from None


def _calls(parts: tuple[Part, ...]) -> Iterator[Call]:
    for part in parts:
        if isinstance(part, Call):
            yield part
        elif isinstance(part, Optional):
            yield from _calls(part.parts)


def _render(parts: tuple[Part, ...], grammar: Verbalizer, fields: Fields, bundle: Bundle) -> str:
    pieces: list[str] = []
    for part in parts:
        if isinstance(part, str):
            pieces.append(part)
        elif isinstance(part, Call):
            pieces.append(grammar.call(part, fields, bundle))
        else:
            try:
                pieces.append(_render(part.parts, grammar, fields, bundle))
            except Absent:
                continue
    return "".join(pieces)


def compile_template(source: str, features: Features) -> Template:
    """The template for `source`; raises PackError for unbalanced brackets or unknown arguments."""
    parts, end = _parse(source, 0, features, closing="")
    if end != len(source):
        raise PackError(f"template {source!r}: unbalanced bracket at character {end + 1}")
    return Template(parts)


def _parse(source: str, pos: int, features: Features, closing: str) -> tuple[tuple[Part, ...], int]:
    parts: list[Part] = []
    text: list[str] = []
    while pos < len(source) and source[pos] != closing:
        char = source[pos]
        if char not in "{[]\\":
            text.append(char)
            pos += 1
            continue
        if char == "]":
            break  # an opening bracket is missing
        if char == "\\":
            if pos + 1 == len(source):
                raise PackError(f"template {source!r}: nothing follows the last backslash")
            text.append(source[pos + 1])
            pos += 2
            continue
        if text:
            parts.append("".join(text))
            text.clear()
        if char == "{":
            end = source.find("}", pos)
            if end < 0:
                raise PackError(f"template {source!r}: '{{' is not closed")
            parts.append(_call(source[pos + 1 : end], features))
            pos = end + 1
        else:
            inner, end = _parse(source, pos + 1, features, "]")
            if end >= len(source):
                raise PackError(f"template {source!r}: '[' is not closed")
            parts.append(Optional(inner))
            pos = end + 1
    if text:
        parts.append("".join(text))
    return tuple(parts), pos


def _call(source: str, features: Features) -> Call:
    name, _, rest = source.partition(":")
    op, *words = rest.split() or [""]
    over: list[str] = []
    options: dict[str, str] = {}
    args: list[str] = []
    for word in words:
        key, sign, value = word.partition("=")
        if sign and key in ("of", "by", "drop", "in", "ends", "before", "after"):
            options[key] = value
        elif word in ("capital", "title", "upper"):
            options["capital"] = word
        elif word in features.slot:
            over.append(word)
        else:
            args.append(word)
    if not options.get("drop", "0").isdecimal():
        raise PackError(f"template call '{{{source}}}': drop={options['drop']} is not a whole number")
    return Call(
        name=name.strip(),
        op=op,
        over=features.parse(" ".join(over)),
        of=options.get("of", ""),
        by=options.get("by", ""),
        drop=int(options["drop"]) if "drop" in options else None,
        table=options.get("in", ""),
        ends=options.get("ends", ""),
        before=options.get("before", ""),
        after=options.get("after", ""),
        capital=options.get("capital", ""),
        args=tuple(args),
    )
