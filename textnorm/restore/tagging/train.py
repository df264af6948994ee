"""Trains a restorer: the same text is typed anew in each round, by writers with other habits."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict

from textnorm.errors import PackError
from textnorm.pack.model import Restore
from textnorm.restore.scriptmap import ScriptMap
from textnorm.restore.tagging.lessons import Lessons, Writer, learn_mask
from textnorm.restore.tagging.model import Restorer
from textnorm.restore.tagging.signs import Signs, learn_signs
from textnorm.restore.tokens import Token, tokens
from textnorm.tagger.letters import Mask
from textnorm.tagger.train import Course, Settings, Tell, Track, pruned

_SAMPLE = 200_000  # words that the mask and the signs are learned from


def train_restorer(
    text: Sequence[str],
    words: Sequence[str],
    item: Restore,
    script_map: ScriptMap,
    settings: Settings,
    track: Track,
    tell: Tell,
) -> Restorer:
    """The model for a restoration, learned from clean lines and words; the same input gives the same model.

    All words in the letters of the language are listed; those of `words` are learned as lines of one word.
    """
    alphabet = set(item.letters)
    lines = [found for line in text if (found := tokens(line))]
    counts = Counter(token.text for found in lines for token in found if alphabet.issuperset(token.text))
    if not counts:
        raise PackError("these corpora hold no word of the pack's letters", remedy="check `letters`")
    words = [word for word in words if word and alphabet.issuperset(word)]
    listed = sorted({*counts, *words})
    tell(f"{counts.total():,} words of text, {len(listed):,} listed")
    lines += [[Token(word, 0, len(word), False, False)] for word in words]
    writer = Writer(script_map, settings.seed)
    mask, signs = _learned(writer, counts, settings.seed)
    course = Course(settings, track)
    for turn in range(settings.rounds):
        lessons = Lessons(lines, writer, signs, mask, item.evidence)
        course.stream(lessons, lessons.place, f"text, {turn + 1}", lessons.lines)
    return Restorer(mask, signs, pruned(course.weights, settings.weights), listed, asdict(settings))


def _learned(writer: Writer, counts: Counter[str], seed: int) -> tuple[Mask, Signs]:
    """What letters may stand for, and which of them tell, from a sample of words by their frequency."""
    names = sorted(counts)
    sample = random.Random(seed).choices(
        names, [counts[name] for name in names], k=min(_SAMPLE, 10 * counts.total())
    )
    typed = [writer.word(word, bool(number % 2)) for number, word in enumerate(sample)]
    return learn_mask(typed), learn_signs(
        (word.text, clean) for word, clean in zip(typed, sample, strict=True)
    )
