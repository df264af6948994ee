"""Builds models from text: words, pairs of words and letters are counted, channels are learned."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from textnorm.restore.channel import Channel, learn
from textnorm.restore.kneser_ney import estimate
from textnorm.restore.modelfile import Model
from textnorm.restore.scriptmap import ScriptMap
from textnorm.restore.tokens import tokens
from textnorm.restore.wordmodel import WordModel, pair_logs, word_logs

_NOISED = 20_000  # words that channels are learned from
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Settings:
    """How large the model gets; more order and less pruning is better and larger."""

    order: int = 6
    rarest_gram: int = 2
    rarest_word: int = 1
    rarest_pair: int = 2
    seed: int = 1


@dataclass(slots=True)
class Counts:
    """Words and neighbouring words of a text."""

    alphabet: str
    words: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, lines: Iterable[str]) -> None:
        """Count the words of lines; what is not written in the alphabet parts neighbours."""
        alphabet = set(self.alphabet)
        for line in lines:
            before = ""
            for token in tokens(line):
                if not token.spaced:
                    before = ""
                if alphabet.issuperset(token.text):
                    self.words[token.text] += 1
                    if before:
                        self.pairs[before, token.text] += 1
                    before = token.text
                else:
                    before = ""


def build(
    counts: Counts, maps: Mapping[str, ScriptMap], settings: Settings, facts: Mapping[str, Any], tell: Tell
) -> Model:
    """The model for what was counted, with a channel for each script map."""
    listed = {word: count for word, count in counts.words.items() if count >= settings.rarest_word}
    tell(f"{sum(counts.words.values()):,} words, {len(counts.words):,} different, {len(listed):,} listed")
    chars = estimate(sorted(counts.words), counts.alphabet, settings.order, settings.rarest_gram)
    tell(f"{len(chars.probabilities):,} n-grams of letters")
    words, logs, unseen = word_logs(listed, chars, len(counts.words))
    ids = {word: number for number, word in enumerate(words)}
    pairs, backoffs = pair_logs(ids, logs, counts.pairs, settings.rarest_pair)
    tell(f"{len(pairs):,} pairs of words")
    model = WordModel(chars, words, logs, unseen, pairs, backoffs)
    channels = {}
    for source, script_map in maps.items():
        tell(f"channel from {source}")
        channels[source] = _channel(script_map, counts.words, settings.seed).probabilities
    return Model(model, channels, facts)


def _channel(script_map: ScriptMap, words: Mapping[str, int], seed: int) -> Channel:
    """A channel learned from words respelled by the shares of the map and, as often, by even shares.

    So it knows the habits that the map states, and is not surprised by writers who have others.
    """
    rng = random.Random(seed)
    names = sorted(words)
    chosen = rng.choices(names, [words[name] for name in names], k=_NOISED) if names else []
    pairs = Counter(
        (script_map.respell(word, rng, even=bool(number % 2)), word) for number, word in enumerate(chosen)
    )
    return learn(
        script_map, ((typed, clean, float(times)) for (typed, clean), times in sorted(pairs.items()))
    )
