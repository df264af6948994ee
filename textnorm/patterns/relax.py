"""Relaxed patterns for the gate: RE2 syntax that accepts at least every text the rule's pattern accepts.

Look-around, back-references and boundaries are dropped, large classes become a few ranges, and
everything past a width budget is cut off, so that the gate looks at a short window.
"""

from __future__ import annotations

from textnorm.patterns.tree import (
    ALL,
    Alt,
    BackRef,
    Cat,
    Class,
    Empty,
    Fold,
    Lit,
    Node,
    Rep,
    hex_escape,
    max_width,
)

_ANY = f"[{ALL}]"
_DOTS = r"iI\x{130}\x{131}"  # one letter to `regex` where case is ignored, several to RE2
# Large classes as a few ranges that hold at least as much: RE2 builds them many times faster.
_BEYOND = r"\x{80}-\x{10ffff}"
_CAPITALS = (
    r"A-Z\x{c0}-\x{24f}\x{370}-\x{58f}\x{10a0}-\x{10ff}\x{13a0}-\x{13ff}\x{1c80}-\x{1cbf}\x{1e00}-\x{1fff}"
    r"\x{2100}-\x{218f}\x{2c00}-\x{2dff}\x{a640}-\x{a7ff}\x{ff21}-\x{ff3a}\x{10000}-\x{10ffff}"
)
_COARSE = (
    (r"\p{L}", "A-Za-z" + _BEYOND),
    (r"\p{Ll}", "a-z" + _BEYOND),
    (r"\p{Lu}", _CAPITALS),
    (r"\p{M}", _BEYOND),
    (r"\p{N}", "0-9" + _BEYOND),
    (r"\p{Pc}", "_" + _BEYOND),
)
_WORD_END = "(?:[^0-9A-Za-z_]|$)"  # letters beyond ASCII pass: RE2 builds it at once
_LARGE = 8  # alternatives from which on it pays to remember them
_RELAXED: dict[tuple[int, bool], tuple[Alt, str, int]] = {}


def relaxed(node: Node, budget: int, ignore_case: bool = False, *, ends_word: bool = False) -> str:
    """An RE2 pattern that accepts, at its start, every text that begins with a match of `node`.

    It looks at the first `budget` characters of the text only. With `ends_word`, no word character
    may follow the match: seen where the match ends within the budget.
    """
    source, left = _relax(Fold(node) if ignore_case else node, budget, False)
    return source + _WORD_END if ends_word and left > 0 else source


def _relax(node: Node, budget: int, fold: bool) -> tuple[str, int]:
    """RE2 source and the budget left; a negative budget means that what follows is cut off."""
    if isinstance(node, Lit | Class):
        return (_relax_character(node, fold), budget - 1) if budget > 0 else ("", -1)
    if isinstance(node, Empty):
        if node.end:
            return "(?m:$)", budget
        # What must follow says more than what comes after it in the pattern: the rest is cut off.
        return ("", budget) if node.ahead is None else (_relax(node.ahead, budget, fold)[0], -1)
    if isinstance(node, BackRef):
        return "", -1
    if isinstance(node, Fold):
        source, budget = _relax(node.node, budget, True)
        return f"(?i:{source})", budget
    if isinstance(node, Cat):
        return _relax_sequence(node.parts, budget, fold)
    if isinstance(node, Alt):
        if len(node.parts) >= _LARGE:
            return _relax_large(node, budget, fold)
        branches = [_relax(part, budget, fold) for part in node.parts]
        sources = dict.fromkeys(source for source, _ in branches)
        return f"(?:{'|'.join(sources)})", min(left for _, left in branches)
    return _relax_repetition(node, budget, fold)


def _relax_sequence(parts: tuple[Node, ...], budget: int, fold: bool) -> tuple[str, int]:
    pieces: list[str] = []
    for index, part in enumerate(parts):
        if isinstance(part, Rep) and part.low == 0 and not _within(part, budget):
            # The text goes on with a round of what may be left out, or with what comes after it.
            one, other = (_relax(node, budget, fold)[0] for node in (part.node, Cat(parts[index + 1 :])))
            return "".join(pieces) + (f"(?:{one}|{other})" if one and other else ""), -1
        source, budget = _relax(part, budget, fold)
        pieces.append(source)
        if budget < 0:
            break
    return "".join(pieces), budget


def _within(node: Node, budget: int) -> bool:
    width = max_width(node)
    return width is not None and width <= budget


def _relax_large(node: Alt, budget: int, fold: bool) -> tuple[str, int]:
    """The same for the alternatives of a lexicon, which recur in many rules: kept where nothing is cut."""
    key = (id(node), fold)
    known = _RELAXED.get(key)
    if known is None:
        width = max_width(node)
        whole = (1 << 30) if width is None else width
        branches = [_relax(part, whole, fold) for part in node.parts]
        if any(left < 0 for _, left in branches):
            whole = 1 << 30  # something is cut off whatever the budget, a look-ahead's sequel for one
        known = node, f"(?:{'|'.join(dict.fromkeys(source for source, _ in branches))})", whole
        _RELAXED[key] = known
    if known[2] <= budget:
        return known[1], budget - known[2]
    cut = [_relax(part, budget, fold) for part in node.parts]
    return f"(?:{'|'.join(dict.fromkeys(s for s, _ in cut))})", min(left for _, left in cut)


def _relax_character(node: Lit | Class, fold: bool) -> str:
    if isinstance(node, Lit):
        return f"[{_DOTS}]" if fold and node.char in "iIİı" else hex_escape(node.char)
    if not node.body or (fold and (node.negated or r"\P" in node.body)):
        return _ANY
    if node.negated:
        return f"[^{node.body}]"
    body = node.body
    if fold:  # to `regex` a letter of any case then
        for name in (r"\p{Lu}", r"\p{Ll}", r"\p{Lt}"):
            body = body.replace(name, r"\p{L}")
    for exact, coarse in _COARSE:
        body = body.replace(exact, coarse)
    return f"[{body}{_DOTS if fold else ''}]"


def _relax_repetition(node: Rep, budget: int, fold: bool) -> tuple[str, int]:
    width = max_width(node)
    if width is not None and width <= budget:
        source, left = _relax(node.node, budget, fold)
        if left < 0:  # what follows was cut off inside: nothing is known of further rounds
            return (source, -1) if node.low else ("", -1)
        return _repeated(source, node), budget - width
    if node.low == 0:
        return "", -1
    pieces: list[str] = []
    for _ in range(node.low):
        source, budget = _relax(node.node, budget, fold)
        pieces.append(source)
        if budget < 0:
            break
    return "".join(pieces), -1


def _repeated(source: str, node: Rep) -> str:
    """The repetition of `source`; counts above a few are given up, since RE2 writes every round out."""
    if not source:
        return ""
    if node.high is not None and node.high <= 3:
        return f"(?:{source}){{{node.low},{node.high}}}"
    least = min(node.low, 3 if isinstance(node.node, Lit | Class) else 1)
    return f"(?:{source}){{{least},}}"
