"""Stretches of a line in another language than the pack's, by the words that say so.

Sentences and quotations are weighed one by one: words of other languages against words of the
pack's own. Only a clear margin makes a stretch foreign, so that a name or a term in a sentence of
the pack's language changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

import regex

from textnorm.grammar.context import matcher
from textnorm.grammar.grammar import Grammar
from textnorm.patterns import tree
from textnorm.patterns.parser import parse
from textnorm.patterns.relax import relaxed

# Letters glued to digits, "30x20", are a code or a unit and a word of no language.
_WORD = regex.compile(r"(?<![\p{L}\p{M}\p{N}])[\p{L}\p{M}]++(?:['’][\p{L}\p{M}]++)*+(?!\p{N})")
_QUOTED = regex.compile(
    r"„[^“”\"]*[“”\"]|“[^”]*”|\"[^\"]*\"|«[^»]*»|‘[^’]*’(?!\p{L})|\([^()]*\)|\[[^\[\]]*\]"
)
_BORDER = regex.compile(r"(?<=[.!?…][\"”“»)]?)\s+(?=[\"„“«(]?[\p{Lu}\d–—])|(?<=[:;])\s+|\s[–—]\s|\t+")
_LAST_WORD = regex.compile(r"(?r)(\p{L}+)\.")
_OPENING = '.!?…:;–—-„“”"«(['
_SCAN_WIDTH = 12
_EDGE = (r"(?:(?m:^)|[^\p{L}])", r"(?:[^\p{L}]|(?m:$))")  # of a word, in RE2
_KEPT = 50_000  # words whose weight is remembered
_Test = Callable[[str], Any]


class _Stretch(NamedTuple):
    start: int
    end: int
    quoted: bool
    foreign: int
    own: int


class _Weights(dict[str, int]):
    """The weights of words, each found when it is first asked for."""

    def __init__(self, weigh: Callable[[str], int]) -> None:
        super().__init__()
        self._weigh = weigh

    def __missing__(self, word: str) -> int:
        if len(self) > _KEPT:
            self.clear()
        weight = self[word] = self._weigh(word)
        return weight


class Languages:
    """Weighs the words of a line."""

    def __init__(self, spec: Mapping[str, Any], grammar: Grammar) -> None:
        self._grammar = grammar
        self._margin = int(spec.get("margin", 2))
        self._words = _entries(spec["words"], grammar)
        self._spec = spec
        self._weights = _Weights(self._weigh)
        self.scan = _scan(
            self._words - _entries(spec.get("own_words", []), grammar),
            *(parse(grammar.expand(spec.get(key, ""))) for key in ("like", "strong")),
        )

    # Only lines that the scan finds need what follows.

    @cached_property
    def _own(self) -> frozenset[str]:
        return _entries(self._spec.get("own_words", []), self._grammar)

    @cached_property
    def _like(self) -> _Test:
        return self._pattern("like")

    @cached_property
    def _strong(self) -> _Test:
        return self._pattern("strong")

    @cached_property
    def _own_like(self) -> _Test:
        return self._pattern("own_like")

    def _pattern(self, key: str) -> _Test:
        source = self._spec.get(key)
        return matcher(self._grammar.expand(source), method="search") if source else _never

    def foreign(self, line: str) -> Iterator[tuple[int, int]]:
        """The stretches of the line that are in another language."""
        if sum(map(self._weights.__getitem__, _WORD.findall(line))) < self._margin:
            return
        words = [(match.start(), match.group()) for match in _WORD.finditer(line)]
        evidence = [self._in_place(word, line, place) for place, word in words]
        if sum(evidence) < self._margin:
            return
        stretches = self._stretches(line, words, evidence)
        said = [self._is_foreign(stretch) for stretch in stretches]
        if not any(said):
            return
        # What says nothing itself ("Chapter 5.") goes with a line that has nothing of its own language.
        spreads = any(yes and not one.quoted for yes, one in zip(said, stretches, strict=True))
        if spreads and not any(one.own for yes, one in zip(said, stretches, strict=True) if not yes):
            yield 0, len(line)
            return
        for yes, stretch in zip(said, stretches, strict=True):
            if yes:
                yield stretch.start, stretch.end

    def _abbreviated(self, line: str, place: int) -> bool:
        """Whether the period before this place belongs to an abbreviation, and no capital follows."""
        last = _LAST_WORD.match(line, 0, place)
        return (
            last is not None
            and not line[place:].lstrip()[:1].isupper()
            and self._grammar.sentence.abbreviated(last.group(1))
        )

    def _is_foreign(self, stretch: _Stretch) -> bool:
        return stretch.foreign >= self._margin + 2 * stretch.own

    def _stretches(self, line: str, words: list[tuple[int, str]], evidence: list[int]) -> list[_Stretch]:
        """Quotations, and sentences without the quotations within them."""
        inner = [match.span() for match in _QUOTED.finditer(line)]
        borders = [
            place
            for place in (match.start() for match in _BORDER.finditer(line))
            if not any(start < place < end for start, end in inner) and not self._abbreviated(line, place)
        ]
        outer = list(zip([0, *borders], [*borders, len(line)], strict=True))
        counts = [[0, 0] for _ in range(len(inner) + len(outer))]
        seen: set[tuple[int, str]] = set()  # a word said twice says no more
        for (place, word), weight in zip(words, evidence, strict=True):
            index = next((i for i, (start, end) in enumerate(inner) if start <= place < end), -1)
            if index < 0:
                index = len(inner) + sum(border <= place for border in borders)
            if (index, word.lower()) in seen:
                continue
            seen.add((index, word.lower()))
            counts[index][0] += weight
            counts[index][1] += not weight and self._is_own(word)
        spans = [(start, end, True) for start, end in inner] + [(start, end, False) for start, end in outer]
        return [
            _Stretch(start, end, quoted, foreign, own)
            for (start, end, quoted), (foreign, own) in zip(spans, counts, strict=True)
        ]

    def _weigh(self, word: str) -> int:
        """How much a word may speak for another language."""
        if self._strong(word):
            return self._margin + 1
        if word.isupper():
            return 0
        lower = word.lower()
        return int(not self._listed(lower) if lower in self._words else bool(self._like(lower)))

    def _in_place(self, word: str, line: str, place: int) -> int:
        """The weight of a word where it stands: within a line, capitals may be names and titles."""
        weight = self._weights[word]
        counts = word[0].islower() or weight > self._margin or _opens(line, place)
        return weight if counts else 0

    def _is_own(self, word: str) -> bool:
        lower = word.lower()
        if lower in self._words:
            return False
        return self._listed(lower) or (word[0].islower() and bool(self._own_like(word)))

    def _listed(self, word: str) -> bool:
        return word in self._own or self._grammar.morphology.known(word)


def _entries(names: Collection[str], grammar: Grammar) -> frozenset[str]:
    return frozenset(entry.lower().rstrip(".") for name in names for entry in grammar.tables.keys(name))


def _opens(line: str, place: int) -> bool:
    """Whether a sentence or a quotation begins at this place."""
    before = line[:place].rstrip()
    return not before or before[-1] in _OPENING


def _never(word: str) -> None:
    return None


def _scan(words: Collection[str], like: tree.Node, strong: tree.Node) -> str:
    """An RE2 pattern that finds, in a line, one of the words or a word that fits one of the patterns.

    `like` is about words in lower case, `strong` about words as they stand.
    """
    found = []
    if words:
        found.append(f"(?i:{_EDGE[0]}(?:{'|'.join(sorted(map(_literal, words)))}){_EDGE[1]})")
    found += [f"(?i:{source})" for source in _within(like)]
    return "|".join([*found, *_within(strong)])


def _within(node: tree.Node) -> Iterator[str]:
    """RE2 patterns for a line with a word that the pattern fits: its anchors are the word's edges."""
    for branch in node.parts if isinstance(node, tree.Alt) else (node,):
        parts = branch.parts if isinstance(branch, tree.Cat) else (branch,)
        inner = tuple(part for part in parts if not isinstance(part, tree.Empty))
        if not inner:
            continue
        body = tree.Cat(inner)
        width = tree.max_width(body)
        first, last = parts[0], parts[-1]
        starts = isinstance(first, tree.Empty) and first.start
        ends = isinstance(last, tree.Empty) and last.end and width is not None and width <= _SCAN_WIDTH
        source = relaxed(body, _SCAN_WIDTH)
        yield f"{_EDGE[0] if starts else ''}{source}{_EDGE[1] if ends else ''}"


def _literal(word: str) -> str:
    """A word as RE2 source."""
    return "".join(char if char.isalpha() else f"\\x{{{ord(char):x}}}" for char in word)
