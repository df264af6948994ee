"""What the pairs say about capitals: where sentences begin, and words that lose theirs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

import regex

from textnorm.engine.capitals import LowerStage
from textnorm.evaluate.aligned import Pair, Sentence
from textnorm.evaluate.lexical import best
from textnorm.learn.parts import CAPITALS, STARTS, Entry, Learned, Tables, lower_item, start_pattern

ALL = ".*"  # any token
_MOST, _FEW = 0.9, 5  # share and number from which something is taken for a habit
_REACH = 60  # characters before a token that tell whether a sentence begins
_WORD = regex.compile(r"[\p{L}\p{M}]++(?:['’-][\p{L}\p{M}]++)*+['’]?")


class Starts:
    """Finds the tokens that begin a sentence."""

    def __init__(self, names: Sequence[str]) -> None:
        self._fits = regex.compile(f"(?:{start_pattern(names)})[(\\[{{\"'«„“‘¿¡]*+$")

    def __call__(self, sentence: Sentence) -> Iterator[bool]:
        """Of each token whether a sentence begins with it."""
        text = ""
        for raw, _ in sentence:
            if len(text) > _REACH:  # so that `^` no longer fits
                text = f" {text[-_REACH:]}"
            yield bool(self._fits.search(text))
            text = f"{text}{raw} "


def learn_starts(sentences: Sequence[Sentence]) -> list[str]:
    """Names of what most words in lower case take a capital after."""
    found = []
    for name in STARTS:
        starts = Starts([name])
        counts: Counter[bool] = Counter()
        for sentence in sentences:
            for pair, first in zip(sentence, starts(sentence), strict=True):
                if first and pair.raw.islower() and pair.normal and _WORD.fullmatch(pair.raw):
                    counts[pair.normal[0].isupper()] += 1
        if counts[True] >= _FEW and counts[True] > counts[False]:
            found.append(name)
    return found


def without_starts(sentences: Iterable[Sentence], names: Sequence[str]) -> list[Sentence]:
    """The sentences without those capitals that only the start of a sentence gives."""
    if not names:
        return list(sentences)
    starts = Starts(names)
    return [
        tuple(
            Pair(pair.raw, pair.normal[0].lower() + pair.normal[1:])
            if first and pair.raw[:1].islower() and pair.normal[:1].isupper()
            else pair
            for pair, first in zip(sentence, starts(sentence), strict=True)
        )
        for sentence in sentences
    ]


def learn_lower(sentences: Sequence[Sentence]) -> str:
    """A pattern of the tokens that are to be written in lower case: all, those in capitals, or none ('')."""
    capitals = regex.compile(CAPITALS)
    every: Counter[bool] = Counter()
    shouted: Counter[bool] = Counter()
    for sentence in sentences:
        for raw, normal in sentence:
            if raw != raw.lower() and normal and _WORD.fullmatch(raw):
                every[normal == normal.lower()] += 1
                if capitals.fullmatch(raw):
                    shouted[normal != normal.upper()] += 1
    if every[True] >= _FEW and every[True] >= _MOST * every.total():
        return ALL
    return CAPITALS if shouted[True] >= _FEW and shouted[True] > shouted[False] else ""


def learn_capitalized(sentences: Iterable[Sentence], lower: str) -> tuple[str, ...]:
    """The tokens that `lower` is about, but that are their own normal form."""
    if not lower:
        return ()
    fits = regex.compile(lower).fullmatch
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        for raw, normal in sentence:
            if raw != raw.lower() and fits(raw):
                counts[raw][normal] += 1
    return tuple(sorted(raw for raw, found in counts.items() if best(raw, found)[0] == raw))


def lowered(sentences: Sequence[Sentence], lower: str, capitalized: tuple[str, ...]) -> list[Sentence]:
    """The sentences as the passes after the one to lower case see them."""
    if not lower:
        return list(sentences)
    learned = Learned(lower=lower, capitalized=capitalized)
    stage = LowerStage(lower_item(learned), Tables(learned).lexicons)
    return [tuple(Pair(stage.apply(raw), normal) for raw, normal in sentence) for sentence in sentences]


def learn_names(sentences: Iterable[Sentence], entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """An entry for every normal word that mostly has capitals, and is not left in lower case by the pairs.

    The first words of sentences tell nothing.
    """
    starts = Starts(list(STARTS))
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    decided = {entry.word for entry in entries}
    for sentence in sentences:
        for (raw, normal), first in zip(sentence, starts(sentence), strict=True):
            if raw == raw.lower():
                decided.add(raw)
            if not first and _WORD.fullmatch(normal):
                forms[normal.lower()][normal] += 1
    found = []
    for word, counts in forms.items():
        normal, count = best(word, counts)
        if normal != word and word not in decided:
            found.append(Entry(word, normal, count, counts.total()))
    return tuple(sorted(found, key=lambda entry: (-entry.times, entry.word)))
