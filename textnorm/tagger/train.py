"""Trains a tagger: words, phrases and text are gone through in turn, then the model is made small."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol

import numpy as np

from textnorm.tagger.examples import Lexemes, neighbours, stream_of, written_tokens
from textnorm.tagger.features import NEAR
from textnorm.tagger.letters import Letters
from textnorm.tagger.model import BORDER, Model, Numbers, Tagger
from textnorm.tagger.modelfile import by_typed
from textnorm.tagger.scoring import Group, groups, letters_of
from textnorm.tagger.vocabulary import Flags, Ints, Vocabulary
from textnorm.tagger.weights import Trainee, Weights

_BATCH = 512  # words; a common feature takes its steps one after the other, not all from one point
_RARE = 0.01  # a reading with a smaller share of a word's occurrences is a misspelling, unless it is listed
_STEPS = 127
Tell = Callable[[str], None]
Track = Callable[[Iterable[Ints], int, str], Iterable[Ints]]


@dataclass(frozen=True, slots=True)
class Settings:
    """How long a model trains and how large it gets."""

    rounds: int = 2
    bits: int = 24  # of the table of weights, as a power of two
    weights: int = 1_500_000  # how many of them are kept
    rate: float = 0.25
    keep: float = 0.5  # share of features that a batch is learned from
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Sources:
    """What a model learns from: running text (general first, the kind it is for last), phrases, words.

    `words` must list all readings of what is typed alike, or `listed` letters are taught wrong; those in
    `known` are kept in the model by name.
    """

    texts: Sequence[Sequence[str]]
    phrases: Sequence[str] = ()
    words: Sequence[str] = ()
    known: Sequence[str] = ()


def train(
    sources: Sources, letters: Letters, settings: Settings, facts: dict[str, Any], track: Track, tell: Tell
) -> Model:
    """The model learned from the sources; the same sources and settings give the same model."""
    numbers = Numbers({BORDER: 0})
    streams = [stream_of(text, numbers) for text in sources.texts]
    phrases = stream_of(sources.phrases, numbers)
    words = np.unique(
        [numbers[word] for word in dict.fromkeys((*sources.words, *sources.known)) if word.isalpha()]
    )
    lexemes = Lexemes(list(numbers), letters)
    tell(f"{sum(map(len, streams)):,} tokens of text, {len(words):,} words listed, {len(numbers):,} in all")
    course = Course(settings, track, Tagger.reach)
    alone = np.unique([same[0] for same in lexemes.alike.values()])
    course.words(lexemes, alone, "words")
    for turn in range(settings.rounds):
        course.stream(lexemes, phrases, f"phrases {turn + 1}")
        for number, stream in enumerate(streams, 1):
            course.stream(lexemes, stream, f"text {number}, {turn + 1}")
    return Model(
        letters,
        pruned(course.weights, settings.weights),
        _known(sources, letters),
        {**asdict(settings), **facts},
    )


class Examples(Protocol):
    """Tokens as typed, and for their letters (rows) which readings are right in that token."""

    words: Vocabulary
    exact: Flags
    counts: Ints  # of readings that each letter may have besides itself
    is_word: Flags
    stops: Flags  # tokens that end a sentence


class Course:
    """The weights in training, and the order in which examples come."""

    def __init__(self, settings: Settings, track: Track, reach: int = NEAR) -> None:
        self._track, self._reach = track, reach
        self._rng = np.random.default_rng(settings.seed)
        self.weights = Trainee(settings.bits, settings.rate, settings.keep, self._rng)

    def words(self, lexemes: Lexemes, tokens: Ints, name: str) -> None:
        """Learn which readings words by themselves can have."""
        tokens = tokens[lexemes.is_word[tokens]]
        for part in self._batches(tokens, name):
            letter, owner = letters_of(lexemes.words, part)
            for group in groups(lexemes.words, letter, part[owner], None):
                self._learn(group, lexemes.listed, lexemes.counts)

    def stream(self, examples: Examples, stream: Ints, name: str, lines: Ints | None = None) -> None:
        """Learn the words of a stream where they stand; `lines` has the kind of line of each place."""
        for part in self._batches(np.flatnonzero(examples.is_word[stream]), name):
            letter, owner = letters_of(examples.words, stream[part])
            place = part[owner]
            near = neighbours(stream, place, examples.stops, self._reach)
            line = None if lines is None else lines[place]
            for group in groups(examples.words, letter, stream[place], near, line):
                self._learn(group, examples.exact, examples.counts)

    def _learn(self, group: Group, allowed: Flags, counts: Ints) -> None:
        self.weights.learn(group.hashes, allowed[group.letter], counts[group.letter])

    def _batches(self, examples: Ints, name: str) -> Iterable[Ints]:
        mixed = examples[self._rng.permutation(len(examples))]
        parts = [mixed[first : first + _BATCH] for first in range(0, len(mixed), _BATCH)]
        return self._track(parts, len(parts), name)


def pruned(weights: Weights, count: int) -> Weights:
    """The `count` weights that are farthest from 0, in whole steps; the others become 0."""
    size = np.abs(weights.table)
    least = np.partition(size, -count)[-count] if count < len(size) else 0.0
    unit = float(np.quantile(size[size >= max(least, 1e-6)], 0.999)) / _STEPS
    steps = np.clip(np.round(np.where(size >= least, weights.table, 0) / unit), -_STEPS, _STEPS)
    return Weights(steps.astype(np.int8), weights.bits, unit * weights.unit)


def _known(sources: Sources, letters: Letters) -> dict[str, tuple[str, ...]]:
    """The words of texts and lists, with all readings they were seen with, by what is typed for them."""
    counts = Counter(token for text in sources.texts for line in text for token in written_tokens(line))
    listed = {word for word in (*sources.known, *sources.words) if word.isalpha()}
    seen = by_typed((token for token in counts if token.isalpha()), letters)
    kept = {*sources.known}
    for readings in seen.values():
        total = sum(counts[word] for word in readings)
        kept.update(word for word in readings if word in listed or counts[word] > _RARE * total)
    typed = by_typed(sorted(kept), letters)
    for word in listed - kept:  # what else may have been meant
        plain = letters.plain(word)
        if plain in typed:
            typed[plain] = (*typed[plain], word)
    return {plain: tuple(sorted(readings)) for plain, readings in typed.items()}
