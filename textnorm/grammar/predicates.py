"""Conditions compiled: predicates about the text around a match, and how predicates combine.

Each gives a Python expression (see `textnorm.grammar.code`). Those about the fields of the match are
in `textnorm.grammar.field_predicates`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from textnorm.errors import PackError
from textnorm.grammar.code import Code, Predicate, every, some
from textnorm.grammar.context import Context, left_word, matcher
from textnorm.grammar.field_predicates import FIELD_PREDICATES, FIELD_TESTS, Builder, reading_test
from textnorm.grammar.prefilter import Need
from textnorm.grammar.template import Fields
from textnorm.memo import Memo

if TYPE_CHECKING:
    from textnorm.grammar.grammar import Grammar

NEAR = 40  # characters on either side that `near` looks at
_LOOKUPS = frozenset(["analysis", "category", "equal", "in", "matches", "option", "present"])
_NESTED = frozenset(["all", "any", "not"])


def compile_predicate(tree: Any, grammar: Grammar) -> Predicate:
    """The predicate for a tree: all keys of a mapping must hold; a list is a choice of mappings."""
    code = Code()
    return code.function(_condition(tree, grammar, code))


def _condition(tree: Any, grammar: Grammar, code: Code) -> str:
    if isinstance(tree, list):
        return some([_condition(item, grammar, code) for item in _joined(tree)])
    cheapest_first = sorted(tree.items(), key=lambda item: _dear(dict([item])))
    return every([_one(name, args, grammar, code) for name, args in cheapest_first])


def need_of(tree: Any, grammar: Grammar) -> Need:
    """What must at least be there for the condition to hold."""
    left = right = ""
    fields: list[tuple[str, Callable[[str], bool]]] = []
    for name, args in _musts(tree, grammar):
        if name == "before":
            left = left or grammar.expand(args)
        elif name == "after":
            right = right or grammar.expand(args)
        else:
            fields += ((one, FIELD_TESTS[name](value, grammar)) for one, value in args.items())
    return Need(left, right, tuple(fields))


def _musts(tree: Any, grammar: Grammar) -> Iterator[tuple[str, Any]]:
    """The conditions on the text around or on single fields that must all hold for the tree to hold."""
    if isinstance(tree, list):
        if len(tree) == 1:
            yield from _musts(tree[0], grammar)
        return
    for name, args in tree.items():
        if name in ("before", "after") or name in FIELD_TESTS:
            yield name, args
        elif name == "all":
            for item in args:
                yield from _musts(item, grammar)
        elif name == "named":
            yield from _musts(grammar.named_condition(args), grammar)


def _dear(tree: Any) -> bool:
    """Whether a condition runs a pattern or reads the text: others, mere look-ups, are asked first."""
    if isinstance(tree, list):
        return any(map(_dear, tree))
    return any(_dear(args) if name in _NESTED else name not in _LOOKUPS for name, args in tree.items())


def _joined(choices: list[Any]) -> list[Any]:
    """The choices, with those that are one pattern of the same kind joined to a single pattern."""
    kept: list[Any] = []
    patterns: dict[str, list[str]] = {}
    for choice in choices:
        if isinstance(choice, Mapping) and len(choice) == 1:
            ((name, value),) = choice.items()
            if name in ("before", "after", "match"):
                patterns.setdefault(name, []).append(f"(?:{value})")
                continue
        kept.append(choice)
    return [{name: "|".join(values)} for name, values in patterns.items()] + kept


def _one(name: str, args: Any, grammar: Grammar, code: Code) -> str:
    builder = _BUILDERS.get(name)
    if builder is None:
        raise PackError(f"unknown predicate {name!r}", remedy=f"one of: {' '.join(sorted(_BUILDERS))}")
    return builder(args, grammar, code)


def _option(args: Any, grammar: Grammar, code: Code) -> str:
    """Each named option has one of the values listed."""
    return str(all(grammar.option(name) in value.split() for name, value in args.items()))


def _line(args: Any, grammar: Grammar, code: Code) -> str:
    """The whole line matches the regular expression somewhere."""
    return code.line(grammar.expand(args))


def _near(args: Any, grammar: Grammar, code: Code) -> str:
    """The pattern matches within NEAR characters left or right of the match, in its line."""
    search = matcher(grammar.expand(args), method="search")

    def test(fields: Fields, at: Context) -> bool:
        text, start, end = at
        left = search(text, max(0, start - NEAR), start)
        return left is not None or search(text, end, end + NEAR) is not None

    return code.call(test)


def _before(args: Any, grammar: Grammar, code: Code) -> str:
    """The text to the left of the match ends with a match of the pattern."""
    return code.before(grammar.expand(args))


def _after(args: Any, grammar: Grammar, code: Code) -> str:
    """The text to the right of the match begins with a match of the pattern."""
    return code.after(grammar.expand(args))


def _not(args: Any, grammar: Grammar, code: Code) -> str:
    """None of the conditions holds."""
    return f"not ({_condition(args, grammar, code)})"


def _all(args: Any, grammar: Grammar, code: Code) -> str:
    """Every mapping of the list holds."""
    return every([_condition(item, grammar, code) for item in sorted(args, key=_dear)])


def _at(args: Any, grammar: Grammar, code: Code) -> str:
    """Where the match stands: 'sentence-start' or 'sentence-end'."""
    if args == "sentence-start":
        return f"{code.name(grammar.sentence.starts)}(at)"
    if args == "sentence-end":
        return f"{code.name(grammar.sentence.ends)}(at)"
    raise PackError(f"unknown position {args!r}", remedy="sentence-start or sentence-end")


def _match(args: Any, grammar: Grammar, code: Code) -> str:
    """The matched text as a whole fits the regular expression."""
    return code.whole(grammar.expand(args))


def _left(args: Any, grammar: Grammar, code: Code) -> str:
    """The word right before the match has a reading with these feature values and '#tags'."""
    has = reading_test(args, grammar)
    answers = code.name(Memo(lambda word: bool(word) and has(word)))
    return f"{answers}[{code.name(left_word)}(at)]"


def _modified(args: Any, grammar: Grammar, code: Code) -> str:
    """The word right before the match is a form in this modifier table that fits a number above one."""
    table, category = grammar.syntax.modifiers(args), grammar.category("2")
    return code.call(lambda fields, at: bool(table.find(at, category)))


def _named(args: Any, grammar: Grammar, code: Code) -> str:
    """A predicate that the grammar defines under a name."""
    return code.call(grammar.named_predicate(args))


_BUILDERS: Mapping[str, Builder] = {
    **FIELD_PREDICATES,
    "option": _option,
    "line": _line,
    "near": _near,
    "before": _before,
    "after": _after,
    "not": _not,
    "any": _condition,
    "all": _all,
    "at": _at,
    "match": _match,
    "left": _left,
    "modified": _modified,
    "named": _named,
}
NAMES = tuple(sorted(_BUILDERS))
