"""How much of a line was respelled, and what speaks for that any of it was."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log1p

MOST = 30.0  # nats that a single word may speak for or against
_ROUNDS = 4
_START = 0.3  # share of respelled words that is assumed of a line before it is read …
_WEIGHT = 1.0  # … and how many words this assumption counts as
_CLEAN = 0.05  # a line with a smaller share of respelled words is left alone
_NO_SIGN = -1.0  # a line where no word is better explained as respelled than this is clean


def respelled_share(odds: Sequence[float], needed: float) -> float:
    """The share of words of a line that were respelled; 0 without evidence that any were.

    `odds` are the logs of how much better words are explained as respelled than as they stand. The share
    is found by expectation maximization; the evidence is how much likelier (natural logarithm) the line
    is with it than as a clean one, and has to be `needed` at least.
    """
    if not odds or max(odds) < _NO_SIGN:
        return 0.0
    share = _START
    for _ in range(_ROUNDS):
        base = (1 - share) / share
        total = sum([1 / (1 + base * exp(-one)) for one in odds])
        share = (total + _START * _WEIGHT) / (len(odds) + _WEIGHT)
    evidence = sum([log1p(share * (exp(one) - 1)) for one in odds])
    return share if share >= _CLEAN and evidence >= needed else 0.0
