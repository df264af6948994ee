"""BCubed: how well predicted clusters of words agree with gold clusters, word by word.

For a word with gold cluster G and predicted cluster C, precision is |G∩C|/|C| and recall |G∩C|/|G|;
both are averaged over words, and F1 is that of the averages (Bagga and Baldwin 1998).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from textnorm.errors import InputError
from textnorm.evaluate.gold import gold_lines


class BCubed(NamedTuple):
    """Precision, recall and F1, each from 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


class ClusterScore(NamedTuple):
    """Scores of a prediction beside those of leaving every word alone."""

    words: int
    gold_clusters: int
    predicted_clusters: int
    found: BCubed
    singletons: BCubed


def bcubed(predicted: Mapping[str, str], gold: Mapping[str, str]) -> BCubed:
    """BCubed over the words of `gold`, which maps each to the name of its cluster, as `predicted` does.

    Raises InputError for a word without a prediction, and if there are no words.
    """
    if not gold:
        raise InputError("no words to score")
    missing = next((word for word in gold if word not in predicted), None)
    if missing is not None:
        raise InputError(f"no cluster is given for {missing!r}", remedy="cluster every word of the gold file")
    both = Counter((predicted[word], gold[word]) for word in gold)
    ours, theirs = Counter(predicted[word] for word in gold), Counter(gold.values())
    precision = sum(n * n / ours[c] for (c, _), n in both.items())
    recall = sum(n * n / theirs[g] for (_, g), n in both.items())
    return BCubed(precision / len(gold), recall / len(gold))


def score_clusters(predicted: Mapping[str, str], gold: Mapping[str, str]) -> ClusterScore:
    """The prediction and the all-singletons floor, which is high where most words have no variant."""
    return ClusterScore(
        words=len(gold),
        gold_clusters=len(set(gold.values())),
        predicted_clusters=len({predicted[word] for word in gold if word in predicted}),
        found=bcubed(predicted, gold),
        singletons=bcubed({word: word for word in gold}, gold),
    )


def read_clusters(paths: Iterable[str | Path]) -> dict[str, str]:
    """Words and the names of their clusters from tables of at least two columns; raises InputError.

    The output of `textnorm cluster` is such a table. A word stands on one line only.
    """
    found: dict[str, str] = {}
    for path in paths:
        for at, line in gold_lines(Path(path)):
            if not line or line.startswith("# "):
                continue
            word, tab, rest = line.partition("\t")
            name = rest.partition("\t")[0]
            if not tab or not word or not name:
                raise InputError(
                    f"{line!r} is no word and cluster", at=at, remedy="write WORD, a tab, CLUSTER"
                )
            if found.setdefault(word, name) != name:
                raise InputError(f"{word!r} is in two clusters", at=at, remedy="give each word once")
    return found


def clusters_text(score: ClusterScore) -> str:
    """The scores as lines for the terminal, the floor always with them."""
    rows = [f"{'':<15}  {'precision':>9}  {'recall':>6}  {'F1':>6}"]
    for name, one in (("BCubed", score.found), ("all singletons", score.singletons)):
        rows.append(
            f"{name:<15}  {100 * one.precision:>8.1f}%  {100 * one.recall:>5.1f}%  {100 * one.f1:>5.1f}%"
        )
    counts = f"{score.words} words, {score.gold_clusters} gold clusters, {score.predicted_clusters} predicted"
    return "\n".join([*rows, "", counts])


def clusters_dict(score: ClusterScore) -> dict[str, object]:
    """The scores as plain data."""
    named = {"bcubed": score.found, "singletons": score.singletons}
    return {
        "words": score.words,
        "gold_clusters": score.gold_clusters,
        "predicted_clusters": score.predicted_clusters,
    } | {
        name: {"precision": round(one.precision, 6), "recall": round(one.recall, 6), "f1": round(one.f1, 6)}
        for name, one in named.items()
    }
