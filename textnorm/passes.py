"""The passes over a text that the stages of a pack become under one choice of options."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from textnorm.document import Edit, Loser
from textnorm.engine.capitals import CapitalStage, LowerStage
from textnorm.engine.case import CaseStage
from textnorm.engine.charmap import CharmapStage
from textnorm.engine.compiled import CompiledRule
from textnorm.engine.lexicon import LexiconStage
from textnorm.engine.placed import LinesStage, PlacedStage
from textnorm.engine.rules import RuleStage
from textnorm.engine.shape import Shape, shapes
from textnorm.engine.spaces import SpacesStage
from textnorm.engine.tokenwise import TokensStage
from textnorm.engine.unicode import UnicodeStage
from textnorm.engine.words import WordsStage
from textnorm.errors import PackError
from textnorm.grammar.grammar import Grammar
from textnorm.pack.model import (
    Case,
    Charmap,
    Fallback,
    LexiconMap,
    Pack,
    Readings,
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
from textnorm.readings.chooser import Chooser
from textnorm.selection import Spec, is_chosen, is_selected

# What only some packs have is imported where it is built: it would slow down the start of all.
if TYPE_CHECKING:
    from textnorm.engine.fences import Fences
    from textnorm.inverse.verify import Reader


class Pass(Protocol):
    """One pass over a text."""

    def apply(self, text: str) -> str:
        """The text after it."""
        ...

    def edits(self, text: str) -> list[Edit]:
        """The same as edit records."""
        ...


@runtime_checkable
class Reporting(Protocol):
    """A pass that can list what was not used."""

    reports: bool

    def edits(self, text: str, losers: list[Loser] | None = None) -> list[Edit]:
        """Edit records; matches that lost are added to `losers`."""
        ...


@runtime_checkable
class Asking(Protocol):
    """A pass that asks a model about words, but not about what earlier passes made."""

    asks: bool

    def edits(self, text: str, made: Sequence[tuple[int, int]] = ()) -> list[Edit]:
        """Edit records; nothing between the offsets of `made` is asked about."""
        ...


class PassBuilder:
    """Builds passes from stages of a pack; items that `only` and `off` leave out are not in them.

    `shipped` says that the pack came with textnorm. Rules of others are checked at once and timed
    while they run.
    """

    def __init__(self, pack: Pack, grammar: Grammar, spec: Spec, *, shipped: bool) -> None:
        self._pack, self._grammar, self._spec, self._shipped = pack, grammar, spec, shipped
        self._options = grammar.options
        self._builders: dict[str, Callable[[Sequence[Any]], list[Pass]]] = {
            "unicode": self._unicode,
            "charmap": self._charmaps,
            "case": self._cases,
            "rules": self._rules,
            "readings": lambda items: [],  # the rules before it ask
            "lexicon": self._lexicons,
            "words": self._words,
            "spelling": self._spellings,
            "spaces": self._spaces,
            "restore": self._restorations,
            "transliterate": self._transliterations,
            "fallback": self._fallbacks,
        }

    def forwards(self, stages: Sequence[Stage]) -> list[Pass]:
        """The passes of the stages, in their order."""
        passes: list[Pass] = []
        for stage in stages:
            built = self._build(stage)
            for step in built:
                if isinstance(step, RuleStage):
                    step.chooser = self._chooser(stage, stages)
            passes += built
        return passes

    def _chooser(self, rules: Stage, stages: Sequence[Stage]) -> Chooser | None:
        """What chooses among the readings of a stage of rules: the stage right after it, if that runs."""
        place = self._pack.stages.index(rules) + 1
        following = [stage for stage in self._pack.stages[place : place + 1] if stage in stages]
        for item in (item for stage in following for item in stage.items):
            if isinstance(item, Readings) and is_selected(item, self._spec):
                from textnorm.readings.load import chooser_of

                return chooser_of(item, self._pack.lexicons)
        return None

    def backwards(self, stages: Sequence[Stage], readers: Sequence[Callable[[], Reader]]) -> list[Pass]:
        """Unicode forms first, then the rules that say how they are written, the last stage first."""
        from textnorm.inverse.stage import InverseStage, inverse_rules

        steps = self.forwards([stage for stage in stages if stage.kind == "unicode"])
        rules = [
            item
            for stage in reversed(stages)
            for item in stage.items
            if isinstance(item, Rule) and is_selected(item, self._spec)
        ]
        return [*steps, InverseStage(inverse_rules(iter(rules), self._pack.name), self._grammar, readers)]

    def _build(self, stage: Stage) -> list[Pass]:
        items = [item for item in stage.items if is_selected(item, self._spec)]
        build = self._builders.get(stage.kind)
        if build is None:
            raise PackError(f"unknown stage {stage.kind!r}", at=stage.at)
        return build(items) if items else []

    def _unicode(self, items: Sequence[Unicode]) -> list[Pass]:
        return [UnicodeStage(item) for item in items if is_chosen(item.option, self._options)]

    def _charmaps(self, items: Sequence[Charmap]) -> list[Pass]:
        """One pass for all maps that the options leave, and one for each map that is about certain lines."""
        used = [item for item in items if is_chosen(item.option, self._options)]
        expand = self._grammar.expand
        passes: list[Pass] = [LinesStage(item, expand) for item in used if item.lines]
        rest = [item for item in used if not item.lines]
        if any(item.placed for item in rest):
            passes.append(PlacedStage(rest, expand))
        elif rest:
            passes.append(CharmapStage(rest, self._pack.lexicons))
        return passes

    def _cases(self, items: Sequence[Case]) -> list[Pass]:
        """One pass that folds, and one for each file that sets the case of some words."""
        folding = [item for item in items if item.make == "folded"]
        passes: list[Pass] = [CaseStage(folding)] if folding else []
        for item in items:
            if item.make == "lower":
                passes.append(LowerStage(item, self._pack.lexicons))
            elif item.make == "capital":
                passes.append(CapitalStage(item, self._pack.lexicons))
        return passes

    def _rules(self, items: Sequence[Rule]) -> list[Pass]:
        ranks = {name: rank for rank, name in enumerate(self._pack.classes)}
        foreign = self._foreign_files(items)
        known: Sequence[Shape | None] = [None] * len(items)
        if self._shipped:
            known = shapes(items, self._grammar, self._pack.digest)
        compiled = [
            CompiledRule(rule, self._grammar, ranks.get(rule.cls, len(ranks)), rule.at.file in foreign, shape)
            for rule, shape in zip(items, known, strict=True)
        ]
        for rule in compiled:
            if rule.foreign:
                rule.prepare()  # mistakes in the user's rules show before the first line, not within
        return [RuleStage(compiled, self._grammar, self._spec.uncertain)]

    def _foreign_files(self, rules: Sequence[Rule]) -> frozenset[str]:
        """Rule files that did not come with textnorm."""
        if self._shipped:
            return frozenset()
        shipped = rules_dir().resolve()
        files = {rule.at.file for rule in rules}
        return frozenset(file for file in files if not Path(file).resolve().is_relative_to(shipped))

    def _lexicons(self, items: Sequence[LexiconMap]) -> list[Pass]:
        return [LexiconStage(items, self._pack.lexicons)]

    def _words(self, items: Sequence[WordRewrite]) -> list[Pass]:
        """One pass for all files that agree on what a word is."""
        return [
            (TokensStage if tokens else WordsStage)(list(group), self._pack.lexicons, self._grammar.expand)
            for (tokens, _), group in groupby(items, key=lambda item: (item.tokens, item.apostrophes))
        ]

    def _spellings(self, items: Sequence[Spelling]) -> list[Pass]:
        from textnorm.cluster.phonetic import PhoneticKey
        from textnorm.engine.spelling import SpellingStage

        phonetics: Mapping[str, Mapping[str, Any]] = self._pack.grammar.get("phonetics", {})
        return [
            SpellingStage(
                items,
                self._pack.lexicons,
                lambda name: PhoneticKey(name, phonetics[name], self._pack.grammar_at["phonetics"]),
                self._fences,
            )
        ]

    def _spaces(self, items: Sequence[Spaces]) -> list[Pass]:
        return [SpacesStage(items)]

    def _restorations(self, items: Sequence[Restore]) -> list[Pass]:
        from textnorm.restore.load import restore_stage

        return [
            restore_stage(item, self._pack.lexicons, self._spec.uncertain, self._options) for item in items
        ]

    def _transliterations(self, items: Sequence[Transliterate]) -> list[Pass]:
        from textnorm.translit.stage import TransliterateStage

        return [TransliterateStage(item, self._pack.lexicons, self._fences) for item in items]

    def _fallbacks(self, items: Sequence[Fallback]) -> list[Pass]:
        return [self._fallback(item) for item in items]

    def _fallback(self, item: Fallback) -> Pass:
        from textnorm.fallback.load import fallback_stage

        spec = self._spec
        if item.skip_unless and is_chosen(item.skip_unless, self._options):
            item = replace(item, skip="")
        return fallback_stage(item, self._pack.lexicons, self._grammar.expand, spec.uncertain, spec.download)

    def _fences(self) -> Fences:
        from textnorm.engine.fences import Fences

        return Fences(self._grammar.fences, self._grammar)
