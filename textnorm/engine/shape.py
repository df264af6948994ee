"""What the gate must know of a rule: where it can begin, and patterns that say so cheaply.

Working this out means parsing every pattern of a pack with all its lexicons written out, most of the
time that a start takes. It depends on nothing but the pack, so it is kept in the cache folder.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textnorm.errors import PackError
from textnorm.grammar.grammar import Grammar
from textnorm.pack import cache
from textnorm.pack.model import Rule
from textnorm.patterns import tree
from textnorm.patterns.parser import parse
from textnorm.patterns.relax import relaxed

WINDOW = 96  # characters that the gate looks at, from the place where a rule may match
LEFT_WINDOW = 48  # and to the left of it, for rules with `before`
_SCAN_WIDTH = 24  # characters of a pattern by which places are scanned for
_WORD = (r"(?<!\w)", r"(?!\w)")


class Shape(NamedTuple):
    """A rule's pattern with everything written out, and RE2 patterns that accept at least as much.

    `left` and `right` are the bounds; an *anchored* rule begins at the start of a word, one
    `on_digit` with a digit. `gate` accepts from the start of a match to what must follow it, `before`
    read backwards from the start ('' without a condition), `scan` is a short form of `gate`, `literal`
    what every match holds.
    """

    source: str
    left: str
    right: str
    anchored: bool
    on_digit: bool
    gate: str
    before: str
    scan: str
    literal: str


def shapes(rules: Sequence[Rule], grammar: Grammar, digest: str) -> list[Shape]:
    """The shapes of a stage's rules; taken from the cache where `digest` names the pack's content."""
    return cache.remembered(
        (digest, cache.code_version("engine", "grammar", "pack", "patterns"), *(rule.id for rule in rules)),
        lambda: [shape(rule, grammar) for rule in rules],
        list,
        lambda rows: [Shape(*row) for row in rows],
    )


def shape(rule: Rule, grammar: Grammar) -> Shape:
    """The shape of one rule; raises PackError for patterns beyond what rules may use."""
    source = grammar.expand(rule.match, rule.macros, rule.at)
    left, right = _bounds(rule, grammar)
    parsed = parse(source)
    known_start = not any(isinstance(node, tree.BackRef) for node in tree.first_nodes(parsed))
    anchored = bool(left) and not rule.trigger and known_start
    whole, ends_word = _with_after(rule, grammar, parsed, bool(right))
    return Shape(
        source=source,
        left=left,
        right=right,
        anchored=anchored,
        on_digit=anchored and tree.starts_with_digit(parsed),
        gate=relaxed(whole, WINDOW, ends_word=ends_word),
        before=_before(rule, grammar),
        scan=relaxed(whole, _SCAN_WIDTH, ends_word=ends_word),
        literal=tree.required_literal(parsed),
    )


def _with_after(rule: Rule, grammar: Grammar, match: tree.Node, ends_word: bool) -> tuple[tree.Node, bool]:
    """The match and what must follow it, for the gate; and whether no word character may follow either."""
    match = tree.Fold(match) if rule.ignore_case else match
    if rule.after:
        try:
            after = parse(grammar.expand(rule.after, rule.macros, rule.at))
        except PackError:
            return match, ends_word  # syntax that rules may not use but conditions may
        if tree.optional(after):
            return match, ends_word  # it only makes fields of what follows
        return tree.Cat((match, after)), False
    return match, ends_word


def _before(rule: Rule, grammar: Grammar) -> str:
    if not rule.before:
        return ""
    parsed = parse(grammar.expand(rule.before, rule.macros, rule.at))
    return relaxed(tree.mirrored(parsed), LEFT_WINDOW)


def _bounds(rule: Rule, grammar: Grammar) -> tuple[str, str]:
    if rule.bounds == "none":
        return "", ""
    if rule.bounds == "word":
        return _WORD
    named = grammar.bounds(rule.bounds)
    if named is None:
        raise PackError(
            f"unknown bounds {rule.bounds!r}", at=rule.at, remedy="word, none, or one of the grammar"
        )
    return _WORD[0] + named[0], _WORD[1] + named[1]
