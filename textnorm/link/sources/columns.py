"""Tables whose columns a description names: from the YAML of a format to concepts, a row at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from textnorm.link.concept import Alias, Concept

Row = Sequence[str]


class Value(NamedTuple):
    """Where a value comes from: columns, what separates values in a cell, and what becomes of each."""

    columns: tuple[str, ...]
    split: str = ""
    rewrite: tuple[tuple[str, str], ...] = ()
    prefix: str = ""


class Name(NamedTuple):
    """Where names come from, and what they say of the concept."""

    value: Value
    scope: str = "exact"
    scope_column: str = ""
    scopes: tuple[tuple[str, str], ...] = ()
    label_when: tuple[tuple[str, str], ...] = ()
    cased_when: tuple[tuple[str, str], ...] = ()
    lang: str = ""


class Table(NamedTuple):
    """One kind of file: how it is cut into cells, and what its columns hold."""

    id: tuple[Value, ...]
    names: tuple[Name, ...] = ()
    lang: tuple[Value, ...] = ()
    types: tuple[Value, ...] = ()
    alt_ids: tuple[Value, ...] = ()
    xrefs: tuple[Value, ...] = ()
    keep: tuple[tuple[str, str], ...] = ()
    file: str = ""
    cells: str = ""
    header: tuple[str, ...] = ()
    widths: tuple[tuple[str, int, int], ...] = ()
    comments: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    empty: tuple[str, ...] = ()

    def fits(self, header: Sequence[str]) -> bool:
        """Whether a file with these columns has an id and something to say about it."""
        found = set(header)
        wanted = [name.value for name in self.names] or [*self.types, *self.alt_ids, *self.xrefs]
        return any(found.issuperset(value.columns) for value in self.id) and any(
            found.issuperset(value.columns) for value in wanted
        )


class Rows:
    """Turns rows of a table with a given header into concepts."""

    def __init__(self, table: Table, header: Sequence[str], lang: str) -> None:
        self._places = {name: place for place, name in reversed(list(enumerate(header)))}
        self._empty, self._lang = frozenset({"", *table.empty}), lang
        self._keep = [
            (self._places[column], column, _fitting(regex))
            for column, regex in table.keep
            if column in self._places
        ]
        self._id, self._langs = self._getters(table.id), self._getters(table.lang)
        self._lists = [self._getters(values) for values in (table.types, table.alt_ids, table.xrefs)]
        self._names = [
            (get[0], self._scope(name), self._when(name.cased_when), name.lang)
            for name in table.names
            if (get := self._getters((name.value,)))
        ]

    def left_out(self, row: Row) -> str:
        """The column by which the row is left out, or ""."""
        for place, column, fits in self._keep:
            if not fits(row[place].strip()):
                return column
        return ""

    def concept(self, row: Row) -> Concept | None:
        """What a row says of a concept; None if it has no id."""
        ids = self._values(self._id, row)
        if not ids:
            return None
        langs = self._values(self._langs, row) if self._langs else ()
        lang = langs[0] if langs else self._lang
        label, label_lang, aliases = "", lang, []
        for get, scope_of, cased, own in self._names:
            scope = scope_of(row)
            for text in get(row) if scope else ():
                if scope == "label" and not label:
                    label, label_lang = text, own or lang
                else:
                    aliases.append(Alias(text, scope, own or lang, bool(cased and cased(row))))
        types, alt_ids, xrefs = (self._values(getters, row) for getters in self._lists)
        return Concept(ids[0], label, tuple(aliases), alt_ids, xrefs, types, label_lang)

    def _values(self, getters: Sequence[Callable[[Row], Sequence[str]]], row: Row) -> tuple[str, ...]:
        return tuple([text for get in getters for text in get(row)])

    def _getters(self, values: Sequence[Value]) -> list[Callable[[Row], Sequence[str]]]:
        """A function for each value whose columns the file has."""
        return [
            self._getter(value, [self._places[column] for column in value.columns])
            for value in values
            if all(column in self._places for column in value.columns)
        ]

    def _getter(self, value: Value, places: Sequence[int]) -> Callable[[Row], Sequence[str]]:
        cell = self._joined(places) if len(places) > 1 else self._cell(places[0])
        empty, split, prefix = self._empty, value.split, value.prefix
        rewrite = _rewriting(value.rewrite) if value.rewrite else None

        def text_of(part: str) -> str:
            text = " ".join(part.split())
            text = rewrite(text) if rewrite else text
            return "" if text in empty else prefix + text

        def one(row: Row) -> Sequence[str]:
            text = text_of(cell(row))
            return (text,) if text else ()

        def several(row: Row) -> Sequence[str]:
            return [text for part in cell(row).split(split) if (text := text_of(part))]

        return several if split else one

    def _cell(self, place: int) -> Callable[[Row], str]:
        return lambda row: row[place]

    def _joined(self, places: Sequence[int]) -> Callable[[Row], str]:
        """Several cells as one; nothing if one of them is empty."""
        empty = self._empty

        def joined(row: Row) -> str:
            cells = [row[place].strip() for place in places]
            return "" if any(cell in empty for cell in cells) else ":".join(cells)

        return joined

    def _scope(self, name: Name) -> Callable[[Row], str]:
        """The scope of a name in a row; "" for a name that is not to be used."""
        when = self._when(name.label_when)
        place = self._places.get(name.scope_column)
        if when:
            return lambda row: "label" if when(row) else name.scope
        if place is None:
            return lambda row: name.scope
        rewrite = _rewriting(name.scopes)
        return lambda row: rewrite(row[place].strip())

    def _when(self, conditions: Sequence[tuple[str, str]]) -> Callable[[Row], bool] | None:
        """Whether all conditions hold in a row; None where there are none, or a column is missing."""
        if not conditions or any(column not in self._places for column, _ in conditions):
            return None
        tests = [(self._places[column], _fitting(regex)) for column, regex in conditions]
        return lambda row: all(fits(row[place].strip()) for place, fits in tests)


def _fitting(regex: str) -> Callable[[str], bool]:
    """Whether a value fits a pattern from end to end; remembered, for such values recur."""
    match = re.compile(regex).fullmatch
    return lru_cache(maxsize=4096)(lambda text: match(text) is not None)


def _rewriting(rules: Sequence[tuple[str, str]]) -> Callable[[str], str]:
    """What becomes of a value by the first pattern that fits it from end to end; "" if none does."""
    compiled = [(re.compile(regex), text) for regex, text in rules]

    def rewrite(value: str) -> str:
        for pattern, text in compiled:
            if match := pattern.fullmatch(value):
                return match.expand(text) if "\\" in text else text
        return ""

    return lru_cache(maxsize=4096)(rewrite)


def table_of(tree: Mapping[str, Any]) -> Table:
    """A table as its checked description in YAML says."""
    fields: dict[str, Any] = {
        key: tuple(_value(part) for part in tree.get(key, ()))
        for key in ("id", "lang", "types", "alt_ids", "xrefs")
    }
    fields |= {key: _pairs(tree, key) for key in ("keep", "facts")}
    fields |= {key: tree.get(key, "") for key in ("file", "cells", "comments")}
    fields |= {key: tuple(tree.get(key, ())) for key in ("header", "empty")}
    return Table(
        **fields,
        names=tuple(_name(part) for part in tree.get("names", ())),
        widths=tuple((name, *_span(text)) for name, text in tree.get("widths", {}).items()),
    )


def _value(tree: Mapping[str, Any]) -> Value:
    columns = tuple(tree["columns"]) if "columns" in tree else (tree["column"],)
    return Value(columns, tree.get("split", ""), _pairs(tree, "rewrite"), tree.get("prefix", ""))


def _name(tree: Mapping[str, Any]) -> Name:
    fields: dict[str, Any] = {key: _pairs(tree, key) for key in ("scopes", "label_when", "cased_when")}
    fields |= {key: tree[key] for key in ("scope", "scope_column", "lang") if key in tree}
    return Name(_value(tree), **fields)


def _pairs(tree: Mapping[str, Any], key: str) -> tuple[tuple[str, str], ...]:
    return tuple(tree.get(key, {}).items())


def _span(text: str) -> tuple[int, int]:
    first, _, last = text.partition("-")
    return int(first) - 1, int(last) if last else 1 << 30
