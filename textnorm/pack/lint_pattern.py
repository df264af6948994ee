"""Finds patterns that match nothing at all, look behind themselves, or may run for ages."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Literal

import regex

from textnorm.errors import PackError
from textnorm.patterns.parser import parse
from textnorm.patterns.tree import Alt, Cat, Class, Empty, Lit, Node, Rep, has_lookbehind, nullable

_PROBE = 500  # characters of a probe: exponential time shows by far, quadratic time passes by far
_STOP = "\x00"  # no pattern about text goes across this
_PATIENCE = 1.0  # seconds
_SAMPLES = 6  # different characters taken from the pattern
_CLASS_SAMPLES = ((r"\p{Nd}", "1"), (r"\p{L}", "a"), (r"\s", " "), (r"\p{Lu}", "A"), (r"\p{Ll}", "a"))

Fault = tuple[str, str, Literal["error", "warning"]]


def pattern_faults(source: str, ignore_case: bool, *, context: bool) -> Iterator[Fault]:
    """Code, message and severity of each fault of an expanded pattern.

    A `context` pattern (`before`, `after`) may match nothing and may look behind.
    """
    try:
        compiled = regex.compile(source, regex.IGNORECASE if ignore_case else 0)
        tree = parse(source)
    except regex.error as error:
        yield "bad-pattern", f"not a valid pattern: {error}", "error"
        return
    except PackError as error:
        yield "bad-pattern", error.message, "error"
        return
    if not context and nullable(tree):
        yield "empty-match", "the pattern matches the empty string", "error"
    if not context and has_lookbehind(tree):
        yield "look-behind", "the pattern looks behind its start; use `before`", "error"
    if nested_repetition(tree):
        message = "a repetition whose whole content is repeated again, as in (a+)*, can take exponential time"
        yield "nested-repetition", message, "error"
        return
    slow = _slow_text(compiled, tree)
    if slow:
        message = f"searching {len(slow):,} characters of {_shown(slow)} took over {_PATIENCE:g} s"
        yield "slow-pattern", message, "error"


def nested_repetition(node: Node) -> bool:
    """Whether an unbounded repetition repeats what is itself nothing but an unbounded repetition.

    `(?:,\\d+)*` is safe, for the comma tells one round from the next; `(?:\\d+ ?)*` is not.
    """
    if isinstance(node, Rep):
        return (node.high is None and _only_repetition(node.node)) or nested_repetition(node.node)
    if isinstance(node, Cat | Alt):
        return any(nested_repetition(part) for part in node.parts)
    return False


def _only_repetition(node: Node) -> bool:
    """Whether some match of `node` comes from one unbounded repetition alone."""
    if isinstance(node, Rep):
        unbounded = node.high is None and not isinstance(node.node, Empty)
        return unbounded or _only_repetition(node.node)
    if isinstance(node, Alt):
        return any(_only_repetition(part) for part in node.parts)
    if isinstance(node, Cat):
        solid = [part for part in node.parts if not nullable(part)]
        if len(solid) > 1:
            return False
        return any(_only_repetition(part) for part in solid or node.parts)
    return False


def _slow_text(compiled: Any, tree: Node) -> str:
    """A text on which the pattern runs out of time, or ''."""
    for text in _probes(tree):
        try:
            compiled.search(text, timeout=_PATIENCE)
        except TimeoutError:
            return text
    return ""


def _probes(tree: Node) -> Iterator[str]:
    """Repetitive texts that nearly match, derived from the characters the pattern is about.

    Each ends in a possible match, or the search would give up at once for want of a required letter.
    """
    whole = "".join(_sample(tree))
    chars = list(dict.fromkeys(["a", "1", " ", *whole]))[: _SAMPLES + 3]
    units = [*chars, *(first + second for first, second in pairwise(chars)), whole]
    for unit in units:
        if unit:
            yield unit * (_PROBE // len(unit) + 1) + _STOP + whole


def _sample(node: Node) -> Iterator[str]:
    """The characters of one possible match, more or less."""
    if isinstance(node, Lit):
        yield node.char
    elif isinstance(node, Class):
        yield _class_sample(node)
    elif isinstance(node, Rep):
        yield from _sample(node.node)
    elif isinstance(node, Alt):
        yield from _sample(node.parts[0])
    elif isinstance(node, Cat):
        for part in node.parts:
            yield from _sample(part)


def _class_sample(node: Class) -> str:
    if node.negated:
        return "a"
    for name, char in _CLASS_SAMPLES:
        if name in node.body:
            return char
    code = regex.match(r"\\x\{([0-9a-f]+)\}", node.body)
    return chr(int(code[1], 16)) if code else "a"


def _shown(text: str) -> str:
    return f'"{text[:12]}…"'
