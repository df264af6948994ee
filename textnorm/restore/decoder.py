"""Finds what a typed word may have been: listed words that share its key, and others by their letters."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from textnorm.restore.channel import PLACES, Channel
from textnorm.restore.charlm import BITS, EDGE, START
from textnorm.restore.keys import Keys
from textnorm.restore.wordmodel import WordModel

_BEAM = 10  # ways to read the letters so far that are followed
_SILENT = 5  # … and in which an untyped letter may come next
_WIDTH = 6.5  # how much less probable than the best they may be, in nats
_LONGEST = 40  # longer words are no words
_MARGIN = 5.0  # candidates this much less probable than the best are not kept
_DROPPED = 0.5  # the same for words with a letter left untyped, before the channel is asked
_MOST_UNTYPED = 4  # letters of a word that may go untyped
_KEPT = 6
_NONE: Mapping[str, list[int]] = {}
_PLAIN = 2.2  # nats for each letter: a listed word explains the typed one if the channel asks no more
_CACHE = 200_000
JOINER = "\u200c"
_RARE = 0.1  # a letter typed as itself less often than this shows that a word was not respelled

_Option = tuple[str, tuple[int, ...], tuple[float, ...]]  # unit, its codes, log probability by place
_Way = tuple[float, float, str]  # log prior, log channel, text so far
_Beam = dict[int, _Way]  # by history


@dataclass(frozen=True, slots=True)
class Candidate:
    """A clean word for a typed one: the logs of its own probability and of being typed that way."""

    word: str
    number: int  # in the word list; -1 for a word that is not listed
    prior: float
    typed: float

    @property
    def score(self) -> float:
        """The log of the joint probability."""
        return self.prior + self.typed


class Decoder:
    """Candidates for typed words, the likeliest first; remembers what it has decoded."""

    def __init__(self, words: WordModel, channel: Channel) -> None:
        self.words = words
        self.channel = channel
        self.keys = Keys(channel.map)
        self._buckets: dict[str, dict[str, list[int]]] = {}  # key → shape → words by falling probability
        for number, (key, shape) in enumerate(self.keys.of_words(words.words)):
            self._buckets.setdefault(key, {}).setdefault(shape, []).append(number)
        self._inverse, self._silent = _inverse(channel, words.chars.codes)
        self._silent_log = math.log(channel.silent) if channel.silent else -math.inf
        self._loose = _loose(channel, JOINER in words.chars.codes)
        self._own_letters = _own_letters(channel)
        self._cache: dict[str, tuple[Candidate, ...]] = {}

    def candidates(self, typed: str) -> tuple[Candidate, ...]:
        """What `typed` may have been, had it been typed in the other script; maybe nothing."""
        found = self._cache.get(typed)
        if found is None:
            found = self._remember(typed, self._decode(typed))
        return found

    def joined(self, typed: str) -> tuple[Candidate, ...]:
        """What several typed words may have been as one, where a space belongs to a letter."""
        found = self._cache.get(typed)
        if found is None:
            one: list[Candidate] = []
            for key, shape in self.keys.of_typed(typed):
                self._align(typed, self._buckets.get(key, _NONE).get(shape, ()), one, -math.inf, _MARGIN)
            one.sort(key=_by_score)
            found = self._remember(typed, one[:_KEPT])
        return found

    def _remember(self, typed: str, found: Iterable[Candidate]) -> tuple[Candidate, ...]:
        if len(self._cache) >= _CACHE:
            self._cache.clear()
        kept = self._cache[typed] = tuple(found)
        return kept

    def _decode(self, typed: str) -> list[Candidate]:
        if len(typed) > _LONGEST:
            return []
        typed = self._loose.sub("", typed)
        own = self._as_it_is(typed)
        if own is not None:
            return [own]
        found = self._listed(typed)
        if not found or found[0].typed < -_PLAIN * len(typed):
            known = {one.word for one in found}
            found += [one for one in self._spelled(typed) if one.word not in known]
            found.sort(key=_by_score)
        if not found:
            return []
        best = found[0].score
        return [one for one in found[:_KEPT] if one.score > best - _MARGIN]

    def _as_it_is(self, typed: str) -> Candidate | None:
        """The listed word that was typed letter by letter, if a letter shows that it was."""
        number = self.words.ids.get(typed)
        if number is None:
            return None
        own = [self._own_letters[char] for char in typed if char in self._own_letters]
        return Candidate(typed, number, self.words.logs[number], sum(own)) if own else None

    def _listed(self, typed: str) -> list[Candidate]:
        """Listed words, first those with every letter typed, then those with letters left untyped."""
        found: list[Candidate] = []
        best = -math.inf
        names = self.keys.of_typed(typed)
        for key, shape in names:
            numbers = self._buckets.get(key, _NONE).get(shape, ())
            best = self._align(typed, numbers, found, best, _MARGIN)
        for key, shape in names:
            best = self._untyped(typed, shape, self._buckets.get(key, _NONE), found, best)
        found.sort(key=_by_score)
        return found

    def _untyped(
        self, typed: str, shape: str, bucket: Mapping[str, list[int]], found: list[Candidate], best: float
    ) -> float:
        logs, silent = self.words.logs, self._silent_log
        shortest, longest = len(shape), len(shape) + _MOST_UNTYPED
        for other, numbers in bucket.items():
            if logs[numbers[0]] + silent < best - _DROPPED:
                break
            if shortest < len(other) <= longest and _within(shape, other):
                best = self._align(typed, numbers, found, best, _DROPPED + silent * (len(other) - shortest))
        return best

    def _align(
        self, typed: str, numbers: Iterable[int], found: list[Candidate], best: float, margin: float
    ) -> float:
        """Add those words that may be typed so and come near the best; the score of the best.

        The words come by falling probability, and one that is `margin` below the best before the
        channel is asked is the last.
        """
        words, logs, probability = self.words.words, self.words.logs, self.channel.probability
        longest = 2 * len(typed) + 2
        for number in numbers:
            prior = logs[number]
            if prior < best - margin:
                break
            word = words[number]
            if len(word) > longest:
                continue
            value = probability(typed, word)
            if value > 0:
                one = Candidate(word, number, prior, math.log(value))
                best = max(best, one.score)
                found.append(one)
        return best

    def _spelled(self, typed: str) -> list[Candidate]:
        """The likeliest words by their letters: a beam search over the typed word."""
        length = len(typed)
        beams: list[_Beam] = [{} for _ in range(length + 1)]
        beams[0][START] = (0.0, 0.0, "")
        for at in range(length + 1):
            here = _pruned(beams[at])
            place = 0 if at == 0 else 2 if at == length else 1
            self._extend(list(here.items())[:_SILENT], here, self._silent, place)
            if at == length:
                beams[at] = here
                break
            ways = list(here.items())
            for form, options in self._inverse.get(typed[at], ()):
                end = at + len(form)
                if len(form) == 1 or typed.startswith(form, at):
                    self._extend(ways, beams[end], options, 0 if at == 0 else 2 if end == length else 1)
        finished = [self._finished(history, *way) for history, way in beams[length].items()]
        finished.sort(key=_by_score)
        return [one for one in finished[:_KEPT] if one.word]

    def _extend(
        self, ways: Sequence[tuple[int, _Way]], target: _Beam, options: Sequence[_Option], place: int
    ) -> None:
        """Let each way go on by each option; of ways with one history the best is kept."""
        memo, step = self.words.chars.memo, self.words.chars.step
        for unit, codes, values in options:
            value = values[place]
            if value == -math.inf:
                continue
            for history, (prior, cost, text) in ways:
                now = history
                for code in codes:
                    more, now = memo.get(now << BITS | code) or step(now, code)
                    prior += more
                known = target.get(now)
                if known is None or known[0] + known[1] < prior + cost + value:
                    target[now] = (prior, cost + value, text + unit)

    def _finished(self, history: int, prior: float, cost: float, text: str) -> Candidate:
        number = self.words.ids.get(text, -1)
        if number >= 0:
            return Candidate(text, number, self.words.logs[number], cost)
        ending = self.words.chars.step(history, EDGE)[0]
        return Candidate(text, -1, self.words.unseen + prior + ending, cost)


def _within(some: str, text: str) -> bool:
    """Whether the letters of `some` come in `text` in this order."""
    at = -1
    for letter in some:
        at = text.find(letter, at + 1)
        if at < 0:
            return False
    return True


def _by_score(one: Candidate) -> float:
    return -one.score


def _own_letters(channel: Channel) -> dict[str, float]:
    """Letters that are hardly ever typed in the other script, with the log probability that they are."""
    kept: dict[str, float] = {}
    for (unit, typed, _), value in channel.probabilities.items():
        if unit == typed and len(unit) == 1:
            kept[unit] = max(kept.get(unit, 0.0), value)
    return {letter: math.log(value) for letter, value in kept.items() if value < _RARE}


def _loose(channel: Channel, joiner_is_letter: bool) -> re.Pattern[str]:
    """Matches elongations, and joiners that are no part of how a letter is typed."""
    if joiner_is_letter:
        return re.compile("\u0640")
    joined = {form.partition(JOINER)[0][-1:] for _, form, _ in channel.probabilities if JOINER in form}
    kept = "".join(map(re.escape, sorted(joined)))
    return re.compile(f"(?<![{kept}]){JOINER}+|{JOINER}+$|\u0640" if kept else f"{JOINER}|\u0640")


def _pruned(beam: _Beam) -> _Beam:
    ordered = sorted(beam.items(), key=lambda item: -item[1][0] - item[1][1])[:_BEAM]
    if not ordered:
        return {}
    least = ordered[0][1][0] + ordered[0][1][1] - _WIDTH
    return {history: way for history, way in ordered if way[0] + way[1] >= least}


def _inverse(
    channel: Channel, codes: Mapping[str, int]
) -> tuple[dict[str, list[tuple[str, list[_Option]]]], list[_Option]]:
    """Units by what they are typed as (under its first character), and those that may go untyped."""
    table: dict[str, dict[str, list[float]]] = {}
    for (unit, typed, place), value in channel.probabilities.items():
        row = table.setdefault(typed, {}).setdefault(unit, [-math.inf] * PLACES)
        row[place] = math.log(value)
    mapped = {unit for unit, _, _ in channel.probabilities}
    for letter in codes:
        if letter not in mapped:
            table.setdefault(letter, {})[letter] = [0.0] * PLACES
    inverse: dict[str, list[tuple[str, list[_Option]]]] = {}
    silent: list[_Option] = []
    for typed, units in table.items():
        options = [
            (unit, tuple(codes[char] for char in unit), tuple(values))
            for unit, values in units.items()
            if all(char in codes for char in unit)
        ]
        if not typed:
            silent = options
        elif options:
            inverse.setdefault(typed[0], []).append((typed, options))
    return inverse, silent
