"""Clean text as typed in the other script, with what each typed letter stands for."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from textnorm.memo import Memo
from textnorm.restore.evidence import respelled_share
from textnorm.restore.scriptmap import ScriptMap
from textnorm.restore.tagging.model import BORDER, PAUSE, kind, level, paused
from textnorm.restore.tagging.signs import Signs
from textnorm.restore.tokens import Token
from textnorm.tagger.features import NEAR
from textnorm.tagger.letters import MOST, Mask
from textnorm.tagger.scoring import reading_counts
from textnorm.tagger.vocabulary import Flags, Ints, Vocabulary

_SHARES = (1.0, 1.0, 0.7, 0.4, 0.25, 0.15)  # of words that are respelled in a line
_EVEN = 0.4  # share of lines whose writer finds all ways to type a letter equally good
_KEPT = 1_000_000
_LEAST, _RAREST = 5, 0.002  # times, and share of a letter, that a reading was seen to be listed


class Typed(NamedTuple):
    """A word as typed, and for each letter of it the text that it stands for, which may be none."""

    text: str
    stands: tuple[str, ...]


_BORDER, _PAUSE = Typed(BORDER, (BORDER,)), Typed(PAUSE, (PAUSE,))


class Writer:
    """Types words as the script map says, but for what is typed as a space: words stay words."""

    def __init__(self, script_map: ScriptMap, seed: int) -> None:
        self._map = ScriptMap(row for row in script_map.rows if " " not in row.typed)
        self._rng = random.Random(seed)

    def word(self, word: str, even: bool) -> Typed:
        """The word respelled; letters that go untyped belong to the one before, or else behind."""
        stands: list[str] = []
        typed, waiting = "", ""
        for unit, form in self._map.typed(word, self._rng, even):
            pieces = list(unit) if form == unit else [unit, *[""] * (len(form) - 1)]
            if form:
                stands += [waiting + pieces[0], *pieces[1:]]
                waiting = ""
            elif stands:
                stands[-1] += unit
            else:
                waiting += unit
            typed += form
        return Typed(typed, tuple(stands)) if typed else kept(word)

    def line(self, tokens: Sequence[Token]) -> list[Typed]:
        """The tokens of a line, of which a random share is respelled."""
        share, even = self._rng.choice(_SHARES), self._rng.random() < _EVEN
        return [
            self.word(token.text, even) if self._rng.random() < share else kept(token.text)
            for token in tokens
        ]


def kept(word: str) -> Typed:
    """A word that is typed as it is."""
    return Typed(word, tuple(word))


def learn_mask(words: Iterable[Typed]) -> Mask:
    """What each letter may stand for, from words as typed: what was seen often enough."""
    seen: dict[str, Counter[str]] = {}
    for word in words:
        for letter, stands in zip(*word, strict=True):
            seen.setdefault(letter, Counter())[stands] += 1
    edits = {}
    for letter, counts in seen.items():
        least = max(_LEAST, _RAREST * counts.total())
        others = [text for text, count in counts.most_common() if count >= least and text != letter]
        if others:
            edits[letter] = others[:MOST]
    return Mask(edits)


class Lessons:
    """Lines as typed as one stream of numbers, and which readings are right; see `tagger.train.Examples`."""

    def __init__(
        self, lines: Iterable[Sequence[Token]], writer: Writer, signs: Signs, mask: Mask, needed: float
    ):
        numbers: dict[Typed, int] = {_BORDER: 0}
        stream, kinds = [0] * NEAR, [0] * NEAR
        odds: Memo[str, float] = Memo(signs, _KEPT)
        for tokens in lines:
            words = writer.line(tokens)
            share = respelled_share([odds[word.text] for word in words], needed)
            if not share:  # such lines are left alone
                continue
            found = [numbers.setdefault(word, len(numbers)) for word in paused(words, tokens, _PAUSE)]
            stream += [*found, *[0] * NEAR]
            here = level(share)
            kinds += [kind(here, odds[word.text]) for word in paused(words, tokens, _PAUSE)]
            kinds += [0] * NEAR
        self.place: Ints = np.array(stream, dtype=np.int64)
        self.lines: Ints = np.array(kinds, dtype=np.int64)
        typed = list(numbers)
        self.words = Vocabulary([word.text for word in typed], mask)
        self.counts = reading_counts(mask)[self.words.kind]
        self.exact = _exact(typed, mask, len(self.words.place))
        taught = self.exact.any(axis=1)
        self.exact[~taught] = True  # of a reading that is not listed nothing can be learned
        self.is_word = self.words.count > 0
        self.stops: Flags = np.zeros(len(typed), dtype=np.bool_)


def _exact(typed: Sequence[Typed], mask: Mask, count: int) -> Flags:
    allowed: Flags = np.zeros((count, mask.most + 1), dtype=np.bool_)
    numbers = {
        letter: {text: number for number, text in enumerate((letter, *others))}
        for letter, others in mask.edits.items()
    }
    row = 0
    for word in typed:
        for letter, stands in zip(*word, strict=True):
            if letter in numbers:
                number = numbers[letter].get(stands)
                if number is not None:
                    allowed[row, number] = True
                row += 1
    return allowed
