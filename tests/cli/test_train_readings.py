"""`textnorm train readings` writes the table that a readings stage then uses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ..readings.conftest import CHOICE, GRAMMAR, RULE
from ..readings.test_training import gold
from .conftest import Run

TESTS = [
    {"in": "a rokas 1", "out": "a rokas unan"},
    {"in": "a mavas 3", "out": "a mavas trian"},
    {"in": "a mavas", "unchanged": "true"},
]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A folder with the made-up language, without a readings stage, and gold sentences beside it."""
    folder = tmp_path / "xx"
    folder.mkdir()
    manifest = {"kind": "pack", "name": "xx", "version": "1.0.0", "doc": "A made-up language."}
    stages = [{"stage": "rules", "layer": "words", "files": ["words.yaml"]}]
    rule = {"doc": "A number.", **RULE}
    trees = {
        "pack": {**manifest, "stages": stages, "grammar": ["grammar.yaml"]},
        "grammar": {"kind": "grammar", **GRAMMAR},
        "words": {"kind": "rules", "namespace": "xx", "class": "NUM", "rules": [rule]},
    }
    for name, tree in trees.items():
        (folder / f"{name}.yaml").write_text(json.dumps({"format": "1", **tree}), encoding="utf-8")
    rows = [f"{one.id}\t{one.cls}\t{one.input}\t{one.accepted[0]}" for one in gold()]
    (tmp_path / "gold.tsv").write_text("\n".join(rows), encoding="utf-8")
    return folder


def test_a_model_is_trained_and_used(textnorm: Run, pack: Path, tmp_path: Path) -> None:
    """The figures end with the margin; the table and a loose file make the pack choose, and its tests pass."""
    target = tmp_path / "mine" / "data" / "xx" / "choice.tsv"
    made = textnorm(
        *("train", "readings", "--lang", "xx", "--rules", str(pack), "--rounds", "8", "-o", str(target)), "gold.tsv"
    )  # fmt: skip
    assert made.code == 0, made.err
    lines = made.out.decode().splitlines()
    assert lines[0] == "48 sentences with uncertain readings: 24 right as written, 48 within reach"
    assert lines[1] == "margin 0.0: 24 fixed, 0 broken"
    margin = lines[-1].removeprefix("margin: ")
    assert "gold.tsv: sha256 " in target.read_text(encoding="utf-8")
    choice = {"format": "1", **CHOICE, "margin": margin, "tests": TESTS}
    (tmp_path / "mine" / "choice.yaml").write_text(json.dumps(choice), encoding="utf-8")
    both = ("--lang", "xx", "--rules", str(pack), "--rules", str(tmp_path / "mine"))
    done = textnorm("normalize", *both, stdin=b"a tibas 2 kom 3\n")
    assert done.out.decode() == "a tibas duan kom tria\n", done.err
    tested = textnorm("rules", "test", *both, "--coverage", "xx.choice")
    assert tested.out.decode() == "3 passed, 0 failed, 0 known failures, 0 rules not covered\n", tested.err
    linted = textnorm("rules", "lint", *both)
    assert "xx.choice" not in linted.out.decode()


def test_too_few_sentences_are_refused(textnorm: Run, pack: Path, tmp_path: Path) -> None:
    """Cross-validation needs at least one sentence for each part."""
    (tmp_path / "few.tsv").write_text("1\tNUM\ta 1\ta una\n", encoding="utf-8")
    done = textnorm("train", "readings", "--lang", "xx", "--rules", str(pack), "-o", "out.tsv", "few.tsv")
    assert done.code == 2
    assert "1 of these sentences are uncertain (5 are needed at least)" in done.err
    assert not (tmp_path / "out.tsv").exists()
