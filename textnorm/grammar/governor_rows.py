"""The rows of governor tables by word, read once for all tables of a grammar that share them.

There may be tens of thousands of rows, and a text uses few: a row is made into features when a word
in the text asks for it. What the tables were read into is kept beside the pack in the cache.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from textnorm.pack.model import Lexicon

_LONGEST_PHRASE = 4
_HEAD = 2  # letters by which stems are looked up
Cells = tuple[str, str, str]  # features, senses ('': all), reach ('': the table's)


class GovernorRows:
    """Words, phrases and stems (written with '*') with the cells beside them, which recur."""

    def __init__(
        self,
        cells: Iterable[Sequence[str]],
        words: Mapping[str, Sequence[int]],
        stems: Mapping[str, Sequence[tuple[str, int]]],
        widths: Mapping[str, Sequence[int]],
    ) -> None:
        self._cells: list[Cells] = [(features, senses, reach) for features, senses, reach in cells]
        self.words, self._stems, self.widths = words, stems, widths

    @classmethod
    def read(cls, lexicons: Iterable[Lexicon], key: str, value: str) -> GovernorRows:
        """The rows of tables, with the words in one column and the features in another."""
        cells: dict[Cells, int] = {}
        words: dict[str, list[int]] = {}
        stems: dict[str, list[tuple[str, int]]] = {}  # first letters → stems, the longest first
        for lexicon in lexicons:
            for word, found in _rows(lexicon, lexicon.column(key), lexicon.column(value)):
                number = cells.setdefault(found, len(cells))
                if word[-1:] == "*":
                    stems.setdefault(word[:_HEAD], []).append((word[:-1], number))
                else:
                    words.setdefault(word, []).append(number)
        for listed in stems.values():
            listed.sort(key=lambda entry: -len(entry[0]))
        return cls(cells, words, stems, widths_by_last_word(words))

    def data(self) -> tuple[object, ...]:
        """What it takes to make it again, as JSON can hold it."""
        return self._cells, self.words, self._stems, self.widths

    def by_word(self, phrase: str) -> list[Cells]:
        """The rows of a word or phrase."""
        return [self._cells[number] for number in self.words.get(phrase, ())]

    def by_stem(self, word: str) -> list[Cells]:
        """The rows of stems that the word begins with, the longest first."""
        stems = self._stems.get(word[:_HEAD], ())
        return [self._cells[number] for stem, number in stems if word.startswith(stem)]


def _rows(lexicon: Lexicon, key: int, value: int) -> Iterator[tuple[str, Cells]]:
    blank = len(lexicon.columns)
    sense, reach = (
        lexicon.columns.index(name) if name in lexicon.columns else blank for name in ("sense", "reach")
    )
    for row in lexicon.rows:
        row = (*row, "")
        yield row[key].lower(), (row[value], row[sense], row[reach])


def widths_by_last_word(phrases: Collection[str]) -> dict[str, tuple[int, ...]]:
    """Last word of phrases → their numbers of words, the largest first; words by themselves are left out."""
    widths: dict[str, set[int]] = {}
    for phrase in phrases:
        if " " in phrase:
            words = phrase.split(" ")
            if len(words) <= _LONGEST_PHRASE:
                widths.setdefault(words[-1], set()).add(len(words))
    return {word: tuple(sorted(found, reverse=True)) for word, found in widths.items()}
