"""Resolution: what all cues of a rule together say of the features.

Cues are consulted in the order the rule writes them. They narrow what earlier, stronger cues left
open; a cue that contradicts all of that is ignored. The first bundle left at the end is used, the
others are the alternatives.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from textnorm.errors import PackError
from textnorm.grammar.code import Predicate
from textnorm.grammar.context import Context, behind
from textnorm.grammar.cues import KINDS, Cue, Evidence, Fixed, OfOption
from textnorm.grammar.features import Bundle, narrow
from textnorm.grammar.prefilter import Need, Prefilter
from textnorm.grammar.template import Fields

if TYPE_CHECKING:
    from textnorm.grammar.grammar import Grammar

_GUARDS = ("before", "after", "unless_before", "unless_after", "when")


class Resolution(NamedTuple):
    """Bundles in order of likelihood, and the features (as bits) that only a bare default decided."""

    bundles: Evidence
    guessed: int


class Decision(NamedTuple):
    """What one cue settled, for explanations: its name, the feature values, and whether it guessed."""

    cue: str
    values: tuple[str, ...]
    uncertain: bool

    def __str__(self) -> str:
        return f"{' '.join(self.values) or 'fewer choices'} by {self.cue}{'?' if self.uncertain else ''}"


class _Step(NamedTuple):
    """A cue, or cues to be consulted further left, as the resolver runs them."""

    cue: Cue | None
    guard: Predicate | None
    mask: int  # bits of the features that the cue can decide
    fixed: dict[int, int] | None  # state → next state, where the evidence never changes
    past: Past | None = None
    inner: Prefilter[_Step] | None = None


class Past(NamedTuple):
    """`past`: cues as if the match began where a pattern to its left begins."""

    need: Need
    find: Callable[[Context], Any]
    cues: Sequence[Cue | Past]
    grammar: Grammar

    def move(self, fields: Fields, at: Context) -> Context | None:
        """The earlier place, or None if there is none; words that the pattern names must be alike."""
        found = self.find(at)
        if found is None:
            return None
        for name, text in found.groupdict().items():
            if text is not None and not self.grammar.alike(text, str(fields.get(name) or "")):
                return None
        return at._replace(start=found.start())


class Resolver:
    """The cues of a rule, in order.

    What is still possible is a *state*, a numbered tuple of bundles; what a cue makes of a state is
    computed once and kept, so that resolving is mostly a walk through small tables.
    """

    def __init__(self, trees: Sequence[Mapping[str, Any]], grammar: Grammar) -> None:
        self._count = len(grammar.features.names)
        self._values = [grammar.features.values[name] for name in grammar.features.names]
        self._lock = threading.Lock()
        self._states: list[Evidence] = []
        self._numbers: dict[Evidence, int] = {}
        self._settled: list[int] = []  # per state: bits of the features on which all its bundles agree
        self._next: dict[tuple[int, Evidence], int] = {}
        self._number((grammar.features.empty,))
        self._steps = self._filtered([cue for tree in trees for cue in _compile(tree, grammar)])

    def _filtered(self, cues: Sequence[Cue | Past]) -> Prefilter[_Step]:
        return Prefilter([self._step(cue) for cue in cues], [cue.need for cue in cues])

    def _step(self, cue: Cue | Past) -> _Step:
        if isinstance(cue, Past):
            mask = 0
            for inner in cue.cues:
                mask |= self._step(inner).mask
            return _Step(None, None, mask, None, cue, self._filtered(cue.cues))
        return _Step(cue, cue.guard, self._mask(cue), {} if isinstance(cue, Fixed | OfOption) else None)

    def resolve(
        self, fields: Fields, at: Context, seen: list[tuple[Cue, int, int]] | None = None
    ) -> Resolution:
        """The bundles that all cues together leave; `seen` takes (cue, state before, state after)."""
        state, guessed = self._run(self._steps, fields, at, 0, 0, seen)
        return Resolution(self._states[state], guessed)

    def _run(
        self,
        steps: Prefilter[_Step],
        fields: Fields,
        at: Context,
        state: int,
        guessed: int,
        seen: list[tuple[Cue, int, int]] | None,
    ) -> tuple[int, int]:
        settled = self._settled
        for cue, guard, mask, fixed, past, inner in steps.at(fields, at):
            if settled[state] & mask == mask:
                continue  # the cue has nothing left to decide
            if cue is None:
                moved = None if past is None else past.move(fields, at)
                if moved is not None and inner is not None:
                    state, guessed = self._run(inner, fields, moved, state, guessed, seen)
                continue
            if guard is not None and not guard(fields, at):
                continue
            if fixed is not None and state in fixed:
                after = fixed[state]
            else:
                evidence = cue.evidence(fields, at, self._states[state])
                if not evidence:
                    continue
                after = self._narrow(state, evidence)
                if fixed is not None:
                    fixed[state] = after
            if after != state:
                if cue.uncertain:
                    guessed |= mask & ~settled[state]
                if seen is not None:
                    seen.append((cue, state, after))
                state = after
        return state, guessed

    def decisions(self, fields: Fields, at: Context) -> tuple[Decision, ...]:
        """Which cue settled which features, in order."""
        seen: list[tuple[Cue, int, int]] = []
        self.resolve(fields, at, seen)
        return tuple(
            Decision(cue.name, self._settled_values(before, after), cue.uncertain)
            for cue, before, after in seen
        )

    def guesses(self, fields: Fields, at: Context) -> list[Bundle]:
        """The chosen bundle and the other possible ones, likeliest first.

        Possible are the bundles that the cues left, with every other value in the features that only
        a default decided: those that the default names, in its order, or all.
        """
        seen: list[tuple[Cue, int, int]] = []
        bundles = self.resolve(fields, at, seen).bundles
        open_to: dict[int, tuple[str, ...]] = {}
        for cue, before, _ in seen:
            if cue.uncertain:
                for slot in range(self._count):
                    if self._mask(cue) >> slot & 1 and not self._settled[before] >> slot & 1:
                        open_to[slot] = cue.others.get(slot) or self._values[slot]
        ranked: dict[Bundle, int] = {}
        for first, bundle in enumerate(bundles):
            for rank, other in _varied(bundle, open_to):
                ranked[other] = min(first + rank, ranked.get(other, first + rank))
        return sorted(ranked, key=lambda bundle: ranked[bundle])

    def _settled_values(self, before: int, after: int) -> tuple[str, ...]:
        new = self._settled[after] & ~self._settled[before]
        first = self._states[after][0]
        return tuple(str(first[slot]) for slot in range(self._count) if new >> slot & 1)

    def _narrow(self, state: int, evidence: Evidence) -> int:
        key = (state, evidence)
        known = self._next.get(key)
        if known is None:
            known = self._next[key] = self._number(tuple(narrow(self._states[state], evidence)))
        return known

    def _number(self, bundles: Evidence) -> int:
        with self._lock:  # no other thread may take the same number, or see it before its state is there
            number = self._numbers.get(bundles)
            if number is None:
                number = len(self._states)
                settled = 0
                for slot in range(self._count):
                    values = {bundle[slot] for bundle in bundles}
                    if len(values) == 1 and None not in values:
                        settled |= 1 << slot
                self._settled.append(settled)
                self._states.append(bundles)
                self._numbers[bundles] = number
            return number

    def _mask(self, cue: Cue) -> int:
        return sum(1 << slot for slot in cue.slots(self._count))


def _varied(bundle: Bundle, open_to: Mapping[int, tuple[str, ...]]) -> Iterator[tuple[int, Bundle]]:
    """The bundle with all combinations of values in its open features, each with its rank."""
    choices: list[Sequence[str | None]] = [
        (value, *(other for other in open_to.get(slot, ()) if other != value)) if value else (value,)
        for slot, value in enumerate(bundle)
    ]
    for picked in product(*(enumerate(values) for values in choices)):
        yield sum(rank for rank, _ in picked), tuple(value for _, value in picked)


def _compile(tree: Mapping[str, Any], grammar: Grammar) -> list[Cue | Past]:
    if "past" in tree:
        rest = {key: value for key, value in tree.items() if key != "past"}
        cues = _compile({**rest, "_note": ", further left"}, grammar)
        pattern = grammar.expand(tree["past"])
        return [Past(Need(left=pattern), behind(pattern), cues, grammar)]
    if "use" in tree:
        kept = (*_GUARDS, "sense", "of", "_note")
        outer = {key: value for key, value in tree.items() if key in kept}
        return [
            cue
            for number, inner in enumerate(grammar.cue_list(tree["use"]), start=1)
            for cue in _compile({"_place": f"{tree['use']} {number}", **outer, **inner}, grammar)
        ]
    for key, kind in KINDS.items():
        if key in tree:
            return [kind(tree, grammar)]
    raise PackError(f"cue {dict(tree)!r} says nothing", remedy=f"one of: {' '.join(KINDS)} use")
