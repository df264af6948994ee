"""Cues: evidence for features. Each gives the bundles that it allows, likeliest first."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from textnorm.errors import PackError
from textnorm.grammar.context import REACH, Context, compile_regex, left_word
from textnorm.grammar.features import Bundle, merge
from textnorm.grammar.neighbours import following
from textnorm.grammar.predicates import compile_predicate, need_of
from textnorm.grammar.template import Fields

if TYPE_CHECKING:
    from textnorm.grammar.grammar import Grammar

_SUBJECT_REACH = 4  # words after a governing verb among which its subject is looked for
Evidence = tuple[Bundle, ...]


class Cue:
    """One entry of `resolve`."""

    def __init__(self, tree: Mapping[str, Any], grammar: Grammar) -> None:
        self.name = _name(tree) + tree.get("_note", "")
        self.uncertain = tree.get("uncertain", "off") != "off"
        self.others = _others(tree, grammar)
        conditions = _conditions(tree)
        self.guard = compile_predicate(conditions, grammar) if conditions else None
        self.need = need_of(conditions, grammar)

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
        self.table = grammar.tables.feature_table(tree["table"])

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


class Antecedent(Cue):
    """`antecedent`: features of what an earlier number counts, where the noun is not said again."""

    def __init__(self, tree: Mapping[str, Any], grammar: Grammar) -> None:
        super().__init__(tree, grammar)
        self.pattern = compile_regex(grammar.expand(tree["antecedent"]))
        self.drop = frozenset(tree.get("drop", "").split())
        self.kept = frozenset(n for n, name in enumerate(grammar.features.names) if name not in self.drop)
        self.grammar = grammar

    def slots(self, count: int) -> frozenset[int]:
        """Those that are taken over."""
        return self.kept

    def evidence(self, fields: Fields, at: Context, open_to: Evidence) -> Evidence:
        """Readings of the noun that was counted last."""
        found: Evidence = ()
        for match in self.pattern.finditer(at.text, max(0, at.start - REACH), at.start):
            number, *words = (text or "" for text in match.groups())
            unit = self.grammar.lexeme(words[0])
            counted = (unit.features,) if unit else self.grammar.counted(tuple(words), number, False)
            found = counted or found
        return self.grammar.without(found, self.drop)


class Left(Cue):
    """`left`: features of the word right before the match, from its readings with the values given."""

    def __init__(self, tree: Mapping[str, Any], grammar: Grammar) -> None:
        super().__init__(tree, grammar)
        self.wanted = tuple(tree["left"].split())
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
        self.lookups = [grammar.syntax.governor(name) for name in names]
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
        self.subject = tuple(tree["beside"].split()) if "beside" in tree else ()
        self.asks = tree.get("asks", "")
        self.until = grammar.syntax.governor(tree["until"]) if "until" in tree else None

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
        return case is None or not any(has(word, ("?", case)) for word in others)


class Modifier(Cue):
    """`modifier`: the features of a determiner or adjective right before the match."""

    def __init__(self, tree: Mapping[str, Any], grammar: Grammar) -> None:
        super().__init__(tree, grammar)
        self.table = grammar.syntax.modifiers(tree["modifier"])
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


KINDS: Mapping[str, type[Cue]] = {
    "is": Fixed,
    "table": Table,
    "agree": Agree,
    "antecedent": Antecedent,
    "left": Left,
    "ahead": GovernorAhead,
    "governor": Governor,
    "modifier": Modifier,
    "lexeme": OfLexeme,
    "option": OfOption,
}


def _name(tree: Mapping[str, Any]) -> str:
    """A cue as explanations name it: its place in the grammar if it has one, its kind and its value."""
    kind = next(key for key in KINDS if key in tree)
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


def _conditions(tree: Mapping[str, Any]) -> dict[str, Any]:
    """The conditions under which a cue speaks, as one condition."""
    found: dict[str, Any] = {key: tree[key] for key in ("before", "after") if key in tree}
    more = [{"not": {key[7:]: tree[key]}} for key in ("unless_before", "unless_after") if key in tree]
    if "when" in tree:
        more.append(tree["when"])
    return {**found, "all": more} if more else found
