"""Sets of RE2 patterns that are matched all at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

try:
    import re2
except ImportError:  # pragma: no cover - exercised by a test that blocks the import
    re2 = None

_MEMORY = 128 << 20
SetMatcher = Callable[[bytes], list[int]]


def match_set(sources: Sequence[str]) -> SetMatcher | None:
    """A function from text to the numbers of the patterns that match at its start; None without RE2."""
    if re2 is None or not sources:
        return None
    built = re2.Set.MatchSet(set_options())
    for source in sources:
        built.Add(source)
    built.Compile()
    match: SetMatcher = built._set.Match
    return match


def set_options() -> Any:
    """Options for patterns that only say whether they match."""
    options = re2.Options()
    options.max_mem = _MEMORY
    options.never_capture = True
    options.log_errors = False
    return options
