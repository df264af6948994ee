"""`textnorm eval` over a fake pack whose default layer reads 5 as "five"."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from textnorm.cli.common import PackChoice
from textnorm.cli.eval import eval as command
from textnorm.cli.eval import eval_

from textnorm.document import Document, Edit, place
from textnorm.errors import InputError

PACK = Path(__file__).parent / "packs" / "xx"

GOLD = """\
# layers: MISSP=+misspellings
id\tclass\tinput\taccepted
n1\tNUM\ton 5\ton five
n2\tNUM\tthe 5 of May\tthe fifth of May
m1\tMISSP\tteh cat\tthe cat
t1\tTRAP\tas it is\tas it is
"""


class Fake:
    """A normalizer with one rule, and a second one in the layer "misspellings"."""

    def __init__(self, choice: PackChoice) -> None:
        self.words = {"5": "five"}
        if "misspellings" in (choice.layers or ""):
            self.words["teh"] = "the"
        self.signature = f"xx|layers:{choice.layers}|strict:{choice.strict}|{choice.uncertain}"

    def explain(self, text: str, why: bool = False) -> Document:
        """Replaces the first word it knows."""
        for word, new in self.words.items():
            if word in text:
                start = text.index(word)
                edit = Edit("xx.word", "X", start, start + len(word), word, new)
                return Document(text, text.replace(word, new, 1), place([edit]))
        return Document(text, text, ())


@pytest.fixture(autouse=True)
def _fake_pack(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PackChoice, "load", lambda self: Fake(self))


@pytest.fixture
def gold(tmp_path: Path) -> str:
    """The gold file above."""
    path = tmp_path / "gold.tsv"
    path.write_text(GOLD, encoding="utf-8")
    return str(path)


def run(*arguments: str, code: int = 0) -> Result:
    """The command's result, after a check of its exit code; an input error is raised."""
    result = CliRunner().invoke(command, ["--lang", "xx", *arguments])
    if isinstance(result.exception, InputError):
        raise result.exception
    assert result.exit_code == code, result.output
    return result


def test_command_is_exported_as_eval() -> None:
    """The program looks a command up under its own name."""
    assert command is eval_
    assert command.name == "eval"


def test_report_on_standard_output(gold: str) -> None:
    """Table, worst sentences and a signature per set of layers."""
    lines = run(gold).stdout.splitlines()
    assert lines[:5] == [
        "class  n  correct  accuracy  uncertain  accuracy on the rest  among readings  needless",
        "NUM    2        1     50.0%       0.0%                 50.0%               -         -",
        "MISSP  1        1    100.0%       0.0%                100.0%               -         -",
        "TRAP   1        1    100.0%       0.0%                100.0%               -       0/1",
        "total  4        3     75.0%       0.0%                 75.0%               -       0/1",
    ]
    assert "      1  fifth → five" in lines
    assert f"  n2  NUM  {gold}:4" in lines
    assert lines[-2:] == [
        "signature: xx|layers:None|strict:False|best",
        "signature +misspellings: xx|layers:+misspellings|strict:False|best",
    ]


def test_class_layers_overrule_the_gold_file(gold: str) -> None:
    """`--class-layers` replaces what the file says of that class."""
    text = run(gold, "--class-layers", "MISSP=other").stdout
    assert "MISSP  1        0" in text
    assert "signature +other: xx|layers:+other|strict:False|best" in text


@pytest.mark.parametrize(("layers", "combined"), [("a,b", "a,b,misspellings"), ("+a", "+a,+misspellings")])
def test_class_layers_add_to_the_layers_chosen(gold: str, layers: str, combined: str) -> None:
    """Whether `--layers` names all layers or adds some, a class adds its own to them."""
    assert run(gold, "--layers", layers).stdout.endswith(
        f"signature +misspellings: xx|layers:{combined}|strict:False|best\n"
    )


def test_class_chooses_sentences(gold: str) -> None:
    """`--class` leaves the other classes out, of the total too, and loads nothing for them."""
    text = run(gold, "--class", "NUM").stdout
    assert "total  2        1" in text
    assert "misspellings" not in text


def test_unknown_class_is_an_error(gold: str) -> None:
    """A class without sentences is a typing mistake, not a perfect score."""
    with pytest.raises(InputError) as caught:
        run(gold, "--class", "NMU")
    assert str(caught.value) == "no gold sentence has the class 'NMU' (classes: NUM, MISSP, TRAP)"


def test_strict_reaches_the_pack(gold: str) -> None:
    """Options that select rules go to the normalizer as they are."""
    assert "signature: xx|layers:None|strict:True|best" in run(gold, "--strict").stdout
    assert "|strict:False|keep" in run(gold, "--uncertain", "keep").stdout


def test_errors_limits_the_sentences_shown(gold: str) -> None:
    """`--errors 0` shows none."""
    assert "worst sentences" not in run(gold, "--errors", "0").stdout


def test_json_to_standard_output_replaces_the_text(gold: str) -> None:
    """`--json -` prints JSON and nothing else."""
    data = json.loads(run(gold, "--json", "-").stdout)
    assert data["total"]["accuracy"] == 0.75
    assert [wrong["id"] for wrong in data["wrong"]] == ["n2"]


def test_json_and_html_files_come_beside_the_text(gold: str, tmp_path: Path) -> None:
    """Files are written, and the text still appears."""
    html, data = tmp_path / "r.html", tmp_path / "r.json"
    assert run(gold, "--html", str(html), "--json", str(data)).stdout.startswith("class")
    assert json.loads(data.read_text(encoding="utf-8"))["total"]["n"] == 4
    assert "<h1>textnorm eval --lang xx gold.tsv</h1>" in html.read_text(encoding="utf-8")


def test_fail_under(gold: str) -> None:
    """The exit code is 1 below the bar, with one line on stderr, and 0 on it."""
    failed = run(gold, "--fail-under", "75.5", code=1)
    assert failed.stderr == "textnorm: total accuracy 75.00% is under 75.5%\n"
    assert failed.stdout.startswith("class")
    assert run(gold, "--fail-under", "75").stderr == ""


def test_several_files_are_one_evaluation(gold: str, tmp_path: Path) -> None:
    """Sentences of all files count together."""
    other = tmp_path / "other.tsv"
    other.write_text("o1\tNUM\t5\tfive\n", encoding="utf-8")
    assert "total  5        4" in run(gold, str(other)).stdout


def test_a_faulty_gold_file_is_an_input_error(tmp_path: Path) -> None:
    """The message names file and line; the program turns it into exit code 2."""
    path = tmp_path / "bad.tsv"
    path.write_text("1\tX\ta\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"bad\.tsv:1: 3 columns where 4 are needed"):
        run(str(path))


def test_ignore_case(tmp_path: Path) -> None:
    """`--ignore-case` accepts what differs in case alone."""
    path = tmp_path / "case.tsv"
    path.write_text("1\tX\tOn 5\ton FIVE\n", encoding="utf-8")
    assert "total  1        0" in run(str(path)).stdout
    assert "total  1        1" in run(str(path), "--ignore-case").stdout


def program(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The installed program, run on the pack in the folder of these tests."""
    command = [sys.executable, "-m", "textnorm", "eval", "--lang", "xx", "--rules", str(PACK), *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def test_program_scores_a_real_pack(gold: str) -> None:
    """With the engine in place the class MISSP gets its layer, and the bar decides the exit code."""
    done = program(gold, "--fail-under", "100", "--json", "-")
    data = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (1, "textnorm: total accuracy 50.00% is under 100%\n")
    assert list(data["signatures"]) == ["", "+misspellings"]
    assert [(wrong["id"], wrong["got"]) for wrong in data["wrong"]] == [
        ("m1", "The cat"),
        ("n2", "the five of May"),
    ]


def test_program_answers_bad_input_with_one_line_and_2(tmp_path: Path) -> None:
    """Usage, gold file and layer errors end alike."""
    gold = tmp_path / "gold.tsv"
    gold.write_text("1\tX\ta\n", encoding="utf-8")
    done = program(str(gold))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"textnorm: error: {gold}:1: 3 columns where 4 are needed "
        "(separate id, class, input, accepted outputs by single tabs)\n"
    )


def test_program_folds_before_it_compares(tmp_path: Path) -> None:
    """With --fold two spellings that the language does not tell apart count as one."""
    gold = tmp_path / "gold.tsv"
    gold.write_text("1\tX\tሠላም\tሰላም\n2\tX\tዲብ\tድብ\n", encoding="utf-8")
    command = [sys.executable, "-m", "textnorm", "eval", "--lang", "am", "--json", "-", str(gold)]
    plain, folded = (
        json.loads(
            subprocess.run([*command, *extra], capture_output=True, encoding="utf-8", check=True).stdout
        )
        for extra in ((), ("--fold",))
    )
    assert (plain["total"]["correct"], folded["total"]["correct"]) == (0, 1)
    assert folded["wrong"][0]["id"] == "2"


def test_program_scores_a_text_against_another(tmp_path: Path) -> None:
    """Two files are compared line by line, as they are and folded; the bar is for what was asked last."""
    hypothesis, reference = tmp_path / "h.txt", tmp_path / "r.txt"
    hypothesis.write_text("ሠላም ለዓለም\nፍላጐት\r\nx\n", encoding="utf-8")
    reference.write_text("ሰላም ለአለም\nፍላጎት\ny", encoding="utf-8")
    command = [sys.executable, "-m", "textnorm", "eval", "--lang", "am", "--hypothesis", str(hypothesis)]
    done = subprocess.run(
        [*command, "--fold", "--fail-under", "70", str(reference)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    lines = [line.split() for line in done.stdout.splitlines()]
    assert lines[:3] == [["as", "is", "folded"], ["lines", "3", "3"], ["equal", "0.0%", "66.7%"]]
    assert (done.returncode, done.stderr) == (1, "textnorm: total accuracy 66.67% is under 70%\n")
    data = json.loads(
        subprocess.run(
            [*command, "--json", "-", str(reference)], capture_output=True, encoding="utf-8", check=True
        ).stdout
    )
    assert (data["as is"]["equal"], list(data)) == (0, ["as is", "signature"])


def test_program_refuses_texts_of_unequal_length(tmp_path: Path) -> None:
    """Lines that cannot be paired are an input error, and two references a mistake of usage."""
    (tmp_path / "h").write_text("a\nb\n", encoding="utf-8")
    (tmp_path / "r").write_text("a\n", encoding="utf-8")
    done = program("--hypothesis", str(tmp_path / "h"), str(tmp_path / "r"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"textnorm: error: {tmp_path / 'h'}: 2 lines, but {tmp_path / 'r'} has 1 (")
    assert program("--hypothesis", "h", "a", "b").returncode == 2


def test_program_scores_recognized_stretches(tmp_path: Path) -> None:
    """With --spans the gold is marked text, and the bar is the strict F1."""
    gold = tmp_path / "gold.tsv"
    gold.write_text("id\tmarked\na\t[DRUG Ramipril] und [DRUG Kamillentee]\n", encoding="utf-8")
    command = [sys.executable, "-m", "textnorm", "eval", "--lang", "medication-de", "--spans"]
    done = subprocess.run([*command, "--fail-under", "70", str(gold)], capture_output=True, text=True)
    assert done.returncode == 1
    assert "DRUG   2     100.0%   50.0%  66.7%" in done.stdout
    assert "missing        DRUG  'Kamillentee'" in done.stdout
