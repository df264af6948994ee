"""Strict YAML: every scalar is the string its author wrote, and every node knows its place.

Plain YAML is a trap for rule authors: `12:30` becomes 750, `no` becomes False, and of two equal
keys the first silently disappears. Here nothing is converted, and whatever could surprise (duplicate
keys, anchors, aliases, tags, tabs, invisible line breaks) is an error that points at the spot.

The tree is built from libyaml's events, not from its nodes: that is twice as fast, and events still
tell an alias from a copy and an explicit tag from an implied one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NoReturn

import yaml

from textnorm.errors import Location, PackError
from textnorm.pack.model import Tree

_Parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_UNSAFE = re.compile("[\t\r\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_FIRST_ID = re.compile(r"^( *)- +id:", re.MULTILINE)
_REMEDIES = {
    "mapping values are not allowed": "put a value that contains ': ' in single quotes",
    "cannot start any token": "put the value in single quotes",
    "while scanning a quoted scalar": "close the quote; inside single quotes write '' for one",
    "did not find expected": "check quotes, brackets and indentation here and on the line above",
    "could not find expected ':'": "write KEY: VALUE",
}


class Map(dict[str, Tree]):
    """A mapping that remembers its file, where it starts, and where its keys and values stand."""

    __slots__ = ("file", "mark", "marks")
    file: str
    mark: tuple[int, int]
    marks: dict[str, tuple[int, int, int, int]]  # key line, key column, value line, value column


class Seq(list[Tree]):
    """A list that remembers its file, where it starts, and where its entries stand."""

    __slots__ = ("file", "mark", "marks")
    file: str
    mark: tuple[int, int]
    marks: list[tuple[int, int]]


def where(node: Tree, key: str | int | None = None, *, name: bool = False) -> Location:
    """The place of a mapping or list, or of what it holds under `key`; with `name`, of the key itself."""
    if isinstance(node, Map):
        line, column = node.mark
        if isinstance(key, str) and key in node.marks:
            marks = node.marks[key]
            line, column = marks[:2] if name else marks[2:]
        return Location(node.file, line + 1, column + 1)
    if isinstance(node, Seq):
        line, column = node.marks[key] if isinstance(key, int) and key < len(node.marks) else node.mark
        return Location(node.file, line + 1, column + 1)
    return Location("")


def parse_yaml(text: str, file: str, *, skip_tests: bool = False) -> Map:
    """The tree of a strict YAML document; `skip_tests` leaves out what only tests need, for speed."""
    unsafe = _UNSAFE.search(text)
    if unsafe:
        _refuse_character(text, file, unsafe.start())
    return _Reader(blank_tests(text) if skip_tests else text, file).document()


def blank_tests(text: str) -> str:
    """`text` with every `tests:` block emptied, line numbers kept.

    Examples make up half of a good pack, and normalizing text needs none of them. Only blocks at the
    indentation of a rule's own keys, or at the left margin, are taken out: no other text of a valid
    file can stand there, so a line of prose that happens to read "tests:" is safe.
    """
    first = _FIRST_ID.search(text)
    for indent in {0, len(first[1]) + 2} if first else {0}:
        margin = " " * indent
        block = (
            rf"^{margin}tests:[ ]*\n(?:{margin}(?: +\S|-(?: |$)).*(?:\n|\Z)|[ ]*(?:#.*)?(?:\n|(?<=[ ])\Z))*"
        )
        text = re.sub(block, lambda found: "\n" * found[0].count("\n"), text, flags=re.MULTILINE)
    return text


def _refuse_character(text: str, file: str, index: int) -> NoReturn:
    at = Location(file, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))
    character = text[index]
    if character == "\t":
        raise PackError("a tab", at=at, remedy="indent with spaces; in a pattern write \\t")
    message = f"the invisible character U+{ord(character):04X}"
    raise PackError(
        message, at=at, remedy=f'write it as an escape, "\\u{ord(character):04x}" in double quotes'
    )


class _Reader:
    """Builds the tree of one document from parser events."""

    def __init__(self, text: str, file: str) -> None:
        self.text, self.file = text, file
        self.parser = _Parser(text)
        self.next: Callable[[], Any] = self.parser.get_event

    def document(self) -> Map:
        """The top-level mapping."""
        try:
            self.next()  # stream start
            if type(self.next()) is yaml.StreamEndEvent:
                raise PackError("this file is empty", at=Location(self.file), remedy="start with 'format: 1'")
            tree = self.node(self.next())
            self.next()  # document end
            more = self.next()
        except yaml.MarkedYAMLError as error:
            self.refuse_syntax(error)
        except yaml.YAMLError as error:
            raise PackError(f"not valid YAML: {error}", at=Location(self.file)) from None
        finally:
            self.parser.dispose()
        if type(more) is not yaml.StreamEndEvent:
            self.refuse("a second document starts here", more, "use one file for each document")
        if not isinstance(tree, Map):
            at = Location(self.file, 1, 1)
            raise PackError("the file does not hold a mapping", at=at, remedy="start with 'format: 1'")
        return tree

    def node(self, event: Any) -> Tree:
        """The tree that begins with `event`."""
        kind = type(event)
        if kind is yaml.AliasEvent:
            self.refuse(f'alias "*{event.anchor}"', event, "write the value out, or use a macro")
        if event.anchor is not None:
            self.refuse(f'anchor "&{event.anchor}"', event, "write the value out, or use a macro")
        if event.tag is not None:
            self.refuse(f'tag "{event.tag}"', event, "leave it out: every value is a string")
        if kind is yaml.ScalarEvent:
            return event.value
        return self.mapping(event) if kind is yaml.MappingStartEvent else self.sequence(event)

    def mapping(self, start: Any) -> Map:
        """The mapping that begins with the event `start`."""
        tree, next_event, node = Map(), self.next, self.node
        marks: dict[str, tuple[int, int, int, int]] = {}
        while type(key_event := next_event()) is not yaml.MappingEndEvent:
            key = node(key_event)
            at: Any = key_event.start_mark
            if type(key) is not str:
                self.refuse(
                    "a key that is not a plain string", key_event, "quote a key that starts with a bracket"
                )
            if key in tree:
                line = marks[key][0] + 1
                self.refuse(f'key "{key}" occurs twice', key_event, f"first on line {line}; keep one")
            event = next_event()
            tree[key] = node(event)
            mark = event.start_mark
            marks[key] = (at.line, at.column, mark.line, mark.column)
        tree.file, tree.mark, tree.marks = self.file, (start.start_mark.line, start.start_mark.column), marks
        return tree

    def sequence(self, start: Any) -> Seq:
        """The list that begins with the event `start`."""
        tree, marks, next_event = Seq(), [], self.next
        while type(event := next_event()) is not yaml.SequenceEndEvent:
            tree.append(self.node(event))
            marks.append((event.start_mark.line, event.start_mark.column))
        tree.file, tree.mark, tree.marks = self.file, (start.start_mark.line, start.start_mark.column), marks
        return tree

    def refuse(self, message: str, event: Any, remedy: str) -> NoReturn:
        mark = event.start_mark
        raise PackError(message, at=Location(self.file, mark.line + 1, mark.column + 1), remedy=remedy)

    def refuse_syntax(self, error: yaml.MarkedYAMLError) -> NoReturn:
        mark = error.problem_mark or error.context_mark
        problem = f"{error.context}, {error.problem}" if error.context else str(error.problem)
        remedy = next((hint for part, hint in _REMEDIES.items() if part in problem), "")
        if mark is None:
            raise PackError(f"not valid YAML: {problem}", at=Location(self.file), remedy=remedy) from None
        lines = self.text.split("\n")
        line = lines[mark.line].strip() if mark.line < len(lines) else ""
        shown = f' in "{line}"' if line else " at the end of the file"
        at = Location(self.file, mark.line + 1, mark.column + 1)
        raise PackError(f"not valid YAML: {problem}{shown}", at=at, remedy=remedy) from None
