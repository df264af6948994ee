"""The `transliterate` stage: the words of a text in another script, chosen together line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from math import log
from pathlib import Path

import regex

from textnorm.document import Edit, replay
from textnorm.engine.fences import Fences
from textnorm.errors import PackError
from textnorm.pack.model import Lexicon, Transliterate
from textnorm.pack.tables import MODEL_SUFFIX, Lexicons
from textnorm.restore.modelfile import read_model
from textnorm.restore.wordmodel import PAIR, WordModel
from textnorm.translit.correspond import Correspondences, read_counts
from textnorm.translit.decode import Decoder, Found

_CHOICES = 6  # words that are weighed in a line for each word
_CLOSE = 1.0  # nats by which another word may fall behind for the choice to be uncertain
_LONGEST = 400  # words that are weighed together

Model = tuple[WordModel, Correspondences]


class TransliterateStage:
    """Writes every word of the source script in the target script; signs follow a table."""

    def __init__(
        self, item: Transliterate, lexicons: Mapping[str, Lexicon], fences: Callable[[], Fences]
    ) -> None:
        self._item, self._lexicons, self._make_fences = item, lexicons, fences
        signs = "".join(regex.escape(sign) for sign in item.marks)
        marks = rf"|(?<!\d)[{signs}]|[{signs}](?!\d)" if signs else ""  # not those within numbers
        self._token = regex.compile(f"(?:{item.letters})+{marks}")
        self._fences: Fences | None = None
        self._decoder: Decoder | None = None
        self._listed: dict[str, list[tuple[str, float]]] = {}

    def apply(self, text: str) -> str:
        """The text in the other script."""
        return replay(text, self.edits(text))

    def edits(self, text: str) -> list[Edit]:
        """One edit per word or sign."""
        found: list[Edit] = []
        start = 0
        for line in text.split("\n"):
            found += self._line(line, start)
            start += len(line) + 1
        return found

    def candidates(self, word: str, count: int = 5) -> list[str]:
        """Ways to write one word in the other script, the likeliest first."""
        return [found.word for found in self._found(word.lower())[:count]]

    def _line(self, line: str, offset: int) -> Iterator[Edit]:
        matches = self._tokens(line)
        words = [match for match in matches if match.group() not in self._item.marks]
        chosen = {}
        for first in range(0, len(words), _LONGEST):
            part = words[first : first + _LONGEST]
            lattice = [self._found(match.group().lower()) for match in part]
            for match, choice, edges in zip(part, self._best(lattice), lattice, strict=True):
                chosen[match.start()] = choice, edges
        for match in matches:
            start, before = match.start(), match.group()
            choice, edges = chosen.get(start, (Found(self._item.marks.get(before, before), -1, 0.0), ()))
            if choice.word != before:
                others = tuple(
                    one.word for one in edges if one is not choice and one.score > choice.score - _CLOSE
                )
                yield Edit(
                    self._item.id,
                    self._item.cls,
                    offset + start,
                    offset + match.end(),
                    before,
                    choice.word,
                    uncertain=bool(others),
                    alternatives=others,
                )

    def _tokens(self, line: str) -> list[regex.Match[str]]:
        """The words and signs of a line that stand in no fenced stretch."""
        matches = list(self._token.finditer(line))
        if self._fences is None and matches:
            self._fences = self._make_fences()
        spans = self._fences.spans(line) if self._fences and matches else ()
        return [
            match for match in matches if not any(span.start <= match.start() < span.end for span in spans)
        ]

    def _found(self, word: str) -> Sequence[Found]:
        """The ways to write a word; the word itself if its letters are not known."""
        decoder = self._ready()
        listed = self._listed.get(word)
        if listed is None:
            return decoder.candidates(word, _CHOICES) or (Found(word, -1, 0.0),)
        words = self._words
        return [
            Found(target, words.ids.get(target, -1), words.log_probability(target) + share, share)
            for target, share in listed
        ]

    def _ready(self) -> Decoder:
        """The decoder; tables and model are read when the first word comes."""
        if self._decoder is None:
            item = self._item
            self._words, steps = _model(item, self._lexicons)
            self._listed = _listed(item, self._lexicons)
            self._decoder = Decoder(steps, self._words, item.trust)
        return self._decoder

    def _best(self, lattice: Sequence[Sequence[Found]]) -> list[Found]:
        """The words that together are likeliest, by what comes after what (Viterbi)."""
        ways: list[tuple[float, list[Found]]] = [(0.0, [])]
        for edges in lattice:
            ways = [
                max(
                    ((score + edge.score + self._after(path, edge), [*path, edge]) for score, path in ways),
                    key=lambda way: way[0],
                )
                for edge in edges
            ]
        return max(ways, key=lambda way: way[0])[1]

    def _after(self, path: Sequence[Found], edge: Found) -> float:
        """What the word before adds to the log probability of a word."""
        if not path or path[-1].number < 0:
            return 0.0
        before = path[-1].number
        pair = self._words.pairs.get(before << PAIR | edge.number) if edge.number >= 0 else None
        if pair is None:
            return self._words.backoffs.get(before, 0.0)
        return pair - self._words.logs[edge.number]


def _model(item: Transliterate, lexicons: Mapping[str, Lexicon]) -> Model:
    assert isinstance(lexicons, Lexicons)
    path = lexicons.file(item.model, MODEL_SUFFIX)
    if path is None:
        raise PackError(f'no model "{item.model}"', at=item.at, remedy="its file is data/NAME.charlm")
    return _words(path), read_counts(lexicons[item.correspondences], item.source, item.target, item.given)


@lru_cache(maxsize=4)
def _words(path: Path) -> WordModel:
    return read_model(path).words


def _listed(item: Transliterate, lexicons: Mapping[str, Lexicon]) -> dict[str, list[tuple[str, float]]]:
    """Words of the lists with what they may be and the logs of the shares; an earlier list wins."""
    found: dict[str, list[tuple[str, float]]] = {}
    for name in item.lists:
        table = lexicons[name]
        source, target, count = (table.column(column) for column in (item.source, item.target, "count"))
        own: dict[str, list[tuple[str, float]]] = {}
        for row in table.rows:
            own.setdefault(row[source], []).append((row[target], float(row[count])))
        for word, pairs in own.items():
            total = sum(number for _, number in pairs)
            found.setdefault(word, [(text, log(number / total)) for text, number in pairs])
    return found
