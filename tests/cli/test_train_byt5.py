"""`textnorm train byt5` from pairs to a pack that uses the model, with a model of a few thousand parameters."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="needs the extra: pip install 'textnorm[byt5]'")
pytest.importorskip("transformers", reason="needs the extra: pip install 'textnorm[byt5]'")
pytest.importorskip("ctranslate2", reason="needs the extra: pip install 'textnorm[byt5]'")

from textnorm.cli.main import run

from tests.fallback.packs import write_pack
from textnorm.neural import train

SHAPE = {"d_model": 32, "d_kv": 8, "d_ff": 48, "num_layers": 1, "num_decoder_layers": 1, "num_heads": 2}
TYPED = {"uz": "už", "ju": "jų", "ka": "ką", "nu": "nu", "as": "aš"}


@pytest.fixture(autouse=True)
def _tiny(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(train, "SIZES", {"tiny": SHAPE})
    monkeypatch.chdir(tmp_path)
    words = "".join(f"{raw}\t{norm}\n" for raw, norm in TYPED.items())
    Path("pairs.norm").write_text(f"{words}\n" * 3000, encoding="utf-8")
    Path("clean.txt").write_text(" ".join(TYPED.values()) + "\n", encoding="utf-8")


def test_from_pairs_to_a_pack(capsys: pytest.CaptureFixture[str]) -> None:
    """What is trained from pairs writes them in a pack, at the threshold that training found."""
    options = ("--context", "0", "--batch", "16", "--rate", "0.01", "--synthetic", "30", "--steps", "270")
    assert run(["train", "byt5", "pairs.norm", "--text", "clean.txt", *options, "-o", "model", "--int8"]) == 0
    told = capsys.readouterr().err
    assert "step 300 of 300: loss" in told
    assert "of 455 held-back words 364 were to be changed" in told
    assert "\r" not in told  # no bar where nobody watches
    assert json.loads(Path("model/int8/textnorm.json").read_text())["threshold"] < 0
    model = Path("model/int8").absolute()
    write_pack(Path("pack"), "engine: ct2", f"model: {model}", "threshold: model")
    Path("in.txt").write_text("ka? uz ju, 15 as\n")
    assert run(["normalize", "--lang", "typed", "--rules", "pack", "in.txt", "-o", "out.txt"]) == 0
    assert Path("out.txt").read_text(encoding="utf-8") == "ką? už jų, 15 aš\n"


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--teacher", "."), "--teacher and --unlabelled go together"),
        (("--from", "."), "config.json is missing"),
        (("--size", "huge"), "'huge' is not one of"),
    ],
)
def test_what_does_not_fit_is_one_line(
    capsys: pytest.CaptureFixture[str], args: tuple[str, ...], message: str
) -> None:
    """Options that do not go together and folders without a model end with one line."""
    assert run(["train", "byt5", "pairs.norm", "-o", "out", "--steps", "1", *args]) == 2
    told = capsys.readouterr().err
    assert message in told
    assert told.count("\n") == 1


def test_broken_pairs_are_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """A line that is no pair is named with its place."""
    Path("bad.norm").write_text("u\tyou\ncomin\n")
    assert run(["train", "byt5", "bad.norm", "-o", "out"]) == 2
    assert "bad.norm:2" in capsys.readouterr().err


def test_a_model_that_is_off_goes_without_a_threshold(capsys: pytest.CaptureFixture[str]) -> None:
    """With few held-back pairs no threshold is found, and the command says why."""
    Path("few.norm").write_text("u\tyou\n\nok\tok\n\n" * 5)
    assert run(["train", "byt5", "few.norm", "-o", "model", "--steps", "2", "--batch", "2"]) == 0
    assert "fewer than 150 to be changed are too few to find a threshold" in capsys.readouterr().err
    assert json.loads(Path("model/textnorm.json").read_text())["threshold"] is None
