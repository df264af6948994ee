from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from textnorm.errors import Location, PackError
from textnorm.pack.load import load_pack, pack_names
from textnorm.pack.model import Charmap, LexiconMap, Pack, Rule, Spaces, Unicode

from .conftest import PACK, WORDS, Writer

EVERYTHING = """\
format: 1
kind: pack
name: xx
version: 1.2.3
doc: All kinds of stages.
stages:
  - {stage: unicode, layer: unicode, files: [unicode.yaml]}
  - {stage: charmap, layer: letters, files: [letters.yaml]}
  - {stage: lexicon, layer: slips, default: off, files: [slips.yaml]}
  - {stage: rules, layer: words, files: [words.yaml]}
  - {stage: spaces, layer: spaces, files: [spaces.yaml]}
grammar: [grammar.yaml, more.yaml]
classes: [EXPN, NUM]
options:
  year: {values: [words, digits], default: words, doc: How years are read.}
"""
WORDS_RICH = """\
format: 1
kind: rules
namespace: xx.words
class: EXPN
tags: [all]
macros:
  own: 'k|K'
rules:
  - id: km
    doc: Kilometres.
    match: '{own}m{more}'
    bounds: loose
    class: NUM
    priority: -2
    tags: [unit, all]
    ignore_case: on
    before: '\\d '
    after: ' x'
    unless: {match: km2}
    when: {option: {year: words}}
    resolve: [{is: gen}]
    say: [{when: {present: m}, say: a}, {say: b}]
    tests:
      - {in: 5 km, out: 5 b, options: {year: digits}, gloss: five}
      - {in: x, unchanged: true}
      - {in: y, out: z, known_failure: not yet}
  - {id: plain, doc: Metres., match: m, say: metres}
"""
FILES = {
    "pack": EVERYTHING,
    "words": WORDS_RICH,
    "unicode": "format: 1\nkind: unicode\nnamespace: xx.nfc\nclass: SCRIPT\ndoc: d\nform: NFC\n",
    "letters": (
        "format: 1\nkind: charmap\nnamespace: xx.letters\nclass: SCRIPT\ndoc: d\ndeclares: [idempotent]\n"
        'map: [{from: ’, from_name: RIGHT SINGLE QUOTATION MARK, to: "\'", to_name: APOSTROPHE}]\n'
    ),
    "slips": (
        "format: 1\nkind: lexicon\nnamespace: xx.slips\nclass: MISSP\ndoc: d\n"
        "table: xx/slips\ncolumn: right\nmatch_case: follow\n"
    ),
    "spaces": "format: 1\nkind: spaces\nnamespace: xx.sp\nclass: SPACE\ndoc: d\nrepairs: [collapse, trim]\n",
    "grammar": (
        "format: 1\nkind: grammar\nmacros: {more: '{own2}?', own2: x}\ntables: {a: {b: c}}\ncues: [d]\n"
    ),
    "more": "format: 1\nkind: grammar\ntables: {e: f}\ncues: [g]\nplural: one\n",
    "data__xx__slips": "wrong\tright\nteh\tthe\n",
}


def load(folder: Path, tests: bool = True) -> Pack:
    """The pack in `folder`."""
    return load_pack("xx", rules=[folder], tests=tests)


def test_a_pack_of_every_kind_is_loaded(write: Writer) -> None:
    """Stages keep their order, layers and defaults; each file becomes items of its kind."""
    pack = load(write(**FILES))
    assert (pack.name, pack.version, pack.doc, pack.classes) == (
        "xx", "1.2.3", "All kinds of stages.", ("EXPN", "NUM"),
    )  # fmt: skip
    assert [(s.kind, s.layer, s.default, [i.id for i in s.items]) for s in pack.stages] == [
        ("unicode", "unicode", True, ["xx.nfc"]),
        ("charmap", "letters", True, ["xx.letters"]),
        ("lexicon", "slips", False, ["xx.slips"]),
        ("rules", "words", True, ["xx.words.km", "xx.words.plain"]),
        ("spaces", "spaces", True, ["xx.sp"]),
    ]
    kinds = [type(item) for stage in pack.stages for item in stage.items]
    assert kinds == [Unicode, Charmap, LexiconMap, Rule, Rule, Spaces]
    assert pack.options["year"].values == ("words", "digits")
    assert pack.stages[0].at == Location("xx/pack.yaml", 7, 5)


def test_a_rule_keeps_what_its_author_wrote(write: Writer) -> None:
    """Every key arrives, macros still unexpanded; macros of the grammar and of the file are both there."""
    rule = load(write(**FILES)).stages[3].items[0]
    assert isinstance(rule, Rule)
    assert (rule.id, rule.doc, rule.cls, rule.match) == ("xx.words.km", "Kilometres.", "NUM", "{own}m{more}")
    assert (rule.bounds, rule.priority, rule.tags, rule.ignore_case) == ("loose", -2, ("all", "unit"), True)
    assert (rule.before, rule.after) == (r"\d ", " x")
    assert (rule.unless, rule.when) == ({"match": "km2"}, {"option": {"year": "words"}})
    assert rule.resolve == [{"is": "gen"}]
    assert rule.say == [{"when": {"present": "m"}, "say": "a"}, {"say": "b"}]
    assert rule.macros == {"more": "{own2}?", "own2": "x", "own": "k|K"}
    assert rule.at == Location("xx/words.yaml", 9, 5)
    assert [(c.input, c.output, c.unchanged, c.known_failure, dict(c.options)) for c in rule.tests] == [
        ("5 km", "5 b", False, "", {"year": "digits"}),
        ("x", "x", True, "", {}),
        ("y", "z", False, "not yet", {}),
    ]
    assert rule.tests[1].at == Location("xx/words.yaml", 25, 9)


def test_defaults_are_filled_in(write: Writer) -> None:
    """A rule with only the required keys matches whole words at priority 0."""
    rule = load(write(**FILES)).stages[3].items[1]
    assert isinstance(rule, Rule)
    assert (rule.bounds, rule.priority, rule.tags, rule.ignore_case, rule.cls) == (
        "word",
        0,
        ("all",),
        False,
        "EXPN",
    )
    assert (rule.before, rule.after, rule.unless, rule.when, rule.resolve) == ("", "", [], {}, [])


def test_grammar_files_are_merged(write: Writer) -> None:
    """Mappings are merged one level deep, lists joined; each key knows its first place."""
    pack = load(write(**FILES))
    assert pack.grammar["tables"] == {"a": {"b": "c"}, "e": "f"}
    assert pack.grammar["cues"] == ["d", "g"]
    assert pack.grammar["plural"] == "one"
    assert pack.grammar_at["tables"] == Location("xx/grammar.yaml", 4, 1)


def test_without_tests_the_pack_is_the_same_but_for_them(write: Writer) -> None:
    """Leaving examples out changes neither rules nor places nor the digest."""
    folder = write(**FILES)
    full, fast = load(folder), load(folder, tests=False)
    assert full.digest == fast.digest
    for one, other in zip(full.stages, fast.stages, strict=True):
        assert [(i.id, i.at) for i in one.items] == [(i.id, i.at) for i in other.items]
        assert not any(item.tests for item in other.items)


def test_digest_changes_with_rules_and_with_data(write: Writer) -> None:
    """Any file that was read counts, tables among them; the place of the pack does not."""
    digests = [load(write(**FILES)).digest]
    digests.append(load(write(**{**FILES, "words": WORDS_RICH.replace("metres", "meters")})).digest)
    digests.append(load(write(**{**FILES, "data__xx__slips": "wrong\tright\nteh\tThe\n"})).digest)
    assert len(set(digests)) == 3
    assert load(write(**FILES)).digest == digests[0]


def test_lexicons_are_found_where_they_are_named(write: Writer) -> None:
    """Patterns, tables of word maps, conditions and grammar tables count; other strings do not."""
    words = WORDS.replace("match: 'km'", "match: 'km{lexicon:xx/a}'\n    when: {in: {m: xx/b}}")
    grammar = "format: 1\nkind: grammar\ntables: {t: xx/c, unit: km/h}\nbounds: {b: xx/nothing}\n"
    tables = {f"data__xx__{name}": "w\nx\n" for name in "abcd"}
    manifest = PACK + "grammar: [grammar.yaml]\n"
    pack = load(write(pack=manifest, words=words, grammar=grammar, **tables))
    assert list(pack.lexicons) == ["xx/a", "xx/b", "xx/c"]
    assert pack.lexicons["xx/a"].rows == (("x",),)


def test_tags_fall_back_to_shorter_ones(write: Writer) -> None:
    """Subtags are dropped from the end, letter case and underscores do not matter."""
    folder = write()
    assert [load_pack(name, rules=[folder]).name for name in ("xx-YY", "XX", "xx_Latn_YY")] == ["xx"] * 3


def test_unknown_pack_is_refused(write: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message lists what there is."""
    monkeypatch.setattr("textnorm.pack.sources.pack_names", lambda: ["lt", "en"])
    with pytest.raises(PackError) as caught:
        load_pack("qqq", rules=[write()])
    assert str(caught.value) == 'no pack called "qqq" (known: en, lt, xx)'


def test_packs_that_ship_are_listed() -> None:
    """Names are sorted, and each of them has a manifest."""
    names = pack_names()
    assert "lt" in names
    assert names == sorted(names)


def test_packs_can_be_pickled(write: Writer) -> None:
    """A pack survives the way to a worker process."""
    pack = load(write(**FILES))
    copy = pickle.loads(pickle.dumps(pack))
    assert copy.stages == pack.stages
    assert copy.lexicons["xx/slips"].rows == (("teh", "the"),)


def test_a_key_names_layers_that_are_there(write: Writer) -> None:
    """The layers of a key may be any or none of the pack's; without the key, packs have no say."""
    assert load(write()).key is None
    assert load(write(pack=PACK + "key: [words]\n")).key == ("words",)
    assert load(write(pack=PACK + "key: []\n")).key == ()
    with pytest.raises(PackError, match='key: no layer is called "word"'):
        load(write(pack=PACK + "key: [word]\n"))
