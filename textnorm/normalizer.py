"""The normalizer: a pack made ready to run, under one choice of options."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from textnorm.document import Document, Edit, Loser, compose, place
from textnorm.engine.capitals import CapitalStage, LowerStage
from textnorm.engine.case import CaseStage
from textnorm.engine.charmap import CharmapStage
from textnorm.engine.compiled import CompiledRule
from textnorm.engine.lexicon import LexiconStage
from textnorm.engine.placed import LinesStage, PlacedStage
from textnorm.engine.rules import UNCERTAIN, RuleStage
from textnorm.engine.shape import Shape, shapes
from textnorm.engine.spaces import SpacesStage
from textnorm.engine.tokenwise import TokensStage, chained
from textnorm.engine.unicode import UnicodeStage
from textnorm.engine.words import WordsStage
from textnorm.errors import PackError
from textnorm.grammar.grammar import Grammar
from textnorm.pack.load import load_pack
from textnorm.pack.model import (
    Case,
    Charmap,
    Fallback,
    LexiconMap,
    Pack,
    Restore,
    Rule,
    Spaces,
    Spelling,
    Stage,
    Transliterate,
    Unicode,
    WordRewrite,
)
from textnorm.pack.places import rules_dir
from textnorm.selection import Spec, is_chosen, is_selected, options_of, stages_of


class _Pass(Protocol):
    def apply(self, text: str) -> str: ...

    def edits(self, text: str) -> list[Edit]: ...


@runtime_checkable
class _Reporting(Protocol):
    reports: bool  # `edits` can list what was not used

    def edits(self, text: str, losers: list[Loser] | None = None) -> list[Edit]: ...


@runtime_checkable
class _Asking(Protocol):
    asks: bool  # a model is asked about words, but not about what earlier passes made

    def edits(self, text: str, made: Sequence[tuple[int, int]] = ()) -> list[Edit]: ...


class Normalizer:
    """Normalizes text, line by line independently; safe to share between threads, and picklable."""

    def __init__(self, spec: Spec, pack: Pack | None = None) -> None:
        if spec.uncertain not in UNCERTAIN:
            raise PackError(
                f"uncertain readings cannot be {spec.uncertain!r}", remedy=f"one of: {' '.join(UNCERTAIN)}"
            )
        self.spec = spec
        self.pack = pack if pack is not None else load_pack(spec.name, rules=spec.rules, tests=False)
        self._own_pack = pack is not None
        self.options = options_of(self.pack, spec.options)
        self._lock = threading.Lock()
        self.grammar = Grammar(self.pack, self.options)
        stages = stages_of(self.pack, spec)
        self._passes = self._backwards(stages) if spec.inverse else self._forwards(stages)
        self._quick = chained(self._passes)
        self._guarded = _follows_rules(self._passes)
        self._folds = self._passes if spec.layers is not None or self.pack.key is None else None

    @classmethod
    def from_pack(
        cls,
        pack: Pack,
        *,
        options: Mapping[str, str] | None = None,
        layers: Sequence[str] | None = None,
        only: Sequence[str] = (),
        off: Sequence[str] = (),
        uncertain: str = "best",
    ) -> Normalizer:
        """A normalizer for a pack that is already loaded."""
        spec = Spec(
            pack.name,
            only=tuple(only),
            off=tuple(off),
            layers=None if layers is None else tuple(layers),
            options=dict(options or {}),
            uncertain=uncertain,
        )
        return cls(spec, pack)

    def __reduce__(self) -> tuple[Any, ...]:
        if self._own_pack:
            return Normalizer, (self.spec, self.pack)
        return Normalizer, (self.spec,)

    def __call__(self, text: str) -> str:
        """The normalized text; the number of lines never changes."""
        if self._guarded:
            return self.explain(text).text  # which knows what was made where
        for step in self._quick:
            text = step.apply(text)
        return text

    def explain(self, text: str, why: bool = False) -> Document:
        """The normalized text with every edit; with `why`, also the matches that were not used.

        Offsets of losers are those of the text that their stage saw.
        """
        edits: tuple[Edit, ...] = ()
        losers: list[Loser] = []
        current = text
        for step in self._passes:
            if why and isinstance(step, _Reporting):
                found = place(step.edits(current, losers))
            elif isinstance(step, _Asking):
                found = place(step.edits(current, self._made(edits)))
            else:
                found = place(step.edits(current))
            after = "".join(_spliced(current, found))
            edits = compose(text, edits, current, found)
            current = after
        return Document(text, current, tuple(edits), tuple(losers))

    def _made(self, edits: Sequence[Edit]) -> list[tuple[int, int]]:
        """Where in the output the edits of passes stand, other than those of Unicode normalization."""
        forms = {item.id for stage in self.pack.stages if stage.kind == "unicode" for item in stage.items}
        made = (edit for edit in edits if not forms.issuperset(edit.rule.split("+")))
        return [(edit.out_start, edit.out_end) for edit in made]

    def nbest(self, text: str, count: int) -> list[str]:
        """At most `count` different readings of the text, the likeliest first."""
        return self.explain(text).nbest(count)

    def pipe(
        self,
        texts: Iterable[Any],
        as_tuples: bool = False,
        batch_size: int = 1000,
        n_process: int = 1,
    ) -> Iterator[Any]:
        """Normalized texts in order; with `as_tuples`, (text, context) pairs in and out.

        `batch_size` texts go to a worker process at a time when `n_process` is above 1.
        """
        from textnorm.stream.batches import pipe

        return pipe(self, texts, as_tuples=as_tuples, batch_size=batch_size, n_process=n_process)

    def fold(self, text: str) -> str:
        """The text with what comparison disregards made alike: the layers that the pack names for keys.

        These are `layers` where they were given, and the default ones in packs that name none. To score
        one text against another fold both; what is folded has lost information and is not for keeping.
        """
        if self._folds is None:
            names = self.pack.key or ()
            self._folds = self._forwards([stage for stage in self.pack.stages if stage.layer in names])
        for step in self._folds:
            text = step.apply(text)
        return text

    def key(self, text: str) -> str:
        """A key under which texts compare equal: folded, in lower case, white space collapsed."""
        return " ".join(self.fold(text).casefold().split())

    @property
    def signature(self) -> str:
        """Name, version and a short hash of rules and options, to be printed with results."""
        spec = self.spec
        chosen = [
            f"{name}={value}"
            for name, value in sorted(self.options.items())
            if value != self.pack.options[name].default
        ]
        parts = {"only": spec.only, "off": spec.off, "layers": spec.layers or (), "opt": chosen}
        shown = [f"{name}:{','.join(values)}" for name, values in parts.items() if values]
        if spec.uncertain != "best":
            shown.append(f"uncertain:{spec.uncertain}")
        if spec.inverse:
            shown.append("inverse")
        if spec.source:
            shown.append(f"from:{spec.source}")
        if spec.target:
            shown.append(f"to:{spec.target}")
        digest = hashlib.sha256("|".join([self.pack.digest, *shown]).encode()).hexdigest()[:10]
        return "|".join([self.pack.name, f"v:{self.pack.version}", *shown, f"rules:{digest}"])

    def rules(self) -> Iterator[CompiledRule]:
        """All compiled rules, in the order of their stages."""
        for step in self._passes:
            if isinstance(step, RuleStage):
                yield from step.rules

    def _forwards(self, stages: Sequence[Stage]) -> list[_Pass]:
        return [step for stage in stages for step in self._build(stage)]

    def _backwards(self, stages: Sequence[Stage]) -> list[_Pass]:
        """Unicode forms first, then the rules that say how they are written, the last stage first."""
        from textnorm.inverse.stage import InverseStage, inverse_rules

        steps = [step for stage in stages if stage.kind == "unicode" for step in self._build(stage)]
        rules = [
            item
            for stage in reversed(stages)
            for item in stage.items
            if isinstance(item, Rule) and is_selected(item, self.spec)
        ]
        return [
            *steps,
            InverseStage(inverse_rules(iter(rules), self.pack.name), self.grammar, self._readers()),
        ]

    def _readers(self) -> list[Callable[[], Normalizer]]:
        """What builds the forward normalizer, and those with one style option chosen otherwise."""
        chosen = [self.options]
        for name, option in self.pack.options.items():
            others = (value for value in option.values if value != self.options[name])
            chosen += ({**self.options, name: value} for value in others)
        pack = self.pack
        plain = replace(self.spec, inverse=False, only=(), off=())
        if plain.uncertain == "mark":
            plain = replace(plain, uncertain="best")
        specs = [replace(plain, options=options) for options in chosen]
        return [partial(Normalizer, spec, pack if self._own_pack else None) for spec in specs]

    def _build(self, stage: Stage) -> list[_Pass]:
        items = [item for item in stage.items if is_selected(item, self.spec)]
        if not items:
            return []
        if stage.kind == "rules":
            return [self._rule_stage([item for item in items if isinstance(item, Rule)])]
        if stage.kind == "charmap":
            return self._charmap_stage([item for item in items if isinstance(item, Charmap)])
        if stage.kind == "lexicon":
            tables = [item for item in items if isinstance(item, LexiconMap)]
            return [LexiconStage(tables, self.pack.lexicons)]
        if stage.kind == "case":
            return self._case_stages([item for item in items if isinstance(item, Case)])
        if stage.kind == "words":
            return self._words_stages([item for item in items if isinstance(item, WordRewrite)])
        if stage.kind == "spelling":
            return [self._spelling_stage([item for item in items if isinstance(item, Spelling)])]
        if stage.kind == "spaces":
            return [SpacesStage([item for item in items if isinstance(item, Spaces)])]
        if stage.kind == "unicode":
            forms = [item for item in items if isinstance(item, Unicode)]
            return [UnicodeStage(item) for item in forms if is_chosen(item.option, self.options)]
        if stage.kind == "restore":
            return [self._restoration(item) for item in items if isinstance(item, Restore)]
        if stage.kind == "fallback":
            return [self._fallback(item) for item in items if isinstance(item, Fallback)]
        if stage.kind == "transliterate":
            return [self._transliteration(item) for item in items if isinstance(item, Transliterate)]
        raise PackError(f"unknown stage {stage.kind!r}", at=stage.at)

    def _charmap_stage(self, charmaps: Sequence[Charmap]) -> list[_Pass]:
        """One pass for all maps that the options leave, and one for each map that is about certain lines."""
        used = [charmap for charmap in charmaps if is_chosen(charmap.option, self.options)]
        expand = self.grammar.expand
        passes: list[_Pass] = [LinesStage(charmap, expand) for charmap in used if charmap.lines]
        rest = [charmap for charmap in used if not charmap.lines]
        if any(charmap.placed for charmap in rest):
            passes.append(PlacedStage(rest, expand))
        elif rest:
            passes.append(CharmapStage(rest, self.pack.lexicons))
        return passes

    def _case_stages(self, items: Sequence[Case]) -> list[_Pass]:
        """One pass that folds, and one for each file that sets the case of some words."""
        folding = [item for item in items if item.make == "folded"]
        passes: list[_Pass] = [CaseStage(folding)] if folding else []
        for item in items:
            if item.make == "lower":
                passes.append(LowerStage(item, self.pack.lexicons))
            elif item.make == "capital":
                passes.append(CapitalStage(item, self.pack.lexicons))
        return passes

    def _words_stages(self, items: Sequence[WordRewrite]) -> list[_Pass]:
        """One pass for all files that agree on what a word is."""
        return [
            (TokensStage if tokens else WordsStage)(list(group), self.pack.lexicons, self.grammar.expand)
            for (tokens, _), group in groupby(items, key=lambda item: (item.tokens, item.apostrophes))
        ]

    def _fallback(self, item: Fallback) -> _Pass:
        from textnorm.fallback.load import fallback_stage

        spec = self.spec
        if item.skip_unless and is_chosen(item.skip_unless, self.options):
            item = replace(item, skip="")
        return fallback_stage(item, self.pack.lexicons, self.grammar.expand, spec.uncertain, spec.download)

    def _transliteration(self, item: Transliterate) -> _Pass:
        from textnorm.engine.fences import Fences
        from textnorm.translit.stage import TransliterateStage

        grammar = self.grammar
        return TransliterateStage(item, self.pack.lexicons, lambda: Fences(grammar.fences, grammar))

    def _restoration(self, item: Restore) -> _Pass:
        from textnorm.restore.load import restore_stage

        return restore_stage(item, self.pack.lexicons, self.spec.uncertain)

    def _spelling_stage(self, spellings: Sequence[Spelling]) -> _Pass:
        from textnorm.cluster.phonetic import PhoneticKey  # few packs have such a stage
        from textnorm.engine.fences import Fences
        from textnorm.engine.spelling import SpellingStage

        grammar = self.grammar
        phonetics: Mapping[str, Mapping[str, Any]] = self.pack.grammar.get("phonetics", {})
        return SpellingStage(
            spellings,
            self.pack.lexicons,
            lambda name: PhoneticKey(name, phonetics[name], self.pack.grammar_at["phonetics"]),
            lambda: Fences(grammar.fences, grammar),
        )

    def _foreign_files(self, rules: Sequence[Rule]) -> frozenset[str]:
        """Rule files that did not come with textnorm: they are checked at once and timed while running."""
        if not self.spec.rules and not self._own_pack:
            return frozenset()
        shipped = rules_dir().resolve()
        files = {rule.at.file for rule in rules}
        return frozenset(file for file in files if not Path(file).resolve().is_relative_to(shipped))

    def _rule_stage(self, rules: Sequence[Rule]) -> RuleStage:
        ranks = {name: rank for rank, name in enumerate(self.pack.classes)}
        foreign = self._foreign_files(rules)
        known: Sequence[Shape | None] = [None] * len(rules)
        if not self.spec.rules and not self._own_pack:
            known = shapes(rules, self.grammar, self.pack.digest)
        compiled = [
            CompiledRule(rule, self.grammar, ranks.get(rule.cls, len(ranks)), rule.at.file in foreign, shape)
            for rule, shape in zip(rules, known, strict=True)
        ]
        for rule in compiled:
            if rule.foreign:
                rule.prepare()  # mistakes in the user's rules show before the first line, not within
        return RuleStage(compiled, self.grammar, self.spec.uncertain)


def _follows_rules(passes: Sequence[_Pass]) -> bool:
    """Whether a model is asked after a pass that makes more than Unicode forms."""
    first = next((place for place, step in enumerate(passes) if isinstance(step, _Asking)), 0)
    return any(not isinstance(step, UnicodeStage) for step in passes[:first])


def _spliced(text: str, edits: Sequence[Edit]) -> Iterator[str]:
    last = 0
    for edit in edits:
        yield text[last : edit.start]
        yield edit.after
        last = edit.end
    yield text[last:]


def load(
    name: str,
    *,
    rules: Sequence[str | Path] = (),
    only: Sequence[str] | str = (),
    off: Sequence[str] | str = (),
    layers: Sequence[str] | None = None,
    options: Mapping[str, str] | None = None,
    uncertain: str = "best",
    inverse: bool = False,
    source: str = "",
    target: str = "",
    download: bool = False,
) -> Normalizer:
    """The normalizer for a language or domain, e.g. `load("lt")`.

    `rules` are folders or files of your own rules; `only` and `off` choose rules by id glob, class
    or tag; `layers` chooses stages (`["+misspellings"]` adds one that is off by default); `options`
    are the pack's style choices. Readings that rest on a bare default are `uncertain`: "best" takes
    the likeliest, "keep" leaves such text unchanged, "mark" writes ⟦all|readings⟧. `inverse` writes
    spoken words in the usual written form instead. `source` is the language in whose script the text
    was typed, such as "fa" for Kurdish typed with Persian letters, `target` that in whose script the
    result is to be, such as "ur" for Urdu typed in Latin letters. With `download`, a model that a pack
    names and that is not on this machine is fetched. Raises PackError for an unknown pack, model,
    option, layer, source, target or choice, and for rules that cannot be used. The name "auto" gives
    each line to the pack of the language it is in; lines whose language is unsure stay as they are.
    """
    spec = Spec(
        name,
        rules=tuple(str(path) for path in rules),
        only=(only,) if isinstance(only, str) else tuple(only),
        off=(off,) if isinstance(off, str) else tuple(off),
        layers=None if layers is None else tuple(layers),
        options=dict(options or {}),
        uncertain=uncertain,
        inverse=inverse,
        source=source,
        target=target,
        download=download,
    )
    if name == "auto":
        from textnorm.detect.auto import AutoNormalizer

        return AutoNormalizer(spec)
    return Normalizer(spec)
