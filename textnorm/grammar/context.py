"""What surrounds a match: conditions on the text to its left and right, on its own line only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any, NamedTuple

import regex

from textnorm.errors import PackError
from textnorm.memo import Memo

REACH = 120  # characters of context that a condition may look at
TIMEOUT = 2.0  # seconds for one match of one pattern; only a runaway user pattern comes near it
_LEFT_WORD = regex.compile(r"(?r)(\w+)[^\S\n]+")
_LEFT_WINDOW = 80  # characters in which the word to the left and the space after it are looked for
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


def is_late() -> bool:
    """Whether patterns made now are to be compiled when they are first asked for."""
    return _late.get()


class Context(NamedTuple):
    """A stretch text[start:end] of a line."""

    text: str
    start: int
    end: int


ContextTest = Callable[[Context], bool]


def before(pattern: str, flags: int = 0) -> ContextTest:
    """A test that the text to the left ends with a match of `pattern`."""
    find = behind(pattern, flags)
    return lambda at: find(at) is not None


def behind(pattern: str, flags: int = 0) -> Callable[[Context], Any]:
    """A function that gives the match of `pattern` at the end of the text to the left, or None."""
    match = matcher(backwards(pattern), flags)
    return lambda at: match(at.text, max(0, at.start - REACH), at.start)


def after(pattern: str, flags: int = 0) -> ContextTest:
    """A test that the text to the right begins with a match of `pattern`."""
    find = ahead(pattern, flags)
    return lambda at: find(at) is not None


def ahead(pattern: str, flags: int = 0) -> Callable[[Context], Any]:
    """A function that gives the match of `pattern` at the start of the text to the right, or None."""
    match = matcher(pattern, flags)
    return lambda at: match(at.text, at.end)


def left_word(at: Context) -> str:
    """The word right before the match, with nothing but space between; or ''."""
    text, start, _ = at
    return _LEFT_WORDS[text[start - _LEFT_WINDOW if start > _LEFT_WINDOW else 0 : start]]


def _last_word(text: str) -> str:
    found = _LEFT_WORD.match(text)
    return found[1] if found is not None else ""


_LEFT_WORDS = Memo(_last_word)


def backwards(pattern: str) -> str:
    """The pattern, to be matched from the right end of a stretch to its left."""
    return f"(?r)(?:{pattern})"


def matcher(pattern: str, flags: int = 0, method: str = "match") -> Callable[..., Any]:
    """The compiled pattern's `match` (or other method), bound to end with TimeoutError if it runs away."""
    if not _late.get():
        return bound(pattern, flags, method)
    known: Callable[..., Any] | None = None

    def late(*args: Any) -> Any:
        nonlocal known
        if known is None:
            known = bound(pattern, flags, method)
        return known(*args)

    return late


def bound(pattern: str, flags: int = 0, method: str = "match") -> Callable[..., Any]:
    """The same, compiled at once."""
    found: Callable[..., Any] = getattr(compile_regex(pattern, flags), method)
    return partial(found, timeout=TIMEOUT) if _MAY_RUN_AWAY.search(pattern) else found


def compile_regex(pattern: str, flags: int = 0) -> Any:
    """`regex.compile` with its errors as PackError."""
    try:
        return regex.compile(pattern, flags | regex.V0)
    except regex.error as error:
        raise PackError(f"pattern {pattern!r}: {error}") from None
