"""What a model is trained on: words in their sentences, as numbers, drawn anew for every step.

Which examples a step sees depends on the seed and the step alone, so that training that was cut off
goes on as if it had not been.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from textnorm.neural.noise import Noise, Sentence, Token
from textnorm.neural.settings import Settings
from textnorm.neural.window import Window, encode, encode_target

_UNCHANGED = 0.35  # share of the words to copy that are asked about: they outnumber the others by far
_JOINED = (0.068, 0.341)  # of the sentences, ÚFAL joins 6.8 % with two others and 27.3 % with one

Example = tuple[list[int], list[int]]


@dataclass(frozen=True, slots=True)
class Source:
    """Sentences of pairs, or clean sentences and the noise that makes pairs of them."""

    pairs: Sequence[Sentence] = ()
    clean: Sequence[Sequence[str]] = ()
    noise: Noise | None = None

    def draw(self, draw: random.Random) -> list[Token]:
        """The tokens of one input: a sentence, or two or three of them."""
        chance = draw.random()
        count = 3 if chance < _JOINED[0] else 2 if chance < _JOINED[1] else 1
        return [token for _ in range(count) for token in self._sentence(draw)]

    def _sentence(self, draw: random.Random) -> Sentence:
        if self.noise is None:
            return draw.choice(self.pairs)
        return self.noise.sentence(draw.choice(self.clean), draw)


def batch(source: Source, settings: Settings, size: int, seed: int, step: int) -> list[Example]:
    """The examples of a step."""
    draw = random.Random(f"{seed}:{step}")
    examples: list[Example] = []
    while len(examples) < size:
        tokens = source.draw(draw)
        for place, (raw, norm) in enumerate(tokens):
            if raw and any(map(str.isalpha, raw)) and (raw != norm or draw.random() < _UNCHANGED):
                examples.append(example(tokens, place, settings))
    draw.shuffle(examples)
    return examples[:size]


def example(tokens: Sentence, place: int, settings: Settings) -> Example:
    """The numbers that go in and those that should come out."""
    typed = [raw for raw, _ in tokens]
    window = Window(typed[:place], typed[place], typed[place + 1 :]).within(settings.context)
    target = tokens[place][1]
    if settings.lower:
        window, target = window.lower(), target.lower()
    return encode(window)[-settings.longest :], encode_target(target)[: settings.written]
