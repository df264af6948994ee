"""Lexemes from a pack's tables: lemmas with their paradigms, found by lemma or by a written sign."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textnorm.errors import Location, PackError
from textnorm.grammar.features import Bundle
from textnorm.grammar.inflect import Inflector, Lexeme
from textnorm.pack.model import Lexicon

if TYPE_CHECKING:
    from textnorm.grammar.grammar import Grammar


class _Entry:
    """A row of a lexeme table; the lexeme is built when it is first asked for."""

    __slots__ = ("_built", "_lexemes", "_where", "lemma", "paradigm", "tags")

    def __init__(
        self, lexemes: Lexemes, lemma: str, paradigm: str, tags: str, where: tuple[str, int]
    ) -> None:
        self._lexemes, self._where = lexemes, where
        self.lemma, self.paradigm, self.tags = lemma, paradigm, tags
        self._built: Lexeme | None = None

    def __call__(self) -> Lexeme:
        if self._built is None:
            try:
                self._built = self._lexemes.build(self.lemma, self.paradigm, self.tags)
            except PackError as error:
                raise PackError(error.message, at=self.at, remedy=error.remedy) from None
        return self._built

    @property
    def at(self) -> Location:
        """Where the row stands."""
        return Location(*self._where)


class Lexemes:
    """All lexemes of a pack, read from their tables when one is first asked for."""

    def __init__(
        self, specs: Sequence[Mapping[str, str]], traits: Mapping[str, str], grammar: Grammar
    ) -> None:
        self._specs, self._traits, self._grammar = specs, traits, grammar
        self._found: dict[str, Callable[[], Lexeme]] | None = None
        self._lock = threading.Lock()
        self._named: dict[str, dict[str, Callable[[], Lexeme]]] = {}
        self._memo: dict[tuple[str, str], Lexeme | None] = {}

    def find(self, surface: str, table_name: str = "") -> Lexeme | None:
        """The lexeme written so, in the table of that name or among all unnamed ones; or None."""
        key = (surface, table_name)
        if key in self._memo:
            return self._memo[key]
        if len(self._memo) > 20_000:
            self._memo.clear()
        found = self._memo[key] = self._find(surface, table_name)
        return found

    def _find(self, surface: str, table_name: str) -> Lexeme | None:
        table = self.load()
        if table_name:
            if table_name not in self._named:
                raise PackError(f"no lexeme table is called {table_name!r}", remedy=" ".join(self._named))
            table = self._named[table_name]
        for form in (surface, plain(surface), plain(surface).lower()):
            found = table.get(form)
            if found is not None:
                return found()
        return None

    def load(self) -> dict[str, Callable[[], Lexeme]]:
        """Surface → what builds the lexeme; an earlier table wins."""
        if self._found is None:
            with self._lock:
                self._found = self._read() if self._found is None else self._found
        return self._found

    def _read(self) -> dict[str, Callable[[], Lexeme]]:
        inflector = self._grammar.inflector
        if inflector is None and self._specs:
            raise PackError("lexemes need features and paradigms")
        return {} if inflector is None else self._read_all(inflector)

    def written(self, name: str = "") -> Iterator[tuple[str, Lexeme]]:
        """(sign, lexeme) of the table of that name, or of all unnamed ones that list signs, in order."""
        for spec in self._specs:
            if spec.get("name", "") != name or (not name and "key" not in spec):
                continue
            lexicon = self._grammar.tables.lexicon(spec["table"])
            lemma = lexicon.column(spec.get("lemma", "lemma"))
            key = lexicon.column(spec["key"]) if "key" in spec else lemma
            for row in lexicon.rows:
                lexeme = self.find(row[key], name)
                if lexeme is not None and lexeme.lemma == row[lemma]:
                    yield row[key], lexeme

    def build(self, lemma: str, paradigm: str, tags: str) -> Lexeme:
        """The lexeme for a row's cells."""
        inflector = self._grammar.inflector
        if inflector is None:
            raise PackError("lexemes need features and paradigms")
        found = frozenset(tags.split())
        traits = " ".join(self._traits[tag] for tag in sorted(found) if tag in self._traits)
        return inflector.lexeme(lemma, paradigm, found, traits)

    def _read_all(self, inflector: Inflector) -> dict[str, Callable[[], Lexeme]]:
        found: dict[str, Callable[[], Lexeme]] = {}
        irregular: list[tuple[str, _Entry]] = []
        for spec in self._specs:
            if spec.get("irregular") == "on":
                continue
            name = spec.get("name", "")
            target = self._named.setdefault(name, {}) if name else found
            analyzed = spec.get("analyze", "off" if name else "on") == "on"
            for key, entry in self._entries(spec):
                if entry.paradigm == "irr":
                    irregular.append((key, entry))
                    continue
                target.setdefault(key, entry)
                if analyzed and " " not in entry.lemma:
                    try:
                        inflector.add(entry.lemma, entry.paradigm, entry)
                    except PackError as error:
                        raise PackError(error.message, at=entry.at, remedy=error.remedy) from None
        self._add_irregular(inflector, irregular, found)
        return found

    def _entries(self, spec: Mapping[str, str]) -> Iterator[tuple[str, _Entry]]:
        lexicon = self._grammar.tables.lexicon(spec["table"])
        lemma = lexicon.column(spec.get("lemma", "lemma"))
        paradigm = lexicon.column(spec.get("paradigm", "paradigm"))
        key = lexicon.column(spec["key"]) if "key" in spec else lemma
        tags_at = lexicon.columns.index("tags") if "tags" in lexicon.columns else None
        for number, row in enumerate(lexicon.rows, start=2):
            if row[lemma]:
                tags = row[tags_at] if tags_at is not None else ""
                entry = _Entry(self, row[lemma], row[paradigm], tags, (lexicon.file, number))
                yield plain(row[key]), entry

    def _add_irregular(
        self,
        inflector: Inflector,
        entries: Sequence[tuple[str, _Entry]],
        found: dict[str, Callable[[], Lexeme]],
    ) -> None:
        tags: dict[str, frozenset[str]] = {}
        for _, entry in entries:
            tags[entry.lemma] = tags.get(entry.lemma, frozenset()) | frozenset(entry.tags.split())
        for spec in self._specs:
            if spec.get("irregular") != "on":
                continue
            for lemma, forms in self._tables(self._grammar.tables.lexicon(spec["table"])).items():
                lexeme = Lexeme(lemma, (), common(forms), tags.get(lemma, frozenset()), forms)
                inflector.add_irregular(lexeme)
                found.setdefault(plain(lemma), partial(_same, lexeme))
        for key, entry in entries:
            known = found.get(plain(entry.lemma))
            if known is None:
                message = f"{entry.lemma!r} is marked irregular but no irregular table lists it"
                raise PackError(message, at=entry.at)
            found.setdefault(key, known)

    def _tables(self, lexicon: Lexicon) -> dict[str, dict[Bundle, str]]:
        """Lemma → forms, from a table whose columns are features and feature values."""
        features = self._grammar.features
        lemma = lexicon.column("lemma")
        forms = [(i, name) for i, name in enumerate(lexicon.columns) if name in features.slot]
        given = [i for i, name in enumerate(lexicon.columns) if name in features.names]
        tables: dict[str, dict[Bundle, str]] = {}
        for row in lexicon.rows:
            base = " ".join(row[i] for i in given)
            table = tables.setdefault(row[lemma], {})
            for index, value in forms:
                if row[index] not in ("", "-"):
                    table[features.parse(f"{base} {value}")] = row[index]
        return tables


def _same(lexeme: Lexeme) -> Lexeme:
    return lexeme


def common(bundles: Iterable[Bundle]) -> Bundle:
    """The values that all the bundles share."""
    return tuple(values[0] if len(set(values)) == 1 else None for values in zip(*bundles, strict=True))


_LOOSE = dict.fromkeys(map(ord, " \u00a0\u202f\u2009."))


def plain(surface: str) -> str:
    """A sign without the spaces and periods that writers put in at will: 'kv. m' is 'kvm'."""
    return surface.translate(_LOOSE)
