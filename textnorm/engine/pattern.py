"""A regular expression as a tree, to ask questions that a compiled pattern cannot answer.

Classes are kept in the syntax of RE2, for which `textnorm.engine.relax` writes trees out.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from textnorm.errors import PackError

# Where RE2 cannot say the same, a class takes in more, and a negated one leaves out less.
_CLASSES = {
    "d": r"\p{Nd}",
    "s": r"\p{Z}\x{9}-\x{d}\x{85}",
    "w": r"\p{L}\p{M}\p{N}\p{Pc}\x{200c}\x{200d}\x{24b6}-\x{24e9}\x{1f130}-\x{1f189}",
}
_NEGATED = {**_CLASSES, "w": r"\p{L}\p{M}\p{Nd}\p{Nl}\p{Pc}"}
ALL = r"\x{0}-\x{10ffff}"
# Properties that RE2 knows, and means as `regex` does; where it does not, a class takes in everything.
_PROPERTIES = frozenset(
    [
        "L",
        "Lu",
        "Ll",
        "Lt",
        "Lm",
        "Lo",
        "M",
        "Mn",
        "Mc",
        "Me",
        "N",
        "Nd",
        "Nl",
        "No",
        "P",
        "Pc",
        "Pd",
        "Ps",
        "Pe",
        "Pi",
        "Pf",
        "Po",
        "S",
        "Sm",
        "Sc",
        "Sk",
        "So",
        "Z",
        "Zs",
        "Zl",
        "Zp",
        "Cc",
        "Cf",
        "Co",
        "Latin",
        "Greek",
        "Cyrillic",
        "Hebrew",
        "Arabic",
        "Ethiopic",
        "Devanagari",
    ]
)
_ASSERTIONS = frozenset("bBZmM")
_CONTROL = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v", "a": "\a"}


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

_KEY = 48  # characters by which long groups are looked up
_GROUPS: dict[str, list[tuple[str, Node]]] = {}


def parse(pattern: str) -> Node:
    """The tree of `pattern`; raises PackError where the syntax is beyond what rules may use."""
    parser = _Parser(pattern)
    try:
        node = parser.alternatives()
    except (ValueError, KeyError):
        raise parser.error("unfinished or wrong name or number") from None
    if parser.pos < len(pattern):
        raise parser.error("unbalanced ')'")
    return node


class _Parser:
    def __init__(self, pattern: str) -> None:
        self.text = pattern
        self.pos = 0

    def error(self, why: str) -> PackError:
        return PackError(f"pattern {self.text!r}: {why} at character {self.pos + 1}")

    def peek(self) -> str:
        return self.text[self.pos] if self.pos < len(self.text) else ""

    def take(self) -> str:
        char = self.peek()
        if not char:
            raise self.error("unexpected end")
        self.pos += 1
        return char

    def alternatives(self) -> Node:
        parts = [self.sequence()]
        while self.peek() == "|":
            self.pos += 1
            parts.append(self.sequence())
        return parts[0] if len(parts) == 1 else Alt(tuple(parts))

    def sequence(self) -> Node:
        parts: list[Node] = []
        while self.peek() not in ("", "|", ")"):
            parts.append(self.quantified())
        return parts[0] if len(parts) == 1 else Cat(tuple(parts))

    def quantified(self) -> Node:
        node = self.atom()
        while True:
            char = self.peek()
            if char == "*":
                low, high = 0, None
            elif char == "+":
                low, high = 1, None
            elif char == "?":
                low, high = 0, 1
            elif char == "{" and (bounds := self.braces()) is not None:
                low, high = bounds
                self.pos -= 1  # the closing brace, taken below
            else:
                return node
            self.pos += 1
            if self.peek() and self.peek() in "?+":  # lazy and possessive match the same texts
                self.pos += 1
            node = Rep(node, low, high)

    def braces(self) -> tuple[int, int | None] | None:
        end = self.text.find("}", self.pos)
        body = self.text[self.pos + 1 : end]
        low, comma, high = body.partition(",")
        if end < 0 or not (low or high) or not (low + high).isdigit():
            return None
        self.pos = end + 1
        if not comma:
            return int(low), int(low)
        return int(low or 0), int(high) if high else None

    def atom(self) -> Node:
        char = self.take()
        if char == "(":
            return self.group()
        if char == "[":
            return self.bracket()
        if char == ".":
            return Class("\n", negated=True)
        if char in "^$":
            return Empty(end=char == "$", start=char == "^")
        if char == "\\":
            return self.escape()
        if char in "*+?":
            self.pos -= 1
            raise self.error("nothing to repeat")
        if char == "{":
            self.pos -= 1
            raise self.error("'{' is no number of repetitions (write '\\{' for the sign)")
        return Lit(char)

    def group(self) -> Node:
        """A group; the long ones, written out from lexicons, recur in many rules and are kept."""
        start = self.pos
        head = self.text[start : start + _KEY]
        for source, node in _GROUPS.get(head, ()):
            if self.text.startswith(source, start):
                self.pos = start + len(source)
                return node
        node = self.new_group()
        if self.pos - start > _KEY:
            if len(_GROUPS) > 500:
                _GROUPS.clear()
            _GROUPS.setdefault(head, []).append((self.text[start : self.pos], node))
        return node

    def new_group(self) -> Node:
        behind = look = fold = False
        char = ""
        if self.peek() == "?":
            self.pos += 1
            char = self.take()
            if char == "P":
                if self.take() == "=":
                    self.pos = self.text.index(")", self.pos) + 1
                    return BackRef()
                if self.text[self.pos - 1] != "<":
                    raise self.error("group syntax '(?P' is not supported in rules")
                self.pos = self.text.index(">", self.pos) + 1
            elif char == "<" and self.peek() in ("=", "!"):
                self.pos += 1
                look = behind = True
            elif char == "<":
                self.pos = self.text.index(">", self.pos) + 1
            elif char in "=!":
                look = True
            elif char == "i" and self.peek() == ":":
                self.pos += 1
                fold = True
            elif char not in ":>|":
                raise self.error(f"group syntax '(?{char}' is not supported in rules")
        node = self.alternatives()
        if self.peek() != ")":
            raise self.error("missing ')'")
        self.pos += 1
        if look:
            return Empty(behind, node if char == "=" and not behind else None)
        return Fold(node) if fold else node

    def escape(self) -> Node:
        char = self.take()
        if char in _CLASSES:
            return Class(_CLASSES[char], digits=char == "d")
        if char.lower() in _CLASSES:
            return Class(_NEGATED[char.lower()], negated=True)
        if char in "pP":
            return Class(self.property(char) or ALL)
        if char in _ASSERTIONS:
            return Empty()
        if char.isdigit() and char != "0":
            return BackRef()
        return Lit(self.literal_escape(char))

    def literal_escape(self, char: str) -> str:
        width = {"x": 2, "u": 4, "U": 8}.get(char)
        if width:
            digits = self.text[self.pos : self.pos + width]
            self.pos += width
            return chr(int(digits, 16))
        if char == "N":
            return unicodedata.lookup(self.braced())
        if char not in _CONTROL and char.isascii() and char.isalnum():
            raise self.error(f"'\\{char}' is not supported in rules")
        return _CONTROL.get(char, char)

    def property(self, char: str) -> str:
        """The property in RE2 syntax; '' if RE2 does not know it."""
        name = self.braced() if self.peek() == "{" else self.take()
        return rf"\{char}{{{name}}}" if name in _PROPERTIES else ""

    def braced(self) -> str:
        end = self.text.index("}", self.pos)
        name = self.text[self.pos + 1 : end]
        self.pos = end + 1
        return name

    def bracket(self) -> Node:
        negated = self.peek() == "^"
        if negated:
            self.pos += 1
        body: list[str] = []
        digits = not negated
        classes = _NEGATED if negated else _CLASSES
        first = True
        while first or self.peek() != "]":
            first = False
            char = self.take()
            if char == "\\":
                char = self.take()
                if char in _CLASSES:
                    body.append(classes[char])
                    digits = digits and char == "d"
                    continue
                if char in "pP":
                    body.append(self.property(char) or ("" if negated else ALL))
                    digits = False
                    continue
                if char.lower() in _CLASSES:
                    raise self.error(f"'\\{char}' inside brackets is not supported in rules")
                char = self.literal_escape(char)
            elif char == "[" and self.peek() == ":":
                raise self.error("'[:' inside brackets is not supported in rules")
            digits = digits and char in "0123456789"
            if self.peek() == "-" and self.text[self.pos + 1 : self.pos + 2] not in ("]", ""):
                self.pos += 1
                last = self.take()
                if last == "\\":
                    last = self.literal_escape(self.take())
                digits = digits and last in "0123456789"
                body.append(f"{hex_escape(char)}-{hex_escape(last)}")
            else:
                body.append(hex_escape(char))
        self.pos += 1
        return Class("".join(body), negated, digits)


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
