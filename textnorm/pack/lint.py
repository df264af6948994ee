"""Finds what loads but should not be shipped: untested rules, dangerous patterns, tangled maps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from textnorm.errors import Location, PackError
from textnorm.pack.expand import expand, references
from textnorm.pack.lint_charmap import charmap_faults, folding_faults, protected_faults
from textnorm.pack.lint_context import context_faults
from textnorm.pack.lint_pattern import pattern_faults
from textnorm.pack.model import Case, Charmap, Item, LexiconMap, Pack, Rule, Spelling, Tree, WordRewrite
from textnorm.pack.spec.grammar import FENCE

Severity = Literal["error", "warning"]
_PATTERNS = ("match", "before", "after")
_FENCE_PATTERNS = tuple(key.name for key in FENCE.keys if key.shape == "regex")
_KEYS = {"exempt": "except"}  # keys of files that the model calls otherwise
_POSITIVE, _NEGATIVE = 2, 1  # examples that every item needs


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: which item, where, and what to do about it."""

    id: str
    at: Location
    code: str
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.at}: {self.severity}: {self.id}: {self.message} [{self.code}]"


def lint(pack: Pack) -> list[Finding]:
    """All faults of a pack that was loaded with its tests, in the order of its items.

    What the loader refuses (unknown keys, double ids, missing macros, wrong character names) cannot
    come up here: such a pack does not load.
    """
    found: list[Finding] = []
    probed: dict[str, list[tuple[str, str, Severity]]] = {}
    for stage in pack.stages:
        for item in stage.items:
            found.extend(_few_tests(item))
            if isinstance(item, Rule):
                found.extend(_patterns(item, pack, probed))
            elif isinstance(item, Charmap):
                found.extend(
                    Finding(item.id, at, code, message, severity)
                    for at, code, message, severity in charmap_faults(item)
                )
            elif isinstance(item, WordRewrite | Case):
                found.extend(_word_patterns(item, pack))
            if isinstance(item, LexiconMap | Spelling):
                found.extend(_lexicon(item, pack))
            if isinstance(item, WordRewrite) and item.table and item.column:
                found.extend(_columns(item, pack))
    found += (
        Finding(charmap.id, entry.at, "protected", message)
        for charmap, entry, message in protected_faults(pack)
    )
    found += (
        Finding(f"{pack.name}.context.{tree['lang']}", at, code, message)
        for tree in pack.context
        for at, code, message in context_faults(tree)
    )
    return [*found, *_fences(pack), *_unused_macros(pack)]


def _few_tests(item: Item) -> Iterator[Finding]:
    negative = sum(case.unchanged for case in item.tests)
    positive = sum(not case.unchanged and not case.known_failure for case in item.tests)
    if positive < _POSITIVE or negative < _NEGATIVE:
        message = (
            f"{positive} examples that change and {negative} that do not; needs {_POSITIVE} and {_NEGATIVE}"
        )
        yield Finding(item.id, item.at, "few-tests", message)


def _patterns(
    rule: Rule, pack: Pack, probed: dict[str, list[tuple[str, str, Severity]]]
) -> Iterator[Finding]:
    """Faults of a rule's patterns; rules that inherit a pattern share the work done on it."""
    for key in _PATTERNS:
        pattern = getattr(rule, key)
        if not pattern:
            continue
        try:
            source = expand(pattern, rule.macros, pack.lexicons, rule.at)
        except PackError as error:
            yield Finding(rule.id, rule.at, "bad-pattern", f"{key}: {error.message}")
            continue
        name = f"{key} {rule.ignore_case} {source}"
        if name not in probed:
            probed[name] = list(pattern_faults(source, rule.ignore_case, context=key != "match"))
        for code, message, severity in probed[name]:
            yield Finding(rule.id, rule.at, code, f"{key}: {message}", severity)


def _word_patterns(item: WordRewrite | Case, pack: Pack) -> Iterator[Finding]:
    """Faults of patterns over single words, which may look around themselves."""
    keys = ("keep", "only", "before") if isinstance(item, Case) else ("match", "exempt")
    macros = item.macros if isinstance(item, WordRewrite) else {}
    for key in keys:
        if pattern := getattr(item, key):
            source = expand(pattern, macros, pack.lexicons, item.at)
            for code, message, severity in pattern_faults(source, False, context=key != "match"):
                if code != "look-behind":
                    yield Finding(item.id, item.at, code, f"{_KEYS.get(key, key)}: {message}", severity)


def _fences(pack: Pack) -> Iterator[Finding]:
    """Faults of the patterns of fences."""
    fences: Mapping[str, Mapping[str, Any]] = pack.grammar.get("fences", {})
    at = pack.grammar_at.get("fences", Location(pack.name))
    macros: Mapping[str, str] = pack.grammar.get("macros", {})
    for name, fence in fences.items():
        for key in _FENCE_PATTERNS:
            if key not in fence:
                continue
            try:
                source = expand(fence[key], macros, pack.lexicons, at)
            except PackError as error:
                yield Finding(f"fence {name}", at, "bad-pattern", f"{key}: {error.message}")
                continue
            for code, message, severity in pattern_faults(source, False, context=True):
                yield Finding(f"fence {name}", at, code, f"{key}: {message}", severity)


def _columns(item: LexiconMap | Spelling | WordRewrite, pack: Pack) -> Iterator[Finding]:
    """What is wrong with the table of an item, or its column."""
    try:
        table = pack.lexicons[item.table]
    except PackError as error:
        yield Finding(item.id, error.at or item.at, "bad-table", error.message)
        return
    if item.column not in table.columns:
        message = f'table {item.table} has no column "{item.column}"; it has {", ".join(table.columns)}'
        yield Finding(item.id, item.at, "bad-table", message)


def _lexicon(item: LexiconMap | Spelling, pack: Pack) -> Iterator[Finding]:
    faults = list(_columns(item, pack))
    if faults:
        yield from faults
        return
    table = pack.lexicons[item.table]
    value = table.column(item.column)
    pairs = [(row[0], row[value]) for row in table.rows]
    for key, message in folding_faults(pairs, fold_case=getattr(item, "match_case", "follow") == "follow"):
        yield Finding(item.id, Location(table.file), "folding", f'"{key}": {message}')


def _unused_macros(pack: Pack) -> Iterator[Finding]:
    """Macros of rule files that no pattern uses, and macros of the grammar that nothing uses."""
    shared: Mapping[str, str] = pack.grammar.get("macros", {})
    used = _used(pack.grammar, shared) | _used_by_charmaps(pack, shared)
    files: dict[str, tuple[Rule | WordRewrite, set[str]]] = {}
    items = (item for stage in pack.stages for item in stage.items)
    for rule in (item for item in items if isinstance(item, Rule | WordRewrite)):
        names = _used_by_rule(rule) if isinstance(rule, Rule) else _used_by_words(rule)
        used |= names
        files.setdefault(rule.at.file, (rule, set()))[1].update(
            name for name in rule.macros if name not in shared
        )
    for file, (rule, names) in files.items():
        namespace = rule.id.rpartition(".")[0]
        for name in sorted(names - used):
            message = f"no pattern uses the macro {{{name}}}"
            yield Finding(namespace, Location(file), "unused-macro", message)
    at = pack.grammar_at.get("macros")
    for name in sorted(set(shared) - used) if at else ():
        yield Finding(
            f"{pack.name} grammar", at or Location(""), "unused-macro", f"nothing uses the macro {{{name}}}"
        )


def _used_by_charmaps(pack: Pack, shared: Mapping[str, str]) -> set[str]:
    maps = (item for stage in pack.stages for item in stage.items if isinstance(item, Charmap))
    trees = [[one.skip, one.lines, *([entry.before, entry.after] for entry in one.entries)] for one in maps]
    return _used(trees, shared)


def _used_by_words(item: WordRewrite) -> set[str]:
    return _used([item.match, item.exempt], item.macros)


def _used_by_rule(rule: Rule) -> set[str]:
    choices = [choice for says in (rule.say, rule.write) if not isinstance(says, str) for choice in says]
    conditions = [choice.get("when", {}) for choice in choices]
    trees = (rule.match, rule.before, rule.after, rule.unless, rule.when, rule.resolve, *conditions)
    return {name for tree in trees for name in _used(tree, rule.macros)}


def _used(tree: Tree, macros: Mapping[str, str]) -> set[str]:
    """Macros that strings below `tree` use, and macros that those use; definitions do not count as use."""
    found: set[str] = set()

    def note(pattern: str) -> None:
        for sort, name in references(pattern):
            if sort == "macro" and name in macros and name not in found:
                found.add(name)
                note(macros[name])

    _each_string(tree, note)
    return found


def _each_string(tree: Tree, visit: Callable[[str], None]) -> None:
    if isinstance(tree, str):
        if "{" in tree:
            visit(tree)
        return
    children: Any = tree
    if isinstance(tree, Mapping):
        children = [value for key, value in tree.items() if key != "macros"]
    for child in children:
        _each_string(child, visit)
