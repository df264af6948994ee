"""What surrounds a match: conditions on the text to its left and right, on its own line only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any, NamedTuple

import regex

from textnorm.errors import PackError

REACH = 120  # characters of context that a condition may look at
TIMEOUT = 2.0  # seconds for one match of one pattern; only a runaway user pattern comes near it
_MAY_RUN_AWAY = regex.compile(r"\)(?:[*+]|\{\d*,)")  # asking for the time costs more than a short match


_late: ContextVar[bool] = ContextVar("_late", default=False)


@contextmanager
def compiling_late() -> Iterator[None]:
    """Patterns of conditions made within are compiled when they are first asked for: many never are."""
    token = _late.set(True)
    try:
        yield
    finally:
        _late.reset(token)


class Context(NamedTuple):
    """A stretch text[start:end] in the line text[line_start:line_end]."""

    text: str
    line_start: int
    start: int
    end: int
    line_end: int


ContextTest = Callable[[Context], bool]


def before(pattern: str, flags: int = 0) -> ContextTest:
    """A test that the text to the left ends with a match of `pattern`."""
    source = f"(?r)(?:{pattern})"
    match = None if _late.get() else _bound(source, flags, "match")

    def test(at: Context) -> bool:
        nonlocal match
        if match is None:
            match = _bound(source, flags, "match")
        text, line_start, start, _, _ = at
        low = start - REACH
        if low <= line_start:
            if line_start:
                # The pattern must not see the previous line, nor a line break as its left neighbour.
                return match(text[line_start:start]) is not None
            low = 0
        return match(text, low, start) is not None

    return test


def behind(pattern: str, flags: int = 0) -> Callable[[Context], Any]:
    """A function that gives the match of `pattern` at the end of the text to the left, or None."""
    match = matcher(f"(?r)(?:{pattern})", flags)
    return lambda at: match(at.text, max(at.line_start, at.start - REACH), at.start)


def after(pattern: str, flags: int = 0) -> ContextTest:
    """A test that the text to the right begins with a match of `pattern`."""
    match = None if _late.get() else _bound(pattern, flags, "match")

    def test(at: Context) -> bool:
        nonlocal match
        if match is None:
            match = _bound(pattern, flags, "match")
        return match(at.text, at.end, at.line_end) is not None

    return test


def matcher(pattern: str, flags: int = 0, method: str = "match") -> Callable[..., Any]:
    """The compiled pattern's `match` (or other method), bound to end with TimeoutError if it runs away."""
    if not _late.get():
        return _bound(pattern, flags, method)
    bound: Callable[..., Any] | None = None

    def late(*args: Any) -> Any:
        nonlocal bound
        if bound is None:
            bound = _bound(pattern, flags, method)
        return bound(*args)

    return late


def _bound(pattern: str, flags: int, method: str) -> Callable[..., Any]:
    bound: Callable[..., Any] = getattr(compile_regex(pattern, flags), method)
    return partial(bound, timeout=TIMEOUT) if _MAY_RUN_AWAY.search(pattern) else bound


def compile_regex(pattern: str, flags: int = 0) -> Any:
    """`regex.compile` with its errors as PackError."""
    try:
        return regex.compile(pattern, flags | regex.V0)
    except regex.error as error:
        raise PackError(f"pattern {pattern!r}: {error}") from None
