"""Checks the names in character maps and writes out series of syllable letters.

Letters that look alike cannot be told apart in review; their names can. So every entry of a map
gives the character and its Unicode name, and the two must agree.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from textnorm.errors import Location, PackError
from textnorm.pack.check import refuse
from textnorm.pack.model import CharEntry, Lexicon, Tree
from textnorm.pack.yamlfile import Map, where

_ROW = 8  # syllable letters stand in rows of eight code points, one for each vowel order
_ORDERS = re.compile(r"([1-8])(?:-([1-8])|=([1-8]))?")


def char_entries(tree: Map, table: Lexicon | None = None) -> tuple[CharEntry, ...]:
    """The entries of a charmap file: its `map` as written, its `table`, then its `series` written out."""
    entries = list(_single(tree))
    if table is not None:
        entries.extend(_listed(tree, table))
    for pair in tree.get("series", ()):
        source, target = _checked(pair)
        entries.extend(_row(pair, source, target))
    if not entries:
        refuse(tree, None, "this charmap replaces nothing", "add `map` or `series`")
    return tuple(entries)


def compositions(tree: Map) -> Iterator[CharEntry]:
    """What a `unicode` file composes besides the standard: a letter and a mark each."""
    for pair in tree.get("compose", ()):
        source, target = _checked(pair)
        if len(source) != 2 or not unicodedata.combining(source[1]):
            refuse(pair, "from", f'"{source}" is not a letter with one mark')
        yield CharEntry(source, target, where(pair))


def char_name(char: str) -> str:
    """The Unicode name of a character; its code point if it has none (controls, private use)."""
    return unicodedata.name(char, f"U+{ord(char):04X}")


def _single(tree: Map) -> Iterator[CharEntry]:
    for pair in tree.get("map", ()):
        source, target = _checked(pair)
        if source == target and pair.get("run") != "on":
            refuse(pair, "to", f'"{source}" becomes itself', "leave the entry out")
        position, run = tuple(pair.get("position", ())), pair.get("run") == "on"
        sides = pair.get("before", ""), pair.get("after", "")
        yield CharEntry(source, target, where(pair), position, run, *sides)


def _listed(tree: Map, table: Lexicon) -> Iterator[CharEntry]:
    """The rows of a table, their names checked like those in the file itself."""
    missing = [key for key in ("from", "from_name", "to", "to_name") if key not in table.columns]
    if missing:
        refuse(tree, "table", f'table {table.name} has no column "{missing[0]}"')
    at = Location(table.file)
    for row in table.rows:
        cells = dict(zip(table.columns, row, strict=True))
        for key in ("from", "to"):
            fault = _name_fault(cells[key], cells[f"{key}_name"])
            if fault:
                raise PackError(fault[0], at=at, remedy=fault[1].format(key=key))
        yield CharEntry(cells["from"], cells["to"], at)


def _checked(pair: Tree) -> tuple[str, str]:
    for key in ("from", "to"):
        _check_name(pair, key)
    return pair["from"], pair["to"]


def _check_name(pair: Tree, key: str) -> None:
    fault = _name_fault(pair[key], pair[f"{key}_name"])
    if fault:
        refuse(pair, f"{key}_name", fault[0], fault[1].format(key=key))


def _name_fault(text: str, given: str) -> tuple[str, str] | None:
    """Message and remedy (with a place for the key) if these are not the names of the characters."""
    names = [char_name(char) for char in text]
    parts = given.split(" + ") if given else []
    if len(parts) == len(names) and all(
        name == part or name.endswith(f" {part}") for name, part in zip(names, parts, strict=True)
    ):
        return None
    right = " + ".join(names)
    message = f'"{text}" is {right}, not "{given}"' if right else f'nothing is named "{given}"'
    return message, f"write {{key}}_name: {right}, or its last words" if right else "write {key}_name: ''"


def _row(pair: Tree, source: str, target: str) -> Iterator[CharEntry]:
    """One entry for each order that is replaced."""
    for key, text in (("from", source), ("to", target)):
        if len(text) != 1 or ord(text) % _ROW:
            refuse(
                pair,
                key,
                f'"{text}" does not begin a row of syllable letters',
                "name the first order, or use `map`",
            )
    at: Location = where(pair)
    if "orders" not in pair:
        if source == target:
            refuse(pair, "to", f'"{source}" becomes itself', "leave the entry out")
        for order in range(_ROW):
            old, new = _letter(source, order), _letter(target, order)
            if old and new and _vowel(source, order) == _vowel(target, order):
                yield CharEntry(old, new, at)
        return
    for index, (order, onto) in _orders(pair["orders"]):
        old, new = _letter(source, order), _letter(target, onto)
        if not old or not new or (order == onto and _vowel(source, order) != _vowel(target, onto)):
            message = (
                f"{char_name(source)} has no like of its order {order + 1} in the row of {char_name(target)}"
            )
            refuse(pair["orders"], index, message, "leave it out, or use `map`")
        if old == new:
            refuse(pair["orders"], index, f'"{old}" becomes itself', "leave the order out")
        yield CharEntry(old, new, at)


def _orders(tree: Tree) -> Iterator[tuple[int, tuple[int, int]]]:
    """(place in the list, (order, what it becomes)) of every order named, counted from 0."""
    for index, text in enumerate(tree):
        found = _ORDERS.fullmatch(text)
        if found is None:
            refuse(tree, index, f'"{text}" names no orders', "write 1, 1-7 or 4=1")
        first, last, onto = found.groups()
        for order in range(int(first), int(last or first) + 1):
            yield index, (order - 1, int(onto or order) - 1)


def _letter(first: str, order: int) -> str:
    """The letter of an order in the row that begins with `first`; '' if the row lacks it."""
    char = chr(ord(first) + order)
    return char if unicodedata.category(char)[0] == "L" else ""


def _vowel(first: str, order: int) -> str:
    """How the name of an order goes on where that of the first one has its vowel."""
    name = char_name(chr(ord(first) + order))
    return name.removeprefix(char_name(first)[:-1])
