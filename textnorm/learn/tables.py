"""Tables of tokens with their normal forms: alone, and between neighbours."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from textnorm.engine.tokens import cased
from textnorm.engine.tokenwise import END, START, core
from textnorm.evaluate.aligned import Pair, Sentence
from textnorm.evaluate.lexical import best
from textnorm.learn.parts import ContextEntry, Entry

_SURE = 3  # times that a figure or a sign must have become the same, always
_LEAST, _SHARE = 2, 0.7  # what a neighbour must have been seen with to decide: occurrences, share of them

Forms = dict[str, Counter[str]]


def learn_entries(sentences: Iterable[Sentence]) -> tuple[Entry, ...]:
    """An entry for every token that most often becomes another one.

    Words in lower case stand for those with capitals, too, and lend them their normal form in the same case;
    where that would be wrong, the token has an entry of its own.
    """
    exact: Forms = defaultdict(Counter)
    pooled: Forms = defaultdict(Counter)
    for sentence in sentences:
        for raw, normal in sentence:
            exact[raw][normal] += 1
            pooled[raw.lower()][normal.lower()] += 1
    found: dict[str, Entry] = {}
    for word, counts in pooled.items():
        counts = exact.get(word, counts)
        normal, count = best(word, counts)
        if normal != word:
            found[word] = Entry(word, normal, count, counts.total())
    for raw, counts in exact.items():
        if raw != raw.lower():
            normal, count = best(raw, counts)
            entry = found.get(raw.lower())
            if normal != (cased(raw, entry.normal) if entry else raw):
                found[raw] = Entry(raw, normal, count, counts.total())
    for raw, counts in exact.items():
        word = core(raw).word
        if word != raw and raw not in found and word.lower() in found and best(raw, counts)[0] == raw:
            found[raw] = Entry(raw, raw, counts[raw], counts.total())  # stays, though its core would not
    kept = (entry for entry in found.values() if _keeps_figures(entry) or _is_sure(entry))
    return tuple(sorted(kept, key=lambda entry: (-entry.times, entry.word)))


def has_letters(token: str) -> bool:
    """Whether a token is more than figures and signs."""
    return any(map(str.isalpha, token))


def _keeps_figures(entry: Entry) -> bool:
    """Whether an entry is about letters, and writes no figures that the token does not have."""
    digits = [letter for letter in entry.normal if letter.isdecimal()]
    return has_letters(entry.word) and all(letter in entry.word for letter in digits)


def _is_sure(entry: Entry) -> bool:
    """Whether there is no doubt of an entry for a figure or a sign, which carry their meaning as they are."""
    return entry.times >= _SURE and entry.times == entry.seen


def learn_contexts(sentences: Iterable[Sentence], entries: Iterable[Entry]) -> tuple[ContextEntry, ...]:
    """An entry for every neighbour with which a token mostly becomes something else than it does alone."""
    alone = {entry.word: entry.normal.lower() for entry in entries}
    forms: defaultdict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    several: Forms = defaultdict(Counter)
    for sentence in sentences:
        for near in _neighbours(sentence):
            word, normal = near.pair.raw.lower(), near.pair.normal.lower()
            if not has_letters(word):
                continue
            forms[word, near.before, ""][normal] += 1
            forms[word, "", near.after][normal] += 1
            several[word][normal] += 1
    found = []
    for (word, before, after), counts in forms.items():
        seen = counts.total()
        if seen < _LEAST or len(several[word]) < 2:
            continue
        normal, count = best(word, counts)
        if count >= _SHARE * seen and normal != alone.get(word, word):
            found.append(ContextEntry(word, before, after, normal, count, seen))
    return tuple(sorted(found, key=lambda one: (one.word, -one.times / one.seen, -one.times, one)))


class _Near(NamedTuple):
    pair: Pair
    before: str
    after: str


def _neighbours(sentence: Sentence) -> Iterator[_Near]:
    """The pairs of a sentence with what the engine takes for their neighbours."""
    cores = [core(raw) for raw, _ in sentence]
    for index, pair in enumerate(sentence):
        outer = cores[index]
        before = after = ""
        if outer.word != pair.raw:  # punctuation touches it
            before, after = outer.before[-1:], outer.after[:1]
        if not before:
            one = cores[index - 1] if index else None
            before = (one.after[-1:] or one.word.lower()) if one else START
        if not after:
            one = cores[index + 1] if index + 1 < len(sentence) else None
            after = (one.before[:1] or one.word.lower()) if one else END
        yield _Near(pair, before, after)
