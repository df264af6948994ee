"""Chooses the threshold of the gate on pairs that training has not seen, and measures what comes of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import floor, inf

from textnorm.fallback.protocol import Ask, Engine
from textnorm.fallback.tokens import TOKEN
from textnorm.tagger.letters import Letters

FEWEST = 150  # changed words that it takes to calibrate


@dataclass(frozen=True, slots=True)
class Calibration:
    """What held-out words say: the best threshold (None: off), and how many words come out right with it."""

    threshold: float | None
    words: int
    changed: int  # words that are written otherwise than typed
    right: int
    needless: int  # words changed that were right as typed

    def __str__(self) -> str:
        shown = "off" if self.threshold is None else f"{self.threshold:.2f}"
        share = self.right / max(self.words, 1)
        return (
            f"threshold: {shown}; {self.right:,} of {self.words:,} words right ({share:.2%}), "
            f"{self.changed:,} to change, {self.needless:,} changed needlessly"
        )


def calibrate(engine: Engine, lines: Iterable[str], letters: Letters) -> Calibration:
    """The threshold at which most held-out words come out right; of equals the highest."""
    asks, written = _asks(lines, letters, engine.reach)
    answers = engine.predict(asks)
    changed = sum(ask.word != word for ask, word in zip(asks, written, strict=True))
    rows = sorted(
        (
            (score, answer == word, ask.word == word)
            for ask, word, (answer, score) in zip(asks, written, answers, strict=True)
            if answer != ask.word
        ),
        key=lambda row: -row[0],
    )
    gain, best, threshold = 0, 0, inf
    for score, alike in groupby(rows, key=lambda row: row[0]):
        gain += sum(right - stays for _, right, stays in alike)
        if gain > best:
            best, threshold = gain, score
    if changed < FEWEST or threshold == inf:
        return Calibration(None, len(asks), changed, len(asks) - changed, 0)
    needless = sum(stays for score, _, stays in rows if score >= threshold)
    return Calibration(floor(threshold * 100) / 100, len(asks), changed, len(asks) - changed + best, needless)


def _asks(lines: Iterable[str], letters: Letters, reach: int) -> tuple[list[Ask], Sequence[str]]:
    asks, written = [], []
    for line in lines:
        tokens = TOKEN.findall(line)
        typed = [letters.plain(token) for token in tokens]
        for index, token in enumerate(tokens):
            if token[0].isalpha():
                left, right = typed[max(index - reach, 0) : index], typed[index + 1 : index + 1 + reach]
                asks.append(Ask(tuple(left), typed[index], tuple(right)))
                written.append(token)
    return asks, written
