"""Government and agreement: the tables of words that ask a case of others, or agree with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textnorm.errors import PackError
from textnorm.grammar.governor_rows import GovernorRows
from textnorm.grammar.governors import GovernorTable
from textnorm.grammar.modifiers import ModifierTable
from textnorm.pack import cache
from textnorm.pack.model import Pack

if TYPE_CHECKING:
    from textnorm.grammar.grammar import Grammar


class Syntax:
    """The governor and modifier tables of a pack, each read when it is first asked for."""

    def __init__(self, pack: Pack, grammar: Grammar) -> None:
        self._pack, self._grammar = pack, grammar
        self._governors: dict[str, GovernorTable] = {}
        self._rows: dict[tuple[tuple[str, ...], str, str], GovernorRows] = {}
        self._modifiers: dict[str, ModifierTable] = {}

    def governor(self, name: str) -> GovernorTable:
        """The governor table called `name`."""
        known = self._governors.get(name)
        if known is None:
            spec = self._pack.grammar.get("governors", {}).get(name)
            if spec is None:
                raise PackError(f"unknown governor table {name!r}", at=self._pack.grammar_at.get("governors"))
            skip = self._grammar.tables.keys(spec["skip"]) if "skip" in spec else ()
            passed = {"pass": self._grammar.expand(spec["pass"])} if "pass" in spec else {}
            known = GovernorTable(
                self._governor_rows((spec["table"], *spec.get("more", ())), spec["key"], spec["value"]),
                {**spec, **passed},
                skip,
                self._grammar.features,
                self._grammar.sentence.abbreviated,
                self._grammar.has_reading,
                self._grammar.tables.keys,
            )
            self._governors[name] = known
        return known

    def _governor_rows(self, tables: tuple[str, ...], key: str, value: str) -> GovernorRows:
        named = (tables, key, value)
        known = self._rows.get(named)
        if known is None:
            known = self._rows[named] = cache.remembered(
                (self._pack.digest, cache.code_version("grammar", "pack"), *tables, key, value),
                lambda: GovernorRows.read(map(self._grammar.tables.lexicon, tables), key, value),
                GovernorRows.data,
                lambda data: GovernorRows(*data),
            )
        return known

    def modifiers(self, name: str) -> ModifierTable:
        """The modifier table called `name`."""
        known = self._modifiers.get(name)
        if known is None:
            spec = self._pack.grammar.get("modifiers", {}).get(name)
            if spec is None or self._grammar.inflector is None:
                raise PackError(f"unknown modifier table {name!r}", at=self._pack.grammar_at.get("modifiers"))
            lexicon = self._grammar.tables.lexicon(spec["table"])
            known = ModifierTable(lexicon, spec, self._grammar.features, self._grammar.inflector)
            self._modifiers[name] = known
        return known
