"""What files of character maps and normalization forms may say beyond single replacements."""

from __future__ import annotations

import pytest

from textnorm.errors import PackError
from textnorm.normalizer import Normalizer
from textnorm.pack.load import load_pack

from .conftest import Writer

PACK = """\
format: 1
kind: pack
name: xx
aliases: [xy, zz-Latn]
version: 1.0.0
doc: A pack for tests.
stages:
  - {stage: charmap, layer: letters, files: [map.yaml]}
options:
  style: {values: [plain, fancy], default: plain, doc: How to write.}
"""
HEAD = "format: 1\nkind: charmap\nnamespace: xx.map\nclass: SCRIPT\ndoc: A map.\n"
ENTRY = "map: [{from: a, from_name: LATIN SMALL LETTER A, to: b, to_name: LATIN SMALL LETTER B}]\n"
TABLE = "from\tfrom_name\tto\tto_name\tsource\nc\tLETTER C\td\tLETTER D\town\n"
FORM = "format: 1\nkind: unicode\nnamespace: xx.map\nclass: SCRIPT\ndoc: A form.\nform: NFC\n"


def normalized(folder: object, text: str, **options: str) -> str:
    """The text by the pack in a folder."""
    return Normalizer.from_pack(load_pack("xx", rules=[str(folder)]), options=options)(text)


def test_a_map_may_take_its_entries_from_a_table(write: Writer) -> None:
    """They stand beside those in the file."""
    folder = write(_base=False, pack=PACK, map=f"{HEAD}table: xx/more\n{ENTRY}", data__xx__more=TABLE)
    assert normalized(folder, "ac") == "bd"


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (TABLE.replace("LETTER C", "LETTER X"), 'LATIN SMALL LETTER C, not "LETTER X"'),
        (TABLE.replace("to_name", "name"), 'no column "to_name"'),
    ],
)
def test_names_in_tables_are_checked(write: Writer, table: str, message: str) -> None:
    """A wrong name or a missing column is refused."""
    folder = write(_base=False, pack=PACK, map=f"{HEAD}table: xx/more\n", data__xx__more=table)
    with pytest.raises(PackError, match=message):
        load_pack("xx", rules=[folder])


def test_a_map_may_be_bound_to_an_option(write: Writer) -> None:
    """It is used when the option has the value; an unknown option is refused."""
    folder = write(_base=False, pack=PACK, map=f"{HEAD}option: {{style: fancy}}\n{ENTRY}")
    assert normalized(folder, "a") == "a"
    assert normalized(folder, "a", style="fancy") == "b"
    folder = write(_base=False, pack=PACK, map=f"{HEAD}option: {{stile: fancy}}\n{ENTRY}")
    with pytest.raises(PackError, match='unknown option "stile"'):
        load_pack("xx", rules=[folder])


def test_a_map_may_be_about_certain_lines(write: Writer) -> None:
    """Only lines in which the pattern is found are changed, and edits point into the whole text."""
    folder = write(_base=False, pack=PACK, map=f"{HEAD}lines: '^#'\n{ENTRY}")
    tn = Normalizer.from_pack(load_pack("xx", rules=[folder]))
    assert tn("a\n#a a\na#\n#") == "a\n#b b\na#\n#"
    assert [(edit.start, edit.end) for edit in tn.explain("a\n#a a").edits] == [(3, 4), (5, 6)]


def test_a_pack_is_found_by_its_aliases(write: Writer) -> None:
    """Also with further subtags, and whatever the case; a name wins over an alias."""
    folder = write(_base=False, pack=PACK, map=f"{HEAD}{ENTRY}")
    for tag in ("xx", "xy", "XY-AB", "zz_latn"):
        assert load_pack(tag, rules=[folder]).name == "xx"
    with pytest.raises(PackError, match='no pack called "zz"'):
        load_pack("zz", rules=[folder])


def test_a_pack_may_use_files_of_the_pack_below_it(write: Writer) -> None:
    """A file is looked for in the pack's own folder first, then in the one that it extends."""
    below = write(_base=False, pack=PACK.replace("files: [map.yaml]", "files: []"), map=f"{HEAD}{ENTRY}")
    own = PACK.replace("name: xx", "name: yy\nextends: xx").replace("aliases: [xy, zz-Latn]\n", "")
    above = write("yy", _base=False, pack=own)
    pack = load_pack("yy", rules=[below, above])
    assert Normalizer.from_pack(pack)("a") == "b"
    assert [item.id for stage in pack.stages for item in stage.items] == ["xx.map"]


def test_forms_may_be_tailored(write: Writer) -> None:
    """A pack may compose what the standard does not, otherwise than it does, and not at all."""
    compose = (
        'exclude: ["\\u00E9"]\n'
        "compose:\n"
        '  - {from: "q\\u0301", from_name: LETTER Q + ACUTE ACCENT, to: x, to_name: LETTER X}\n'
        '  - {from: "o\\u0301", from_name: LETTER O + ACUTE ACCENT, to: w, to_name: LETTER W}\n'
    )
    pack = PACK.replace("charmap", "unicode")
    folder = write(_base=False, pack=pack, map=FORM + compose)
    text = "q\u0301 q\u0323\u0301 q\u0300\u0301 \u00f3 o\u0301 \u00e9 e\u0301 a\u0301"
    expected = "x x\u0323 q\u0300\u0301 w w e\u0301 e\u0301 \u00e1"
    assert normalized(folder, text) == expected
    assert normalized(folder, expected) == expected


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("exclude: [e]", "is no composed character"),
        (
            "compose: [{from: ab, from_name: LETTER A + LETTER B, to: c, to_name: LETTER C}]",
            "not a letter with one mark",
        ),
    ],
)
def test_what_forms_cannot_do_is_refused(write: Writer, key: str, message: str) -> None:
    """Only composed characters are excluded, only letters with a mark composed."""
    folder = write(_base=False, pack=PACK.replace("charmap", "unicode"), map=f"{FORM}{key}\n")
    with pytest.raises(PackError, match=message):
        load_pack("xx", rules=[folder])
