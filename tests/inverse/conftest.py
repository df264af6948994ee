"""The Lithuanian pack backwards, and a small English one that shows what is not tied to Lithuanian."""

from __future__ import annotations

from pathlib import Path

import pytest

from textnorm import Normalizer, load

PACK = """\
format: 1
kind: pack
name: yy
version: 1.0.0
doc: English measures for tests.
stages:
  - {stage: rules, layer: numbers, files: [number.yaml]}
grammar: [grammar.yaml]
classes: [NUM]
"""
GRAMMAR = """\
format: 1
kind: grammar
features: {number: [sg, pl]}
leaf: number
plural: {one: 'n = 1 and v = 0', other: ''}
agreement: {one: sg, other: pl}
numerals: {group: ',', decimal: '.'}
paradigms:
  s: {lemma: e, sg: e, pl: es}
lexemes:
  - {table: yy/units, key: written, analyze: off}
numbers:
  cardinal:
    limit: 1000000
    0: zero
    1: one
    2: two
    3: three
    4: four
    5: five
    6: six
    7: seven
    8: eight
    9: nine
    10: ten
    11: eleven
    12: twelve
    13: thirteen
    20: 'twenty[-{r:cardinal}]'
    30: 'thirty[-{r:cardinal}]'
    100: '{q:cardinal} hundred[ and {r:cardinal}]'
    1000: '{q:cardinal} thousand[ {r:cardinal}]'
spelling:
  digits: {'0': oh, '1': one, '2': two, '3': three, '4': four, '5': five}
"""
NUMBER = r"""
format: 1
kind: rules
namespace: yy.number
class: NUM
rules:
  - id: measure
    doc: A number and a unit.
    match: '(?P<n>\d{1,6}) (?P<u>{lexicon:yy/units})'
    say: '{n:cardinal} {u:noun by=n}'
    write: '{n} {u}'
    tests:
      - {in: 5 km, out: five kilometres}
      - {in: 1 km, out: one kilometre}
      - {in: a km, unchanged: true}
  - id: code
    doc: A code, digit by digit.
    match: '#(?P<n>\d{3,6})'
    bounds: hash
    say: 'code {n:spell digits}'
    write:
      - {when: {matches: {n: '\d{3}'}}, write: '#{n}'}
      - {write: '#{n:pad 6}'}
    tests:
      - {in: 'my #123', out: 'my code one two three'}
      - {in: 'a #100', out: 'a code one oh oh'}
      - {in: '#12', unchanged: true}
  - id: half
    doc: A fraction without a written form for the way back.
    match: '1/2'
    say: one half
    tests:
      - {in: 'a 1/2', out: 'a one half'}
      - {in: 'the 1/2', out: 'the one half'}
      - {in: '1/3', unchanged: true}
""".lstrip()
UNITS = "written\tlemma\tparadigm\nkm\tkilometre\ts\nkms\tkilometre\ts\nmi\tmile\ts\n"


@pytest.fixture(scope="session")
def lt() -> Normalizer:
    """Lithuanian backwards."""
    return load("lt", inverse=True)


@pytest.fixture(scope="session")
def forward() -> Normalizer:
    """Lithuanian as it comes."""
    return load("lt")


@pytest.fixture(scope="session")
def english_rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the English pack."""
    folder = tmp_path_factory.mktemp("packs") / "yy"
    (folder / "data" / "yy").mkdir(parents=True)
    grammar = GRAMMAR + "bounds:\n  hash: {left: '(?<!\\w)', right: '(?!\\w)'}\n"
    for name, text in {"pack": PACK, "grammar": grammar, "number": NUMBER}.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    (folder / "data" / "yy" / "units.tsv").write_text(UNITS, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def english(english_rules: Path) -> Normalizer:
    """English backwards."""
    return load("yy", rules=[english_rules], inverse=True)
