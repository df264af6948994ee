"""Number systems read backwards: the words of a number to its value, by the same bases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from textnorm.grammar.numbers import NumberSystem, power_of
from textnorm.grammar.template import Template
from textnorm.inverse.parsers import Parser
from textnorm.inverse.source import Counted, Fields, Follow, Found, Got, Phrases, Source, Start, Swap, begins

if TYPE_CHECKING:
    from textnorm.inverse.compiler import Compiler


_KNOWN_WORDS = 50_000


class _Base(NamedTuple):
    base: int
    above: int  # where the next base begins
    power: int
    parser: Parser
    multiplies: bool  # whether the quotient is said
    remainder: bool | None  # whether there must be one; None: there may be


class Digits:
    """The quotient or remainder of a base, said by a system: a number below a limit."""

    follow: Follow | None = None
    numeric = True
    nullable = False

    def __init__(self, name: str, drop: int | None, system: NumberParser, limit: int) -> None:
        self._name, self._drop, self._system, self._limit = name, drop, system, limit

    def parse(self, src: Source, pos: int, got: Fields) -> Iterator[Found]:
        """The numbers below the limit; one that need not be said may be said all the same."""
        for end, number, swaps in self._system.read(src, pos, self._limit):
            if not number or (self.follow is not None and not self.follow(src, end)):
                continue
            if number == self._drop:
                swaps = ((pos, end + 1, ""),)
            yield end, {**got, self._name: Got(str(number), pos, end, True, swaps)}

    def starts(self) -> set[Start]:
        """First words of the system."""
        return self._system.starts()


class NumberParser:
    """One number system, backwards."""

    def __init__(self, system: NumberSystem, compiler: Compiler) -> None:
        self._system, self._compiler = system, compiler
        self._words = Phrases()
        self._rows: list[_Base] | None = None
        self._starts: set[Start] | None = None
        self._by_word: dict[str, list[_Base]] = {}  # the bases that can begin with a word
        self._begins: dict[str, bool] = {}

    def _bases(self) -> list[_Base]:
        if self._rows is None:
            rows: list[_Base] = []
            self._rows = rows
            for base, above, exact, other in self._system.bases():
                bodies = [(exact, None)] if exact is other else [(exact, False), (other, True)]
                for body, remainder in bodies:
                    if isinstance(body, Template):
                        rows.append(self._template(base, above, body, remainder))
                        continue
                    for form in sorted({form for _, form in body.forms()}):
                        self._words.add(form, (base, form))
            for form, (base, usual) in self._system.variants().items():
                self._words.add(form, (base, usual))
        return self._rows

    def _template(self, base: int, above: int, body: Template, remainder: bool | None) -> _Base:
        power = power_of(base)
        limits = {"q": above // power, "r": power}
        parser = self._compiler.number_template(body, limits)
        return _Base(base, above, power, parser, any(call.name == "q" for call in body.calls()), remainder)

    def read(self, src: Source, pos: int, limit: int) -> list[Counted]:
        """Every number below `limit` at `pos`, the longest first."""
        key = (id(self), pos, limit)
        known = src.memo.get(key)
        if known is None:
            found = dict.fromkeys(self._read(src, pos, limit)) if self._begin(src.word(pos)) else ()
            known = src.memo[key] = sorted(found, reverse=True)
        return known

    def _read(self, src: Source, pos: int, limit: int) -> Iterator[Counted]:
        rows = self._bases()
        for end, form, (number, usual) in self._words.at(src, pos):
            if number < limit:
                yield end, number, ((pos, end, usual),) if usual != form else ()
        word = src.word(pos)
        known = self._by_word.get(word)
        if known is None:
            known = [row for row in rows if begins(word, row.parser.starts())]
            if len(self._by_word) < _KNOWN_WORDS:
                self._by_word[word] = known
        for row in known:
            if row.base >= limit:
                break
            for end, got in row.parser.parse(src, pos, {}):
                rest = int(got["r"].value) if "r" in got else 0
                quotient = int(got["q"].value) if "q" in got else 1
                number = (quotient * row.power if row.multiplies else row.base) + rest
                fits = row.base <= number < min(row.above, limit)
                if fits and (row.remainder is None or row.remainder == bool(rest)):
                    swaps: list[Swap] = [swap for field in got.values() for swap in field.swaps]
                    yield end, number, tuple(swaps)

    def _begin(self, word: str) -> bool:
        """Whether a number of the system can begin with this word."""
        known = self._begins.get(word)
        if known is None:
            known = begins(word, self.starts())
            if len(self._begins) < _KNOWN_WORDS:
                self._begins[word] = known
        return known

    def starts(self) -> set[Start]:
        """The words that numbers begin with."""
        if self._starts is None:
            self._starts = set()  # a system that begins with itself adds nothing
            rows = self._bases()
            found = self._words.starts()
            for row in rows:
                found |= row.parser.starts()
            self._starts = found
        return self._starts
