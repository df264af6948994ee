"""The rows of governor tables by word, read once for all tables of a grammar that share them.

There may be tens of thousands of rows, and a text uses few: a row is made into features when a word
in the text asks for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from textnorm.pack.model import Lexicon

_LONGEST_PHRASE = 4
_HEAD = 2  # letters by which stems are looked up
Cells = tuple[str, str, str]  # features, senses ('': all), reach ('': the table's)


class GovernorRows:
    """Words, phrases and stems (written with '*') with the cells beside them."""

    def __init__(self, lexicons: Iterable[Lexicon], key: str, value: str) -> None:
        self.words: dict[str, list[Cells]] = {}
        self._stems: dict[str, list[tuple[str, Cells]]] = {}  # first letters → stems, the longest first
        for lexicon in lexicons:
            self._read(lexicon, lexicon.column(key), lexicon.column(value))
        self.widths = widths_by_last_word(self.words)
        for stems in self._stems.values():
            stems.sort(key=lambda entry: -len(entry[0]))

    def _read(self, lexicon: Lexicon, key: int, value: int) -> None:
        words, blank = self.words, len(lexicon.columns)
        sense, reach = (
            lexicon.columns.index(name) if name in lexicon.columns else blank for name in ("sense", "reach")
        )
        for row in lexicon.rows:
            row = (*row, "")
            word = row[key].lower()
            cells = (row[value], row[sense], row[reach])
            if word[-1:] == "*":
                self._stems.setdefault(word[:_HEAD], []).append((word[:-1], cells))
            elif word in words:
                words[word].append(cells)
            else:
                words[word] = [cells]

    def by_stem(self, word: str) -> list[Cells]:
        """The rows of stems that the word begins with, the longest first."""
        return [cells for stem, cells in self._stems.get(word[:_HEAD], ()) if word.startswith(stem)]


def widths_by_last_word(phrases: Collection[str]) -> dict[str, tuple[int, ...]]:
    """Last word of phrases → their numbers of words, the largest first; words by themselves are left out."""
    widths: dict[str, set[int]] = {}
    for phrase in phrases:
        if " " in phrase:
            words = phrase.split(" ")
            if len(words) <= _LONGEST_PHRASE:
                widths.setdefault(words[-1], set()).add(len(words))
    return {word: tuple(sorted(found, reverse=True)) for word, found in widths.items()}
