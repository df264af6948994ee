"""Runs the passes of a learned pack over tokens, fast enough to try every part on all folds.

A pass to which a token's neighbours mean nothing works every token out once. Where they count, whole
sentences go through it, as in the engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textnorm.engine.capitals import LowerStage
from textnorm.engine.tokenwise import TokensStage
from textnorm.evaluate.lexical import by_tokens
from textnorm.learn.parts import Pass
from textnorm.memo import Memo

_KEPT = 400_000  # tokens that are remembered

Outputs = list[list[str]]  # of each sentence what its tokens are by now


def run(passes: Iterable[Pass], sentences: Outputs) -> Outputs:
    """What the tokens of the sentences become in all passes, one after the other."""
    for step in passes:
        sentences = _stepped(step, sentences)
    return sentences


def _stepped(step: Pass, sentences: Outputs) -> Outputs:
    if not isinstance(step, LowerStage | TokensStage):
        return [_in_place(step, tokens) for tokens in sentences]
    alone = Memo(step.apply, _KEPT)
    if isinstance(step, LowerStage) or not step.looks_around:
        return [list(map(alone.__getitem__, tokens)) for tokens in sentences]
    doubtful = Memo(step.is_doubtful, _KEPT)
    return [
        _in_place(step, tokens)
        if any(map(doubtful.__getitem__, tokens))
        else list(map(alone.__getitem__, tokens))
        for tokens in sentences
    ]


def _in_place(step: Pass, tokens: Sequence[str]) -> list[str]:
    """What the tokens of a sentence become between each other; those that are gone stay away."""
    left = list(filter(None, tokens))
    edits = step.edits(" ".join(left))
    if not edits:
        return list(tokens)
    after = iter(by_tokens(left, edits))
    return [next(after) if token else "" for token in tokens]
