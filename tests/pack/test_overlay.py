from __future__ import annotations

from pathlib import Path

import pytest

from textnorm.errors import PackError
from textnorm.pack.load import load_pack
from textnorm.pack.model import Pack, Rule

from .conftest import WORDS, Writer

HEAD = "format: 1\nkind: rules\nnamespace: my.words\nclass: EXPN\nrules:\n"
MINE = """\
format: 1
kind: pack
name: mine
version: 0.1.0
doc: My own.
extends: xx
"""


def rules_of(pack: Pack) -> dict[str, Rule]:
    """The rules of a pack by id."""
    return {item.id: item for stage in pack.stages for item in stage.items if isinstance(item, Rule)}


def layers_of(pack: Pack) -> list[tuple[str, list[str]]]:
    """Layers and the ids in them."""
    return [(stage.layer, [item.id for item in stage.items]) for stage in pack.stages]


def test_loose_files_join_the_first_stage_of_their_kind(write: Writer) -> None:
    """Rules go to the first rules stage, other kinds to a stage of their kind, new if need be."""
    base = write()
    mine = write(
        "mine",
        False,
        extra=HEAD + "  - {id: m, doc: d, match: m, class: NEW, say: metres}\n",
        spaces="format: 1\nkind: spaces\nnamespace: my.sp\nclass: SPACE\ndoc: d\nrepairs: [trim]\n",
        grammar="format: 1\nkind: grammar\ntables: {mine: here}\n",
    )
    pack = load_pack("xx", rules=[base, mine])
    assert layers_of(pack) == [("words", ["xx.words.km", "my.words.m"]), ("spaces", ["my.sp"])]
    assert pack.grammar["tables"] == {"mine": "here"}


def test_a_single_file_can_be_laid_over(write: Writer) -> None:
    """`rules` takes a file as well as a folder."""
    base = write()
    mine = write("mine", False, a=HEAD + "  - {id: m, doc: d, match: m, say: metres}\n")
    assert layers_of(load_pack("xx", rules=[base, mine / "a.yaml"])) == [
        ("words", ["xx.words.km", "my.words.m"])
    ]


def test_an_item_with_a_known_id_takes_its_place(write: Writer) -> None:
    """The user's rule replaces the pack's, and keeps its position."""
    base = write()
    mine = write(
        "mine",
        False,
        words=WORDS.replace("kilometres", "clicks"),
    )
    pack = load_pack("xx", rules=[base, mine])
    assert layers_of(pack) == [("words", ["xx.words.km"])]
    assert rules_of(pack)["xx.words.km"].say == "clicks"


def test_a_pack_builds_on_another(write: Writer) -> None:
    """Layers of the same name are merged, new ones come last, defaults and options are overridden."""
    base = write()
    options = "options: {style: {values: [a, b], default: a, doc: d}}\n"
    stages = (
        "stages:\n  - {stage: rules, layer: words, default: off, files: [words.yaml]}\n"
        "  - {stage: rules, layer: late, files: [late.yaml]}\n"
    )
    mine = write(
        "mine",
        False,
        pack=MINE + options + stages,
        words=HEAD + "  - {id: m, doc: d, match: m, say: metres}\n",
        late=HEAD.replace("my.words", "my.late") + "  - {id: t, doc: d, match: t, say: tonnes}\n",
    )
    pack = load_pack("mine", rules=[base, mine])
    assert (pack.name, list(pack.options)) == ("mine", ["style"])
    assert layers_of(pack) == [("words", ["xx.words.km", "my.words.m"]), ("late", ["my.late.t"])]
    assert [stage.default for stage in pack.stages] == [False, True]
    assert load_pack("xx", rules=[base, mine]).name == "xx"


def test_off_takes_inherited_items_out(write: Writer) -> None:
    """A stage that is left without items is gone."""
    mine = write("mine", False, pack=MINE + "off: ['xx.*']\n")
    assert load_pack("mine", rules=[write(), mine]).stages == ()


def test_classes_of_the_upper_pack_come_first(write: Writer) -> None:
    """Its conflict order wins; classes it does not name follow."""
    base = write(pack=(write() / "pack.yaml").read_text() + "classes: [EXPN, NUM]\n")
    mine = write("mine", False, pack=MINE + "classes: [TIME, NUM]\n")
    assert load_pack("mine", rules=[base, mine]).classes == ("TIME", "NUM", "EXPN")


BASE_RULES = """\
format: 1
kind: rules
namespace: xx.words
class: EXPN
macros: {unit: 'km|m'}
rules:
  - id: base
    doc: The base.
    match: '{unit}'
    tags: [a, b]
    priority: 3
    resolve: [{is: gen}, {is: acc}]
    unless: {before: x}
    say: 'units'
    tests: [{in: km, out: units}]
"""


def extended(write: Writer, keys: str, namespace: str = "my.words", name: str = "child") -> Rule:
    """A rule that extends `xx.words.base` with `keys`, loaded."""
    base = write(words=BASE_RULES)
    text = (
        HEAD.replace("my.words", namespace)
        + f"  - id: {name}\n    doc: Mine.\n    extends: xx.words.base\n{keys}"
    )
    mine = write("mine", False, a=text)
    return rules_of(load_pack("xx", rules=[base, mine]))[f"{namespace}.{name}"]


def test_a_rule_takes_over_the_keys_of_another(write: Writer) -> None:
    """Everything but id, doc and tests is inherited, the macros of the base's file included."""
    rule = extended(write, "    say: mine\n")
    assert (rule.doc, rule.match, rule.say, rule.priority) == ("Mine.", "{unit}", "mine", 3)
    assert (rule.tags, rule.tests, dict(rule.macros)) == (("a", "b"), (), {"unit": "km|m"})


def test_lists_are_edited(write: Writer) -> None:
    """`key+` appends, `key-` removes; a single condition counts as a list of one."""
    keys = "    tags-: [a]\n    tags+: [c]\n    resolve-: [{is: gen}]\n    unless+: [{after: y}]\n"
    rule = extended(write, keys)
    assert rule.tags == ("b", "c")
    assert rule.resolve == [{"is": "acc"}]
    assert rule.unless == [{"before": "x"}, {"after": "y"}]


def test_a_replacement_may_build_on_what_it_replaces(write: Writer) -> None:
    """Within an overlay, `extends` its own id means the rule below."""
    rule = extended(write, "    say: mine\n", "xx.words", "base")
    assert (rule.match, rule.say) == ("{unit}", "mine")


EXTENDS = "    extends: xx.words.base\n"


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        (
            "    extends: xx.words.bas\n",
            '8:14: no rule is called "xx.words.bas" (did you mean xx.words.base?)',
        ),
        (
            "    extends: my.words.child\n",
            '8:14: no rule is called "my.words.child" (known: xx.words.base)',
        ),
        (
            EXTENDS + "    tags-: [z]\n",
            '9:13: "tags-" takes out what is not there (copy the entry as the base has it)',
        ),
        (
            EXTENDS + "    say+: [{say: x}]\n",
            '9:11: an entry of "say" needs a mapping, not "units" (write {KEY: VALUE})',
        ),
        (
            EXTENDS + "    match+: [x]\n",
            '9:5: "match+" edits no list (write match: to replace it)',
        ),
        (
            EXTENDS + "    tags+: x\n",
            '9:12: "tags+" needs a list (write [ENTRY, …])',
        ),
        (
            "    match: x\n    say: x\n    tags+: [x]\n",
            '10:5: "tags+" without "extends" (write tags:, or extend a rule)',
        ),
    ],
)
def test_extensions_that_do_not_fit_are_refused(write: Writer, keys: str, message: str) -> None:
    """Each message points at the key."""
    base = write(words=BASE_RULES)
    mine = write("mine", False, a=HEAD + f"  - id: child\n    doc: Mine.\n{keys}")
    with pytest.raises(PackError) as caught:
        load_pack("xx", rules=[base, mine])
    assert str(caught.value) == f"mine/a.yaml:{message}"


def test_circles_of_rules_are_refused(write: Writer) -> None:
    """The message shows the way round."""
    rule = "  - {{id: {}, doc: d, extends: my.words.{}}}\n"
    mine = write("mine", False, a=HEAD + rule.format("a", "b") + rule.format("b", "a"))
    with pytest.raises(PackError) as caught:
        load_pack("xx", rules=[write(), mine])
    assert str(caught.value) == (
        "mine/a.yaml:7:30: rules extend each other in a circle: my.words.a → my.words.b → my.words.a"
        " (let one stand alone)"
    )


def manifest_refusal(write: Writer, name: str, *manifests: str) -> str:
    """The error for packs with these manifests over the base pack."""
    folders: list[Path] = [write()]
    folders += [write(f"p{n}", False, pack=text) for n, text in enumerate(manifests)]
    with pytest.raises(PackError) as caught:
        load_pack(name, rules=folders)
    return str(caught.value)


def test_manifests_that_do_not_fit_are_refused(write: Writer) -> None:
    """Unknown bases, circles, foreign packs, mistyped `off` and clashing layers are errors."""
    assert manifest_refusal(write, "mine", MINE.replace("extends: xx", "extends: xxx")) == (
        'p0/pack.yaml:6:10: no pack called "xxx" (did you mean xx?)'
    )
    circle = [
        MINE.replace("extends: xx", "extends: two"),
        MINE.replace("mine", "two").replace("extends: xx", "extends: mine"),
    ]
    assert manifest_refusal(write, "mine", *circle) == (
        "p1/pack.yaml:6:10: packs extend each other in a circle: mine → two → mine"
    )
    foreign = [MINE, MINE.replace("mine", "two").replace("extends: xx", "extends: mine")]
    assert manifest_refusal(write, "xx", *foreign) == (
        'p1/pack.yaml:6:10: this pack extends "mine", not "xx" (load mine)'
    )
    assert manifest_refusal(write, "mine", MINE + "off: [xx.word.km]\n") == (
        'p0/pack.yaml:7:7: off: no item is called "xx.word.km" (did you mean xx.words.km?)'
    )
    assert manifest_refusal(write, "mine", MINE + "stages: [{stage: spaces, layer: words, files: []}]\n") == (
        'p0/pack.yaml:7:18: layer "words" is a rules stage, not spaces (rename the layer)'
    )


def test_folders_without_rules_are_refused(write: Writer, tmp_path: Path) -> None:
    """An empty folder or a path that is not there is more likely a slip than a wish."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(PackError) as caught:
        load_pack("xx", rules=[write(), "empty"])
    assert str(caught.value) == "empty: no .yaml file in this folder"
    with pytest.raises(PackError) as caught:
        load_pack("xx", rules=[write(), "nowhere"])
    assert (
        str(caught.value)
        == 'no folder or file "nowhere" (--rules takes a folder with rule files, or one file)'
    )


def test_a_loose_pack_file_is_refused(write: Writer) -> None:
    """A manifest must be called pack.yaml, or it would be taken for a rule file."""
    with pytest.raises(PackError) as caught:
        load_pack("xx", rules=[write(), write("mine", False, other=MINE)])
    assert str(caught.value) == (
        "mine/other.yaml:2:7: a pack file must be called pack.yaml (give its folder to --rules)"
    )
