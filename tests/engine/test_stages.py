"""The stages that are no rules: Unicode forms, character maps, word tables, white space."""

from __future__ import annotations

from pathlib import Path

import pytest

from textnorm import Normalizer, PackError
from textnorm.pack.load import load_pack

PACK = """format: 1
kind: pack
name: yy
version: '1'
doc: All kinds of stages.
stages:
  - {stage: unicode, layer: unicode, files: [unicode.yaml]}
  - {stage: charmap, layer: letters, files: [letters.yaml]}
  - {stage: lexicon, layer: words, default: off, files: [words.yaml]}
  - {stage: spaces, layer: spaces, files: [spaces.yaml]}
"""
FILES = {
    "unicode.yaml": "format: 1\nkind: unicode\nnamespace: yy.nfc\nclass: SCRIPT\ndoc: d\nform: NFC\n",
    "letters.yaml": (
        "format: 1\nkind: charmap\nnamespace: yy.letters\nclass: SCRIPT\ndoc: d\nmap:\n"
        "  - {from: ß, from_name: LATIN SMALL LETTER SHARP S, to: ss, "
        "to_name: LATIN SMALL LETTER S + LATIN SMALL LETTER S}\n"
        "  - {from: s, from_name: LATIN SMALL LETTER S, to: z, to_name: LATIN SMALL LETTER Z}\n"
    ),
    "words.yaml": (
        "format: 1\nkind: lexicon\nnamespace: yy.words\nclass: MISSP\ndoc: d\ntable: yy/words\n"
        "column: right\nmatch_case: follow\n"
    ),
    "spaces.yaml": (
        "format: 1\nkind: spaces\nnamespace: yy.spaces\nclass: SPACE\ndoc: d\nrepairs: [collapse, trim, no-break]\n"
    ),
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A pack with one stage of every kind."""
    folder = tmp_path / "yy"
    (folder / "data" / "yy").mkdir(parents=True)
    (folder / "pack.yaml").write_text(PACK, encoding="utf-8")
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "data" / "yy" / "words.tsv").write_text(
        "wrong\tright\tsource\nteh\tthe\town\n", encoding="utf-8"
    )
    return folder


def build(home: Path, **choice: object) -> Normalizer:
    """The normalizer of the pack."""
    return Normalizer.from_pack(load_pack("yy", rules=[home]), **choice)  # type: ignore[arg-type]


def test_stages_run_in_order_and_each_only_once(home: Path) -> None:
    """Characters are mapped simultaneously: what ß became is not mapped again."""
    assert build(home)("ß s") == "ss z"


def test_edits_compose_over_stages(home: Path) -> None:
    """An edit of a later stage is placed in the source of the first."""
    document = build(home).explain("e\u0301s  x ")
    assert document.text == "éz x"
    assert document.replay() == document.text
    assert [(edit.start, edit.end, edit.after) for edit in document.edits] == [
        (0, 2, "é"),
        (2, 3, "z"),
        (3, 5, " "),
        (6, 7, ""),
    ]


def test_layers_are_chosen_added_and_taken_away(home: Path) -> None:
    """Exactly those named; or the default with some more or less."""
    assert build(home)("Teh ß") == "Teh ss"
    assert build(home, layers=["words"])("Teh ß  TEH") == "The ß  THE"
    assert build(home, layers=["+words", "-letters"])("teh  ß") == "the ß"
    with pytest.raises(PackError, match="no layer 'verbs'"):
        build(home, layers=["verbs"])


def test_line_breaks_survive_white_space_repair(home: Path) -> None:
    """Lines in, lines out, carriage returns included."""
    assert build(home)("a  b \r\n\n  c\u00a0d\n") == "a b\r\n\nc d\n"
