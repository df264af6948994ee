"""Reads regular expressions: the syntax that rules may use, as the tree of `textnorm.patterns.tree`."""

from __future__ import annotations

import unicodedata

from textnorm.errors import PackError
from textnorm.patterns.tree import ALL, Alt, BackRef, Cat, Class, Empty, Fold, Lit, Node, Rep, hex_escape

# Where RE2 cannot say the same, a class takes in more, and a negated one leaves out less.
_CLASSES = {
    "d": r"\p{Nd}",
    "s": r"\p{Z}\x{9}-\x{d}\x{85}",
    "w": r"\p{L}\p{M}\p{N}\p{Pc}\x{200c}\x{200d}\x{24b6}-\x{24e9}\x{1f130}-\x{1f189}",
}
_NEGATED = {**_CLASSES, "w": r"\p{L}\p{M}\p{Nd}\p{Nl}\p{Pc}"}
# Properties that RE2 knows, and means as `regex` does; where it does not, a class takes in everything.
_CATEGORIES = {"L": "ultmo", "M": "nce", "N": "dlo", "P": "cdseifo", "S": "mcko", "Z": "slp"}
_SCRIPTS = ("Latin", "Greek", "Cyrillic", "Hebrew", "Arabic", "Ethiopic", "Devanagari")
PROPERTIES = frozenset(
    [
        *_CATEGORIES,
        *(major + minor for major, minors in _CATEGORIES.items() for minor in minors),
        *("Cc", "Cf", "Co"),
        *_SCRIPTS,
    ]
)
_ASSERTIONS = frozenset("bBZmM")
_CONTROL = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v", "a": "\a"}
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
        return rf"\{char}{{{name}}}" if name in PROPERTIES else ""

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
