"""What a key of a pack file is: its name, the shape of its value, and what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Shape = Literal[
    "text",  # a string with something in it
    "free",  # a string, possibly empty
    "regex",  # a pattern in the syntax of the `regex` module, with {macros}
    "switch",  # on or off
    "integer",
    "texts",  # a list of strings
    "pairs",  # a mapping of strings to strings
    "part",  # a mapping of the kind in `of`
    "parts",  # a list of mappings of the kind in `of`
    "named",  # a mapping from names to mappings of the kind in `of`
    "conditions",  # a mapping of predicates, or a list of such
    "cues",  # a list of cues
    "say",  # a template, or a list of {when, say}
    "write",  # a template, or a list of {when, write}
    "tree",  # anything: its reader checks it
]


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a mapping: its name, the shape of its value and one line of meaning."""

    name: str
    shape: Shape
    doc: str
    required: bool = False
    choices: tuple[str, ...] = ()
    default: str = ""
    of: Kind | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of mapping: a file, or a part of one."""

    name: str
    doc: str
    keys: tuple[Key, ...]
    one_of: tuple[str, ...] = ()  # exactly one of these keys must be there
    by_name: Mapping[str, Key] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {key.name: key for key in self.keys})
