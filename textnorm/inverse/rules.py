"""A rule run backwards: its `say` parsed, its `write` filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from textnorm.engine.compiled import located
from textnorm.errors import PackError
from textnorm.grammar.code import Predicate
from textnorm.grammar.context import Context
from textnorm.grammar.predicates import compile_predicate
from textnorm.grammar.template import Absent, Template, compile_template
from textnorm.inverse.compiler import Compiler, Unreadable
from textnorm.inverse.fields import FieldPatterns
from textnorm.inverse.parsers import Sequence_
from textnorm.inverse.source import Fields, Source, Start
from textnorm.inverse.writing import check, write
from textnorm.pack.model import Rule

_ENDS = 3  # shorter readings at one place that are still of use when the longest does not hold


class Candidate(NamedTuple):
    """A stretch of words and one way to write it."""

    start: int
    end: int
    after: str
    rule: InverseRule
    fields: Mapping[str, str]
    choice: tuple[int, int]  # which reading of the stretch, and which of the rule's writings
    said: str  # the words in the form that the forward rules use


class InverseRule:
    """One rule with `write`."""

    def __init__(self, rule: Rule, compiler: Compiler) -> None:
        self.rule, self._compiler = rule, compiler
        with located(rule):
            macros = rule.macros
            self._fields = FieldPatterns(rule.match, macros, compiler.grammar)
            self._parsers = list(self._sayings(self._fields))
            if not self._parsers:
                raise PackError("no way of saying it can be run backwards")
            self._writings = [self._writing(choice, macros) for choice in _choices(rule.write)]

    def _sayings(self, fields: FieldPatterns) -> Iterator[Sequence_]:
        for choice in [{"say": self.rule.say}] if isinstance(self.rule.say, str) else self.rule.say:
            template = compile_template(choice["say"], self._compiler.grammar.features)
            try:
                yield self._compiler.template(template, fields)
            except Unreadable:
                continue

    def _writing(
        self, choice: Mapping[str, Any], macros: Mapping[str, str]
    ) -> tuple[Predicate | None, Template]:
        grammar = self._compiler.grammar
        template = compile_template(choice["write"], grammar.features)
        check(template)
        condition = choice.get("when")
        if not condition:
            return None, template
        return compile_predicate(self._expand(condition, macros), grammar), template

    def _expand(self, tree: Any, macros: Mapping[str, str]) -> Any:
        if isinstance(tree, str):
            return self._compiler.grammar.expand(tree, macros, self.rule.at)
        if isinstance(tree, Mapping):
            return {key: self._expand(value, macros) for key, value in tree.items()}
        return [self._expand(item, macros) for item in tree]

    def starts(self) -> set[Start]:
        """The words that what it says can begin with."""
        found = {start for parser in self._parsers for start in parser.starts()}
        if not found:
            raise PackError(f"rule {self.rule.id!r}: what it says begins with no word", at=self.rule.at)
        return found

    def after_number(self) -> frozenset[str] | None:
        """The words after the number that all it says begins with; None if there are others."""
        words = [parser.after_number() for parser in self._parsers]
        return None if None in words else frozenset(word for known in words for word in known or ())

    def candidates(
        self, src: Source, pos: int, ends: list[int], line: tuple[int, int]
    ) -> Iterator[Candidate]:
        """Every way to write what is said at `pos`, the longest stretch and the first writing first."""
        found: dict[int, list[Fields]] = {}
        for parser in self._parsers:
            if not parser.may_begin(src, pos, ends):
                continue
            for end, got in parser.parse(src, pos, {}):
                if end > pos and end <= line[1] and _free(src, end):
                    found.setdefault(end, []).append(got)
        for end in sorted(found, reverse=True)[:_ENDS]:
            # A sign for the whole, "km/h", is more usual than one put together of two.
            for rank, got in enumerate(sorted(found[end], key=len)[:_ENDS]):
                yield from self._write(src, pos, end, got, line, rank)

    def _write(
        self, src: Source, start: int, end: int, got: Fields, line: tuple[int, int], rank: int
    ) -> Iterator[Candidate]:
        fields = {name: field.value for name, field in got.items() if name in self._fields}
        at = Context(src.raw[line[0] : line[1]], start - line[0], end - line[0])
        for choice, (test, template) in enumerate(self._writings):
            if test is not None and not test(fields, at):
                continue
            try:
                text = write(template, got, src.raw)
            except Absent:
                continue
            if src.raw[start].isupper() and text[:1].islower():
                text = text[0].upper() + text[1:]
            # The period of an abbreviation also ends the sentence.
            double = (
                text.endswith(".") and src.raw[end : end + 1] == "." and src.raw[end + 1 : end + 2] != "."
            )
            said = _said(src.raw, start, end + double, got)
            yield Candidate(start, end + double, text, self, fields, (rank, choice), said)


def _said(raw: str, start: int, end: int, got: Fields) -> str:
    pieces: list[str] = []
    last = start
    for low, high, usual in sorted({swap for field in got.values() for swap in field.swaps}):
        pieces += raw[last:low], usual
        last = high
    said = "".join([*pieces, raw[last:end]])
    return said[:1].upper() + said[1:] if raw[start].isupper() else said


def _free(src: Source, end: int) -> bool:
    """Whether a phrase can end here: not within a word or a compound."""
    if not src.ends_word(end):
        return False
    return src.text[end : end + 1] not in ("-", "‑") or src.ends_word(end + 1)


def _choices(written: Any) -> list[Mapping[str, Any]]:
    return [{"write": written}] if isinstance(written, str) else list(written)
