"""Lexemes from a pack's tables: lemmas with their paradigms, found by lemma or by a written sign."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from textnorm.errors import Location, PackError
from textnorm.grammar.features import Bundle
from textnorm.grammar.inflect import Inflector, Lexeme
from textnorm.pack.model import Lexicon

if TYPE_CHECKING:
    from textnorm.grammar.grammar import Grammar


class _Entry(NamedTuple):
    key: str
    lemma: str
    paradigm: str
    tags: frozenset[str]
    file: str
    row: int


class Lexemes:
    """All lexemes of a pack, read from their tables when one is first asked for."""

    def __init__(
        self, specs: Sequence[Mapping[str, str]], traits: Mapping[str, str], grammar: Grammar
    ) -> None:
        self._specs, self._traits, self._grammar = specs, traits, grammar
        self._found: dict[str, Lexeme] | None = None
        self._named: dict[str, dict[str, Lexeme]] = {}
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
                return found
        return None

    def load(self) -> dict[str, Lexeme]:
        """Surface → lexeme; an earlier table wins."""
        if self._found is None:
            inflector = self._grammar.inflector
            if inflector is None and self._specs:
                raise PackError("lexemes need features and paradigms")
            self._found = {} if inflector is None else self._read_all(inflector)
        return self._found

    def _read_all(self, inflector: Inflector) -> dict[str, Lexeme]:
        found: dict[str, Lexeme] = {}
        irregular: list[_Entry] = []
        for spec in self._specs:
            if spec.get("irregular") == "on":
                continue
            name = spec.get("name", "")
            target = self._named.setdefault(name, {}) if name else found
            for entry in self._entries(spec):
                if entry.paradigm == "irr":
                    irregular.append(entry)
                    continue
                lexeme = self._lexeme(inflector, entry)
                target.setdefault(plain(entry.key), lexeme)
                if spec.get("analyze", "off" if name else "on") == "on":
                    inflector.add(lexeme)
        self._add_irregular(inflector, irregular, found)
        return found

    def _entries(self, spec: Mapping[str, str]) -> Iterator[_Entry]:
        lexicon = self._grammar.lexicon(spec["table"])
        lemma = lexicon.column(spec.get("lemma", "lemma"))
        paradigm = lexicon.column(spec.get("paradigm", "paradigm"))
        key = lexicon.column(spec["key"]) if "key" in spec else lemma
        tags_at = lexicon.columns.index("tags") if "tags" in lexicon.columns else None
        for number, row in enumerate(lexicon.rows, start=2):
            tags = frozenset(row[tags_at].split()) if tags_at is not None else frozenset()
            if not row[lemma]:
                continue
            yield _Entry(row[key], row[lemma], row[paradigm], tags, lexicon.file, number)

    def _lexeme(self, inflector: Inflector, entry: _Entry) -> Lexeme:
        traits = " ".join(self._traits[tag] for tag in sorted(entry.tags) if tag in self._traits)
        try:
            return inflector.lexeme(entry.lemma, entry.paradigm, entry.tags, traits)
        except PackError as error:
            at = Location(entry.file, entry.row)
            raise PackError(error.message, at=at, remedy=error.remedy) from None

    def _add_irregular(
        self, inflector: Inflector, entries: Sequence[_Entry], found: dict[str, Lexeme]
    ) -> None:
        tags: dict[str, frozenset[str]] = {}
        for entry in entries:
            tags[entry.lemma] = tags.get(entry.lemma, frozenset()) | entry.tags
        for spec in self._specs:
            if spec.get("irregular") != "on":
                continue
            for lemma, forms in self._tables(self._grammar.lexicon(spec["table"])).items():
                lexeme = Lexeme(lemma, (), common(forms), tags.get(lemma, frozenset()), forms)
                inflector.add_irregular(lexeme)
                found.setdefault(plain(lemma), lexeme)
        for entry in entries:
            lexeme_of = found.get(plain(entry.lemma))
            if lexeme_of is None:
                raise PackError(
                    f"{entry.lemma!r} is marked irregular but no irregular table lists it",
                    at=Location(entry.file, entry.row),
                )
            found.setdefault(plain(entry.key), lexeme_of)

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


def common(bundles: Iterable[Bundle]) -> Bundle:
    """The values that all the bundles share."""
    return tuple(values[0] if len(set(values)) == 1 else None for values in zip(*bundles, strict=True))


_LOOSE = dict.fromkeys(map(ord, " \u00a0\u202f\u2009."))


def plain(surface: str) -> str:
    """A sign without the spaces and periods that writers put in at will: 'kv. m' is 'kvm'."""
    return surface.translate(_LOOSE)
