"""RE2 patterns that are matched all at once, or searched for, where only the place matters.

Both go past the wrappers of the `re2` module, which build match objects that nobody looks at.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

try:
    import re2
except ImportError:  # pragma: no cover - exercised by a test that blocks the import
    re2 = None

_MEMORY = 128 << 20
SetMatcher = Callable[[bytes], list[int]]
Searcher = Callable[[bytes, int], int]


def match_set(sources: Sequence[str]) -> SetMatcher | None:
    """A function from text to the numbers of the patterns that match at its start; None without RE2."""
    return None if re2 is None else _built(re2.Set.MatchSet, sources)


def search_set(sources: Sequence[str]) -> SetMatcher | None:
    """The same for patterns that match anywhere in the text."""
    return None if re2 is None else _built(re2.Set.SearchSet, sources)


def _built(kind: Callable[[Any], Any], sources: Sequence[str]) -> SetMatcher | None:
    if not sources:
        return None
    built = kind(_options())
    for source in sources:
        built.Add(source)
    built.Compile()
    match: SetMatcher = built._set.Match
    return match


def searcher(source: str) -> Searcher | None:
    """A function from text and position to where the next match starts, or -1; None without RE2."""
    if re2 is None or not source:
        return None
    match = re2.compile(source.encode(), _options())._regexp.Match
    unanchored = re2._Anchor.UNANCHORED

    def search(data: bytes, pos: int) -> int:
        start: int = match(unanchored, data, pos, len(data))[0][0]
        return start

    return search


def _options() -> Any:
    """Options for patterns that only say whether they match."""
    options = re2.Options()
    options.max_mem = _MEMORY
    options.never_capture = True
    options.log_errors = False
    return options
