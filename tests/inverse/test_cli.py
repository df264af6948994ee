"""`--inverse` on the commands that have it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

TT = Path(__file__).parents[1] / "cli" / "packs" / "tt"


def run(*args: str, stdin: str = "", code: int = 0) -> str:
    """What the program prints; errors if it is to fail."""
    done = subprocess.run(
        [sys.executable, "-m", "textnorm", *args], input=stdin.encode(), capture_output=True, check=False
    )
    assert done.returncode == code, done.stderr
    return (done.stderr if code else done.stdout).decode()


def test_normalize_lines() -> None:
    """Line by line, like the way forwards."""
    assert run("normalize", "--lang", "lt", "--inverse", stdin="Kaina – penki eurai.\nDu draugai.\n") == (
        "Kaina – 5 Eur.\nDu draugai.\n"
    )


def test_normalize_records_with_edits() -> None:
    """--jsonl, --edits and several processes."""
    line = json.dumps({"text": "Kaina – penki eurai."}, ensure_ascii=False)
    args = ("normalize", "--lang", "lt", "--inverse", "--jsonl", "--field", "text", "--edits", "-j", "2")
    (record,) = map(json.loads, run(*args, stdin=line + "\n").splitlines())
    assert record["text"] == "Kaina – 5 Eur."
    assert [(edit["rule"], edit["before"], edit["after"]) for edit in record["edits"]] == [
        ("lt.unit.measure", "penki eurai", "5 Eur")
    ]


def test_explain_with_why() -> None:
    """Edits, and what was not used."""
    out = run("explain", "--lang", "lt", "--inverse", "--why", "Kaina – penki eurai.")
    assert "lt.unit.measure" in out
    assert out.rstrip().splitlines()[-1].endswith("Kaina – 5 Eur.")


def test_eval(tmp_path: Path) -> None:
    """A gold file of spoken and written sentences."""
    gold = tmp_path / "gold.tsv"
    gold.write_text("id\tclass\tinput\taccepted\na\tNUM\tKaina – penki eurai.\tKaina – 5 Eur.\n", "utf-8")
    report = json.loads(run("eval", "--lang", "lt", "--inverse", "--json", "-", str(gold)))
    assert report["total"]["accuracy"] == 1.0


@pytest.mark.parametrize("command", ["normalize", "explain"])
def test_a_pack_that_cannot(command: str) -> None:
    """One line that says why and what to do."""
    error = run(command, "--lang", "tt", "--rules", str(TT), "--inverse", stdin="5\n", code=2)
    assert error.count("\n") == 1
    assert "'tt' cannot be run backwards: none of its rules has `write`" in error
