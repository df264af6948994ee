"""Inflection from tables: a paradigm gives endings, a lexeme gives the stem, alternations join them.

Both directions are served from the same tables: `Inflector.inflect` builds a form,
`Inflector.analyze` says which forms of known lexemes a word can be, without listing all forms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import regex

from textnorm.errors import PackError
from textnorm.grammar.features import Bundle, Features, merge, overlay


class Analysis(NamedTuple):
    """One reading of a word: its features, and the lemma and tags of its lexeme ('' if unknown)."""

    bundle: Bundle
    lemma: str
    tags: frozenset[str]


@dataclass(frozen=True, slots=True)
class Word:
    """An inflected word of a lexeme: `stem` plus endings of `paradigm`; no paradigm: it never changes."""

    stem: str
    paradigm: str
    alternates: bool


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A lemma of one or more words; `features` are those it lends to what agrees with it."""

    lemma: str
    words: tuple[Word, ...]
    features: Bundle
    tags: frozenset[str]
    forms: Mapping[Bundle, str] | None = None  # all forms of an irregular lemma


class Inflector:
    """Paradigms and alternations of a pack."""

    def __init__(
        self,
        features: Features,
        paradigms: Mapping[str, Any],
        alternations: Sequence[Mapping[str, Any]],
        leaf: str,
    ) -> None:
        self.features = features
        self.leaf = features.names.index(leaf)  # the feature along which paradigm rows are listed
        self.forms: dict[str, dict[Bundle, str]] = {}
        self._endings_of: dict[str, FormTable] = {}
        self.lemma_endings: dict[str, tuple[str, ...]] = {}
        self.traits: dict[str, Bundle] = {}
        self._alternations = [
            (regex.compile(rule["ending"]), [(str(old), str(new)) for old, new in rule["replace"].items()])
            for rule in alternations
        ]
        for name, table in paradigms.items():
            self._read(name, table)
        self._stems: dict[str, dict[str, list[Callable[[], Lexeme]]]] = {}  # stem → paradigm → lexemes
        self._softened: dict[str, tuple[tuple[str, str], ...]] = {}  # ending → changes before it
        self._endings: dict[str, list[tuple[str, Bundle]]] = {}
        self._irregular: dict[str, list[Analysis]] = {}
        self._irregular_tables: dict[str, FormTable] = {}
        for name, forms in self.forms.items():
            for bundle, ending in forms.items():
                self._endings.setdefault(ending, []).append((name, bundle))
        self._longest = max(map(len, self._endings), default=0)

    def _read(self, name: str, table: Mapping[str, Any]) -> None:
        rest = {key: value for key, value in table.items() if key not in ("lemma", "is")}
        self.forms[name] = {}
        for bundle, ending in flatten(rest, self.features, self.leaf):
            for variant in ending.split("/")[:1]:
                self.forms[name].setdefault(bundle, variant)
        self.traits[name] = self.features.parse(table.get("is", ""))
        self.lemma_endings[name] = tuple(table["lemma"].split()) or ("",)  # a lemma may be the bare stem

    def lexeme(self, lemma: str, paradigms: str, tags: frozenset[str], traits: str = "") -> Lexeme:
        """The lexeme for a lemma of several words and as many paradigms ('-' for a fixed word)."""
        names = paradigms.split()
        words = lemma.split(" ")
        if len(names) == 1 and len(words) > 1:
            names += ["-"] * (len(words) - 1)
        if len(names) != len(words):
            raise PackError(f"lemma {lemma!r} has {len(words)} words but {len(names)} paradigms")
        built: list[Word] = []
        own = self.features.empty
        for word, name in zip(words, names, strict=True):
            if name == "-":
                built.append(Word(word, "", False))
                continue
            built.append(Word(self.stem(word, name), name, "hard" not in tags))
            own = merge(own, self.traits[name]) or own
        given = self.features.parse(traits) if traits else self.features.empty
        lent = tuple(b if b is not None else a for a, b in zip(own, given, strict=True))
        return Lexeme(lemma, tuple(built), lent, tags)

    def stem(self, word: str, paradigm: str) -> str:
        """The word without the lemma ending of the paradigm; raises PackError if it has none of them."""
        endings = self.lemma_endings.get(paradigm)
        if endings is None:
            raise PackError(f"unknown paradigm {paradigm!r} of {word!r}")
        for ending in endings:
            if word.endswith(ending):
                return word[: len(word) - len(ending)]
        raise PackError(f"{word!r} does not end as paradigm {paradigm!r} wants", remedy=" ".join(endings))

    def add(self, lemma: str, paradigm: str, lexeme: Callable[[], Lexeme]) -> None:
        """Make a one-word lexeme known to `analyze`; it is built when a form of it is met."""
        by_paradigm = self._stems.setdefault(self.stem(lemma, paradigm), {})
        by_paradigm.setdefault(paradigm, []).append(lexeme)

    def add_irregular(self, lexeme: Lexeme) -> None:
        """Make the forms of an irregular lexeme known to `analyze`."""
        for bundle, form in (lexeme.forms or {}).items():
            self._irregular.setdefault(form, []).append(Analysis(bundle, lexeme.lemma, lexeme.tags))

    def ending(self, paradigm: str, bundle: Bundle) -> str | None:
        """The ending for a full bundle; features that the paradigm does not vary are passed over."""
        table = self._endings_of.get(paradigm)
        if table is None:
            table = self._endings_of[paradigm] = FormTable(self.forms[paradigm], self.features)
        return table.pick(bundle)

    def inflect(self, word: Word, bundle: Bundle) -> str | None:
        """The form of `word`, or None if the paradigm lacks it."""
        if not word.paradigm:
            return word.stem
        ending = self.ending(word.paradigm, bundle)
        return None if ending is None else self.join(word.stem, ending, word.alternates)

    def word_forms(self, word: Word) -> Iterator[tuple[Bundle, str]]:
        """Every form of `word` with its features."""
        for bundle, ending in self.forms.get(word.paradigm, {}).items():
            yield bundle, self.join(word.stem, ending, word.alternates)

    def lexeme_forms(self, lexeme: Lexeme) -> Iterator[tuple[Bundle, str]]:
        """Every form of a lexeme of one or more words, with its features."""
        if lexeme.forms is not None:
            yield from lexeme.forms.items()
            return
        bundles = {bundle for word in lexeme.words for bundle in self.forms.get(word.paradigm, ())}
        done: set[tuple[Bundle, str]] = set()
        for bundle in sorted(bundles or {self.features.empty}, key=str):
            full = overlay(bundle, lexeme.features)
            form = self.phrase(lexeme, full)
            if form is not None and (full, form) not in done:
                done.add((full, form))
                yield full, form

    def join(self, stem: str, ending: str, alternates: bool = True) -> str:
        """Stem plus ending, with the pack's consonant alternation at the seam."""
        if alternates:
            for pattern, replacements in self._alternations:
                if pattern.match(ending):
                    for old, new in replacements:
                        if stem.endswith(old):
                            return stem[: len(stem) - len(old)] + new + ending
        return stem + ending

    def phrase(self, lexeme: Lexeme, bundle: Bundle) -> str | None:
        """All words of a lexeme in the form asked for, or None if it lacks that form."""
        if lexeme.forms is not None:
            return self._irregular_form(lexeme, bundle)
        forms = []
        for word in lexeme.words:
            form = self.inflect(word, bundle)
            if form is None:
                return None
            forms.append(form)
        return " ".join(forms)

    def _irregular_form(self, lexeme: Lexeme, bundle: Bundle) -> str | None:
        table = self._irregular_tables.get(lexeme.lemma)
        if table is None:
            table = self._irregular_tables[lexeme.lemma] = FormTable(lexeme.forms or {}, self.features)
        return table.pick(bundle)

    def analyze(self, word: str) -> list[Analysis]:
        """The readings of a lower-case word as a form of a known lexeme, in order of the tables."""
        found = list(self._irregular.get(word, ()))
        for width in range(min(self._longest, len(word) - 1), -1, -1):
            split = len(word) - width
            listed = self._endings.get(word[split:])
            if listed is not None:
                self._read_stem(word[:split], word[split:], listed, found)
        return found

    def _read_stem(
        self, stem: str, ending: str, listed: list[tuple[str, Bundle]], found: list[Analysis]
    ) -> None:
        plain = self._stems.get(stem)
        bases = (
            self._stems.get(stem[: len(stem) - len(new)] + old) for old, new in self._changes(stem, ending)
        )
        softened = [base for base in bases if base is not None]
        if plain is None and not softened:
            return
        for paradigm, bundle in listed:
            lexemes = [build() for build in plain.get(paradigm, ())] if plain else []
            lexemes = [lexeme for lexeme in lexemes if self._fits(lexeme, stem, ending)]
            for base in softened:
                lexemes += (x for x in (build() for build in base.get(paradigm, ())) if x.words[0].alternates)
            for lexeme in lexemes:
                full = merge(bundle, lexeme.features)
                if full is not None:
                    found.append(Analysis(full, lexeme.lemma, lexeme.tags))

    def _changes(self, stem: str, ending: str) -> list[tuple[str, str]]:
        """Consonant changes before the ending whose result the stem shows."""
        known = self._softened.get(ending)
        if known is None:
            rules = (changes for pattern, changes in self._alternations if pattern.match(ending))
            known = self._softened[ending] = tuple(change for changes in rules for change in changes)
        return [(old, new) for old, new in known if stem.endswith(new)]

    def _fits(self, lexeme: Lexeme, stem: str, ending: str) -> bool:
        """A stem that alternates before this ending cannot stand before it unchanged."""
        return self.join(stem, ending, lexeme.words[0].alternates) == stem + ending


def flatten(tree: Any, features: Features, leaf: int, path: tuple[str, ...] = ()) -> list[tuple[Bundle, str]]:
    """All (bundle, form) of a nested table: keys are feature values, lists run along the leaf feature.

    A form '-' marks a gap. A plain string holds whatever the leaf feature says.
    """
    if isinstance(tree, Mapping):
        return [
            pair
            for key, value in tree.items()
            for pair in flatten(value, features, leaf, (*path, *str(key).split()))
        ]
    base = features.parse(" ".join(path))
    if isinstance(tree, str):
        return [] if tree == "-" else [(base, tree)]
    values = features.values[features.names[leaf]]
    if len(tree) > len(values):
        raise PackError(f"{len(tree)} forms for {len(values)} values of {features.names[leaf]}")
    pairs = []
    for value, form in zip(values, tree, strict=False):
        if form != "-":
            bundle = list(base)
            bundle[leaf] = value
            pairs.append((tuple(bundle), form))
    return pairs


class FormTable:
    """Forms by their features; answers are kept.

    A table may leave a feature out, or list some values of it only: a form that does not mention a
    feature serves all its values. Features that a bundle leaves open take their defaults.
    """

    def __init__(self, forms: Mapping[Bundle, str], features: Features) -> None:
        self.forms = forms
        used = {slot for bundle in forms for slot, value in enumerate(bundle) if value is not None}
        self._slots = tuple((slot, features.default(slot)) for slot in sorted(used))
        self._memo: dict[tuple[str, ...], str | None] = {}

    def pick(self, bundle: Bundle) -> str | None:
        """The form whose features all hold in `bundle`, the one that names most of them; or None."""
        key = tuple([bundle[slot] or default for slot, default in self._slots])
        if key in self._memo:
            return self._memo[key]
        wanted = {slot: value for (slot, _), value in zip(self._slots, key, strict=True)}
        best: str | None = None
        most = -1
        for have, form in self.forms.items():
            named = [(slot, value) for slot, value in enumerate(have) if value is not None]
            if len(named) > most and all(wanted[slot] == value for slot, value in named):
                best, most = form, len(named)
        self._memo[key] = best
        return best
