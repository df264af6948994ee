"""What a model is trained on: words in their sentences, as numbers, drawn anew for every step.

Which examples a step sees depends on the seed and the step alone, so that training that was cut off
goes on as if it had not been.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from textnorm.errors import InputError
from textnorm.neural.noise import Noise, Sentence, Token
from textnorm.neural.settings import Settings
from textnorm.neural.window import Window, encode_target

_UNCHANGED = 0.35  # share of the words to copy that are asked about: they outnumber the others by far
_DRAWS = 1000  # for each example; text without words must not keep training in a circle
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
    """The examples of a step. InputError if there are no words to learn from."""
    draw = random.Random(f"{seed}:{step}")
    examples: list[Example] = []
    for _ in range(_DRAWS * size):
        tokens = source.draw(draw)
        places = [
            place
            for place, (raw, norm) in enumerate(tokens)
            if any(map(str.isalpha, raw)) and (raw != norm or draw.random() < _UNCHANGED)
        ]
        if len(places) > size:
            places = draw.sample(places, size)
        examples += (example(tokens, place, settings) for place in places)
        if len(examples) >= size:
            draw.shuffle(examples)
            return examples[:size]
    raise InputError("too few words to learn from", remedy="give text with words of letters")


def example(tokens: Sentence, place: int, settings: Settings) -> Example:
    """The numbers that go in and those that should come out."""
    target = tokens[place][1]
    written = encode_target(target.lower() if settings.lower else target)
    return settings.numbers(window_at(tokens, place, settings.reach)), written[: settings.written]


def window_at(tokens: Sentence, place: int, reach: int) -> Window:
    """A token with what was typed around it, at most `reach` tokens on either side."""
    around = [raw for raw, _ in tokens[max(place - reach, 0) : place + reach + 1]]
    here = min(place, reach)
    return Window(around[:here], around[here], around[here + 1 :])
