from __future__ import annotations

import pytest

from textnorm.errors import PackError
from textnorm.pack.load import load_pack

from .conftest import PACK, WORDS, Writer


def refusal(folder: object) -> str:
    """The error for the pack in `folder`."""
    with pytest.raises(PackError) as caught:
        load_pack("xx", rules=[str(folder)])
    return str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("kind: rules", "kind: rule", '2:7: "rule" is no kind of file (did you mean rules?)'),
        (
            "kind: rules\n",
            "",
            '1:1: key "kind" is missing (one of: pack, rules, charmap, case, lexicon, words, spelling, spaces, unicode, restore, transliterate, fallback, readings, linking, context, grammar)',
        ),
        ("kind: rules", "kind: [rules]", "2:7: \"['rules']\" is no kind of file (did you mean rules?)"),
        ("format: 1", "format: 2", '1:9: "2" is no value of "format" (one of: 1)'),
        ("    match: 'km'", "    mach: 'km'", '8:5: rule: unknown key "mach" (did you mean match?)'),
        (
            "    match: 'km'\n",
            "",
            '6:5: rule: "match" is missing (add it: The text the rule is about; named groups become fields. A name'
            " that begins with `_` is the rule's own: the edit does not show it.)",
        ),
        (
            "match: 'km'",
            "match: ''",
            '8:12: "match" is empty (The text the rule is about; named groups become fields. A name that begins'
            " with `_` is the rule's own: the edit does not show it.)",
        ),
        ("match: 'km'", "match: [km]", '8:12: "match" needs a string, not a list (put it in single quotes)'),
        (
            "say: 'kilometres'",
            "say: {a: b}",
            '9:10: "say" needs a template or a list of {when, say}, not a mapping',
        ),
        (
            "say: 'kilometres'",
            "say: [x]",
            '9:11: an entry of "say" needs a mapping, not "x" (write {KEY: VALUE})',
        ),
        ("say: 'kilometres'", "say: [{when: {}}]", '9:11: saying: "say" is missing (add it: The template.)'),
        ("id: km", "id: Km", '6:9: "Km" is no rule id (use lower-case letters, digits and hyphens)'),
        (
            "namespace: xx.words",
            "namespace: xx words",
            '3:12: "xx words" is no namespace (write words with dots between, such as lt.date)',
        ),
        ("match: 'km'", "match: '{kn}'", "8:12: unknown macro {kn}"),
        (
            "match: 'km'",
            "match: '{lexicon:xx/units}'",
            '8:12: no lexicon "xx/units" (put it at data/xx/units.tsv)',
        ),
    ],
)
def test_faulty_rule_files_are_refused(write: Writer, old: str, new: str, message: str) -> None:
    """Each fault names its place, the offending text and the remedy."""
    assert refusal(write(words=WORDS.replace(old, new))) == f"xx/words.yaml:{message}"


@pytest.mark.parametrize(
    ("key", "message"),
    [
        (
            "bounds: ''",
            '8:13: "bounds" is empty (What may touch the match: a name from the grammar\'s `bounds`.)',
        ),
        ("priority: high", '8:15: "priority" needs a whole number, not "high"'),
        ("ignore_case: yes", '8:18: "ignore_case" needs on or off, not "yes"'),
        ("tags: a", '8:11: "tags" needs a list of strings, not "a" (write tags: [a])'),
        ("tags: [a, {b: c}]", '8:15: "tags" needs strings, not a mapping'),
        ("when: x", '8:11: "when" needs a condition, not "x" (write {PREDICATE: …})'),
        (
            "when: {calender: [y, m, d]}",
            '8:12: condition: unknown key "calender" (did you mean calendar?)',
        ),
        ("when: {calendar: y}", '8:22: "calendar" needs a list of strings, not "y" (write calendar: [y])'),
        ("when: {not: {any: [x]}}", '8:24: an entry of "any" needs a mapping, not "x" (write {KEY: VALUE})'),
        ("when: {option: {a: [b]}}", '8:24: "a" needs a string, not a list (put it in single quotes)'),
        ("unless: {matches: x}", '8:23: "matches" needs a mapping, not "x" (write {KEY: VALUE})'),
        ("unless: [{befor: x}]", '8:15: condition: unknown key "befor" (did you mean before?)'),
        ("resolve: {is: gen}", '8:14: "resolve" needs a list of cues, not a mapping (write [{CUE: …}])'),
        ("resolve: [gen]", '8:15: a cue needs a mapping, not "gen" (write {KEY: VALUE})'),
        ("resolve: [{agre: gen}]", '8:16: cue: unknown key "agre" (did you mean agree?)'),
        ("class: NUM", '8:12: class "NUM" is not in the pack\'s classes (known: EXPN)'),
        ("before: '{b}'", "8:13: unknown macro {b}"),
        ("unless: {before: '{b}'}", "8:22: unknown macro {b}"),
        ("when: {in: {m: xx/a}}", '8:20: no lexicon "xx/a" (did you mean xx/aa?)'),
    ],
)
def test_faulty_keys_of_a_rule_are_refused(write: Writer, key: str, message: str) -> None:
    """Values are checked for their shape, conditions and cues for their keys."""
    words = WORDS.replace("    match:", f"    {key}\n    match:")
    folder = write(pack=PACK + "classes: [EXPN]\n", words=words, data__xx__aa="a\nb\n")
    assert refusal(folder) == f"xx/words.yaml:{message}"


@pytest.mark.parametrize(
    ("case", "message"),
    [
        ("{in: x}", "11:9: a test has either `out` or `unchanged: true` (keep one of them)"),
        (
            "{in: x, out: y, unchanged: true}",
            "11:9: a test has either `out` or `unchanged: true` (keep one of them)",
        ),
        ("{in: x, out: x}", "11:22: `out` is the same as `in` (write unchanged: true)"),
        ("{in: x, unchanged: yes}", '11:28: "yes" is no value of "unchanged" (one of: true)'),
        ("{out: x}", '11:9: test: "in" is missing (add it: The input.)'),
        ("{in: x, out: y, options: {yer: a}}", '11:35: unknown option "yer" (did you mean year?)'),
        ("{in: x, out: y, options: {year: c}}", '11:41: "c" is no value of option "year" (one of: a, b)'),
        ("x", '11:9: an entry of tests needs a mapping, not "x" (write {KEY: VALUE})'),
    ],
)
def test_faulty_tests_are_refused(write: Writer, case: str, message: str) -> None:
    """An example must say what it expects, under options that the pack has."""
    options = "options: {year: {values: [a, b], default: a, doc: d}}\n"
    words = WORDS.replace("{in: 5 km, out: 5 kilometres}", case)
    assert refusal(write(pack=PACK + options, words=words)) == f"xx/words.yaml:{message}"


def test_empty_tests_are_refused(write: Writer) -> None:
    """A key without its list is a slip."""
    words = WORDS[: WORDS.index("    tests:")] + "    tests: []\n"
    load_pack("xx", rules=[write(words=words)])
    assert refusal(write(words=words.replace("[]", ""))) == (
        'xx/words.yaml:10:11: "tests" needs a list, not "" (start each entry with \'- \')'
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("kind: pack", "kind: spaces", '3:1: spaces: unknown key "name" (did you mean namespace?)'),
        ("stages:", "stage:", '6:1: pack: unknown key "stage" (did you mean stages?)'),
        (
            "stage: rules",
            "stage: rule",
            '7:13: "rule" is no value of "stage" (one of: unicode, charmap, case, rules, readings, lexicon, words, spelling, spaces, restore, transliterate, fallback)',
        ),
        (
            "layer: words, ",
            "",
            '7:5: stage: "layer" is missing (add it: Name by which the pass is switched on and off.)',
        ),
        (
            "[words.yaml]",
            "[word.yaml]",
            '7:42: no file "word.yaml" in the pack\'s folder (did you mean words.yaml?)',
        ),
        (
            "[words.yaml]",
            "words.yaml",
            '7:41: "files" needs a list of strings, not "words.yaml" (write files: [words.yaml])',
        ),
        ("name: xx", "name: xx\nname: yy", '4:1: key "name" occurs twice (first on line 3; keep one)'),
        (
            "name: xx",
            "name: xx\noptions: {a: {values: [x], default: y, doc: d}}",
            '4:37: "y" is not among the values (one of: x)',
        ),
        ("name: xx", "name: xx\noptions: {a: b}", '4:14: "a" needs a mapping, not "b" (write {KEY: VALUE})'),
    ],
)
def test_faulty_manifests_are_refused(write: Writer, old: str, new: str, message: str) -> None:
    """Stages, files and options are checked when the pack is read."""
    assert refusal(write(pack=PACK.replace(old, new))) == f"xx/pack.yaml:{message}"


def test_a_manifest_must_be_one(write: Writer) -> None:
    """Another kind of file under the name pack.yaml is refused."""
    spaces = "format: 1\nkind: spaces\nnamespace: a\nclass: B\ndoc: d\nrepairs: [trim]\n"
    assert refusal(write(pack=spaces)) == "xx/pack.yaml:2:7: pack.yaml is of kind spaces (write kind: pack)"


def test_a_file_must_be_of_its_stages_kind(write: Writer) -> None:
    """The message names both places."""
    folder = write(pack=PACK.replace("stage: rules", "stage: spaces"))
    assert refusal(folder) == (
        "xx/words.yaml:2:7: this file is of kind rules (xx/pack.yaml:7:43 asks for spaces)"
    )


def test_ids_are_unique(write: Writer) -> None:
    """The second of two equal ids is refused, with the place of the first."""
    twin = WORDS[WORDS.index("  - id:") :]
    assert refusal(write(words=WORDS + twin)) == (
        'xx/words.yaml:14:9: id "xx.words.km" is taken (by xx/words.yaml:6:9; ids are unique)'
    )


def test_grammar_entries_are_unique(write: Writer) -> None:
    """Within a pack no table is defined twice, and a key has one shape."""
    manifest = PACK + "grammar: [a.yaml, b.yaml]\n"
    grammar = "format: 1\nkind: grammar\n"
    folder = write(pack=manifest, a=grammar + "tables: {t: x}\n", b=grammar + "tables:\n  u: x\n  t: y\n")
    assert refusal(folder) == 'xx/b.yaml:5:3: "t" is defined twice (first at xx/a.yaml:3:10)'
    folder = write(pack=manifest, a=grammar + "plural: x\n", b=grammar + "plural: y\n")
    assert refusal(folder) == 'xx/b.yaml:3:1: "plural" is defined twice (first at xx/a.yaml:3:1)'
    folder = write(pack=manifest, a=grammar + "cues: {a: b}\n", b=grammar + "cues: [y]\n")
    assert refusal(folder) == 'xx/b.yaml:3:1: "cues" is defined twice (first at xx/a.yaml:3:1)'


def test_lexicons_of_the_grammar_must_exist(write: Writer) -> None:
    """A name below a data folder that exists is meant as a lexicon."""
    grammar = "format: 1\nkind: grammar\nlexemes:\n  nouns: xx/noun\n"
    folder = write(pack=PACK + "grammar: [g.yaml]\n", g=grammar, data__xx__nouns="a\nb\n")
    assert refusal(folder) == 'xx/g.yaml:4:10: no lexicon "xx/noun" (did you mean xx/nouns?)'


def test_macros_may_only_use_macros_they_can_see(write: Writer) -> None:
    """Those of the file see the grammar's, not the other way round; the message points at the macro."""
    words = WORDS.replace("rules:\n  -", "macros:\n  a: '{shared}'\n  b: '{sharde}'\nrules:\n  -")
    grammar = "format: 1\nkind: grammar\nmacros: {shared: x}\n"
    folder = write(pack=PACK + "grammar: [g.yaml]\n", words=words, g=grammar)
    assert refusal(folder) == "xx/words.yaml:7:6: unknown macro {sharde} (did you mean shared?)"
    write(pack=PACK + "grammar: [g.yaml]\n", g=grammar.replace("shared: x", "shared: '{a}'"))
    assert refusal(folder) == "xx/g.yaml:3:18: unknown macro {a} (known: shared)"


def test_tests_are_not_checked_when_they_are_not_read(write: Writer) -> None:
    """Fast loading ignores a fault in examples; `textnorm rules test` will find it."""
    folder = write(words=WORDS.replace("{in: 5 km, out: 5 kilometres}", "{in: x}"))
    assert load_pack("xx", rules=[folder], tests=False).name == "xx"
