"""`textnorm rules` over a tiny pack of real files."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from textnorm.cli.main import run

PACK = """\
format: 1
kind: pack
name: xx
version: 1.0.0
doc: A pack for tests.
stages:
  - {stage: rules, layer: words, files: [words.yaml]}
  - {stage: charmap, layer: signs, default: off, files: [signs.yaml]}
"""
WORDS = """\
format: 1
kind: rules
namespace: xx.words
class: EXPN
macros: {k: 'k|K'}
rules:
  - id: km
    doc: Kilometres,
      in full.
    match: '{k}m'
    before: '\\d '
    unless: {after: '\\.'}
    say: kilometres
    tests:
      - {in: 5 km, out: 5 kilometres}
      - {in: 5 Km, out: 5 kilometres}
      - {in: km, unchanged: true}
  - id: kg
    doc: Kilograms.
    class: NUM
    match: 'kg'
    say: kilograms
    tests:
      - {in: 5 kg, out: 5 kilos}
      - {in: 6 kg, out: 6 kilos, known_failure: forms}
      - {in: kgs, unchanged: true}
"""
SIGNS = """\
format: 1
kind: charmap
namespace: xx.signs
class: SCRIPT
doc: Signs.
map: [{from: ’, from_name: RIGHT SINGLE QUOTATION MARK, to: "'", to_name: APOSTROPHE}]
tests: [{in: a’b, out: a'b}, {in: b’c, out: b'c}, {in: ab, unchanged: true}]
"""


@pytest.fixture(autouse=True)
def _pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pack `xx` in the working directory."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TEXTNORM_CACHE_DIR", "")
    (tmp_path / "xx").mkdir()
    for name, text in {"pack": PACK, "words": WORDS, "signs": SIGNS}.items():
        (tmp_path / "xx" / f"{name}.yaml").write_text(text, encoding="utf-8")


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of `textnorm rules` with these arguments over the pack."""
    code = run(["rules", *arguments])
    out, err = capsys.readouterr()
    return code, out, err


def test_list_shows_id_class_layer_and_doc(capsys: pytest.CaptureFixture[str]) -> None:
    """One line per item, tab-separated, in the order of the stages."""
    assert answer(capsys, "list", "--rules", "xx") == (
        0,
        "xx.words.km\tEXPN\twords\tKilometres, in full.\n"
        "xx.words.kg\tNUM\twords\tKilograms.\n"
        "xx.signs\tSCRIPT\tsigns (off)\tSigns.\n",
        "",
    )


def test_list_filters_by_class_and_prints_json(capsys: pytest.CaptureFixture[str]) -> None:
    """JSON lines carry the place of the rule as well."""
    code, out, _ = answer(capsys, "list", "--rules", "xx", "--class", "NUM", "--json")
    assert code == 0
    assert [json.loads(line) for line in out.splitlines()] == [
        {
            "id": "xx.words.kg",
            "class": "NUM",
            "layer": "words",
            "doc": "Kilograms.",
            "at": "xx/words.yaml:18:5",
        }
    ]


def test_show_prints_all_there_is_to_a_rule(capsys: pytest.CaptureFixture[str]) -> None:
    """Place, class, doc, patterns written out, conditions, and the results of its examples."""
    code, out, _ = answer(capsys, "show", "xx.words.km", "--rules", "xx")
    assert code == 0
    assert out == (
        "xx.words.km  xx/words.yaml:7:5\n"
        "class EXPN, layer words\n"
        "Kilometres, in full.\n"
        "match: (?:k|K)m\n"
        "before: \\d \n"
        'unless: {"after": "\\\\."}\n'
        "say: kilometres\n"
        "passed  xx.words.km::1  xx/words.yaml:15:9\n"
        "  in   5 km\n"
        "  out  5 kilometres\n"
        "passed  xx.words.km::2  xx/words.yaml:16:9\n"
        "  in   5 Km\n"
        "  out  5 kilometres\n"
        "passed  xx.words.km::3  xx/words.yaml:17:9\n"
        "  in   km\n"
        "  out  km\n"
    )


def test_show_prints_a_map(capsys: pytest.CaptureFixture[str]) -> None:
    """A charmap is shown as its pairs; its layer is switched on for its examples."""
    code, out, _ = answer(capsys, "show", "xx.signs", "--lang", "xx", "--rules", "xx")
    assert code == 0
    assert "class SCRIPT, layer signs (off by default)\nSigns.\nmap: ’→'\npassed  xx.signs::1" in out


def test_show_knows_the_names_of_rules(capsys: pytest.CaptureFixture[str]) -> None:
    """A mistyped id is answered with the ones that look like it."""
    assert answer(capsys, "show", "xx.words.km2", "--rules", "xx") == (
        2,
        "",
        'textnorm: error: no rule is called "xx.words.km2" (did you mean xx.words.km or xx.words.kg?)\n',
    )


def test_test_reports_failures(capsys: pytest.CaptureFixture[str]) -> None:
    """Only what is wrong is printed, then a summary; the exit code tells."""
    assert answer(capsys, "test", "--rules", "xx") == (
        1,
        "FAILED  xx.words.kg::1  xx/words.yaml:24:9\n"
        "  in   5 kg\n"
        "  out  5 kilos\n"
        "  got  5 kilograms\n"
        "  by   xx.words.kg\n"
        "7 passed, 1 failed, 1 known failure\n",
        "",
    )


def test_test_runs_the_examples_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    """Ids and patterns choose; with --verbose what passes is printed, too."""
    assert answer(capsys, "test", "xx.words.km", "xx.s*", "--rules", "xx")[:2] == (
        0,
        "6 passed, 0 failed, 0 known failures\n",
    )
    out = answer(capsys, "test", "xx.words.kg", "-v", "--rules", "xx")[1]
    assert "known failure  xx.words.kg::2  xx/words.yaml:25:9\n" in out
    assert "  why  forms\n" in out
    assert answer(capsys, "test", "nothing", "--rules", "xx") == (
        2,
        "",
        "textnorm: error: no rule is called nothing (see `textnorm rules list`)\n",
    )


def test_coverage_fails_for_rules_that_never_fire(capsys: pytest.CaptureFixture[str]) -> None:
    """A rule whose own positive examples do not fire it is named."""
    path = Path("xx/words.yaml")
    path.write_text(path.read_text().replace("match: 'kg'", "match: 'kilograms'").replace("5 kilos", "5 x"))
    path.write_text(path.read_text().replace("{in: 5 kg, out: 5 x}", "{in: 5 km, out: 5 kilometres}"))
    assert answer(capsys, "test", "xx.words.*", "--coverage", "--rules", "xx") == (
        1,
        "xx/words.yaml:18:5: xx.words.kg: none of its own examples fires it\n"
        "5 passed, 0 failed, 1 known failure, 1 rule not covered\n",
        "",
    )


def test_lint_prints_findings(capsys: pytest.CaptureFixture[str]) -> None:
    """Errors make the exit code 1."""
    assert answer(capsys, "lint", "--rules", "xx") == (
        1,
        "xx/words.yaml:18:5: error: xx.words.kg: 1 examples that change and 1 that do not;"
        " needs 2 and 1 [few-tests]\n1 error, 0 warnings\n",
        "",
    )


def test_faulty_rules_are_one_line_and_exit_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    """The place, the offending text, the remedy."""
    path = Path("xx/words.yaml")
    path.write_text(path.read_text().replace("say: kilograms", "sya: kilograms"))
    assert answer(capsys, "lint", "--rules", "xx") == (
        2,
        "",
        'textnorm: error: xx/words.yaml:22:5: rule: unknown key "sya" (did you mean say?)\n',
    )


def test_loose_rules_need_a_language(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a manifest there is no telling what the rules belong to."""
    Path("xx/pack.yaml").rename("pack.yaml")
    code, _, err = answer(capsys, "list", "--rules", "xx")
    assert code == 2
    assert err.startswith("textnorm: error: --rules without a pack.yaml needs --lang")


def test_schema_is_json_and_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    """Two forms of the same tables."""
    code, out, _ = answer(capsys, "schema")
    assert code == 0
    assert json.loads(out)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert answer(capsys, "schema", "--markdown")[1].startswith("# Rule format\n")


def test_new_starts_something_that_works(capsys: pytest.CaptureFixture[str]) -> None:
    """The files are named; they can be tested at once."""
    assert answer(capsys, "new", "yy", "--kind", "pack", "-o", "mine")[:2] == (
        0,
        "mine/yy/pack.yaml\nmine/yy/unicode.yaml\nmine/yy/characters.yaml\nmine/yy/words.yaml\n",
    )
    assert answer(capsys, "test", "--coverage", "--rules", "mine/yy")[0] == 0
    assert answer(capsys, "new", "my.words", "-o", "mine") == (0, "mine/words.yaml\n", "")
    assert answer(capsys, "new", "my.words", "-o", "mine") == (
        2,
        "",
        "textnorm: error: mine/words.yaml: this file exists (choose another name or folder)\n",
    )


def test_the_program_lists_all_packs() -> None:
    """Without options, the packs that ship are listed."""
    done = subprocess.run(
        [sys.executable, "-m", "textnorm", "rules", "list"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "\nlt.number." in done.stdout
