"""Examples for the files of a learned pack, found in the pairs and tried before they are written down."""

from __future__ import annotations

from collections import defaultdict
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


def table_examples(learned: Learned, table: str) -> Examples:
    """Frequent entries of a table of words, and words that it leaves alone."""
    step = dict(learned.passes())[table]
    entries = {"lexicon": learned.entries, "names": learned.names}.get(table, ())
    pairs = [(one.word, one.normal) for one in entries if one.normal]
    return Examples(_changing(step, pairs or learned.accents), _staying(step, _frequent(learned)))


def _frequent(learned: Learned) -> list[str]:
    """Words of letters, the most frequent first."""
    words = filter(str.isalpha, learned.words)
    return sorted(words, key=lambda word: (-learned.words[word], word))


def squeeze_examples(learned: Learned) -> dict[tuple[str, str], Examples]:
    """Frequent words with a letter repeated, for every pattern of repeated letters that brings them back."""
    step = dict(learned.passes())["squeeze"]
    words = _frequent(learned)
    made = {}
    for number, rewrite in enumerate(learned.squeezed):
        changing = []
        for word in words:
            for text in _stretched(word):
                edits = step.edits(text)
                rules = [edit.rule for edit in edits]
                if rules == [f"learned.squeeze.{number}"] and replay(text, edits) == word:
                    changing.append(Example(text, word))
                    break
            if len(changing) == _MANY:
                break
        doubled = (word for word in words if any(map(str.__eq__, word, word[1:])))
        made[rewrite] = Examples(tuple(changing), (_staying(step, doubled) or _staying(step, words))[:1])
    return made


def _stretched(word: str) -> Iterator[str]:
    """The word with its last letter, or a double one, written more often."""
    yield word + 3 * word[-1]
    yield word + word[-1]
    for index in range(1, len(word)):
        if word[index] == word[index - 1]:
            yield word[:index] + word[index] + word[index:]


def capital_examples(step: Pass, sentences: Iterable[Sentence]) -> Examples:
    """Beginnings of sentences that `step` changes as is right, and some that it leaves alone."""
    changing: list[Example] = []
    staying: list[Example] = []
    for start in _stretches(sentences):
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
    """The rewrites that have enough examples, each with words that it, and no other, rewrites rightly.

    Where rewrites to known words are about the same words, now that all of them are known, pieces of these
    words stand for new ones.
    """
    step = dict(learned.passes())["rewrites"]
    ids = [item.id for item in rewrite_items(learned)]
    by_rule: defaultdict[str, list[Example]] = defaultdict(list)
    for one in learned.rewrites:
        for word, normal in one.examples:
            rule, after = _only_rule(step, word)
            if after == normal:
                by_rule[rule].append(Example(word, normal))
    words = _frequent(learned)
    made = []
    for own, one in zip(ids, learned.rewrites, strict=True):
        changing = dict.fromkeys(by_rule[own])
        if len(changing) < _MANY:
            changing |= dict.fromkeys(_pieces(step, own, one))
        letters = one.match.strip("^$")
        likely = (word for word in words if letters in word)
        staying = _staying(step, likely) or _staying(step, words)
        examples = Examples(tuple(changing)[:_MANY], staying[:1])
        if examples.enough:
            made.append((one, examples))
    return tuple(made)


def _only_rule(step: Pass, word: str) -> tuple[str, str]:
    """The one rule that rewrites a word, and what becomes of the word; '' if there is none or several."""
    edits = step.edits(word)
    if len(edits) == 1 and not edits[0].steps:
        return edits[0].rule, replay(word, edits)
    return "", ""


def _pieces(step: Pass, rule: str, rewrite: Rewrite) -> Iterator[Example]:
    """Beginnings and ends of words of a rewrite that it, and no other, rewrites as in the whole word."""
    for word, normal in rewrite.examples:
        for cut in range(1, len(word) - 1):
            for piece, fits in ((word[:-cut], normal.startswith), (word[cut:], normal.endswith)):
                by, after = (
                    _only_rule(step, piece) if piece[0].isalpha() and piece[-1].isalnum() else ("", "")
                )
                if by == rule and fits(after):
                    yield Example(piece, after)


def _stretches(sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    """Stretches of sentences that are short enough to be shown, the beginnings first."""
    kept = list(sentences)
    for place in range(0, 10 * _WORDS, _WORDS):
        yield from (sentence[place : place + _WORDS] for sentence in kept if len(sentence) > place)


def exemplified(learned: Learned) -> Learned:
    """The pack with only those rewrites for which there are enough examples."""
    if learned.squeezed:
        found = squeeze_examples(learned)
        learned = replace(learned, squeezed=tuple(one for one in learned.squeezed if found[one].enough))
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
