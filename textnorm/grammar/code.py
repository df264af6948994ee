"""Conditions as Python source: one function call asks a whole tree of them.

A condition is asked of every candidate, so what it costs is what the engine costs. Predicates
therefore give an expression in place of a function, and `Code.function` compiles the expression of
a whole condition. Expressions may use `fields`, `text`, `start`, `end`, `low` (where the text that
a condition may look at begins) and `at`, and the names that `Code.name` gave to objects.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from textnorm.grammar.context import REACH, Context, backwards, bound, is_late, matcher
from textnorm.grammar.template import Value

Predicate = Callable[[Mapping[str, Value], Context], bool]
_FUNCTION = """
def condition(fields, at):
    text, start, end = at
    low = start - {reach} if start > {reach} else 0
    return {source}
"""
_SHORT_FUNCTION = """
def condition(fields, at):
    return {source}
"""


class Code:
    """An expression in the making: the objects that its names stand for."""

    def __init__(self) -> None:
        self._names: dict[str, Any] = {}
        self._places = False  # whether the expression looks at the text

    def name(self, value: object) -> str:
        """A name for an object."""
        name = f"x{len(self._names)}"
        self._names[name] = value
        return name

    def call(self, function: Callable[..., object]) -> str:
        """The call of a function of (fields, at)."""
        return f"{self.name(function)}(fields, at)"

    def before(self, pattern: str, flags: int = 0) -> str:
        """Whether the text to the left ends with a match of the pattern."""
        return f"{self._matcher(backwards(pattern), flags, 'match')}(text, low, start) is not None"

    def after(self, pattern: str, flags: int = 0) -> str:
        """Whether the text to the right begins with a match of the pattern."""
        return f"{self._matcher(pattern, flags, 'match')}(text, end) is not None"

    def whole(self, pattern: str) -> str:
        """Whether the match fits the pattern from end to end."""
        return f"{self._matcher(pattern, 0, 'fullmatch')}(text, start, end) is not None"

    def line(self, pattern: str) -> str:
        """Whether the pattern fits the line somewhere."""
        self._places = True
        return f"{self.name(_of_line(matcher(pattern, method='search')))}(text)"

    def function(self, source: str) -> Predicate:
        """The predicate that the expression stands for."""
        shape = _FUNCTION if self._places else _SHORT_FUNCTION
        exec(shape.format(source=source, reach=REACH), self._names)
        return cast(Predicate, self._names["condition"])

    def _matcher(self, pattern: str, flags: int, method: str) -> str:
        """A name for a method of the compiled pattern; a late pattern is compiled at the first call."""
        self._places = True
        if not is_late():
            return self.name(bound(pattern, flags, method))

        def first(*args: Any) -> Any:
            match = self._names[name] = bound(pattern, flags, method)
            return match(*args)

        name = self.name(first)
        return name


def _of_line(search: Callable[..., Any]) -> Callable[[str], bool]:
    """Whether a line holds a match; the last answer is kept, since one line has many candidates."""
    known: tuple[str, bool] | None = None

    def holds(line: str) -> bool:
        nonlocal known
        last = known
        if last is not None and last[0] is line:
            return last[1]
        answer = search(line) is not None
        known = line, answer
        return answer

    return holds


def field(name: str) -> str:
    """The text of a field; '' if it is absent."""
    return f"(fields.get({name!r}) or '')"


def every(sources: list[str]) -> str:
    """All of them hold."""
    return f"({' and '.join(sources)})" if sources else "True"


def some(sources: list[str]) -> str:
    """One of them holds."""
    return f"({' or '.join(sources)})" if sources else "False"
