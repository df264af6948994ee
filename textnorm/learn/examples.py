"""Examples for the files of a learned pack, found in the pairs and tried before they are written down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from textnorm.document import replay
from textnorm.evaluate.aligned import Sentence
from textnorm.evaluate.lexical import by_tokens
from textnorm.learn.parts import Learned, Pass, Rewrite, rewrite_items

_MANY = 3  # examples of each kind
_WORDS = 4  # of a line that is shown


class Example(NamedTuple):
    """A text and what becomes of it; the same if it stays."""

    text: str
    after: str


class Examples(NamedTuple):
    """Texts that change, and texts that do not."""

    changing: tuple[Example, ...]
    staying: tuple[Example, ...]

    @property
    def enough(self) -> bool:
        """Whether there are as many as every rule needs."""
        return len(self.changing) >= 2 and bool(self.staying)


def table_examples(learned: Learned) -> Examples:
    """Frequent entries of the table of words, and words that it leaves alone."""
    step = dict(learned.passes())["lexicon"]
    pairs = [(one.word, one.normal) for one in learned.entries if one.normal]
    words = sorted(learned.words, key=lambda word: (-learned.words[word], word))
    return Examples(_changing(step, pairs), _staying(step, filter(str.isalpha, words)))


def capital_examples(step: Pass, sentences: Iterable[Sentence]) -> Examples:
    """Beginnings of sentences that `step` changes as is right, and some that it leaves alone."""
    changing: list[Example] = []
    staying: list[Example] = []
    for sentence in sentences:
        start = sentence[:_WORDS]
        raws, wanted = [raw for raw, _ in start], [normal for _, normal in start]
        text = " ".join(raws)
        edits = step.edits(text)
        for line in (text, " ".join(wanted)):
            if len(staying) < _MANY and any(map(str.isalpha, line)) and not step.edits(line):
                staying.append(Example(line, line))
        after = by_tokens(raws, edits)
        right = all(new in (raw, want) for raw, want, new in zip(raws, wanted, after, strict=True))
        if edits and right and len(changing) < _MANY:
            changing.append(Example(text, replay(text, edits)))
        if len(changing) == len(staying) == _MANY:
            break
    return Examples(tuple(changing), tuple(staying))


def with_examples(learned: Learned) -> tuple[tuple[Rewrite, Examples], ...]:
    """The rewrites that have enough examples, each with words that it, and no other, rewrites rightly."""
    step = dict(learned.passes())["rewrites"]
    numbers = {item.id: number for number, item in enumerate(rewrite_items(learned))}
    by_rule: list[list[Example]] = [[] for _ in learned.rewrites]
    for one in learned.rewrites:
        for word, normal in one.examples:
            edits = step.edits(word)
            if len(edits) == 1 and replay(word, edits) == normal and not edits[0].steps:
                found = by_rule[numbers[edits[0].rule]]
                if Example(word, normal) not in found:
                    found.append(Example(word, normal))
    words = sorted(learned.words, key=lambda word: (-learned.words[word], word))
    made = []
    for one, changing in zip(learned.rewrites, by_rule, strict=True):
        letters = one.match.strip("^$")
        likely = (word for word in words if letters in word and word.isalpha())
        staying = _staying(step, likely) or _staying(step, filter(str.isalpha, words))
        examples = Examples(tuple(changing[:_MANY]), staying[:1])
        if examples.enough:
            made.append((one, examples))
    return tuple(made)


def exemplified(learned: Learned) -> Learned:
    """The pack with only those rewrites for which there are enough examples."""
    while learned.rewrites:
        kept = tuple(one for one, _ in with_examples(learned))
        if len(kept) == len(learned.rewrites):
            break
        learned = replace(learned, rewrites=kept)
    return learned


def _changing(step: Pass, pairs: Iterable[tuple[str, str]]) -> tuple[Example, ...]:
    return tuple(_first(Example(*pair) for pair in pairs if replay(pair[0], step.edits(pair[0])) == pair[1]))


def _staying(step: Pass, words: Iterable[str]) -> tuple[Example, ...]:
    return tuple(_first(Example(word, word) for word in words if not step.edits(word)))


def _first(examples: Iterator[Example]) -> Sequence[Example]:
    found = []
    for example in examples:
        found.append(example)
        if len(found) == _MANY:
            break
    return found
