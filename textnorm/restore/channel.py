"""The channel: how probable it is that a word was typed as it was.

A probability for each unit of the clean word, typed form, and place in the word (start, middle, end).
They are learned from pairs of typed and clean words by expectation maximization, because a pair does
not say which letter became which.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from textnorm.restore.scriptmap import ScriptMap

Key = tuple[str, str, int]  # unit, typed form, place
PLACES = 3  # start, middle, end of the word; a word of one unit counts as its start
_SLIP = 1e-3  # the least probability of a way the map knows of


def place_of(start: bool, end: bool) -> int:
    """The number of the place."""
    return 0 if start else 2 if end else 1


class Channel:
    """Probabilities of typed forms; `inverse` turns them around for the decoder."""

    def __init__(self, script_map: ScriptMap, learned: Mapping[Key, float] | None = None) -> None:
        self.map = script_map
        self.probabilities: dict[Key, float] = dict(_prior(script_map))
        if learned:
            self.probabilities.update(learned)
        self._options: dict[str, list[list[tuple[str, float]]]] = {}
        for (unit, typed, place), value in self.probabilities.items():
            options = self._options.setdefault(unit, [[] for _ in range(PLACES)])
            options[place].append((typed, value))
        self.longest = max(map(len, self._options), default=1)
        self._by_first = {
            unit: tuple(_by_first(options) for options in places) for unit, places in self._options.items()
        }
        self._single: list[dict[str, float]] = [{} for _ in range(PLACES)]
        for (unit, typed, place), value in self.probabilities.items():
            if len(unit) == len(typed) == 1:
                self._single[place][unit + typed] = value
        self._silent = max(
            (value for (_, typed, _), value in self.probabilities.items() if not typed), default=0.0
        )

    @property
    def silent(self) -> float:
        """The largest probability that a unit goes untyped."""
        return self._silent

    def options(self, unit: str, place: int) -> list[tuple[str, float]]:
        """The typed forms of a unit at a place, with probabilities; a letter without rows stays."""
        found = self._options.get(unit)
        if found is not None:
            return found[place]
        return [(unit, 1.0)] if len(unit) == 1 else []

    def probability(self, typed: str, clean: str) -> float:
        """The probability that `clean` is typed as `typed`, over all ways to align the two.

        Of words of one length only the alignment letter by letter counts, if there is one.
        """
        if len(typed) == len(clean):
            value = self._straight(typed, clean)
            if value:
                return value
        return self._forward(typed, clean)[len(clean)].get(len(typed), 0.0)

    def _straight(self, typed: str, clean: str) -> float:
        """The probability that each letter was typed as the one at its place."""
        first, inner, last = self._single
        ending = len(clean) - 1
        value = 1.0
        for at, (letter, form) in enumerate(zip(clean, typed, strict=True)):
            table = first if at == 0 else inner if at < ending else last
            found = table.get(letter + form)
            if found is not None:
                value *= found
            elif letter != form or letter in self._by_first:
                return 0.0
        return value

    def _forward(self, typed: str, clean: str) -> list[dict[int, float]]:
        """For each number of clean letters: how probable each number of typed ones is."""
        length = len(clean)
        alpha: list[dict[int, float]] = [{} for _ in range(length + 1)]
        alpha[0][0] = 1.0
        known, padded, longest = self._by_first, typed + "\n", self.longest
        for at in range(length):
            here = alpha[at]
            if not here:
                continue
            letter = clean[at]
            if letter in known:
                place = 2 if at + 1 == length else 1 if at else 0
                _spread(here, alpha[at + 1], known[letter][place], padded)
            else:
                there = alpha[at + 1]
                for position, mass in here.items():
                    if padded[position] == letter:
                        there[position + 1] = there.get(position + 1, 0.0) + mass
            for size in range(2, longest + 1):
                unit = clean[at : at + size]
                if unit in known and len(unit) == size:
                    place = 0 if at == 0 else 2 if at + size == length else 1
                    _spread(here, alpha[at + size], known[unit][place], padded)
        return alpha

    def expected(self, typed: str, clean: str) -> Iterator[tuple[Key, float]]:
        """How often each way was taken, over all alignments weighted by their probability."""
        alpha = self._forward(typed, clean)
        total = alpha[len(clean)].get(len(typed), 0.0)
        if total <= 0:
            return
        beta: list[dict[int, float]] = [{} for _ in range(len(clean) + 1)]
        beta[len(clean)][len(typed)] = 1.0
        for at in range(len(clean) - 1, -1, -1):
            for size in range(1, min(self.longest, len(clean) - at) + 1):
                unit = clean[at : at + size]
                place = place_of(at == 0, at + size == len(clean))
                ahead = beta[at + size]
                for form, value in self.options(unit, place):
                    for position, mass in alpha[at].items():
                        after = position + len(form)
                        if after in ahead and typed.startswith(form, position):
                            share = value * ahead[after]
                            beta[at][position] = beta[at].get(position, 0.0) + share
                            yield (unit, form, place), mass * share / total


_Forms = dict[str, list[tuple[str, int, float]]]  # typed forms, lengths, probabilities by first character


def _by_first(options: Sequence[tuple[str, float]]) -> _Forms:
    forms: _Forms = {}
    for typed, value in options:
        forms.setdefault(typed[:1], []).append((typed, len(typed), value))
    return forms


def _spread(here: dict[int, float], there: dict[int, float], forms: _Forms, typed: str) -> None:
    """Move the mass at each typed position on by the forms that stand there."""
    silent = forms.get("", ())
    for position, mass in here.items():
        for _, _, value in silent:
            there[position] = there.get(position, 0.0) + mass * value
        for form, size, value in forms.get(typed[position], ()):
            if size == 1 or typed.startswith(form, position):
                after = position + size
                there[after] = there.get(after, 0.0) + mass * value


def _prior(script_map: ScriptMap) -> Iterator[tuple[Key, float]]:
    """The shares of the map; every unit may also be typed as it is, however rarely."""
    for unit in dict.fromkeys(row.clean for row in script_map.rows):
        for place, (start, end) in enumerate(((True, False), (False, False), (False, True))):
            ways = dict(script_map.ways(unit, start, end))
            both = dict(script_map.ways(unit, True, True)) if start else {}
            for typed, share in both.items():
                ways.setdefault(typed, share / 2)
            ways.setdefault(unit, 0.02)
            total = sum(ways.values())
            for typed, share in ways.items():
                yield (unit, typed, place), max(share / total, _SLIP)


def learn(
    script_map: ScriptMap, pairs: Iterable[tuple[str, str, float]], rounds: int = 5, weight: float = 20.0
) -> Channel:
    """A channel learned from (typed, clean, how often) by expectation maximization.

    It starts from the shares of the map, which count as much as `weight` letters seen.
    """
    known = list(pairs)
    channel = Channel(script_map)
    prior = channel.probabilities
    for _ in range(rounds):
        counts: dict[Key, float] = {key: weight * value for key, value in prior.items()}
        for typed, clean, times in known:
            for key, share in channel.expected(typed, clean):
                if key in counts:
                    counts[key] += times * share
        channel = Channel(script_map, _normalized(counts))
    return channel


def _normalized(counts: Mapping[Key, float]) -> dict[Key, float]:
    totals: dict[tuple[str, int], float] = defaultdict(float)
    for (unit, _, place), count in counts.items():
        totals[unit, place] += count
    return {
        (unit, typed, place): max(count / totals[unit, place], _SLIP)
        for (unit, typed, place), count in counts.items()
    }
