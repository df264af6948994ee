from __future__ import annotations

import pytest

from textnorm.errors import PackError
from textnorm.pack.lint import Finding, lint
from textnorm.pack.lint_pattern import pattern_faults
from textnorm.pack.load import load_pack

from .conftest import PACK, WORDS, Writer

CHARMAP = """\
format: 1
kind: charmap
namespace: xx.chars
class: SCRIPT
doc: Letters.
tests: [{in: x, out: y}, {in: z, out: y}, {in: y, unchanged: true}]
"""


def faults(write: Writer, **files: str) -> list[str]:
    """The findings for a pack with these files, as printed."""
    return [str(finding) for finding in lint(load_pack("xx", rules=[write(**files)]))]


def test_a_sound_pack_has_no_faults(write: Writer) -> None:
    """Two examples that change and one that does not are enough."""
    assert faults(write) == []


def test_rules_need_examples(write: Writer) -> None:
    """A known failure is no positive example."""
    words = WORDS.replace("{in: kms, unchanged: true}", "{in: b, out: c, known_failure: d}")
    assert faults(write, words=words) == [
        "xx/words.yaml:6:5: error: xx.words.km: 2 examples that change and 0 that do not;"
        " needs 2 and 1 [few-tests]"
    ]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("a?", ["empty-match"]),
        ("a*|b", ["empty-match"]),
        ("(?<=x)a", ["look-behind"]),
        ("(?:a+)*b", ["nested-repetition"]),
        (r"(?:\d+ ?)+x", ["nested-repetition"]),
        (r"(?:a|b+)+x", ["nested-repetition"]),
        (r"\d+(?:,\d+)*", []),
        ("(?:a|a)+x", ["slow-pattern"]),
        ("(?:a|aa)+!x", ["slow-pattern"]),
        (r"(?:\w\w?)+!x", []),
        ("(a", ["bad-pattern"]),
        ("(?#x)a", ["bad-pattern"]),
        ("(?P<y>[12]\\d{3})-\\d\\d", []),
    ],
)
def test_dangerous_patterns_are_found(pattern: str, expected: list[str]) -> None:
    """Patterns that match nothing, look behind, or may take exponential time."""
    assert [code for code, _, _ in pattern_faults(pattern, False, context=False)] == expected


def test_context_patterns_may_be_empty_and_look_behind() -> None:
    """`before` and `after` stand beside a match; only their cost is checked."""
    assert list(pattern_faults(r"(?<=x)\s*", False, context=True)) == []


def test_pattern_faults_name_rule_and_key(write: Writer) -> None:
    """A fault in `before` says so."""
    words = WORDS.replace("    say:", "    before: '(?:a+)*'\n    say:").replace("match: 'km'", "match: 'k?'")
    assert faults(write, words=words) == [
        "xx/words.yaml:6:5: error: xx.words.km: match: the pattern matches the empty string [empty-match]",
        "xx/words.yaml:6:5: error: xx.words.km: before: a repetition whose whole content is repeated again,"
        " as in (a+)*, can take exponential time [nested-repetition]",
    ]


def test_lexicon_columns_are_checked(write: Writer) -> None:
    """A reference to a column that is not there is found without running the rule."""
    words = WORDS.replace("match: 'km'", "match: '{lexicon:xx/t.lng}'")
    assert faults(write, words=words, data__xx__t="long\nx\n") == [
        'xx/words.yaml:6:5: error: xx.words.km: match: lexicon xx/t has no column "lng" [bad-pattern]'
    ]


def test_unused_macros_are_found(write: Writer) -> None:
    """A macro counts as used through another one, or by the grammar; its own definition does not count."""
    macros = "macros: {used: '{deep}', deep: k, idle: '{idler}', idler: x}\n"
    words = WORDS.replace("rules:\n  -", macros + "rules:\n  -").replace("'km'", "'{used}m'")
    grammar = "format: 1\nkind: grammar\nmacros: {cue: a, waste: b}\ncues: {c: [{before: '{cue}'}]}\n"
    assert faults(write, pack=PACK + "grammar: [g.yaml]\n", words=words, g=grammar) == [
        "xx/words.yaml: error: xx.words: no pattern uses the macro {idle} [unused-macro]",
        "xx/words.yaml: error: xx.words: no pattern uses the macro {idler} [unused-macro]",
        "xx/g.yaml:3:1: error: xx grammar: nothing uses the macro {waste} [unused-macro]",
    ]


def test_fences_are_checked(write: Writer) -> None:
    """Their patterns may look behind, but not take for ages, name what is not there, or be no patterns."""
    fences = (
        "fences:\n  a: {doc: d, match: '(?<=x)y'}\n  b: {doc: d, line: '(?:a+)*b'}\n"
        "  c: {doc: d, match: '(a'}\n  e: {doc: d, match: a, trigger: '{none}'}\n"
    )
    grammar = f"format: 1\nkind: grammar\n{fences}"
    found = faults(write, pack=PACK + "grammar: [g.yaml]\n", g=grammar)
    assert [line.partition("error: ")[2].split(": ")[:2] for line in found] == [
        ["fence b", "line"],
        ["fence c", "match"],
        ["fence e", "trigger"],
    ]


def charmap_faults(write: Writer, entries: str, head: str = CHARMAP) -> list[tuple[str, str, str]]:
    """Code, severity and message for a charmap of these entries."""
    manifest = PACK.replace("stage: rules", "stage: charmap")
    folder = write(pack=manifest, words=head + f"map:\n{entries}")
    return [(f.code, f.severity, f.message) for f in lint(load_pack("xx", rules=[folder]))]


def entry(source: str, target: str) -> str:
    """One line of a map of small Latin letters."""
    names = source.upper(), target.upper()
    return f"  - {{from: {source}, from_name: {names[0]}, to: {target}, to_name: {names[1]}}}\n"


def test_tangled_charmaps_are_found(write: Writer) -> None:
    """Double sources, loops and chains each have their message."""
    assert charmap_faults(write, entry("a", "b") + entry("a", "c")) == [
        ("double-source", "error", '"a" (LATIN SMALL LETTER A) is mapped twice, first at xx/words.yaml:8:5')
    ]
    assert charmap_faults(write, entry("a", "b") + entry("b", "a")) == [
        ("both-directions", "error", '"a" and "b" become each other'),
        ("both-directions", "error", '"b" and "a" become each other'),
    ]
    chain = [("chained", "warning", '"a" becomes "b", but "b" is itself replaced')]
    assert charmap_faults(write, entry("a", "b") + entry("b", "c")) == chain
    strict = CHARMAP + "declares: [idempotent]\n"
    assert charmap_faults(write, entry("a", "b") + entry("b", "c"), strict)[0][1] == "error"


def test_charmap_keys_that_look_alike_are_found(write: Writer) -> None:
    """A composed letter and its decomposition are one key to a reader."""
    lines = (
        '  - {from: "\\u00e9", from_name: LATIN SMALL LETTER E WITH ACUTE, to: a, to_name: A}\n'
        '  - {from: "e\\u0301", from_name: SMALL LETTER E + COMBINING ACUTE ACCENT, to: b, to_name: B}\n'
    )
    assert charmap_faults(write, lines) == [
        (
            "folding",
            "error",
            '"e\u0301" (LATIN SMALL LETTER E + COMBINING ACUTE ACCENT):'
            ' the same as "\u00e9" once folded, but with another result',
        )
    ]


LEXICON = """\
format: 1
kind: lexicon
namespace: xx.slips
class: MISSP
doc: Slips.
table: xx/slips
column: right
match_case: follow
tests: [{in: teh, out: the}, {in: hte, out: the}, {in: the, unchanged: true}]
"""


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("wrong\tright\nteh\tthe\n", []),
        (
            "wrong\tright\nteh\tthe\nTEH\tThe\n",
            ['"TEH": the same as "teh" once folded, but with another result'],
        ),
        ("wrong\tright\nteh\tthe\nteh\ttha\n", ['"teh": listed twice']),
        ("wrong\tgood\nteh\tthe\n", ['table xx/slips has no column "right"; it has wrong, good']),
        ("wrong\tright\nteh\n", ['"teh" has 1 cells, the header has 2']),
    ],
)
def test_word_tables_are_checked(write: Writer, table: str, expected: list[str]) -> None:
    """Columns, widths, and keys that are one key where letter case is followed."""
    manifest = PACK.replace("stage: rules", "stage: lexicon")
    pack = load_pack("xx", rules=[write(pack=manifest, words=LEXICON, data__xx__slips=table)])
    found = lint(pack)
    assert [finding.message for finding in found] == expected
    assert all(isinstance(finding, Finding) for finding in found)


PLURALS = """\
format: 1
kind: words
namespace: xx.plurals
class: WORD
doc: Plurals.
macros: {vowel: '[aeiou]', unused: x}
table: xx/plurals
column: dual
tests: [{in: feet, out: foot}, {in: teeth, out: tooth}, {in: a, unchanged: true}]
rewrites:
  - id: s
    doc: All plurals.
    match: 's*$'
    except: '(?:a+)*{vowel}us'
    to: ''
"""


def test_faults_of_word_rewrites(write: Writer) -> None:
    """The column must be there, patterns must match something, macros must be used, examples given."""
    pack = PACK + "  - {stage: words, layer: plurals, files: [plurals.yaml]}\n"
    found = faults(write, pack=pack, plurals=PLURALS, data__xx__plurals="plural\tsingular\nfeet\tfoot\n")
    codes = sorted(line.rpartition("[")[2].rstrip("]") for line in found)
    assert codes == ["bad-table", "empty-match", "few-tests", "nested-repetition", "unused-macro"]


def test_unknown_macros_of_word_rewrites_are_refused(write: Writer) -> None:
    """Also in `except`, when the pack is loaded."""
    pack = PACK + "  - {stage: words, layer: plurals, files: [plurals.yaml]}\n"
    plurals = PLURALS.replace("{vowel}us", "{vowels}us")
    folder = write(pack=pack, plurals=plurals, data__xx__plurals="plural\tdual\nfeet\tfoot\n")
    with pytest.raises(PackError, match=r"unknown macro \{vowels\}"):
        load_pack("xx", rules=[folder])
