from __future__ import annotations

from collections.abc import Mapping

import pytest

from textnorm.document import Document, Edit
from textnorm.errors import PackError
from textnorm.pack.load import load_pack
from textnorm.pack.testing import CaseResult, normalizers, run_tests, single_edits, uncovered

from .conftest import PACK, WORDS, Writer

SILENT = """\
  - id: silent
    doc: Never fires, for the text is gone when it comes.
    match: 'kilometres'
    say: 'km'
    tests:
      - {in: 1 km, out: 1 kilometres}
  - id: broken
    doc: Says what its author does not expect.
    match: 'kg'
    say: 'kilos'
    tests:
      - {in: 5 kg, out: 5 kilograms}
      - {in: 6 kg, out: 6 kilograms, known_failure: forms are missing}
      - {in: 7 kg, out: 7 kilos, known_failure: no longer}
"""


def summary(results: list[CaseResult]) -> list[tuple[str, str, bool]]:
    """Name, status and whether the rule fired."""
    return [(result.name, result.status, result.fired) for result in results]


def test_examples_run_through_the_whole_pack(write: Writer) -> None:
    """An example passes when the finished text is right; a known failure must fail."""
    pack = load_pack("xx", rules=[write(words=WORDS + SILENT)])
    results = run_tests(normalizers(pack), pack)
    assert summary(results) == [
        ("xx.words.km::1", "passed", True),
        ("xx.words.km::2", "passed", True),
        ("xx.words.km::3", "passed", False),
        ("xx.words.silent::1", "passed", False),
        ("xx.words.broken::1", "failed", True),
        ("xx.words.broken::2", "known failure", True),
        ("xx.words.broken::3", "fixed", True),
    ]
    assert [result.ok for result in results] == [True, True, True, True, False, True, False]
    assert results[4].got == "5 kilos"
    assert [item.id for item in uncovered(pack, results)] == ["xx.words.silent"]


def test_ids_choose_examples(write: Writer) -> None:
    """Full ids and patterns both work."""
    pack = load_pack("xx", rules=[write(words=WORDS + SILENT)])
    factory = normalizers(pack)
    assert {result.id for result in run_tests(factory, pack, ["*.silent", "xx.words.km"])} == {
        "xx.words.km", "xx.words.silent",
    }  # fmt: skip
    assert uncovered(pack, [], ["*.broken"])[0].id == "xx.words.broken"


def test_options_and_layers_of_an_example_are_set(write: Writer) -> None:
    """A layer that is off by default is switched on for its own examples; normalizers are made once."""
    made: list[tuple[dict[str, str], tuple[str, ...] | None]] = []

    class Fake:
        def explain(self, text: str) -> Document:
            return Document(text, text, ())

    def factory(options: Mapping[str, str], layers: tuple[str, ...] | None) -> Fake:
        made.append((dict(options), layers))
        return Fake()

    manifest = PACK + "  - {stage: rules, layer: late, default: off, files: [late.yaml]}\n"
    manifest += "options: {style: {values: [a, b], default: a, doc: d}}\n"
    words = WORDS.replace("out: a kilometres", "out: b, options: {style: b}")
    late = WORDS.replace("xx.words", "xx.late")
    pack = load_pack("xx", rules=[write(pack=manifest, words=words, late=late)])
    assert len(run_tests(factory, pack)) == 6
    assert made == [({}, None), ({"style": "b"}, None), ({}, ("+late",))]


def test_rules_behind_composed_edits_are_found() -> None:
    """An edit that several stages made counts for each of its rules."""
    steps = (Edit("a", "X", 0, 1, "a", "b"), Edit("b", "X", 0, 1, "b", "c"))
    edits = [Edit("a+b", "X", 0, 1, "a", "c", steps=steps), Edit("c", "X", 2, 3, "d", "e")]
    assert [edit.rule for edit in single_edits(edits)] == ["a", "b", "c"]


def test_an_example_may_name_its_layers(write: Writer) -> None:
    """An example about one pass need not know what later passes make of its result."""
    later = WORDS.replace("xx.words", "xx.more").replace("match: 'km'", "match: 'kilometres'")
    later = later.replace("say: 'kilometres'", "say: 'miles'").replace(
        "5 km, out: 5 kilometres", "5 kilometres, out: 5 miles"
    )
    later = later.replace("a km, out: a kilometres", "5 km, out: 5 miles")
    words = WORDS.replace("out: 5 kilometres}", "out: 5 kilometres, layers: [words]}")
    words = words.replace("out: a kilometres}", "out: a miles}")
    pack = PACK + "  - {stage: rules, layer: more, files: [more.yaml]}\n"
    loaded = load_pack("xx", rules=[write(pack=pack, words=words, more=later)])
    assert [result.status for result in run_tests(normalizers(loaded), loaded)] == ["passed"] * 6


MARKS = """\
  - id: mark
    doc: Marks small units.
    match: '(?P<u>mm|cm)'
    mark: on
    fields: {size: small}
    tests:
      - {in: 5 mm, fields: {u: mm, size: small}}
      - {in: 5 mm, fields: {}}
      - {in: 5 km, out: 5 kilometres, fields: {}}
      - {in: 5 mm, fields: {size: large}}
      - {in: 5 mm, unchanged: true}
      - {in: 5 m, unchanged: true}
"""


def test_examples_of_marks_ask_for_their_fields(write: Writer) -> None:
    """An example with `fields` wants an edit that has them; with `unchanged`, nothing may be marked."""
    pack = load_pack("xx", rules=[write(words=WORDS + MARKS)])
    results = run_tests(normalizers(pack), pack, ["*.mark"])
    assert [result.status for result in results] == [
        "passed", "passed", "failed", "failed", "failed", "passed",
    ]  # fmt: skip
    assert uncovered(pack, results, ["*.mark"]) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("    mark: on\n", "", "a rule has either say or mark"),
        ("    mark: on\n", "    mark: on\n    say: x\n", "a rule has either say or mark"),
        ("5 mm, fields: {}", "5 mm, unchanged: true, fields: {}", "a test with `fields` is about an edit"),
    ],
)
def test_marks_are_checked(old: str, new: str, message: str, write: Writer) -> None:
    """A rule either says or marks, and an example with fields cannot be one where nothing happens."""
    with pytest.raises(PackError, match=message):
        load_pack("xx", rules=[write(words=WORDS + MARKS.replace(old, new, 1))])
