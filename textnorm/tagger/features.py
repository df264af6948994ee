"""What a letter is judged by: the letters around it, its word, and the words next to that.

Features are numbers of rows in a table of weights, found by hashing (the "hashing trick": Weinberger et
al. 2009), so that the model has a fixed size and needs no list of features.
"""

from __future__ import annotations

import numpy as np

from textnorm.tagger.letters import MOST
from textnorm.tagger.vocabulary import Flags, Hashes, Ints, Vocabulary

NEAR = 2  # tokens on each side whose places count
WIDE = 5  # tokens on each side in all, if those farther away are looked at
_HEAD = 4  # letters at the start of a neighbour, which forms of one word share
ENDING = 4  # letters from the end within which a letter may belong to an ending
# Letters before and after the one in question; -1 goes to the edge of the word.
_AROUND = (
    (0, 0), (1, 0), (2, 0), (3, 0), (4, 0), (0, 1), (0, 2), (0, 3), (0, 4), (1, 1), (2, 1), (1, 2), (2, 2),
    (3, 2), (2, 3), (3, 3), (1, 3), (3, 1), (4, 1), (1, 4), (4, 2), (5, 5), (-1, 0), (-1, 1), (-1, 2),
    (-1, 3), (0, -1), (1, -1), (2, -1), (3, -1), (4, -1), (-1, -1),
)  # fmt: skip
_MIX = np.uint64(0xD6E8FEB86659FD93)
_STEP = np.uint64(0x9FB21C651E98DF25)
# One odd factor for each reading.
_READINGS = (0xA24BAED4963EE407, *(pow(0x9FB21C651E98DF25, n, 1 << 64) for n in range(1, MOST)))


def around(words: Vocabulary, letter: Ints, token: Ints) -> list[Hashes]:
    """Features of letters (numbers in the vocabulary's `place`) from their own words alone."""
    place, kind = words.place[letter], words.kind[letter].astype(np.uint64)
    low, high = words.start[token] - 1, words.end[token] + 1
    found = []
    for number, (left, right) in enumerate(_AROUND):
        start = low if left < 0 else np.maximum(place - left, low)
        end = high if right < 0 else np.minimum(place + right + 1, high)
        hashes = words.hashes(start, end)
        if left < 0 and right < 0:
            hashes = hashes + _mixed((place - low).astype(np.uint64))
        found.append(_salted(hashes ^ _mixed(kind + np.uint64(7)), number))
    return found


def cut(near: Ints, stops: Flags) -> Ints:
    """Neighbours without those beyond the end of a sentence, for which 0 is put, unless they are near.

    Both have the rows that `beside` wants; `stops` says which of the neighbours end a sentence.
    """
    reach = len(near) // 2
    for side in (slice(reach), slice(reach, None)):
        ended = np.logical_or.accumulate(stops[side], axis=0)
        near[side][NEAR:][ended[NEAR - 1 : -1]] = 0
    return near


def beside(words: Vocabulary, letter: Ints, token: Ints, near: Ints, ending: bool) -> list[Hashes]:
    """Features of letters from the words next to theirs; `ending` has more, for letters of endings.

    `near` has a column for each letter: the tokens before it, the nearest first, then those after it. With
    no more than NEAR on each side there are no features from words farther away.
    """
    reach = len(near) // 2
    place, kind = words.place[letter], words.kind[letter].astype(np.uint64)
    low, high = words.start[token] - 1, words.end[token] + 1
    salt = _mixed(kind + np.uint64(7))
    own = words.hashes(low, high) + _mixed((place - low).astype(np.uint64)) ^ salt
    places = {"b": near[0], "l": near[1], "a": near[reach], "r": near[reach + 1]}
    one, two, one2, two2 = (words.whole(places[name]) for name in "blar")
    tail = {
        (name, length): words.tail(tokens, length)
        for name, tokens in places.items()
        for length in (1, 2, 3)
        if ending or length == 2
    }
    found = [own * _MIX ^ other for other in (one, one2, tail["b", 2], tail["a", 2])]
    if ending:
        rest, rest2, rest3 = (words.hashes(np.maximum(place - back, low), high) ^ salt for back in (0, 1, 2))
        pair = {name: tail[name[0], 2] * _STEP + tail[name[1], 2] for name in ("ba", "lb", "ar")}
        found += [own * _MIX ^ other for other in (two, two2)]
        found += [
            rest * _MIX ^ other
            for other in (
                one, one2, two, two2, tail["b", 3], tail["a", 3], tail["b", 1], tail["a", 1], tail["l", 2],
                tail["r", 2], pair["ba"], pair["lb"], pair["ar"], one * _STEP + tail["a", 2],
                one2 * _STEP + tail["b", 2],
            )
        ]  # fmt: skip
        found += [
            rest2 * _MIX ^ other
            for other in (one, one2, tail["b", 3], tail["a", 3], tail["b", 2], tail["a", 2], pair["ba"])
        ]
        found += [rest3 * _MIX ^ other for other in (tail["b", 3], tail["a", 3])]
        if reach > NEAR:
            found += [rest * _MIX ^ words.head(places[name], _HEAD) for name in "blar"]
    salted = [_salted(hashes, 64 + number) for number, hashes in enumerate(found)]
    return salted + _aside(words, rest, near) if ending and reach > NEAR else salted


def _aside(words: Vocabulary, rest: Hashes, near: Ints) -> list[Hashes]:
    """Features of endings from all the words of one side, wherever they stand there."""
    found = []
    reach = len(near) // 2
    for side in (0, 1):
        for distance, tokens in enumerate(near[side * reach : (side + 1) * reach], 1):
            looks = [words.whole(tokens), words.head(tokens, _HEAD)]
            if distance > NEAR:
                looks.append(words.tail(tokens, 3))
            found += [
                _salted(rest * _MIX ^ look, 128 + 8 * side + number) for number, look in enumerate(looks)
            ]
    return found


def lined(words: Vocabulary, letter: Ints, token: Ints, line: Ints) -> list[Hashes]:
    """Features of letters from what kind of line they stand in, a number for each letter."""
    place, kind = words.place[letter], words.kind[letter].astype(np.uint64)
    low, high = words.start[token] - 1, words.end[token] + 1
    salt = _mixed(kind + np.uint64(7)) + _mixed(line.astype(np.uint64) + np.uint64(1)) * _STEP
    found = [
        words.hashes(low, high) + _mixed((place - low).astype(np.uint64)),
        words.hashes(place, high),
        words.hashes(np.maximum(place - 2, low), np.minimum(place + 3, high)),
        np.zeros(len(place), dtype=np.uint64),
    ]
    return [_salted(hashes ^ salt, 160 + number) for number, hashes in enumerate(found)]


def rows(hashes: Hashes, bits: int, reading: int) -> Ints:
    """Rows of a table with 2**bits weights, for one of the readings that a letter may have."""
    found: Ints = ((hashes * np.uint64(_READINGS[reading])) >> np.uint64(64 - bits)).astype(np.int64)
    return found


def _mixed(numbers: Hashes) -> Hashes:
    mixed: Hashes = numbers * _MIX
    return mixed


def _salted(hashes: Hashes, number: int) -> Hashes:
    """Hashes that differ between features with the same text."""
    mixed = (hashes + np.uint64(number * 0x9E3779B97F4A7C15 & (1 << 64) - 1)) * _MIX
    mixed = (mixed ^ (mixed >> np.uint64(29))) * _STEP
    salted: Hashes = mixed ^ (mixed >> np.uint64(32))
    return salted
