"""The normalizer: a pack made ready to run, under one choice of options."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from textnorm.document import Document, Edit, Loser, compose, place
from textnorm.engine.compiled import CompiledRule
from textnorm.engine.rules import UNCERTAIN, RuleStage
from textnorm.engine.tokenwise import chained
from textnorm.engine.unicode import UnicodeStage
from textnorm.errors import PackError
from textnorm.grammar.grammar import Grammar
from textnorm.pack.load import load_pack
from textnorm.pack.model import Pack
from textnorm.passes import Asking, Pass, PassBuilder, Reporting
from textnorm.readings.chooser import Chooser
from textnorm.selection import Spec, options_of, stages_of


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
        self._choosers: tuple[Chooser | None] | tuple[()] = ()  # what was set by hand
        self.options = options_of(self.pack, spec.options)
        self.grammar = Grammar(self.pack, self.options)
        self._build = PassBuilder(self.pack, self.grammar, spec, shipped=not (spec.rules or self._own_pack))
        stages = stages_of(self.pack, spec)
        self._passes = (
            self._build.backwards(stages, self._readers()) if spec.inverse else self._build.forwards(stages)
        )
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
        made = (self.spec, self.pack) if self._own_pack else (self.spec,)
        return (Normalizer, made, self._choosers) if self._choosers else (Normalizer, made)

    def __setstate__(self, choosers: tuple[Chooser | None]) -> None:
        self.choose_by(*choosers)

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
            if why and isinstance(step, Reporting):
                found = place(step.edits(current, losers))
            elif isinstance(step, Asking):
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
            self._folds = self._build.forwards([stage for stage in self.pack.stages if stage.layer in names])
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

    def choose_by(self, chooser: Chooser | None) -> None:
        """Let this choose among uncertain readings, instead of what the pack names for it, if anything.

        Pickling takes it along, so that it has to be picklable where there are several processes.
        """
        self._choosers = (chooser,)
        for step in self._passes:
            if isinstance(step, RuleStage):
                step.chooser = chooser

    def rules(self) -> Iterator[CompiledRule]:
        """All compiled rules, in the order of their stages."""
        for step in self._passes:
            if isinstance(step, RuleStage):
                yield from step.rules

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


def _follows_rules(passes: Sequence[Pass]) -> bool:
    """Whether a model is asked after a pass that makes more than Unicode forms."""
    first = next((place for place, step in enumerate(passes) if isinstance(step, Asking)), 0)
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
