"""The `spelling` stage: words of an unsettled orthography brought to one spelling.

What a word becomes alone is worked out once and remembered. Only three kinds of words are looked at in
their place: those that another language has too, capitalized ones (names), and spellings of several words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

import regex

from textnorm.document import Edit
from textnorm.engine.fences import Fences
from textnorm.engine.spellings import Context, Entry, Keys, Spellings
from textnorm.engine.tokens import cased, split
from textnorm.pack.model import Lexicon, Spelling

_OTHER = regex.compile(r"[\p{N}_]")  # what is in no word, but in codes, names of accounts …
_END = regex.compile(r"[.!?…\n]")  # of a sentence, somewhere between two words
_AROUND = 3  # words on either side that tell which language a word is of
_KEPT = 200_000  # words that are remembered

START, END = "^", "$"  # in tables of contexts: nothing stands before, or after, in the sentence


class _Doubt(NamedTuple):
    """A word that must be seen in its place."""

    entry: Entry | None
    capital: bool
    contexts: tuple[Context, ...]


class SpellingStage:
    """All spelling files of a stage, over texts of any number of lines."""

    def __init__(
        self,
        items: Sequence[Spelling],
        lexicons: Mapping[str, Lexicon],
        key: Keys,
        fences: Callable[[], Fences],
    ) -> None:
        self._items = items
        self._spellings = Spellings(items, lexicons, key)
        self._make_fences = fences
        self._fences: Fences | None = None
        self._memo: dict[str, str | _Doubt] = {}
        self._weights = _Weights(self._spellings)

    def apply(self, text: str) -> str:
        """The text with every known spelling replaced."""
        parts = split(text, apostrophes=True)
        parts[1::2] = self._decided(text, parts)
        return "".join(parts)

    def edits(self, text: str) -> list[Edit]:
        """One edit per replaced word."""
        parts = split(text, apostrophes=True)
        starts = list(accumulate(map(len, parts), initial=0))
        found = []
        for index, after in enumerate(self._decided(text, parts)):
            before, start = parts[2 * index + 1], starts[2 * index + 1]
            if after != before:
                item = self._source(before.lower(), after.lower())
                found.append(Edit(item.id, item.cls, start, start + len(before), before, after))
        return found

    def _source(self, before: str, after: str) -> Spelling:
        """The file behind a replacement."""
        contexts = self._spellings.contexts.get(before, ())
        entries = [context.entry for context in contexts if context.entry.target == after]
        entry = entries[0] if entries else self._spellings.look_up([before])[before]
        return entry.item if entry else self._items[0]

    def _decided(self, text: str, parts: list[str]) -> list[str]:
        """What every word of the text becomes; `parts` are the words with what stands between them."""
        words = parts[1::2]
        memo = self._memo
        if len(memo) > _KEPT:  # other threads go on with theirs
            memo = self._memo = {}
        unknown = set(words).difference(memo)
        if unknown:
            self._learn(unknown, memo)
        fenced = self._fenced(text, parts)
        found: list[Any] = list(map(memo.__getitem__, words))
        doubts = [index for index, value in enumerate(found) if value.__class__ is not str]
        for index in doubts:
            found[index] = self._in_place(found[index], index, parts, fenced)
        for index in fenced:
            found[index] = words[index]
        return found

    def _learn(self, words: set[str], memo: dict[str, str | _Doubt]) -> None:
        """Work out and remember what words become."""
        lowered = {word: word.lower() for word in words if not _OTHER.search(word)}
        found: dict[str, str | _Doubt] = {word: word for word in words}
        entries = self._spellings.look_up(sorted(set(lowered.values())))
        for word, low in lowered.items():
            entry, contexts = entries[low], self._spellings.contexts.get(low, ())
            capital = entry is not None and entry.item.capitalized == "keep" and word[0] != low[0]
            if contexts or capital or (entry is not None and entry.shared):
                found[word] = _Doubt(entry, capital, contexts)
            elif entry is not None:
                found[word] = cased(word, entry.target)
        memo.update(found)  # at once: other threads must not see half of it

    def _in_place(self, value: _Doubt, index: int, parts: list[str], fenced: Collection[int]) -> str:
        word = parts[2 * index + 1]
        if word.lower() in self._spellings.foreign and self._balance(index, parts, fenced) <= 0:
            return word
        if value.contexts:
            before, after = _neighbours(index, parts)
            for context in value.contexts:
                if self._fits(before, context.before) and self._fits(after, context.after):
                    return cased(word, context.entry.target)
        if value.entry is None or (value.capital and not _opens(index, parts)):
            return word
        return cased(word, value.entry.target)

    def _fits(self, word: str, wanted: frozenset[str]) -> bool:
        if not wanted or word in wanted:
            return True
        entry = self._spellings.entries.get(word)
        return entry is not None and entry.target in wanted

    def _balance(self, index: int, parts: list[str], fenced: Collection[int]) -> int:
        """Words of the language around a place less words that only another language has."""
        place = 2 * index + 1
        window = parts[max(1, place - 2 * _AROUND) : place + 2 * _AROUND + 1]
        if not fenced and "\n" not in "".join(window[1::2]):
            return sum(map(self._weights.__getitem__, window[::2])) - self._weights[parts[place]]
        balance = 0
        for step in (-1, 1):
            for at in range(index + step, index + step * (_AROUND + 1), step):
                gap = 2 * at + 1 - step  # the stretch between this word and the one before it on the way
                if not 0 <= at < len(parts) // 2 or "\n" in parts[gap]:
                    break
                if at not in fenced:
                    balance += self._weights[parts[2 * at + 1]]
        return balance

    def _fenced(self, text: str, parts: list[str]) -> Collection[int]:
        """The words, by their numbers, that stand in a fenced stretch."""
        if self._fences is None:
            self._fences = self._make_fences()
        marks = self._fences.marks(text)
        if marks is not None and not marks:
            return ()
        spans = [
            (start + span.start, start + span.end)
            for start, end in _lines(text, marks)
            for span in self._fences.spans(text[start:end])
        ]
        if not spans:
            return ()
        starts = list(accumulate(map(len, parts), initial=0))[1::2]
        return {
            index
            for low, high in spans
            for index in range(bisect_left(starts, low), bisect_left(starts, high))
        }


class _Weights(dict[str, int]):
    """1 for words that only the language has, -1 for those that only others have, 0 for the rest."""

    def __init__(self, spellings: Spellings) -> None:
        super().__init__()
        self._spellings = spellings

    def __missing__(self, word: str) -> int:
        if len(self) > _KEPT:
            self.clear()
        low = word.lower()
        entry = self._spellings.entries.get(low)
        weight = -(low in self._spellings.foreign) if entry is None else not entry.shared
        self[word] = weight
        return weight


def _lines(text: str, marks: Sequence[int] | None) -> Iterator[tuple[int, int]]:
    """The lines around the marks; all lines without marks."""
    if marks is None:
        starts = [0, *(match.end() for match in regex.finditer("\n", text))]
        yield from zip(starts, [start - 1 for start in starts[1:]] + [len(text)], strict=True)
        return
    for mark in marks:
        end = text.find("\n", mark)
        yield text.rfind("\n", 0, mark) + 1, len(text) if end < 0 else end


def _neighbours(index: int, parts: list[str]) -> tuple[str, str]:
    """The words before and after, in lower case; START and END where a sentence begins and ends."""
    place = 2 * index + 1
    before = START if place == 1 or _END.search(parts[place - 1]) else parts[place - 2].lower()
    last = place + 2 >= len(parts) or _END.search(parts[place + 1])
    return before, END if last else parts[place + 2].lower()


def _opens(index: int, parts: list[str]) -> bool:
    """Whether the capital of a word says nothing: it opens a sentence, or its neighbours have one, too."""
    place = 2 * index + 1
    if place == 1 or _END.search(parts[place - 1]):
        return True
    beside = [parts[at] for at in (place - 2, place + 2) if 0 < at < len(parts)]
    return all(word[:1].isupper() for word in beside)
