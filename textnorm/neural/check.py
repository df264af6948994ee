"""How good a model is on pairs that it has not seen, and from which probability it can be trusted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from textnorm.fallback.tokens import is_askable
from textnorm.neural.engine import Predictor
from textnorm.neural.examples import window_at
from textnorm.neural.noise import Sentence

ENOUGH = 150
"""Changed tokens that a threshold must at least rest on."""


@dataclass(frozen=True, slots=True)
class Check:
    """Tokens that were looked at, those to be changed, and what the model did with them.

    Above the threshold, or wherever it likes if there is none.
    """

    tokens: int
    changed: int
    right: int
    harmful: int
    threshold: float | None

    @property
    def error_reduction(self) -> float:
        """Errors mended less errors made, as a share of the errors that were there (ERR)."""
        return (self.right - self.harmful) / self.changed if self.changed else 0.0


def check(predictor: Predictor, sentences: Iterable[Sentence], lower: bool = False) -> Check:
    """The model's changes in sentences of pairs, above the threshold that suits them best.

    Changes are right, or they do harm by spoiling what was right as it was; what the model changes
    wrongly where something had to be changed counts as neither. It is asked about what the stage of a
    pack would ask about: words without digits and signs.
    """
    reach = predictor.settings.reach
    tokens = [
        (window_at(sentence, place, reach), pair)
        for sentence in sentences
        for place, pair in enumerate(sentence)
    ]
    asked = [(window, pair) for window, pair in tokens if is_askable(pair[0])]
    found: list[tuple[float, int]] = []
    for (_, (raw, norm)), made in zip(asked, predictor.predict([window for window, _ in asked]), strict=True):
        raw, norm = (raw.lower(), norm.lower()) if lower else (raw, norm)
        if made.text is not None and made.ended and made.text != raw:
            found.append((made.logprob, 1 if made.text == norm else -1 if raw == norm else 0))
    changed = sum(raw != norm for _, (raw, norm) in tokens)
    threshold = best_threshold(found) if changed >= ENOUGH else None
    kept = [gain for logprob, gain in found if threshold is None or logprob >= threshold]
    return Check(len(tokens), changed, kept.count(1), kept.count(-1), threshold)


def best_threshold(found: Sequence[tuple[float, int]]) -> float | None:
    """The log-probability from which on the gains (1, 0 or -1 each) add up to most; None if none do.

    >>> best_threshold([(-0.1, 1), (-0.5, 1), (-2.0, -1)])
    -0.5
    """
    best, total, threshold = 0, 0, None
    for logprob, alike in groupby(sorted(found, reverse=True), key=itemgetter(0)):
        total += sum(gain for _, gain in alike)
        if total > best:
            best, threshold = total, logprob
    return threshold
