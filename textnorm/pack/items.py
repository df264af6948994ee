"""Turns checked trees into the typed items of a stage."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import regex

from textnorm.pack.charnames import char_entries, compositions
from textnorm.pack.check import refuse
from textnorm.pack.hints import near
from textnorm.pack.model import (
    Case,
    Charmap,
    Fallback,
    Item,
    Lexicon,
    LexiconMap,
    Option,
    Readings,
    Restore,
    Rule,
    Spaces,
    Spelling,
    TestCase,
    Transliterate,
    Tree,
    Unicode,
    WordRewrite,
)
from textnorm.pack.spec.models import TAGGER
from textnorm.pack.yamlfile import Map, where


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """An item before it is built: its tree, the file it stands in, and the macros seen there."""

    id: str
    kind: str
    tree: Map  # the rule, or the whole file for the other kinds
    head: Map  # the whole file

    @property
    def macros(self) -> Mapping[str, str]:
        """The macros of the file."""
        found: Mapping[str, str] = self.head.get("macros", {})
        return found


def build(
    draft: Draft, tree: Tree, macros: Mapping[str, str], options: Mapping[str, Option], tests: bool
) -> Item:
    """The item for a draft; `tree` is the draft's tree with inherited keys filled in."""
    cases = _tests(draft.tree, options) if tests else ()
    if draft.kind == "rules":
        return _rule(draft, tree, macros, cases)
    if draft.kind == "words":
        return _word_rewrite(draft, macros, cases)
    if draft.kind == "unicode":
        return _unicode(draft, cases, options)
    if draft.kind == "fallback":
        return _fallback(draft, cases, options)
    if draft.kind == "restore":
        return _restore(draft, cases, options)
    return _BUILDERS[draft.kind](draft, cases)


def build_charmap(draft: Draft, table: Lexicon | None, options: Mapping[str, Option], tests: bool) -> Charmap:
    """The character map for a draft, with the entries of the table that it names."""
    tree = draft.tree
    cases = _tests(tree, options) if tests else ()
    entries, declares = char_entries(tree, table), tuple(tree.get("declares", ()))
    if "length_preserving" in declares:
        for entry in entries:
            if len(entry.source) != len(entry.target):
                message = f'"{entry.source}" → "{entry.target}" changes the length'
                refuse(tree, "declares", message, "drop length_preserving, or the entry")
    return Charmap(
        id=draft.id,
        doc=tree["doc"],
        cls=tree["class"],
        entries=entries,
        declares=declares,
        words=tree.get("words", ""),
        tags=tuple(tree.get("tags", ())),
        tests=cases,
        at=where(tree),
        option=_chosen(tree, options),
        skip=tree.get("skip", ""),
        lines=tree.get("lines", ""),
    )


def _chosen(tree: Tree, options: Mapping[str, Option], key: str = "option") -> dict[str, str]:
    """The style options under which a file is used, or what else a key says of them."""
    chosen: Mapping[str, str] = tree.get(key, {})
    for name, values in chosen.items():
        for value in values.split():
            check_option(chosen, name, value, options)
    return dict(chosen)


def _rule(draft: Draft, tree: Tree, macros: Mapping[str, str], cases: tuple[TestCase, ...]) -> Rule:
    head, get = draft.head, tree.get
    return Rule(
        id=draft.id,
        doc=tree["doc"],
        cls=get("class") or head["class"],
        match=tree["match"],
        bounds=get("bounds", "word"),
        priority=int(get("priority", "0")),
        tags=tuple(dict.fromkeys((*head.get("tags", ()), *get("tags", ())))),
        ignore_case=get("ignore_case") == "on",
        trigger=get("trigger") or "",
        ends_sentence=get("ends_sentence") != "off",
        uncertain=get("uncertain") == "on",
        before=get("before", ""),
        after=get("after", ""),
        unless=get("unless", []),
        when=get("when", {}),
        resolve=get("resolve", []),
        say=get("say", ""),
        mark="mark" in tree,
        fields=dict(get("fields", {})),
        write=get("write", ""),
        macros=macros,
        tests=cases,
        at=where(draft.tree),
    )


def _lexicon(draft: Draft, cases: tuple[TestCase, ...]) -> Item:
    tree = draft.tree
    common = draft.id, tree["doc"], tree["class"]
    what = tree["table"], tree["column"], tree.get("match_case", "exact")
    return LexiconMap(*common, *what, tuple(tree.get("tags", ())), cases, where(tree))


def _spelling(draft: Draft, cases: tuple[TestCase, ...]) -> Item:
    tree = draft.tree
    return Spelling(
        id=draft.id,
        doc=tree["doc"],
        cls=tree["class"],
        table=tree["table"],
        column=tree["column"],
        keep=tuple(tree.get("keep", ())),
        names=tuple(tree.get("names", ())),
        contexts=tree.get("contexts", ""),
        like=tree.get("like", ""),
        short=tree.get("short", ""),
        squeeze=tree.get("squeeze") == "on",
        capitalized=tree.get("capitalized", "replace"),
        tags=tuple(tree.get("tags", ())),
        tests=cases,
        at=where(tree),
    )


def _word_rewrite(draft: Draft, macros: Mapping[str, str], cases: tuple[TestCase, ...]) -> Item:
    tree, head = draft.tree, draft.head
    table = tree is head
    exempt = [part["except"] for part in (head, tree) if "except" in part and not table]
    return WordRewrite(
        id=draft.id,
        doc=tree["doc"],
        cls=head["class"],
        group=head["namespace"],
        match="" if table else tree["match"],
        to="" if table else tree["to"],
        table=head["table"] if table else "",
        column=head.get("column", "") if table else "",
        exempt="|".join(f"(?:{pattern})" for pattern in exempt),
        known=tuple(dict.fromkeys((*head.get("known", ()), *tree.get("known", ())))),
        into=tuple(tree.get("into", ())),
        first=head.get("apply") == "first",
        follow=head.get("match_case") == "follow",
        apostrophes="apostrophes" in head.get("word", ()),
        digits="digits" in head.get("word", ()),
        macros=macros,
        tags=tuple(dict.fromkeys((*head.get("tags", ()), *tree.get("tags", ())))),
        tests=cases,
        at=where(tree),
        tokens="tokens" in head.get("word", ()),
        contexts=head.get("contexts", "") if table else "",
        together=int(head.get("together", "1")),
    )


def _case(draft: Draft, cases: tuple[TestCase, ...]) -> Item:
    tree = draft.tree
    common = draft.id, tree["doc"], tree["class"]
    return Case(
        *common,
        tree.get("keep", ""),
        tuple(tree.get("tags", ())),
        cases,
        where(tree),
        make=tree.get("make", "folded"),
        only=tree.get("only", ""),
        before=tree.get("before", ""),
        known=tuple(tree.get("known", ())),
    )


def _spaces(draft: Draft, cases: tuple[TestCase, ...]) -> Item:
    tree = draft.tree
    common = draft.id, tree["doc"], tree["class"]
    return Spaces(*common, tuple(tree["repairs"]), tuple(tree.get("tags", ())), cases, where(tree))


def _transliterate(draft: Draft, cases: tuple[TestCase, ...]) -> Item:
    tree = draft.tree
    try:
        trust = float(tree.get("trust", "1"))
        regex.compile(tree["letters"])
    except (ValueError, regex.error) as error:
        refuse(tree, None, f"`trust` is no number or `letters` no pattern: {error}", "such as 1.5 and [a-z]")
    return Transliterate(
        id=draft.id,
        doc=tree["doc"],
        cls=tree["class"],
        to=tree["to"],
        letters=tree["letters"],
        correspondences=tree["correspondences"],
        source=tree["source"],
        target=tree["target"],
        lists=tuple(tree.get("words", ())),
        model=tree["model"],
        given=tree.get("given", "target"),
        trust=trust,
        marks=dict(tree.get("marks", {})),
        tags=tuple(tree.get("tags", ())),
        tests=cases,
        at=where(tree),
    )


def _threshold(tree: Tree) -> float | str | None:
    written = tree["threshold"]
    byte_model = tree.get("engine", TAGGER) != TAGGER
    if written == "off":
        return None
    if written == "model" and byte_model:
        return str(written)
    value = _number(tree, "threshold", "")
    if not -math.inf < value <= 0:  # nor may it be NaN
        remedy = "write a number up to 0: the logarithm of 0.9 is -0.105"
        refuse(tree, "threshold", f'"{written}" is no log-probability', remedy)
    return value


def _length(tree: Map) -> tuple[float, float]:
    """How long the answers of a model may be, as shares of the word's length."""
    try:
        shortest, longest = map(float, tree.get("length", "0.44 5").split())
    except ValueError:
        shortest, longest = 1.0, 0.0
    if not 0 <= shortest <= longest < math.inf:
        remedy = "write two, the smaller one first, such as 0.44 5"
        refuse(tree, "length", f'"{tree["length"]}" is no pair of numbers', remedy)
    return shortest, longest


def _distance(tree: Map) -> int:
    distance = int(tree.get("distance", "4"))
    if distance < 0:
        refuse(tree, "distance", f"{distance} is less than 0", "write how many characters may change")
    return distance


def _fallback(draft: Draft, cases: tuple[TestCase, ...], options: Mapping[str, Option]) -> Item:
    tree = draft.tree
    return Fallback(
        id=draft.id,
        doc=tree["doc"],
        cls=tree["class"],
        engine=tree.get("engine", TAGGER),
        model=tree["model"],
        threshold=_threshold(tree),
        letters={plain: "".join(others.split()) for plain, others in tree.get("edits", {}).items()},
        known=tuple(tree.get("known", ())),
        names=tuple(tree.get("names", ())),
        protect=tree.get("protect", ""),
        skip=tree.get("skip", ""),
        skip_unless=_chosen(tree, options, "skip_unless"),
        foreign=tuple(tree.get("foreign", ())),
        foreign_like=tree.get("foreign_like", ""),
        own_like=tree.get("own_like", ""),
        length=_length(tree),
        distance=_distance(tree),
        signs=tree.get("signs", ""),
        tags=tuple(tree.get("tags", ())),
        tests=cases,
        at=where(tree),
    )


def _readings(draft: Draft, cases: tuple[TestCase, ...]) -> Item:
    tree = draft.tree
    margin = None if tree["margin"] == "off" else _number(tree, "margin", "")
    if margin is not None and margin < 0:
        refuse(tree, "margin", "a margin below 0 would prefer the less likely", "write 0 or more, or off")
    tags = tuple(tree.get("tags", ()))
    return Readings(draft.id, tree["doc"], tree["model"], margin, tags, cases, where(tree))


def _unicode(draft: Draft, cases: tuple[TestCase, ...], options: Mapping[str, Option]) -> Item:
    tree = draft.tree
    common = draft.id, tree["doc"], tree["class"]
    tags, exclude = tuple(tree.get("tags", ())), tuple(tree.get("exclude", ()))
    for index, char in enumerate(exclude):
        if unicodedata.decomposition(char).startswith("<") or not unicodedata.decomposition(char):
            refuse(tree["exclude"], index, f'"{char}" is no composed character', "leave it out")
    more = exclude, tuple(compositions(tree)), _chosen(tree, options)
    return Unicode(*common, tree["form"], tags, cases, where(tree), *more)


def _restore(draft: Draft, cases: tuple[TestCase, ...], options: Mapping[str, Option]) -> Item:
    tree = draft.tree
    return Restore(
        id=draft.id,
        doc=tree["doc"],
        cls=tree["class"],
        source=tree["from"],
        map=tuple(tree["map"]),
        model=tree["model"],
        tagger=tree.get("tagger", ""),
        tagger_unless=_chosen(tree, options, "tagger_unless"),
        letters="".join(tree["letters"].split()),
        margin=_number(tree, "margin", "0"),
        evidence=_number(tree, "evidence", "5"),
        tags=tuple(tree.get("tags", ())),
        tests=cases,
        at=where(tree),
    )


def _number(tree: Map, key: str, default: str) -> float:
    try:
        return float(tree.get(key, default))
    except ValueError:
        refuse(tree, key, f'"{tree[key]}" is no number', "write a number such as 1.5")


_BUILDERS: dict[str, Callable[[Draft, tuple[TestCase, ...]], Item]] = {
    "case": _case,
    "lexicon": _lexicon,
    "readings": _readings,
    "spaces": _spaces,
    "spelling": _spelling,
    "transliterate": _transliterate,
}


def _tests(tree: Map, options: Mapping[str, Option]) -> tuple[TestCase, ...]:
    return tuple(_test(case, options) for case in tree.get("tests", ()))


def _test(case: Tree, options: Mapping[str, Option]) -> TestCase:
    unchanged = "unchanged" in case
    if unchanged and "fields" in case:
        refuse(case, "fields", "a test with `fields` is about an edit", "leave out `unchanged`")
    if unchanged + ("out" in case or "fields" in case) != 1:
        refuse(case, None, "a test has either `out` or `unchanged: true`", "keep one of them")
    if case.get("out") == case["in"]:
        refuse(case, "out", "`out` is the same as `in`", "write unchanged: true")
    chosen = case.get("options", {})
    for name, value in chosen.items():
        check_option(chosen, name, value, options)
    output = case.get("out", case["in"])
    return TestCase(
        case["in"],
        output,
        unchanged,
        case.get("known_failure", ""),
        chosen,
        where(case),
        tuple(case.get("layers", ())),
        case.get("fields"),
    )


def check_option(tree: Tree, name: str, value: str, options: Mapping[str, Option]) -> None:
    """Refuse an option, or a value for it, that the pack does not know."""
    if name not in options:
        refuse(tree, name, f'unknown option "{name}"', near(name, options), name=True)
    if value not in options[name].values:
        refuse(
            tree,
            name,
            f'"{value}" is no value of option "{name}"',
            f"one of: {', '.join(options[name].values)}",
        )
