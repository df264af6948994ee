"""Starts a pack or a rule file: small, commented, complete with examples, and working as it is."""

from __future__ import annotations

from pathlib import Path

from textnorm.errors import Location, PackError
from textnorm.pack.spec.names import NAMESPACE

_RULES = """\
format: 1
kind: rules
namespace: {name}
class: EXPN            # the semiotic class of the edits: EXPN is an expanded abbreviation
doc: Rules for {name}.
macros:
  unit: 'kb|Mb|Gb'     # written {{unit}} in the patterns of this file
rules:
  - id: rate
    doc: A data rate such as 5 Mb/s. The number stays as it is.
    match: '(?P<unit>{{unit}})/s'
    bounds: none        # a digit may touch the match; `word` would forbid it
    before: '\\d ?'      # there must be a number to the left
    say: '{{unit}} per second'
    tests:              # at least two examples that change and one that does not
      - {{in: 'Up to 5 Mb/s.', out: 'Up to 5 Mb per second.'}}
      - {{in: 'It needs 300kb/s.', out: 'It needs 300kb per second.'}}
      - {{in: 'See Mb/s in the table.', unchanged: true}}
"""

_CHARMAP = """\
format: 1
kind: charmap
namespace: {name}
class: SCRIPT
doc: Characters replaced in one pass. Each entry names its characters, and the names are checked.
map:
  - {{from: ’, from_name: RIGHT SINGLE QUOTATION MARK, to: "'", to_name: APOSTROPHE}}
  - {{from: ‐, from_name: HYPHEN, to: '-', to_name: HYPHEN-MINUS}}
declares: [idempotent, length_preserving]
tests:
  - {{in: o’clock, out: o'clock}}
  - {{in: a‐b, out: a-b}}
  - {{in: a-b, unchanged: true}}
"""

_PACK = """\
format: 1
kind: pack
name: {name}
version: 0.1.0
doc: Rules for {name}.
# extends: PACK        # to build on another pack
stages:                # passes over the text, in order
  - {{stage: unicode, layer: unicode, files: [unicode.yaml]}}
  - {{stage: charmap, layer: characters, files: [characters.yaml]}}
  - {{stage: rules, layer: words, files: [words.yaml]}}
classes: [EXPN, SCRIPT]   # of equal matches the class named earlier wins
"""

_UNICODE = """\
format: 1
kind: unicode
namespace: {name}.unicode
class: SCRIPT
doc: Bring letters and their accents together, so that rules see one spelling only.
form: NFC
tests:
  - {{in: "cafe\\u0301", out: "caf\\u00e9"}}
  - {{in: "n\\u0303", out: "\\u00f1"}}
  - {{in: "caf\\u00e9", unchanged: true}}
"""


def scaffold(name: str, kind: str, folder: Path) -> list[Path]:
    """Write a new pack (into `folder`/`name`) or rule file (into `folder`); the files written.

    Nothing is overwritten.
    """
    if not NAMESPACE.fullmatch(name):
        raise PackError(f'"{name}" is no name', remedy="use letters and digits, with dots or hyphens between")
    if kind == "pack":
        home = folder / name
        contents = {
            home / "pack.yaml": _PACK.format(name=name),
            home / "unicode.yaml": _UNICODE.format(name=name),
            home / "characters.yaml": _CHARMAP.format(name=f"{name}.characters"),
            home / "words.yaml": _RULES.format(name=f"{name}.words"),
        }
    else:
        template = _CHARMAP if kind == "charmap" else _RULES
        contents = {folder / f"{name.rpartition('.')[2]}.yaml": template.format(name=name)}
    for path in contents:
        if path.exists():
            raise PackError(
                "this file exists", at=Location(str(path)), remedy="choose another name or folder"
            )
    for path, text in contents.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return list(contents)
