"""Writes out `{macro}` and `{lexicon:pack/name.column}` in patterns.

A macro is put in a group of its own, so that a quantifier after it means the whole macro; inside
brackets it is put in as it is. A lexicon becomes a tree of its entries: of entries that begin alike
the longer one is tried first, and matching does not slow down with the number of entries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from textnorm.errors import Location, PackError
from textnorm.pack.hints import near
from textnorm.pack.model import Lexicon
from textnorm.pack.tables import Lexicons, entries

_TOKEN = re.compile(
    r"\\[pPN]\{[^{}]*\}|\\."  # escapes, properties among them
    r"|\[:\^?\w+:\]"  # POSIX class names inside brackets
    r"|(?P<open>\[\^?\]?)|(?P<close>\])"
    r"|\{lexicon:(?P<lexicon>[^{}.]*)(?:\.(?P<column>[^{}]*))?\}"
    r"|\{(?P<macro>[A-Za-z_][\w-]*)\}",
    re.DOTALL,
)
_SPACE = "[ \u00a0\u202f\u2009]"
_Node = dict[str, "_Node"]  # token → what follows it; the token "" marks the end of a word
_SPECIAL = frozenset("\\.^$*+?{}[]()|")


def expand(
    pattern: str,
    macros: Mapping[str, str],
    lexicons: Mapping[str, Lexicon],
    at: Location | None = None,
) -> str:
    """`pattern` with macros and lexicon references written out; `at` is where errors point.

    >>> expand("{day}+{2}", {"day": "[12]|3"}, {})
    '(?:[12]|3)+{2}'
    """
    return _expand(pattern, macros, lexicons, at, ())


def references(pattern: str) -> Iterator[tuple[str, str]]:
    """What a pattern refers to: ("macro", name) and ("lexicon", name), in order."""
    for token in _TOKEN.finditer(pattern):
        if token["macro"] is not None:
            yield "macro", token["macro"]
        elif token["lexicon"] is not None:
            yield "lexicon", token["lexicon"]


def _expand(
    pattern: str,
    macros: Mapping[str, str],
    lexicons: Mapping[str, Lexicon],
    at: Location | None,
    inside: tuple[str, ...],
) -> str:
    if "{" not in pattern:
        return pattern
    bracket = False

    def replace(token: re.Match[str]) -> str:
        nonlocal bracket
        if token["macro"] is not None:
            body = _macro(token["macro"], macros, lexicons, at, inside)
            return body if bracket or _grouped(body) else f"(?:{body})"
        if token["lexicon"] is not None:
            return _lexicon(token["lexicon"], token["column"] or "", lexicons, at)
        if token["open"] is not None and not bracket:
            bracket = True
        elif (token["open"] or token["close"] or "").endswith("]"):
            bracket = False
        return token[0]

    return _TOKEN.sub(replace, pattern)


def _macro(
    name: str,
    macros: Mapping[str, str],
    lexicons: Mapping[str, Lexicon],
    at: Location | None,
    inside: tuple[str, ...],
) -> str:
    if name in inside:
        circle = " → ".join((*inside[inside.index(name) :], name))
        raise PackError(f"macro {{{name}}} contains itself: {circle}", at=at)
    if name not in macros:
        raise PackError(f"unknown macro {{{name}}}", at=at, remedy=near(name, macros))
    return _expand(macros[name], macros, lexicons, at, (*inside, name))


def _grouped(body: str) -> bool:
    """Whether `body` is one group already: its first parenthesis closes at its end."""
    if not (body.startswith("(") and body.endswith(")")):
        return False
    depth, bracket = 0, False
    for token in re.finditer(r"\\.|[][()]", body, re.DOTALL):
        char = token[0]
        bracket = (bracket or char == "[") and char != "]"
        if bracket or char not in "()":
            continue
        depth += 1 if char == "(" else -1
        if depth == 0 and token.end() < len(body):
            return False
    return depth == 0


def _lexicon(name: str, column: str, lexicons: Mapping[str, Lexicon], at: Location | None) -> str:
    if name not in lexicons:
        known = lexicons.known() if isinstance(lexicons, Lexicons) else list(lexicons)
        raise PackError(f"unknown lexicon {{lexicon:{name}}}", at=at, remedy=near(name, known))
    table = lexicons[name]
    if column and column not in table.columns:
        remedy = near(column, table.columns)
        raise PackError(f'lexicon {name} has no column "{column}"', at=at, remedy=remedy)
    if not table.rows:
        raise PackError(f"lexicon {name} has no entries", at=at)
    if isinstance(lexicons, Lexicons):
        return lexicons.pattern(name, column, alternation)
    return alternation(entries(table, column))


def alternation(words: Sequence[str]) -> str:
    r"""A group that matches any of `words`, of words that begin alike the longest possible.

    A space also matches the no-break and thin spaces that typesetters put there; after the dot of an
    abbreviation it may be missing.

    >>> alternation(["pm", "p. m.", "p"])
    '(?:p(?:\\.[ \xa0\u202f\u2009]?m\\.|m)?)'
    """
    root: _Node = {}
    for word in sorted(set(words)):
        for tokens in _spellings(word):
            node = root
            for token in tokens:
                node = node.setdefault(token, {})
            node[""] = {}
    return f"(?:{'|'.join(_branches(root))})"


def _spellings(word: str) -> Iterator[tuple[str, ...]]:
    """The word as pattern tokens, with and without each space that may be missing."""
    spellings: list[tuple[str, ...]] = [()]
    previous = ""
    for char in word:
        token = _SPACE if char == " " else "\\" + char if char in _SPECIAL else char
        longer = [(*tokens, token) for tokens in spellings]
        spellings = [*longer, *spellings] if char == " " and previous == "." else longer
        previous = char
    yield from spellings


def _branches(node: _Node) -> list[str]:
    """The alternatives below a node of the tree, each a pattern of its own."""
    pieces = [token + _tail(below) for token, below in node.items() if token not in ("", _SPACE)]
    space = node.get(_SPACE)
    if space is None:
        return pieces
    if pieces and "" not in node and "" not in space and _branches(space) == pieces:
        return [f"{_SPACE}?" + (f"(?:{'|'.join(pieces)})" if len(pieces) > 1 else pieces[0])]
    return [*pieces, _SPACE + _tail(space)]


def _tail(node: _Node) -> str:
    pieces = _branches(node)
    pattern = "|".join(pieces)
    if "" in node and pieces:
        return f"(?:{pattern})?"
    return f"(?:{pattern})" if len(pieces) > 1 else pattern
