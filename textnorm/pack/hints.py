"""Hints for messages about misspelt names."""

from __future__ import annotations

from collections.abc import Iterable


def near(word: str, known: Iterable[str]) -> str:
    """A hint at the known names that look like `word`, or the whole list when it is short.

    >>> near("ruels", ["rules", "map"])
    'did you mean rules?'
    """
    from difflib import get_close_matches

    names = sorted(known)
    close = get_close_matches(word, names, n=3, cutoff=0.6)
    if close:
        return f"did you mean {' or '.join(close)}?"
    return f"known: {', '.join(names)}" if 0 < len(names) <= 20 else ""
