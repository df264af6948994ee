"""Inflection from tables: a paradigm gives endings, a lexeme gives the stem, alternations join them.

Both directions are served from the same tables: `Inflector.inflect` builds a form,
`Inflector.analyze` says which forms of known lexemes a word can be, without listing all forms.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import regex

from textnorm.errors import PackError
from textnorm.grammar.features import Bundle, Features, merge


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
        self.lemma_endings: dict[str, tuple[str, ...]] = {}
        self.traits: dict[str, Bundle] = {}
        self._alternations = [
            (regex.compile(rule["ending"]), [(str(old), str(new)) for old, new in rule["replace"].items()])
            for rule in alternations
        ]
        for name, table in paradigms.items():
            self._read(name, table)
        self._stems: dict[tuple[str, str], list[Callable[[], Lexeme]]] = {}
        self._endings: dict[str, list[tuple[str, Bundle]]] = {}
        self._irregular: dict[str, list[Analysis]] = {}
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
        self.lemma_endings[name] = tuple(table["lemma"].split())

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
        self._stems.setdefault((self.stem(lemma, paradigm), paradigm), []).append(lexeme)

    def add_irregular(self, lexeme: Lexeme) -> None:
        """Make the forms of an irregular lexeme known to `analyze`."""
        for bundle, form in (lexeme.forms or {}).items():
            self._irregular.setdefault(form, []).append(Analysis(bundle, lexeme.lemma, lexeme.tags))

    def ending(self, paradigm: str, bundle: Bundle) -> str | None:
        """The ending for a full bundle; features that the paradigm does not vary are passed over."""
        return pick(self.forms[paradigm], bundle, self.features)

    def inflect(self, word: Word, bundle: Bundle) -> str | None:
        """The form of `word`, or None if the paradigm lacks it."""
        if not word.paradigm:
            return word.stem
        ending = self.ending(word.paradigm, bundle)
        return None if ending is None else self.join(word.stem, ending, word.alternates)

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
            return pick(lexeme.forms, bundle, self.features)
        forms = []
        for word in lexeme.words:
            form = self.inflect(word, bundle)
            if form is None:
                return None
            forms.append(form)
        return " ".join(forms)

    def analyze(self, word: str) -> list[Analysis]:
        """The readings of a lower-case word as a form of a known lexeme, in order of the tables."""
        found = list(self._irregular.get(word, ()))
        for width in range(min(self._longest, len(word) - 1), -1, -1):
            ending = word[len(word) - width :]
            stem = word[: len(word) - width]
            for paradigm, bundle in self._endings.get(ending, ()):
                for lexeme in self._lookup(stem, ending, paradigm):
                    full = merge(bundle, lexeme.features)
                    if full is not None:
                        found.append(Analysis(full, lexeme.lemma, lexeme.tags))
        return found

    def _lookup(self, stem: str, ending: str, paradigm: str) -> list[Lexeme]:
        built = [build() for build in self._stems.get((stem, paradigm), ())]
        found = [lexeme for lexeme in built if self._fits(lexeme, stem, ending)]
        for pattern, replacements in self._alternations:
            if pattern.match(ending):
                for old, new in replacements:
                    if stem.endswith(new):
                        base = stem[: len(stem) - len(new)] + old
                        softened = (build() for build in self._stems.get((base, paradigm), ()))
                        found += (lexeme for lexeme in softened if lexeme.words[0].alternates)
        return found

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


def pick(forms: Mapping[Bundle, str], bundle: Bundle, features: Features) -> str | None:
    """The form whose features all hold in `bundle`; undecided features take their defaults.

    A table may leave a feature out, or list some values of it only: a form that does not mention a
    feature serves all its values.
    """
    full = tuple(features.default(i) if value is None else value for i, value in enumerate(bundle))
    best: str | None = None
    best_score = -1
    for key, form in forms.items():
        score = 0
        for have, want in zip(key, full, strict=True):
            if have is None:
                continue
            if have != want:
                break
            score += 1
        else:
            if score > best_score:
                best, best_score = form, score
    return best
