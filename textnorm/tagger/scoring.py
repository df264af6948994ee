"""From weights to probabilities: of the readings of letters, and of words as wholes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import exp, log
from typing import NamedTuple

import numpy as np

from textnorm.tagger.features import ENDING, around, beside, lined
from textnorm.tagger.letters import Letters, Mask
from textnorm.tagger.vocabulary import Hashes, Ints, Vocabulary
from textnorm.tagger.weights import Floats, Weights

Choices = tuple[int, ...]  # for each editable letter of a word the number of its reading; 0: as typed


class Group(NamedTuple):
    """Letters that have the same features: their numbers in the vocabulary, their places among all asked."""

    letter: Ints
    place: Ints
    hashes: list[Hashes]


def letters_of(words: Vocabulary, token: Ints) -> tuple[Ints, Ints]:
    """The editable letters of tokens, in order, and for each the place of its token among those given."""
    count = words.count[token]
    owner = np.repeat(np.arange(len(token)), count)
    within = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
    return words.first[token][owner] + within, owner


def groups(
    words: Vocabulary, letter: Ints, token: Ints, near: Ints | None, line: Ints | None = None
) -> Iterator[Group]:
    """The features of letters and their tokens; without neighbours those of their own words only.

    `near` has a column of neighbours for each letter (see `beside`); `line` the kind of line that it stands
    in, if there are kinds.
    """
    ending = words.end[token] - words.place[letter] <= ENDING
    for wanted in (True, False):
        place = np.flatnonzero(ending == wanted)
        if not len(place):
            continue
        part, own = letter[place], token[place]
        hashes = around(words, part, own)
        if near is not None:
            hashes += beside(words, part, own, near[:, place], wanted)
        if line is not None:
            hashes += lined(words, part, own, line[place])
        yield Group(part, place, hashes)


def reading_counts(letters: Mask) -> Ints:
    """For each kind of letter how many readings it has besides itself."""
    return np.array([len(others) for others in letters.edits.values()], dtype=np.int64)


def score(
    weights: Weights,
    words: Vocabulary,
    letters: Mask,
    letter: Ints,
    token: Ints,
    near: Ints,
    line: Ints | None = None,
) -> Floats:
    """The log-probabilities of the readings of letters, one row for each; see `groups`."""
    scores: Floats = np.full((len(letter), letters.most + 1), -np.inf, dtype=np.float32)
    scores[:, 0] = 0
    counts = reading_counts(letters)[words.kind]
    for group in groups(words, letter, token, near, line):
        have = counts[group.letter]
        for reading in range(1, int(have.max()) + 1):
            picked = np.flatnonzero(have >= reading)
            features = group.hashes if len(picked) == len(have) else [h[picked] for h in group.hashes]
            scores[group.place[picked], reading] = weights.scores(features, reading - 1)
    scores -= scores.max(axis=1, keepdims=True)
    scores -= np.log(np.exp(scores).sum(axis=1, keepdims=True))
    return scores


def choices(letters: Letters, typed: str, reading: str) -> Choices:
    """For each editable letter of a typed word which reading of it a reading of the word takes."""
    return tuple(
        0 if char == plain else letters.edits[plain].index(char) + 1
        for plain, char in zip(typed, reading, strict=True)
        if plain in letters.edits
    )


def best(logs: Sequence[Sequence[float]], readings: Sequence[Choices]) -> tuple[int, float]:
    """Which of some readings is the likeliest, and its log-probability among them.

    `logs` has a row for each letter in which readings differ.
    """
    sums = [sum([row[choice] for row, choice in zip(logs, choices, strict=True)]) for choices in readings]
    top = max(sums)
    return sums.index(top), -log(sum([exp(one - top) for one in sums]))


def free(logs: Sequence[Sequence[float]], typed: str, letters: Letters) -> tuple[str, float]:
    """The likeliest reading of a word that is not listed, letter by letter, and its log-probability.

    `logs` has a row for each letter that may be edited.
    """
    total, rows, chars = 0.0, iter(logs), []
    for plain in typed:
        others = letters.edits.get(plain)
        if others is not None:
            row = next(rows)
            top = max(row)
            choice = row.index(top)
            plain = others[choice - 1] if choice else plain
            total += top
        chars.append(plain)
    return "".join(chars), min(total, 0.0)
