"""Readings: named ways to say a field's text, shared by many rules.

A reading is a list of shapes; the first whose pattern matches the whole text (and whose condition
holds) says it, with the pattern's groups as fields.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from textnorm.grammar.code import Predicate
from textnorm.grammar.context import Context, compile_regex
from textnorm.grammar.features import Bundle
from textnorm.grammar.predicates import compile_predicate
from textnorm.grammar.template import Decline, Template, compile_template

if TYPE_CHECKING:
    from textnorm.grammar.grammar import Grammar

_NOWHERE = Context("", 0, 0)


class Reading:
    """One named reading; its shapes are compiled when it is first used."""

    def __init__(self, name: str, shapes: Sequence[Mapping[str, Any]], grammar: Grammar) -> None:
        self._name, self._shapes, self._grammar = name, shapes, grammar
        self._compiled: list[tuple[Any, Predicate | None, Template]] | None = None
        self._memo: dict[tuple[str, Bundle], str] = {}

    def say(self, text: str, bundle: Bundle) -> str:
        """The text said by the first fitting shape; raises Decline if none fits."""
        key = (text, bundle)
        known = self._memo.get(key)
        if known is None:
            if len(self._memo) > 20_000:
                self._memo.clear()
            known = self._memo[key] = self._say(text, bundle)
        return known

    def _say(self, text: str, bundle: Bundle) -> str:
        for pattern, condition, template in self._compile():
            found = pattern.fullmatch(text)
            if found is None:
                continue
            fields = found.groupdict()
            if condition is None or condition(fields, _NOWHERE):
                return template.render(self._grammar, fields, bundle)
        raise Decline(f"reading {self._name!r} has no shape for {text!r}")

    def _compile(self) -> list[tuple[Any, Predicate | None, Template]]:
        if self._compiled is None:
            grammar = self._grammar
            self._compiled = [
                (
                    compile_regex(grammar.expand(shape["match"])),
                    compile_predicate(shape["when"], grammar) if "when" in shape else None,
                    compile_template(shape["say"], grammar.features),
                )
                for shape in self._shapes
            ]
        return self._compiled
