"""Clusters words of a pack's language by one of several methods, each with a canonical spelling."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from textnorm.cluster.contexts import Corpus
from textnorm.cluster.edits import EditModel
from textnorm.cluster.lexvar import lex_var
from textnorm.cluster.phonetic import PhoneticKey
from textnorm.cluster.similarity import PUBLISHED, THRESHOLD, Similarity
from textnorm.cluster.variants import Variants, canonical
from textnorm.errors import PackError
from textnorm.pack.hints import near
from textnorm.pack.load import load_pack
from textnorm.pack.model import Lexicon, Pack


class Cluster(NamedTuple):
    """Words that are spellings of one, the most frequent first, and the one that stands for them."""

    words: tuple[str, ...]
    canonical: str


class Clusterer:
    """The phonetic keys and variant models of a pack, ready to cluster words."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self._variants: Mapping[str, Mapping[str, Any]] = pack.grammar.get("variants", {})
        at = pack.grammar_at.get("phonetics")
        self._keys = {
            name: PhoneticKey(name, spec, at) for name, spec in pack.grammar.get("phonetics", {}).items()
        }
        if not self._keys:
            raise PackError(
                f"pack {pack.name!r} has no phonetic keys",
                remedy="describe some in its grammar",
            )

    def key(self, name: str = "") -> PhoneticKey:
        """The phonetic key called `name`; the first of the pack if it is empty."""
        if name and name not in self._keys:
            raise PackError(f"no phonetic key is called {name!r}", remedy=near(name, self._keys))
        return self._keys[name or next(iter(self._keys))]

    def vowels(self) -> frozenset[str]:
        """The vowels, in lower case, that the phonetic keys of the pack leave out."""
        specs: Mapping[str, Mapping[str, Any]] = self.pack.grammar.get("phonetics", {})
        return frozenset(vowel.lower() for spec in specs.values() for vowel in spec.get("vowels", ()))

    def variants(self, name: str = "", threshold: float | None = None) -> Variants:
        """The variant model called `name`, the first of the pack if empty; `threshold` replaces its own."""
        if not self._variants or (name and name not in self._variants):
            what = (
                f"no variants are called {name!r}" if name else f"pack {self.pack.name!r} groups no variants"
            )
            raise PackError(what, remedy=near(name, self._variants) or "use the methods key or lex-var")
        spec = self._variants[name or next(iter(self._variants))]
        at = self.pack.grammar_at.get("variants")
        try:
            bar = float(spec["threshold"]) if threshold is None else threshold
        except ValueError:
            raise PackError(f"threshold {spec['threshold']!r} is no number", at=at) from None
        model = EditModel(_weights(self.pack.lexicons[spec["edits"]]))
        return Variants(self.key(spec["key"]), self.key(spec["block"]), spec["units"], model, bar)

    def by_edits(self, counts: Mapping[str, int], threshold: float | None = None) -> list[Cluster]:
        """Clusters of the pack's variant model; `threshold` is in log-odds."""
        return _clusters(self.variants(threshold=threshold).cluster(list(counts)), counts)

    def by_key(self, counts: Mapping[str, int], name: str = "") -> list[Cluster]:
        """One cluster for each code; words without a code stand alone."""
        found: dict[tuple[str, str], list[str]] = {}
        for word, code in zip(counts, self.key(name).codes(list(counts)), strict=True):
            found.setdefault((code, "" if code else word), []).append(word)
        return _clusters(found.values(), counts)

    def by_lex_var(
        self,
        corpus: Corpus,
        name: str = "",
        *,
        weights: Mapping[str, float] = PUBLISHED,
        threshold: float = THRESHOLD,
        start: str = "key",
    ) -> list[Cluster]:
        """Lex-Var over the words of a corpus; without contexts only code and spelling are weighed."""
        words = list(corpus.counts)
        codes = dict(zip(words, self.key(name).codes(words), strict=True))
        contexts = corpus.contexts if corpus.contexts.next else None
        found = lex_var(words, Similarity(codes, contexts, weights, threshold), start=start)
        return _clusters(found, corpus.counts)


def load_clusterer(name: str, *, rules: Sequence[str] = ()) -> Clusterer:
    """The clusterer for a language, e.g. `load_clusterer("ur-Latn")`; `rules` as in `textnorm.load`."""
    return Clusterer(load_pack(name, rules=rules, tests=False))


def _clusters(found: Iterable[Sequence[str]], counts: Mapping[str, int]) -> list[Cluster]:
    """Clusters in the order of their most frequent words."""
    ordered = [tuple(sorted(words, key=lambda word: (-counts[word], word))) for words in found]
    ordered.sort(key=lambda words: (-counts[words[0]], words[0]))
    return [Cluster(words, canonical(words, counts)) for words in ordered]


def _weights(table: Lexicon) -> dict[str, float]:
    missing = [name for name in ("edit", "weight") if name not in table.columns]
    if missing:
        raise PackError(f"table {table.name} has no column {missing[0]!r}")
    name, value = table.column("edit"), table.column("weight")
    try:
        return {row[name]: float(row[value]) for row in table.rows}
    except ValueError as error:
        raise PackError(f"table {table.name}: {error}", remedy="weights are numbers such as -1.25") from None
