"""The tables of a pack: its lexicons, and the spellings and endings that the grammar lists itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from textnorm.errors import PackError
from textnorm.grammar.choices import Choices
from textnorm.grammar.features import Bundle, Features
from textnorm.grammar.lexemes import plain
from textnorm.pack.model import Lexicon, Pack


class Tables:
    """Tables by name, each made ready when it is first asked for.

    A name is `pack/name` of a lexicon, with `.column` for another column than the usual one, or what
    the grammar calls a table of its own.
    """

    def __init__(self, pack: Pack, features: Features) -> None:
        self._lexicons, self._parse = pack.lexicons, features.parse
        self._tree: Mapping[str, Any] = pack.grammar
        self._keys: dict[str, frozenset[str]] = {}
        self._spelling: dict[str, dict[str, str]] = {}
        self._loose: dict[str, dict[str, str]] = {}
        self._choices: dict[str, Choices] = {}
        self._features: dict[str, dict[str, tuple[Bundle, ...]]] = {}

    def lexicon(self, name: str) -> Lexicon:
        """The TSV table `pack/name`."""
        found = self._lexicons.get(name.partition(".")[0])
        if found is None:
            raise PackError(f"unknown lexicon {name!r}", remedy=f"put it at data/{name}.tsv")
        return found

    def keys(self, name: str) -> frozenset[str]:
        """The entries of a lexicon's first (or named: 'pack/name.column') column."""
        known = self._keys.get(name)
        if known is None:
            lexicon = self.lexicon(name)
            column = name.partition(".")[2]
            index = lexicon.column(column) if column else 0
            known = self._keys[name] = frozenset(row[index] for row in lexicon.rows)
        return known

    def lookup(self, name: str, key: str) -> str | None:
        """The value beside `key`: in the named column, or in the second one."""
        return self.mapping(name).get(key)

    def mapping(self, name: str) -> Mapping[str, str]:
        """All of a spelling table or lexicon that `lookup` reads."""
        known = self._spelling.get(name)
        if known is None:
            known = self._spelling[name] = self._mapping(name)
        return known

    def _mapping(self, name: str) -> dict[str, str]:
        inline = self._tree.get("spelling", {}).get(name)
        if isinstance(inline, Mapping):
            return dict(inline)
        lexicon = self.lexicon(inline or name)
        column = (inline or name).partition(".")[2]
        index = lexicon.column(column) if column else 1
        table: dict[str, str] = {}
        for row in lexicon.rows:
            table.setdefault(row[0], row[index])
        return table

    def lookup_loose(self, name: str, key: str) -> str | None:
        """The value beside `key`; failing that, in any letter case, with or without spaces and periods."""
        exact = self.lookup(name, key)
        if exact is not None:
            return exact
        known = self._loose.get(name)
        if known is None:
            known = {}
            for entry, value in self.mapping(name).items():
                known.setdefault(plain(entry), value)
                known.setdefault(plain(entry.lower()), value)
            self._loose[name] = known
        found = known.get(plain(key))
        return known.get(plain(key.lower())) if found is None else found

    def choice(self, name: str, word: str, before: str, after: str) -> str | None:
        """What the table says of a word between these neighbours; None if no row fits."""
        known = self._choices.get(name)
        if known is None:
            table, _, column = name.partition(".")
            lexicon = self.lexicon(table)
            known = self._choices[name] = Choices(lexicon, column or lexicon.columns[-1], plain)
        return known.read(word, before, after)

    def feature_table(self, name: str) -> dict[str, tuple[Bundle, ...]]:
        """Written ending → its analyses."""
        known = self._features.get(name)
        if known is None:
            inline = self._tree.get("tables", {}).get(name)
            rows = inline.items() if isinstance(inline, Mapping) else (r[:2] for r in self.lexicon(name).rows)
            known = self._features[name] = {
                key: tuple(self._parse(value) for value in listed.split()) for key, listed in rows
            }
        return known
