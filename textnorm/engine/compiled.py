"""A rule made ready to run: its pattern, its conditions, its way of writing the match out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext, suppress
from typing import Any, NamedTuple

import regex

from textnorm.engine.shape import Shape
from textnorm.engine.shape import shape as shape_of
from textnorm.errors import PackError
from textnorm.grammar.code import Predicate
from textnorm.grammar.context import (
    TIMEOUT,
    Context,
    ahead,
    behind,
    compile_regex,
    compiling_late,
)
from textnorm.grammar.features import Bundle
from textnorm.grammar.grammar import Grammar
from textnorm.grammar.predicates import compile_predicate
from textnorm.grammar.resolve import Decision, Resolver
from textnorm.grammar.template import Decline, Template, compile_template
from textnorm.pack.model import Rule


class Reading(NamedTuple):
    """How a match is written out."""

    text: str
    guessed: int  # the features, as bits, that only a default decided
    bundles: tuple[Bundle, ...]


class Slow(Exception):
    """A pattern of a rule takes too long on a line."""

    def __init__(self, rule: CompiledRule) -> None:
        super().__init__(rule.id)
        self.rule = rule


class CompiledRule:
    """One rule; everything costly is compiled when the rule first has something to do."""

    def __init__(
        self, rule: Rule, grammar: Grammar, rank: int, foreign: bool = False, shape: Shape | None = None
    ) -> None:
        self.rule, self.grammar, self.rank, self.foreign = rule, grammar, rank, foreign
        self.id = rule.id
        self.weight = -rule.priority  # sorts before heavier ones
        if shape is None:
            with located(rule):
                shape = shape_of(rule, grammar)
        self.shape = shape
        self.anchored, self.on_digit = shape.anchored, shape.on_digit
        self._pattern: Any = None
        self.find: Callable[[str, int], Any] = self._find  # (line, pos): the match at `pos`, or None
        self._names: tuple[str, ...] | None = None  # of the groups in order, if all have one
        self._ready = False
        self._tests: list[tuple[str, Predicate]] = []
        self._resolver: Resolver | None = None
        self._say: list[tuple[Predicate | None, Template]] = []
        self._more: list[tuple[str, Template]] = []
        self._used: list[tuple[str, ...]] = []
        self._memo: dict[tuple[Any, ...], str | Decline] = {}

    @property
    def pattern(self) -> Any:
        """The compiled pattern, bounds included."""
        if self._pattern is None:
            flags = regex.MULTILINE | (regex.IGNORECASE if self.rule.ignore_case else 0)
            with located(self.rule):
                self._pattern = compile_regex(
                    f"{self.shape.left}(?:{self.shape.source}){self.shape.right}", flags
                )
        return self._pattern

    def fields(self, match: Any) -> dict[str, Any]:
        """The named groups of a match; those that took no part are None."""
        names = self._names
        if names is None:
            index = self.pattern.groupindex
            if len(index) < self.pattern.groups:
                found: dict[str, Any] = match.groupdict()
                return found
            names = self._names = tuple(sorted(index, key=index.__getitem__))
        return dict(zip(names, match.groups(), strict=True))

    def _find(self, line: str, pos: int) -> Any:
        """The first search: the pattern is compiled, and found by its own method from then on.

        Rules from the user's own files are stopped after TIMEOUT; the packs' own are linted instead,
        since the clock costs more than the match.
        """
        self.find = self._find_in_time if self.foreign else self.pattern.match
        return self.find(line, pos)

    def _find_in_time(self, line: str, pos: int) -> Any:
        try:
            return self.pattern.match(line, pos, timeout=TIMEOUT)
        except TimeoutError:
            raise Slow(self) from None

    def too_slow(self, text: str, pos: int) -> PackError:
        """The error for a pattern of the rule that takes too long on the line around `pos`."""
        number = text.count("\n", 0, pos) + 1
        return PackError(
            f"rule {self.id!r}: a pattern takes too long on line {number} of the text",
            at=self.rule.at,
            remedy="find it with 'textnorm rules lint' and bound its repetitions",
        )

    def prepare(self, *, late: bool = False) -> None:
        """Compile conditions, cues and templates; raises PackError where they are wrong.

        With `late`, patterns of conditions and cues are compiled when they are first asked for.

        Nothing is visible to other threads before all of it is ready.
        """
        rule, grammar = self.rule, self.grammar
        with located(rule), compiling_late() if late else nullcontext():
            pattern = self.pattern
            tests = self._conditions()
            resolver = Resolver(self._expand(rule.resolve), grammar) if rule.resolve else None
            says = [self._saying(choice) for choice in _choices(rule.say)]
            more = [(name, self._template(source)) for name, source in rule.fields.items()]
        self._pattern, self._tests, self._resolver, self._say = pattern, tests, resolver, says
        self._more = more
        self._used = [tuple(template.fields()) for _, template in says]
        self._ready = True

    def _conditions(self) -> list[tuple[str, Predicate]]:
        rule = self.rule
        tests: list[tuple[str, Predicate]] = []
        if rule.when:
            tests.append(("when", compile_predicate(self._expand(rule.when), self.grammar)))
        if rule.before:
            tests.append(("before", _captures(behind(self._expand(rule.before)))))
        if rule.after:
            tests.append(("after", _captures(ahead(self._expand(rule.after)))))
        if rule.unless:
            tests.append(("unless", compile_predicate({"not": self._expand(rule.unless)}, self.grammar)))
        return tests

    def _saying(self, choice: Mapping[str, Any]) -> tuple[Predicate | None, Template]:
        template = self._template(choice["say"])
        condition = choice.get("when")
        return (
            compile_predicate(self._expand(condition), self.grammar) if condition else None,
            template,
        )

    def _template(self, source: str) -> Template:
        template = compile_template(source, self.grammar.features)
        for call in template.calls():
            self.grammar.check_call(call)
        return template

    def _expand(self, tree: Any) -> Any:
        """The tree with the rule's macros written out in all its strings."""
        if isinstance(tree, str):
            return self.grammar.expand(tree, self.rule.macros, self.rule.at)
        if isinstance(tree, Mapping):
            return {key: self._expand(value) for key, value in tree.items()}
        return [self._expand(item) for item in tree]

    def fails(self, fields: Mapping[str, str], at: Context) -> str:
        """The name of the first condition that does not hold, or ''."""
        if not self._ready:
            self.prepare(late=True)
        for name, test in self._tests:
            if not test(fields, at):
                return name
        return ""

    def read(self, fields: Mapping[str, str], at: Context) -> Reading:
        """The match written out; raises Decline where it cannot be."""
        if not self._ready:
            self.prepare(late=True)
        if self._resolver is None:
            bundles: tuple[Bundle, ...] = (self.grammar.features.empty,)
            guessed = 0
        else:
            bundles, guessed = self._resolver.resolve(fields, at)
        for index, (test, template) in enumerate(self._say):
            if test is not None and not test(fields, at):
                continue
            return Reading(self._render(index, template, fields, bundles[0]), guessed, bundles)
        raise Decline("no way of saying it fits")

    def more(self, reading: Reading, fields: Mapping[str, str]) -> dict[str, str]:
        """The fields that the rule adds to its edit; those that are empty or cannot be said are left out."""
        found: dict[str, str] = {}
        for name, template in self._more:
            with suppress(Decline):
                if said := template.render(self.grammar, fields, reading.bundles[0]):
                    found[name] = said
        return found

    def options(
        self, fields: Mapping[str, str], at: Context, reading: Reading
    ) -> dict[str, tuple[Bundle, ...]]:
        """All ways to say a match, the one that is used first, with the features that lead to each.

        There is more than one only where the match rests on a default.
        """
        found: dict[str, tuple[Bundle, ...]] = {reading.text: ()}
        if self._resolver is None or (not reading.guessed and len(reading.bundles) == 1):
            return {reading.text: reading.bundles[:1]}
        for index, (test, template) in enumerate(self._say):
            if test is None or test(fields, at):
                for bundle in self._resolver.guesses(fields, at):
                    try:
                        said = self._render(index, template, fields, bundle)
                    except Decline:
                        continue
                    found[said] = (*found.get(said, ()), bundle)
                break
        return found

    def decisions(self, fields: Mapping[str, str], at: Context) -> tuple[Decision, ...]:
        """Which cue settled which features of the match, in order."""
        return () if self._resolver is None else self._resolver.decisions(fields, at)

    def _render(self, index: int, template: Template, fields: Mapping[str, str], bundle: Bundle) -> str:
        key = (index, bundle, *map(fields.get, self._used[index]))
        known = self._memo.get(key)
        if known is None:
            if len(self._memo) > 10_000:
                self._memo.clear()
            try:
                known = template.render(self.grammar, fields, bundle)
            except Decline as decline:
                known = decline
            self._memo[key] = known
        if isinstance(known, Decline):
            raise known
        return known


def _choices(say: Any) -> list[Mapping[str, Any]]:
    return [{"say": say}] if isinstance(say, str) else list(say)


def _captures(find: Callable[[Context], Any]) -> Predicate:
    """Whether `find` finds something; its named groups become fields."""

    def test(fields: Any, at: Context) -> bool:
        found = find(at)
        if found is None:
            return False
        if found.re.groupindex:
            fields.update(found.groupdict())
        return True

    return test


class located:
    """Adds a rule's place to a PackError that does not name one."""

    def __init__(self, rule: Rule) -> None:
        self._rule = rule

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, PackError) and error.at is None:
            raise PackError(
                f"rule {self._rule.id!r}: {error.message}", at=self._rule.at, remedy=error.remedy
            ) from None
