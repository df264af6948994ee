"""Reads lines with a tagger: the words of many lines are judged at once, then each line takes its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from textnorm.memo import Memo
from textnorm.restore.evidence import MOST, respelled_share
from textnorm.restore.line import DOUBT, Choice
from textnorm.restore.tagging.model import (
    BORDER,
    PAUSE,
    Listed,
    Restorer,
    kind,
    level,
    listed,
    paused,
    spelled,
)
from textnorm.restore.tokens import Token
from textnorm.tagger.features import NEAR
from textnorm.tagger.scoring import Choices, letters_of, score
from textnorm.tagger.vocabulary import Vocabulary

_KEPT = 100_000
_BATCH = 2048  # words that are judged at a time
_LISTED = 3.0  # nats that speak for a reading that is a word …
_NO_WORD = 3.0  # … and for that a word was respelled that is none as it stands, but may stand for one
_LONGEST = 40  # longer words are no words


class _Ask(NamedTuple):
    """A word as typed, its neighbours (two on each side, the nearer first), and its kind."""

    word: str
    before: str
    before2: str
    after: str
    after2: str
    kind: int


class _Reading(NamedTuple):
    """What a word was meant to be, its lead over the word as typed in nats, and close rivals."""

    word: str
    lead: float
    others: tuple[str, ...]


class TagReader:
    """Reads lines of tokens with a trained restorer."""

    def __init__(self, model: Restorer, margin: float, evidence: float) -> None:
        self._model, self._margin, self._evidence = model, margin, evidence
        self._signs: Memo[str, float] = Memo(model.signs, _KEPT)
        self._odds: Memo[str, float] = Memo(self._weigh, _KEPT)
        self._listed: Memo[str, Listed] = Memo(lambda typed: listed(model, typed), _KEPT)
        self._spelled: Memo[tuple[str, Choices], str] = Memo(lambda one: spelled(model.mask, *one), _KEPT)
        self._words, self._letters = frozenset(model.words), frozenset(model.mask.edits)
        self._open: Memo[str, bool] = Memo(self._is_open, _KEPT)
        self._readings: dict[_Ask, _Reading] = {}

    def share(self, words: Iterable[str]) -> float:
        """The share of words of the line that were respelled; 0 without evidence that any were."""
        odds = self._odds
        return respelled_share([odds[word] for word in words], self._evidence)

    def look_ahead(self, parts: Iterable[tuple[Sequence[Token], float]]) -> None:
        """Judge the words of what will be read."""
        self._known(parts)

    def read(self, tokens: Sequence[Token], share: float) -> list[Choice]:
        """What the changed tokens of a line were meant to be, if this share of its words was respelled."""
        if not share:
            return []
        asks = list(self._asks(tokens, share))
        known: Mapping[_Ask, _Reading] = self._readings
        if any(ask not in known for _, ask in asks):
            known = self._known([(tokens, share)])
        found = []
        for number, ask in asks:
            word, lead, others = known[ask]
            if word != ask.word and lead >= self._margin:
                found.append(Choice(number, number, word, lead, others))
        return found

    def _known(self, parts: Iterable[tuple[Sequence[Token], float]]) -> Mapping[_Ask, _Reading]:
        """A table with the readings of all words of some parts of lines.

        A full table gives way to a new one, so that threads that use it can go on.
        """
        known = self._readings
        if len(known) > _KEPT:
            known = self._readings = {}
        asks = (ask for tokens, share in parts if share for _, ask in self._asks(tokens, share))
        fresh = list(dict.fromkeys(ask for ask in asks if ask not in known))
        for first in range(0, len(fresh), _BATCH):
            part = fresh[first : first + _BATCH]
            known.update(zip(part, self._judged(part), strict=True))
        return known

    def _weigh(self, word: str) -> float:
        """How much better a word is explained as respelled than as it stands, by its letters and the list."""
        odds = self._signs[word]
        if self._open[word] and word not in self._words and self._listed[word]:
            odds = min(odds + _NO_WORD, MOST)
        return odds

    def _is_open(self, word: str) -> bool:
        """Whether any letter of a word may stand for something else."""
        return len(word) <= _LONGEST and not self._letters.isdisjoint(word)

    def _asks(self, tokens: Sequence[Token], share: float) -> Iterable[tuple[int, _Ask]]:
        """The numbers of the tokens that may change, with what is asked about them."""
        here, is_open, signs = level(share), self._open, self._signs
        border = [BORDER] * NEAR
        row = [*border, *paused((token.text for token in tokens), tokens, PAUSE), *border]
        at = NEAR - 1
        for number, token in enumerate(tokens):
            at += 1 + (number > 0 and not token.spaced)
            if is_open[token.text]:
                sort = kind(here, signs[token.text])
                yield number, _Ask(token.text, row[at - 1], row[at - 2], row[at + 1], row[at + 2], sort)

    def _judged(self, asks: Sequence[_Ask]) -> Iterator[_Reading]:
        ids: dict[str, int] = {}
        rows = [[ids.setdefault(text, len(ids)) for text in ask[:-1]] for ask in asks]
        columns = np.array(rows, dtype=np.int64).T
        kinds = np.array([ask.kind for ask in asks], dtype=np.int64)
        model = self._model
        words = Vocabulary(list(ids), model.mask)
        letter, owner = letters_of(words, columns[0])
        token, *near = columns[:, owner]
        logs = score(model.weights, words, model.mask, letter, token, np.stack(near), kinds[owner])
        first = np.searchsorted(owner, np.arange(len(asks) + 1))
        chosen = logs.argmax(axis=1)
        ranked = np.partition(logs, -2, axis=1)
        gaps = np.minimum.reduceat(ranked[:, -1] - ranked[:, -2], first[:-1]).tolist()
        leads = np.add.reduceat(ranked[:, -1] - logs[:, 0], first[:-1]).tolist()
        ends, choices = first.tolist(), chosen.tolist()
        for number, ask in enumerate(asks):
            start, end = ends[number], ends[number + 1]
            text = self._spelled[ask.word, tuple(choices[start:end])]
            if gaps[number] > DOUBT and text in self._words:  # no other reading comes near
                yield _Reading(text, leads[number], ())
            else:
                yield self._weighed(ask.word, text, logs[start:end].tolist())

    def _weighed(self, typed: str, text: str, logs: Sequence[Sequence[float]]) -> _Reading:
        """The likeliest reading of a word: the likeliest one letter by letter, or a listed one.

        `logs` are the log-probabilities of the readings of its letters.
        """
        scores = {text: sum(map(max, logs))}
        for choices, word in self._listed[typed].items():
            total = sum([row[choice] for row, choice in zip(logs, choices, strict=True)])
            scores[word] = max(scores.get(word, total), total) + _LISTED
        top = max(scores, key=scores.__getitem__)
        least = scores.pop(top)
        own = sum([row[0] for row in logs])
        close = sorted((word for word in scores if scores[word] > least - DOUBT), key=lambda w: -scores[w])
        return _Reading(top, least - own, tuple(close[:3]))
