"""Checks the names in character maps and writes out series of syllable letters.

Letters that look alike cannot be told apart in review; their names can. So every entry of a map
gives the character and its Unicode name, and the two must agree.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from textnorm.errors import Location
from textnorm.pack.check import refuse
from textnorm.pack.model import CharEntry, Tree
from textnorm.pack.yamlfile import Map, where

_ROW = 8  # syllable letters stand in rows of eight code points, one for each vowel order


def char_entries(tree: Map) -> tuple[CharEntry, ...]:
    """The entries of a charmap file: its `map` as written, then its `series` written out."""
    entries = list(_single(tree))
    for pair in tree.get("series", ()):
        source, target = _checked(pair)
        entries.extend(_row(pair, source, target))
    if not entries:
        refuse(tree, None, "this charmap replaces nothing", "add `map` or `series`")
    return tuple(entries)


def char_name(char: str) -> str:
    """The Unicode name of a character; its code point if it has none (controls, private use)."""
    return unicodedata.name(char, f"U+{ord(char):04X}")


def _single(tree: Map) -> Iterator[CharEntry]:
    for pair in tree.get("map", ()):
        source, target = _checked(pair)
        if source == target:
            refuse(pair, "to", f'"{source}" becomes itself', "leave the entry out")
        yield CharEntry(source, target, where(pair))


def _checked(pair: Tree) -> tuple[str, str]:
    for key in ("from", "to"):
        _check_name(pair, key)
    return pair["from"], pair["to"]


def _check_name(pair: Tree, key: str) -> None:
    text, given = pair[key], pair[f"{key}_name"]
    names = [char_name(char) for char in text]
    parts = given.split(" + ") if given else []
    if len(parts) == len(names) and all(
        name == part or name.endswith(f" {part}") for name, part in zip(names, parts, strict=True)
    ):
        return
    right = " + ".join(names)
    message = f'"{text}" is {right}, not "{given}"' if right else f'nothing is named "{given}"'
    remedy = f"write {key}_name: {right}, or its last words" if right else f"write {key}_name: ''"
    refuse(pair, f"{key}_name", message, remedy)


def _row(pair: Tree, source: str, target: str) -> Iterator[CharEntry]:
    """One entry for each order that both rows have and name alike."""
    for key, text in (("from", source), ("to", target)):
        if len(text) != 1 or ord(text) % _ROW:
            refuse(
                pair,
                key,
                f'"{text}" does not begin a row of syllable letters',
                "name the first order, or use `map`",
            )
    if source == target:
        refuse(pair, "to", f'"{source}" becomes itself', "leave the entry out")
    stems = char_name(source)[:-1], char_name(target)[:-1]
    at: Location = where(pair)
    for order in range(_ROW):
        old, new = chr(ord(source) + order), chr(ord(target) + order)
        endings = [
            name.removeprefix(stem) if name.startswith(stem) else name
            for name, stem in zip((char_name(old), char_name(new)), stems, strict=True)
        ]
        if endings[0] == endings[1] and unicodedata.category(old)[0] == unicodedata.category(new)[0] == "L":
            yield CharEntry(old, new, at)
