"""A regular expression as a tree, and questions to it that a compiled pattern cannot answer.

`textnorm.patterns.parser` reads the tree. Classes are kept in the syntax of RE2, for which
`textnorm.patterns.relax` writes trees out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

ALL = r"\x{0}-\x{10ffff}"


@dataclass(frozen=True, slots=True)
class Lit:
    """One literal character."""

    char: str


@dataclass(frozen=True, slots=True)
class Class:
    """A character class; `body` is RE2 syntax for use inside brackets, `digits` if it holds only digits."""

    body: str
    negated: bool = False
    digits: bool = False


@dataclass(frozen=True, slots=True)
class Cat:
    """A sequence."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Alt:
    """Alternatives."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Rep:
    """A repetition; `high` is None where there is no upper bound."""

    node: Node
    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class Fold:
    """A part that ignores letter case."""

    node: Node


@dataclass(frozen=True, slots=True)
class Empty:
    """Matches without consuming: a boundary, an anchor, a look-around; `ahead` is what must follow."""

    behind: bool = False
    ahead: Node | None = None
    end: bool = False  # the end of the line, which the gate sees as the end of its window
    start: bool = False


@dataclass(frozen=True, slots=True)
class BackRef:
    """A back-reference: its text is not known before matching."""


Node = Lit | Class | Cat | Alt | Rep | Fold | Empty | BackRef


def hex_escape(char: str) -> str:
    """The character as a regex escape that no class syntax can misread."""
    return rf"\x{{{ord(char):x}}}"


def max_width(node: Node) -> int | None:
    """The longest match in characters, or None if it has no bound."""
    if isinstance(node, Lit | Class):
        return 1
    if isinstance(node, Empty):
        return 0
    if isinstance(node, BackRef):
        return None
    if isinstance(node, Fold):
        return max_width(node.node)
    if isinstance(node, Rep):
        inner = max_width(node.node)
        return 0 if inner == 0 else None if inner is None or node.high is None else inner * node.high
    widths = [max_width(part) for part in node.parts]
    if any(width is None for width in widths):
        return None
    known = [width for width in widths if width is not None]
    return sum(known) if isinstance(node, Cat) else max(known, default=0)


def nullable(node: Node) -> bool:
    """Whether the pattern can match the empty string."""
    if isinstance(node, Lit | Class):
        return False
    if isinstance(node, Rep):
        return node.low == 0 or nullable(node.node)
    if isinstance(node, Fold):
        return nullable(node.node)
    if isinstance(node, Cat):
        return all(nullable(part) for part in node.parts)
    if isinstance(node, Alt):
        return any(nullable(part) for part in node.parts)
    return True


def optional(node: Node) -> bool:
    """Whether the pattern matches wherever it is tried, if need be the empty string."""
    if isinstance(node, Rep):
        return node.low == 0 or optional(node.node)
    if isinstance(node, Fold):
        return optional(node.node)
    if isinstance(node, Cat):
        return all(optional(part) for part in node.parts)
    return isinstance(node, Alt) and any(optional(part) for part in node.parts)


def mirrored(node: Node) -> Node:
    """The pattern for the text written backwards; look-around is dropped."""
    if isinstance(node, Cat):
        return Cat(tuple(mirrored(part) for part in reversed(node.parts)))
    if isinstance(node, Alt):
        return Alt(tuple(mirrored(part) for part in node.parts))
    if isinstance(node, Rep):
        return Rep(mirrored(node.node), node.low, node.high)
    if isinstance(node, Fold):
        return Fold(mirrored(node.node))
    return Empty() if isinstance(node, Empty) else node


def starts_with_digit(node: Node) -> bool:
    """Whether every match begins with a decimal digit."""
    return all(
        (isinstance(first, Class) and first.digits) or (isinstance(first, Lit) and first.char.isdecimal())
        for first in first_nodes(node)
    )


def first_nodes(node: Node) -> Iterator[Node]:
    """The single-character nodes that a match can begin with; BackRef where that is not known."""
    if isinstance(node, Lit | Class | BackRef):
        yield node
    elif isinstance(node, Rep | Fold):
        yield from first_nodes(node.node)
    elif isinstance(node, Alt):
        for part in node.parts:
            yield from first_nodes(part)
    elif isinstance(node, Cat):
        for part in node.parts:
            yield from first_nodes(part)
            if not nullable(part):
                break


def required_literal(node: Node) -> str:
    """The longest run of literal characters that every match contains, or ''."""
    best = run = ""
    parts = node.parts if isinstance(node, Cat) else (node,)
    for part in parts:
        if isinstance(part, Lit):
            run += part.char
            best = max(best, run, key=len)
            continue
        run = ""
        if isinstance(part, Cat) or (isinstance(part, Rep) and part.low > 0):
            inner = required_literal(part.node if isinstance(part, Rep) else part)
            best = max(best, inner, key=len)
    return best


def has_lookbehind(node: Node) -> bool:
    """Whether the pattern looks behind its own start; rules use `before` for that."""
    if isinstance(node, Empty):
        return node.behind
    if isinstance(node, Rep | Fold):
        return has_lookbehind(node.node)
    if isinstance(node, Cat | Alt):
        return any(has_lookbehind(part) for part in node.parts)
    return False
