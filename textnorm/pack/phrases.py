"""Phrases in a short notation: `no (clear |definite )?(sign|signs) of`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import product

_TOKEN = re.compile(r"\(|\)\??|\||[^()|?]+|\?")
_MOST = 5_000  # phrases that one line of notation may stand for


def expand(notation: str, macros: Mapping[str, str]) -> list[str]:
    """The phrases that a notation stands for, each once; `{name}` is replaced from `macros`.

    `(a|b)` is a choice, `(a)?` may be left out. Raises ValueError.

    >>> expand("no (clear )?sign(s)? of", {})
    ['no clear signs of', 'no clear sign of', 'no signs of', 'no sign of']
    """
    for name, value in macros.items():
        notation = notation.replace(f"{{{name}}}", f"({value})")
    tokens = _TOKEN.findall(notation)
    found, rest = _choice(tokens, 0)
    if rest != len(tokens):
        raise ValueError("a bracket is closed that was not opened")
    if len(found) > _MOST:
        raise ValueError(f"more than {_MOST} phrases in one")
    return list(dict.fromkeys(" ".join(phrase.split()) for phrase in found))


def _choice(tokens: list[str], at: int) -> tuple[list[str], int]:
    """The alternatives from `at` to the end or to a closing bracket, and where that is."""
    choices: list[str] = []
    row: list[list[str]] = []
    while at < len(tokens) and tokens[at][0] != ")":
        token = tokens[at]
        at += 1
        if token == "|":
            choices += _joined(row)
            row = []
        elif token == "(":
            inner, at = _choice(tokens, at)
            if at == len(tokens):
                raise ValueError("a bracket is not closed")
            row.append([*inner, ""] if tokens[at] == ")?" else inner)
            at += 1
        elif token == "?":
            raise ValueError('"?" follows a closing bracket')
        else:
            row.append([token])
    return [*choices, *_joined(row)], at


def _joined(row: list[list[str]]) -> Iterator[str]:
    size = 1
    for part in row:
        size *= len(part)
    if size > _MOST:
        raise ValueError(f"more than {_MOST} phrases in one")
    return ("".join(parts) for parts in product(*row))
