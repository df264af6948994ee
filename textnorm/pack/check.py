"""Holds a parsed file against the tables of `spec`, before anything is built from it.

The first fault is reported with its place, the offending text and the remedy. Trees that the grammar
interprets are only checked down to their keys.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NoReturn

from textnorm.errors import PackError
from textnorm.pack.hints import near
from textnorm.pack.keys import Key, Kind
from textnorm.pack.model import Tree
from textnorm.pack.spec.conditions import PREDICATES
from textnorm.pack.spec.cues import CUES
from textnorm.pack.spec.files import FILES
from textnorm.pack.spec.rules import NOT_INHERITED, RULE, SAYING, WRITING
from textnorm.pack.yamlfile import Map, where

_LISTS = ("texts", "parts", "cues", "conditions", "say", "write")
_INTEGER = re.compile(r"[+-]?\d{1,9}")


def refuse(
    tree: Tree, key: str | int | None, message: str, remedy: str = "", *, name: bool = False
) -> NoReturn:
    """Raise the error `message` at `key` of `tree`."""
    raise PackError(message, at=where(tree, key, name=name), remedy=remedy)


def check_file(tree: Map) -> str:
    """The kind of the file, after everything in it has been checked."""
    kind = tree.get("kind")
    if kind is None:
        refuse(tree, None, 'key "kind" is missing', f"one of: {', '.join(FILES)}")
    if not isinstance(kind, str) or kind not in FILES:
        refuse(tree, "kind", f'"{kind}" is no kind of file', near(str(kind), FILES))
    check(tree, FILES[kind])
    return kind


def check(tree: Tree, kind: Kind, *, inherits: bool = False) -> None:
    """Check a mapping against its kind; one that `inherits` may lack what its base can give it."""
    for name, value in tree.items():
        key = _key(tree, kind, name)
        if name == key.name:
            _SHAPES[key.shape](tree, name, value, key)
        else:  # key+ or key-
            _edit(tree, kind, name, value, key)
    for key in kind.keys:
        if key.required and key.name not in tree and not (inherits and key.name not in NOT_INHERITED):
            refuse(tree, None, f'{kind.name}: "{key.name}" is missing', f"add it: {key.doc}")
    chosen = [name for name in kind.one_of if name in tree]
    if kind.one_of and len(chosen) != 1 and not (inherits and not chosen):
        refuse(
            tree,
            chosen[-1] if chosen else None,
            f"a {kind.name} has either {' or '.join(kind.one_of)}",
            "keep one of them" if chosen else "add one of them",
        )


def check_rule(tree: Tree) -> None:
    """Check a rule whose inherited keys have been filled in."""
    check(tree, RULE)


def _key(tree: Tree, kind: Kind, name: str) -> Key:
    key = kind.by_name.get(name)
    if key is None and kind is RULE and name[-1:] in ("+", "-"):
        key = kind.by_name.get(name[:-1])
    if key is None:
        refuse(
            tree,
            name,
            f'{kind.name}: unknown key "{name}"',
            near(name, (k.name for k in kind.keys)),
            name=True,
        )
    return key


def _edit(tree: Tree, kind: Kind, name: str, value: Tree, key: Key) -> None:
    if key.shape not in _LISTS or key.name == "tests":
        refuse(tree, name, f'"{name}" edits no list', f"write {key.name}: to replace it", name=True)
    if "extends" not in tree:
        refuse(tree, name, f'"{name}" without "extends"', f"write {key.name}:, or extend a rule", name=True)
    if not isinstance(value, list):
        refuse(tree, name, f'"{name}" needs a list', "write [ENTRY, …]")
    if name.endswith("+"):
        _SHAPES[key.shape](tree, name, value, key)


def _text(tree: Tree, name: str, value: Tree, key: Key) -> None:
    _free(tree, name, value, key)
    if not value:
        refuse(tree, name, f'"{name}" is empty', key.doc)


def _free(tree: Tree, name: str, value: Tree, key: Key) -> None:
    if not isinstance(value, str):
        refuse(tree, name, f'"{name}" needs a string, not a {_sort(value)}', "put it in single quotes")
    if key.choices and value not in key.choices:
        refuse(tree, name, f'"{value}" is no value of "{name}"', f"one of: {', '.join(key.choices)}")


def _switch(tree: Tree, name: str, value: Tree, key: Key) -> None:
    if value not in ("on", "off"):
        refuse(tree, name, f'"{name}" needs on or off, not {_show(value)}')


def _integer(tree: Tree, name: str, value: Tree, key: Key) -> None:
    if not isinstance(value, str) or not _INTEGER.fullmatch(value):
        refuse(tree, name, f'"{name}" needs a whole number, not {_show(value)}')


def _texts(tree: Tree, name: str, value: Tree, key: Key) -> None:
    if not isinstance(value, list):
        refuse(
            tree,
            name,
            f'"{name}" needs a list of strings, not {_show(value)}',
            f"write {name}: [{_bare(value)}]",
        )
    for index, entry in enumerate(value):
        if not isinstance(entry, str) or not entry:
            refuse(value, index, f'"{name}" needs strings, not {_show(entry)}')
        if key.choices and entry not in key.choices:
            refuse(value, index, f'"{entry}" is no value of "{name}"', f"one of: {', '.join(key.choices)}")


def _mapping(tree: Tree, name: str | int, value: Tree, label: str) -> None:
    if not isinstance(value, dict):
        refuse(tree, name, f"{label} needs a mapping, not {_show(value)}", "write {KEY: VALUE}")


def _pairs(tree: Tree, name: str, value: Tree, key: Key) -> None:
    _mapping(tree, name, value, f'"{name}"')
    for inner, text in value.items():
        if not isinstance(text, str):
            refuse(value, inner, f'"{inner}" needs a string, not a {_sort(text)}', "put it in single quotes")


def _parts(tree: Tree, name: str, value: Tree, key: Key) -> None:
    if not isinstance(value, list):
        refuse(tree, name, f'"{name}" needs a list, not {_show(value)}', "start each entry with '- '")
    assert key.of is not None
    for index, entry in enumerate(value):
        _mapping(value, index, entry, f"an entry of {name}")
        check(entry, key.of, inherits=key.of is RULE and "extends" in entry)


def _part(tree: Tree, name: str, value: Tree, key: Key) -> None:
    _mapping(tree, name, value, f'"{name}"')
    assert key.of is not None
    check(value, key.of)


def _named(tree: Tree, name: str, value: Tree, key: Key) -> None:
    _mapping(tree, name, value, f'"{name}"')
    assert key.of is not None
    for inner, entry in value.items():
        _mapping(value, inner, entry, f'"{inner}"')
        check(entry, key.of)


def _conditions(tree: Tree, name: str, value: Tree, key: Key) -> None:
    if isinstance(value, dict):
        check(value, PREDICATES)
        return
    if not isinstance(value, list):
        refuse(tree, name, f'"{name}" needs a condition, not {_show(value)}', "write {PREDICATE: …}")
    for index, entry in enumerate(value):
        _mapping(value, index, entry, f'an entry of "{name}"')
        check(entry, PREDICATES)


def _cues(tree: Tree, name: str, value: Tree, key: Key) -> None:
    if not isinstance(value, list):
        refuse(tree, name, f'"{name}" needs a list of cues, not {_show(value)}', "write [{CUE: …}]")
    for index, entry in enumerate(value):
        _mapping(value, index, entry, "a cue")
        check(entry, CUES)


def _say(tree: Tree, name: str, value: Tree, key: Key) -> None:
    _templates(tree, name, value, SAYING)


def _write(tree: Tree, name: str, value: Tree, key: Key) -> None:
    _templates(tree, name, value, WRITING)


def _templates(tree: Tree, name: str, value: Tree, kind: Kind) -> None:
    if isinstance(value, str):
        return
    keys = ", ".join(key.name for key in kind.keys)
    if not isinstance(value, list) or not value:
        refuse(tree, name, f'"{name}" needs a template or a list of {{{keys}}}, not {_show(value)}')
    for index, entry in enumerate(value):
        _mapping(value, index, entry, f'an entry of "{name}"')
        check(entry, kind)


def _tree(tree: Tree, name: str, value: Tree, key: Key) -> None:
    """Accept anything: the grammar checks it."""


_SHAPES: dict[str, Callable[[Tree, str, Tree, Key], None]] = {
    "text": _text,
    "free": _free,
    "regex": _text,
    "switch": _switch,
    "integer": _integer,
    "texts": _texts,
    "pairs": _pairs,
    "part": _part,
    "parts": _parts,
    "named": _named,
    "conditions": _conditions,
    "cues": _cues,
    "say": _say,
    "write": _write,
    "tree": _tree,
}


def _sort(value: Tree) -> str:
    return "mapping" if isinstance(value, dict) else "list" if isinstance(value, list) else "string"


def _bare(value: Tree) -> str:
    return value if isinstance(value, str) and value else "ENTRY"


def _show(value: Tree) -> str:
    if isinstance(value, str):
        return f'"{value}"'
    return f"a {_sort(value)}"
