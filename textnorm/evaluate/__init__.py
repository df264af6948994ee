"""Measuring a normalizer against gold sentences: reading them, scoring, reporting."""

from textnorm.evaluate.gold import Sentence, parse_layers, read_gold
from textnorm.evaluate.metrics import Evaluation, RuleRecord, Score, Verdict, evaluate
from textnorm.evaluate.pairs import PairScore, score_pairs
from textnorm.evaluate.textmetrics import TextMetric

__all__ = [
    "Evaluation",
    "PairScore",
    "RuleRecord",
    "Score",
    "Sentence",
    "TextMetric",
    "Verdict",
    "evaluate",
    "parse_layers",
    "read_gold",
    "score_pairs",
]
