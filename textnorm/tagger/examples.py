"""Training text as arrays: streams of tokens, and which readings the letters of each may have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from textnorm.fallback.tokens import TOKEN
from textnorm.tagger.features import WIDE, cut
from textnorm.tagger.letters import Letters
from textnorm.tagger.model import BORDER, NUMBER, STOPS, Numbers
from textnorm.tagger.scoring import reading_counts
from textnorm.tagger.vocabulary import Flags, Ints, Vocabulary


def written_tokens(line: str) -> Iterator[str]:
    """The tokens of a line in lower case, with their diacritics."""
    for token in TOKEN.findall(line):
        lower = token.lower()
        yield NUMBER if token[0].isnumeric() else lower if len(lower) == len(token) else token


def stream_of(lines: Iterable[str], numbers: Numbers) -> Ints:
    """The tokens of lines as numbers, with borders between lines and at both ends."""
    border = [numbers[BORDER]] * WIDE
    found = [*border]
    for line in lines:
        tokens = [numbers[token] for token in written_tokens(line)]
        if tokens:
            found += tokens
            found += border
    return np.array(found, dtype=np.int64)


class Lexemes:
    """All written tokens of a training run: as typed in `words`, with the readings of their letters.

    `exact` allows each letter what the token has, `listed` what any token typed alike has.
    """

    def __init__(self, tokens: Sequence[str], letters: Letters) -> None:
        self.typed = letters.plain("\x02".join(tokens)).split("\x02")
        self.words = Vocabulary(self.typed, letters)
        self.exact = _exact(tokens, self.words, letters)
        self.listed = self.exact.copy()
        alike: dict[str, list[int]] = {}
        for number, typed in enumerate(self.typed):
            alike.setdefault(typed, []).append(number)
        self.alike = alike
        for same in alike.values():
            if len(same) > 1:
                self._allow_all(same)
        self.stops = np.array([token in STOPS for token in tokens])
        self.counts = reading_counts(letters)[self.words.kind]
        self.is_word = np.array([token.isalpha() for token in tokens]) & (self.words.count > 0)

    def _allow_all(self, same: Sequence[int]) -> None:
        count = int(self.words.count[same[0]])
        rows = [slice(first, first + count) for first in self.words.first[list(same)].tolist()]
        allowed = np.logical_or.reduce([self.exact[row] for row in rows])
        for row in rows:
            self.listed[row] = allowed


def _exact(tokens: Sequence[str], words: Vocabulary, letters: Letters) -> Flags:
    text = "\x02" + "".join([token + "\x02" for token in tokens])
    written = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)[words.place]
    allowed: Flags = np.zeros((len(written), letters.most + 1), dtype=np.bool_)
    allowed[:, 0] = written == words.codes[words.place]
    for kind, others in enumerate(letters.edits.values()):
        for number, other in enumerate(others, 1):
            allowed[:, number] |= (words.kind == kind) & (written == ord(other))
    return allowed


def neighbours(stream: Ints, place: Ints, stops: Flags, reach: int) -> Ints:
    """The tokens next to those at these places of a stream, as features want them: a row for each step."""
    steps = (*range(-1, -reach - 1, -1), *range(1, reach + 1))
    found = np.stack([stream[place + step] for step in steps])
    return cut(found, stops[found])
