"""Candidates put in order once more, by an encoder that has read more than names."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from math import exp, log
from pathlib import Path
from typing import NamedTuple

from textnorm.errors import PackError
from textnorm.link.concept import Candidate
from textnorm.neural.encoder import Scorer

FILE = "reranker.json"
"""The file beside an encoder that says how its word is weighed."""

_FLOOR = 1e-6


class Weights(NamedTuple):
    """Logistic regression: `base`, the weight of the lexical log-odds, and that of the encoder's lead over
    the mean of the candidates."""

    base: float = 0.0
    lexical: float = 1.0
    neural: float = 4.0


class Reranker:
    """Fuses the lexical score with what an encoder says of the query and the names of a candidate.

    `score` takes a query and texts and gives a number for each. Settled candidates, which lead by a name
    that is theirs alone, keep their place.
    """

    def __init__(self, score: Callable[[str, Sequence[str]], Sequence[float]], weights: Weights) -> None:
        self._score, self.weights = score, weights

    def __call__(self, query: str, candidates: Sequence[Candidate], settled: int = 0) -> list[Candidate]:
        """The same candidates, the likeliest first, with scores that are probabilities again."""
        fixed, open_ = list(candidates[:settled]), candidates[settled:]
        if len(open_) < 2:
            return [*fixed, *open_]
        scored = [
            one._replace(score=self.probability(features))
            for one, features in zip(open_, self.features(query, open_), strict=True)
        ]
        least = fixed[-1].score if fixed else 1.0
        order = sorted(range(len(scored)), key=lambda place: (-scored[place].score, place))
        return [*fixed, *(scored[place]._replace(score=min(scored[place].score, least)) for place in order)]

    def features(self, query: str, candidates: Sequence[Candidate]) -> list[tuple[float, float, float]]:
        """What the probability of each candidate rests on, in the order of the weights."""
        names = [(one.label, one.alias) for one in candidates]
        texts = list(dict.fromkeys(text for pair in names for text in pair))
        likeness = dict(zip(texts, self._score(query, texts), strict=True))
        best = [max(likeness[label], likeness[alias]) for label, alias in names]
        mean = sum(best) / len(best)
        return [
            (1.0, _log_odds(one.score), value - mean) for one, value in zip(candidates, best, strict=True)
        ]

    def probability(self, features: Sequence[float]) -> float:
        """The probability that a candidate with these features is right."""
        total = sum(weight * value for weight, value in zip(self.weights, features, strict=True))
        return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


def load_reranker(folder: str) -> Reranker:
    """A reranker with the encoder in a folder; raises PackError."""
    scorer = Scorer(Path(folder))
    default = Weights(neural=1.0) if scorer.cross else Weights()  # logits weigh as they are
    return Reranker(scorer, read_weights(Path(folder)) or default)


def read_weights(folder: Path) -> Weights | None:
    """The weights beside an encoder; None if it has none."""
    path = folder / FILE
    try:
        return Weights(**{name: float(value) for name, value in json.loads(path.read_text("utf-8")).items()})
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, AttributeError):
        raise PackError(f"{path} is broken", remedy="remove it, or train again") from None


def write_weights(folder: Path, weights: Weights) -> None:
    """Write the weights beside an encoder."""
    text = json.dumps({name: round(value, 4) for name, value in weights._asdict().items()})
    (folder / FILE).write_text(text + "\n", encoding="utf-8")


def _log_odds(score: float) -> float:
    bounded = min(1 - _FLOOR, max(_FLOOR, score))
    return log(bounded / (1 - bounded))
