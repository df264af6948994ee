"""Cues: evidence for features, consulted in the order the rule writes them.

Each cue gives bundles that it allows, likeliest first. They narrow what earlier, stronger cues left
open; a cue that contradicts all of that is ignored. The first bundle left at the end is used, the
others are the alternatives.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from itertools import product, takewhile
from typing import TYPE_CHECKING, Any, NamedTuple

from textnorm.errors import PackError
from textnorm.grammar.context import Context, behind
from textnorm.grammar.features import Bundle, merge, narrow
from textnorm.grammar.governors import following
from textnorm.grammar.predicates import Predicate, compile_predicate, left_word
from textnorm.grammar.template import Fields

if TYPE_CHECKING:
    from textnorm.grammar.grammar import Grammar

_SUBJECT_REACH = 4  # words after a governing verb among which its subject is looked for
Evidence = tuple[Bundle, ...]
_GUARDS = ("before", "after", "unless_before", "unless_after", "when", "past")


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


class Cue:
    """One entry of `resolve`."""

    def __init__(self, tree: Mapping[str, Any], grammar: Grammar) -> None:
        self.name = _name(tree)
        self.uncertain = tree.get("uncertain", "off") != "off"
        self.others = _others(tree, grammar)
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


class Left(Cue):
    """`left`: features of the word right before the match, from its readings with the values given."""

    def __init__(self, tree: Mapping[str, Any], grammar: Grammar) -> None:
        super().__init__(tree, grammar)
        self.wanted = tree["left"].split()
        self.drop = frozenset(tree.get("drop", "").split())
        self.grammar = grammar

    def evidence(self, fields: Fields, at: Context, open_to: Evidence) -> Evidence:
        """What those readings share with the match."""
        found = self.grammar.readings_with(left_word(at), self.wanted)
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
        """What the nearest governor asks for."""
        sense = self.sense
        if self.sense_of:
            sense = self.grammar.sense(str(fields.get(self.sense_of) or "")) or sense
        for lookup in self.lookups:
            found = lookup.find(at, sense)
            if found:
                return found
        return ()


class GovernorAhead(Governor):
    """`ahead`: what a governing word to the right asks for, if its subject (`beside`) is found."""

    def __init__(self, tree: Mapping[str, Any], grammar: Grammar) -> None:
        super().__init__(tree, grammar)
        self.tables = self.lookups
        self.words = int(tree["ahead"])
        self.subject = tree["beside"].split() if "beside" in tree else []
        self.asks = tree.get("asks", "")
        self.until = grammar.governor(tree["until"]) if "until" in tree else None

    def evidence(self, fields: Fields, at: Context, open_to: Evidence) -> Evidence:
        """What the governor asks for."""
        phrase = following(at, self.words + _SUBJECT_REACH)
        for table in self.tables:
            for index, word in enumerate(phrase[: self.words]):
                found = table.single(word)
                if found and self.asks in ("", found[0][self.slot]):
                    right = phrase[index + 1 : index + 1 + _SUBJECT_REACH]
                    around = [*phrase[:index], *takewhile(self._within, right)]
                    return found if self._free(around, found[0][self.slot]) else ()
        return ()

    def _within(self, word: str) -> bool:
        """Whether a word is not one that opens a phrase of its own, a preposition say."""
        return self.until is None or not self.until.single(word)

    def _free(self, around: list[str], case: str | None) -> bool:
        """Whether the governor has its subject among the words around it, and no object of its own."""
        has = self.grammar.has_reading
        others = [word for word in around if not self.subject or not has(word, self.subject)]
        if self.subject and (len(others) == len(around) or any(word[0].isdecimal() for word in around)):
            return False
        return case is None or not any(has(word, ["?", case]) for word in others)


class Modifier(Cue):
    """`modifier`: the features of a determiner or adjective right before the match."""

    def __init__(self, tree: Mapping[str, Any], grammar: Grammar) -> None:
        super().__init__(tree, grammar)
        self.table = grammar.modifiers(tree["modifier"])
        self.number = tree.get("with", "")
        self.heads = tree.get("of", "").split()
        self.grammar = grammar

    def evidence(self, fields: Fields, at: Context, open_to: Evidence) -> Evidence:
        """Its readings, unless it belongs to a word that the measure itself specifies."""
        found = self.table.find(at, self.grammar.category(str(fields.get(self.number) or "")))
        if not found:
            return ()
        words = (str(fields.get(head) or "") for head in self.heads)
        heads = [a.bundle for word in words for a in self.grammar.morphology.analyze(word)]
        return tuple(one for one in found if all(merge(one, head) is None for head in heads))


class Past(Cue):
    """`past`: another cue, as if the match began where this pattern to its left begins."""

    def __init__(self, tree: Mapping[str, Any], cue: Cue, grammar: Grammar) -> None:
        self.cue, self.grammar = cue, grammar
        self.name, self.uncertain, self.others = f"{cue.name}, further left", cue.uncertain, cue.others
        self.find = behind(grammar.expand(tree["past"]))
        self.guard = self._applies

    def slots(self, count: int) -> frozenset[int]:
        """Those of the other cue."""
        return self.cue.slots(count)

    def _applies(self, fields: Fields, at: Context) -> bool:
        moved = self._move(fields, at)
        if moved is None:
            return False
        return self.cue.guard is None or self.cue.guard(fields, moved)

    def evidence(self, fields: Fields, at: Context, open_to: Evidence) -> Evidence:
        """What the other cue says at the earlier place."""
        moved = self._move(fields, at)
        return () if moved is None else self.cue.evidence(fields, moved, open_to)

    def _move(self, fields: Fields, at: Context) -> Context | None:
        found = self.find(at)
        if found is None:
            return None
        for name, text in found.groupdict().items():
            if text is not None and not self.grammar.alike(text, str(fields.get(name) or "")):
                return None
        return at._replace(start=found.start())


class OfLexeme(Cue):
    """`lexeme`: the features that the lexeme of a field lends (gender, plural-only)."""

    def __init__(self, tree: Mapping[str, Any], grammar: Grammar) -> None:
        super().__init__(tree, grammar)
        self.field, self.table = tree["lexeme"], tree.get("in", "")
        self.grammar = grammar

    def evidence(self, fields: Fields, at: Context, open_to: Evidence) -> Evidence:
        """The lexeme's own features."""
        lexeme = self.grammar.lexeme(str(fields.get(self.field) or ""), self.table)
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
    "left": Left,
    "ahead": GovernorAhead,
    "governor": Governor,
    "modifier": Modifier,
    "lexeme": OfLexeme,
    "option": OfOption,
}


class _Step(NamedTuple):
    """A cue as the resolver runs it."""

    cue: Cue
    guard: Predicate | None
    mask: int  # bits of the features that the cue can decide
    fixed: dict[int, int] | None  # state → next state, where the evidence never changes


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
        cues = [cue for tree in trees for cue in _compile(tree, grammar)]
        self._steps = [
            _Step(cue, cue.guard, self._mask(cue), {} if isinstance(cue, Fixed | OfOption) else None)
            for cue in cues
        ]

    def resolve(
        self, fields: Fields, at: Context, seen: list[tuple[Cue, int, int]] | None = None
    ) -> Resolution:
        """The bundles that all cues together leave; `seen` takes (cue, state before, state after)."""
        state = 0
        guessed = 0
        settled = self._settled
        for cue, guard, mask, fixed in self._steps:
            if settled[state] & mask == mask:
                continue  # the cue has nothing left to decide
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
        return Resolution(self._states[state], guessed)

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


def _name(tree: Mapping[str, Any]) -> str:
    """A cue as explanations name it: its place in the grammar if it has one, its kind and its value."""
    kind = next(key for key in _KINDS if key in tree)
    value = tree[kind]
    said = f"{kind} {' '.join(value) if isinstance(value, list) else value}"
    return f"{tree['_place']}: {said}" if "_place" in tree else said


def _others(tree: Mapping[str, Any], grammar: Grammar) -> dict[int, tuple[str, ...]]:
    """The other values that an uncertain cue lists, by the position of their feature."""
    listed = tree.get("uncertain", "off")
    found: dict[int, tuple[str, ...]] = {}
    for value in () if listed in ("on", "off") else listed.split():
        slot = grammar.features.slot.get(value)
        if slot is None:
            raise PackError(f"unknown feature value {value!r} in 'uncertain'", remedy="on, or values")
        found[slot] = (*found.get(slot, ()), value)
    return found


def _named_slots(bundles: Evidence) -> frozenset[int]:
    return frozenset(slot for bundle in bundles for slot, value in enumerate(bundle) if value is not None)


def _compile(tree: Mapping[str, Any], grammar: Grammar) -> list[Cue]:
    if "use" in tree:
        outer = {key: value for key, value in tree.items() if key in _GUARDS or key in ("sense", "of")}
        return [
            cue
            for number, inner in enumerate(grammar.cue_list(tree["use"]), start=1)
            for cue in _compile({"_place": f"{tree['use']} {number}", **outer, **inner}, grammar)
        ]
    for key, kind in _KINDS.items():
        if key in tree:
            cue = kind(tree, grammar)
            return [Past(tree, cue, grammar)] if "past" in tree else [cue]
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
