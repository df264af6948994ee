"""Finds the likeliest words for a word in another script: a beam search over correspondences."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import nlargest
from math import exp, inf, log1p
from typing import NamedTuple

from textnorm.restore.charlm import EDGE, START
from textnorm.restore.wordmodel import WordModel
from textnorm.translit.correspond import PLACES, Correspondences

_BEAM = 24  # texts for the letters so far that are followed
_ADDED = 8  # … and after which something is tried that the source does not write
_WIDTH = 10.0  # nats by which they may fall behind the best
_LONGEST = 40  # letters of a word that is decoded
_KEPT = 100_000  # words that are remembered

_Option = tuple[str, str, tuple[int, ...], tuple[float, ...]]  # stretch, text, its codes, logs by place
_Way = tuple[float, float, int]  # logs of the correspondences and of the letters, history of the letters
_Beam = dict[str, _Way]  # by text


class Found(NamedTuple):
    """A word in the other script, its number in the word list (-1: not listed), and its log score."""

    word: str
    number: int
    score: float
    typed: float = 0.0  # the part of the score that is the correspondences'


class Decoder:
    """Writes words of one script in another; the score of a word is `trust` times the log probability
    of the correspondences, plus that of the word, by its frequency or, if unknown, by its letters.
    """

    def __init__(self, correspondences: Correspondences, words: WordModel, trust: float = 1.0) -> None:
        self._words, self._trust = words, trust
        self._options: dict[str, list[_Option]] = {}
        self._added: list[_Option] = []
        codes = words.chars.codes
        for stretch, text, logs in correspondences.rows:
            if all(char in codes for char in text):
                option = stretch, text, tuple(codes[char] for char in text), logs
                (self._options.setdefault(stretch[0], []) if stretch else self._added).append(option)
        self._memo: dict[str, tuple[Found, ...]] = {}

    def candidates(self, word: str, count: int = 5) -> tuple[Found, ...]:
        """At most `count` words, the likeliest first; () for letters that correspond to nothing."""
        found = self._memo.get(word)
        if found is None:
            if len(self._memo) > _KEPT:
                self._memo.clear()
            found = self._memo[word] = self._decode(word) if 0 < len(word) <= _LONGEST else ()
        return found[:count]

    def _decode(self, word: str) -> tuple[Found, ...]:
        length = len(word)
        beams: list[_Beam] = [{} for _ in range(length + 1)]
        beams[0][""] = (0.0, 0.0, START)
        for at in range(length):
            here = self._pruned(beams[at])
            self._extend(list(here.items())[:_ADDED], here, self._added, PLACES[0] if not at else PLACES[1])
            ways = list(here.items())
            for option in self._options.get(word[at], ()):
                stretch = option[0]
                if len(stretch) == 1 or word.startswith(stretch, at):
                    end = at + len(stretch)
                    place = PLACES[0] if not at else PLACES[2] if end == length else PLACES[1]
                    self._extend(ways, beams[end], [option], place)
        last = self._pruned(beams[length])
        self._extend(list(last.items())[:_ADDED], last, self._added, PLACES[2])
        found = [self._finished(text, *way) for text, way in last.items() if text]
        return tuple(nlargest(_ADDED, found, key=lambda one: one.score))

    def _pruned(self, beam: _Beam) -> _Beam:
        trust = self._trust
        kept = nlargest(_BEAM, beam.items(), key=lambda item: trust * item[1][0] + item[1][1])
        if not kept:
            return {}
        least = trust * kept[0][1][0] + kept[0][1][1] - _WIDTH
        return {text: way for text, way in kept if trust * way[0] + way[1] >= least}

    def _extend(
        self, ways: Sequence[tuple[str, _Way]], target: _Beam, options: Sequence[_Option], place: int
    ) -> None:
        """Let each way go on by each option; what leads to one text adds up."""
        step = self._words.chars.step
        for _, text, codes, logs in options:
            value = logs[place]
            if value == -inf:
                continue
            for before, (typed, letters, history) in ways:
                for code in codes:
                    more, history = step(history, code)
                    letters += more
                after, total = before + text, typed + value
                known = target.get(after)
                if known is not None:
                    high, low = max(total, known[0]), min(total, known[0])
                    total = high + log1p(exp(low - high))
                target[after] = (total, letters, history)

    def _finished(self, text: str, typed: float, letters: float, history: int) -> Found:
        words = self._words
        number = words.ids.get(text, -1)
        prior = (
            words.logs[number]
            if number >= 0
            else (words.unseen + letters + words.chars.step(history, EDGE)[0])
        )
        return Found(text, number, self._trust * typed + prior, self._trust * typed)
