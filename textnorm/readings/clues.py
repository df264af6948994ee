"""What a reading is judged by: words around the match, and what the grammar says of the reading."""

from __future__ import annotations

from itertools import takewhile

from textnorm.fallback.tokens import TOKEN
from textnorm.readings.protocol import Ask, Candidate

EDGE = "|"  # stands for what is beyond the ends of the line
_NUMBER = "0"  # stands for all numbers
_ENDINGS = (2, 3)  # letters
_CLAUSE = 8  # words on each side among which any may be the one that decides
_STOPS = frozenset(".;:!?…" + EDGE)


def clues(ask: Ask) -> tuple[str, ...]:
    """What stands around a match, such as `left po`, `right -ai`, `before kaip`, `as km`, and its rule."""
    first = ask.candidates[0]
    found = {"any": None, f"rule {first.rule}": None, f"first {_named(first)[0]}": None}
    if written := _tokens(ask.before):
        found[f"as {written[-1]}"] = None
    for names, tokens in (
        (("left", "left2", "before"), _tokens(ask.left)[::-1]),
        (("right", "right2", "after"), _tokens(ask.right)),
    ):
        near = [*tokens, EDGE, EDGE]
        for name, token in zip(names[:2], near, strict=False):
            found[f"{name} {token}"] = None
            found.update((f"{name} -{token[-size:]}", None) for size in _ENDINGS if len(token) > size)
        for token in takewhile(lambda token: token not in _STOPS, near[:_CLAUSE]):
            found[f"{names[2]} {token}"] = None
    return tuple(found)


def values(candidate: Candidate, number: int) -> tuple[tuple[str, ...], ...]:
    """What can be said of a reading, once for each set of features that it may have: its place among all,
    its rule, and the features.
    """
    place = f"place {number}" if number else "first"
    return tuple((place, f"rule {candidate.rule}", *named.split()) for named in _named(candidate))


def _named(candidate: Candidate) -> list[str]:
    """The features by name, for each set of them; `as-is` for the text as it stands."""
    return [" ".join(filter(None, bundle)) for bundle in candidate.bundles] or ["as-is"]


def _tokens(text: str) -> list[str]:
    return [_NUMBER if token[0].isnumeric() else token.lower() for token in TOKEN.findall(text)]
