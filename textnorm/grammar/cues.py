"""Cues: evidence for features, consulted in the order the rule writes them.

Each cue gives bundles that it allows, likeliest first. They narrow what earlier, stronger cues left
open; a cue that contradicts all of that is ignored. The first bundle left at the end is used, the
others are the alternatives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from textnorm.errors import PackError
from textnorm.grammar.context import Context
from textnorm.grammar.features import Bundle, narrow
from textnorm.grammar.predicates import Predicate, compile_predicate
from textnorm.grammar.template import Fields

if TYPE_CHECKING:
    from textnorm.grammar.grammar import Grammar

Evidence = tuple[Bundle, ...]
_GUARDS = ("before", "after", "unless_before", "unless_after", "when")


class Resolution(NamedTuple):
    """Bundles in order of likelihood; `uncertain` if only a bare default decided among them."""

    bundles: Evidence
    uncertain: bool


class Cue:
    """One entry of `resolve`."""

    def __init__(self, tree: Mapping[str, Any], grammar: Grammar) -> None:
        self.uncertain = tree.get("uncertain") == "on"
        self.guard = _guard(tree, grammar)

    def slots(self, count: int) -> frozenset[int]:
        """The features, by position, that this cue may decide; all of them unless it knows better."""
        return frozenset(range(count))

    def evidence(self, fields: Fields, at: Context, open_to: Evidence) -> Evidence:
        """The bundles that this cue allows; empty if it has nothing to say."""
        return ()


class Fixed(Cue):
    """`is`: a value that holds whenever the cue's conditions do."""

    def __init__(self, tree: Mapping[str, Any], grammar: Grammar) -> None:
        super().__init__(tree, grammar)
        choices = tree["is"] if isinstance(tree["is"], list) else [tree["is"]]
        self.bundles = tuple(grammar.features.parse(choice) for choice in choices)

    def slots(self, count: int) -> frozenset[int]:
        """Those that the value names."""
        return _named_slots(self.bundles)

    def evidence(self, fields: Fields, at: Context, open_to: Evidence) -> Evidence:
        """The fixed bundles."""
        return self.bundles


class Table(Cue):
    """`table` and `of`: the analyses that a table lists for the text of a field."""

    def __init__(self, tree: Mapping[str, Any], grammar: Grammar) -> None:
        super().__init__(tree, grammar)
        self.field = tree["of"]
        self.table = grammar.feature_table(tree["table"])

    def evidence(self, fields: Fields, at: Context, open_to: Evidence) -> Evidence:
        """The listed analyses."""
        return self.table.get(str(fields.get(self.field) or "").lower(), ())


class Agree(Cue):
    """`agree` and `with`: features of the first following word that the number can count."""

    def __init__(self, tree: Mapping[str, Any], grammar: Grammar) -> None:
        super().__init__(tree, grammar)
        self.words = tree["agree"].split() if isinstance(tree["agree"], str) else list(tree["agree"])
        self.number = tree.get("with", "")
        self.drop = frozenset(tree.get("drop", "").split())
        self.grammar = grammar

    def evidence(self, fields: Fields, at: Context, open_to: Evidence) -> Evidence:
        """Readings of the counted word."""
        words = tuple(str(fields.get(word) or "") for word in self.words)
        if self.number:
            found = self.grammar.counted(words, str(fields.get(self.number) or ""), False)
        else:
            found = self.grammar.readings_of(words)
        return self.grammar.without(found, self.drop) if self.drop else found


class Governor(Cue):
    """`governor`: the case that a word to the left asks for."""

    def __init__(self, tree: Mapping[str, Any], grammar: Grammar) -> None:
        super().__init__(tree, grammar)
        names = tree["governor"].split() if isinstance(tree["governor"], str) else list(tree["governor"])
        self.lookups = [grammar.governor(name) for name in names]
        self.sense = tree.get("sense", "")
        self.sense_of = tree.get("of", "")
        self.slot = grammar.governed_slot
        self.grammar = grammar

    def slots(self, count: int) -> frozenset[int]:
        """The governed feature."""
        return frozenset({self.slot})

    def evidence(self, fields: Fields, at: Context, open_to: Evidence) -> Evidence:
        """The governed feature, unless stronger cues have settled it."""
        slot = self.slot
        if all(bundle[slot] is not None for bundle in open_to) and len(open_to) == 1:
            return ()
        sense = self.sense
        if self.sense_of:
            sense = self.grammar.sense(str(fields.get(self.sense_of) or "")) or sense
        for lookup in self.lookups:
            found = lookup.find(at, sense)
            if found:
                return found
        return ()


class OfLexeme(Cue):
    """`lexeme`: the features that the lexeme of a field lends (gender, plural-only)."""

    def __init__(self, tree: Mapping[str, Any], grammar: Grammar) -> None:
        super().__init__(tree, grammar)
        self.field = tree["lexeme"]
        self.grammar = grammar

    def evidence(self, fields: Fields, at: Context, open_to: Evidence) -> Evidence:
        """The lexeme's own features."""
        lexeme = self.grammar.lexeme(str(fields.get(self.field) or ""))
        return (lexeme.features,) if lexeme else ()


class OfOption(Cue):
    """`option`: the feature value that a pack option names."""

    def __init__(self, tree: Mapping[str, Any], grammar: Grammar) -> None:
        super().__init__(tree, grammar)
        self.bundles = (grammar.features.parse(grammar.option(tree["option"])),)

    def slots(self, count: int) -> frozenset[int]:
        """Those that the option's value names."""
        return _named_slots(self.bundles)

    def evidence(self, fields: Fields, at: Context, open_to: Evidence) -> Evidence:
        """The option's value."""
        return self.bundles


_KINDS: Mapping[str, type[Cue]] = {
    "is": Fixed,
    "table": Table,
    "agree": Agree,
    "governor": Governor,
    "lexeme": OfLexeme,
    "option": OfOption,
}


class Resolver:
    """The cues of a rule, in order."""

    def __init__(self, trees: Sequence[Mapping[str, Any]], grammar: Grammar) -> None:
        self._start: Evidence = (grammar.features.empty,)
        self._cues = [cue for tree in trees for cue in _compile(tree, grammar)]
        # What this cue and those after it can still decide: once that is settled, they are not asked.
        self._open: list[frozenset[int]] = []
        later: frozenset[int] = frozenset()
        for cue in reversed(self._cues):
            later = later | cue.slots(len(grammar.features.names))
            self._open.append(later)
        self._open.reverse()
        self._memo: dict[tuple[Evidence, Evidence], Evidence] = {}

    def resolve(self, fields: Fields, at: Context) -> Resolution:
        """The bundles that all cues together leave."""
        candidates = self._start
        uncertain = False
        for cue, open_slots in zip(self._cues, self._open, strict=True):
            if len(candidates) == 1:
                only = candidates[0]
                if all(only[slot] is not None for slot in open_slots):
                    break
            if cue.guard is not None and not cue.guard(fields, at):
                continue
            evidence = cue.evidence(fields, at, candidates)
            if not evidence:
                continue
            key = (candidates, evidence)
            narrowed = self._memo.get(key)
            if narrowed is None:
                if len(self._memo) > 20_000:
                    self._memo.clear()
                narrowed = self._memo[key] = tuple(narrow(candidates, evidence))
            if cue.uncertain and narrowed != candidates:
                uncertain = True
            candidates = narrowed
        return Resolution(candidates, uncertain)


def _named_slots(bundles: Evidence) -> frozenset[int]:
    return frozenset(slot for bundle in bundles for slot, value in enumerate(bundle) if value is not None)


def _compile(tree: Mapping[str, Any], grammar: Grammar) -> list[Cue]:
    if "use" in tree:
        outer = {key: value for key, value in tree.items() if key in _GUARDS or key in ("sense", "of")}
        return [
            cue for inner in grammar.cue_list(tree["use"]) for cue in _compile({**outer, **inner}, grammar)
        ]
    for key, kind in _KINDS.items():
        if key in tree:
            return [kind(tree, grammar)]
    raise PackError(f"cue {dict(tree)!r} says nothing", remedy=f"one of: {' '.join(_KINDS)} use")


def _guard(tree: Mapping[str, Any], grammar: Grammar) -> Predicate | None:
    conditions: dict[str, Any] = {key: tree[key] for key in ("before", "after") if key in tree}
    unless = {key[7:]: tree[key] for key in ("unless_before", "unless_after") if key in tree}
    tests: list[Any] = [conditions] if conditions else []
    if unless:
        tests += [{"not": {key: value}} for key, value in unless.items()]
    if "when" in tree:
        tests.append(tree["when"])
    return compile_predicate({"all": tests}, grammar) if tests else None
