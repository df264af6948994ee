"""`textnorm learn`, and `textnorm eval` on aligned pairs, from end to end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from textnorm.cli.eval import eval as eval_command
from textnorm.cli.learn import learn

from textnorm.errors import InputError

DATA = Path(__file__).parents[2] / "data" / "samples"
CHAT, NEW = str(DATA / "chat.tsv"), str(DATA / "chat-new.tsv")


def run(*arguments: str) -> Result:
    """The command, with errors raised."""
    return CliRunner().invoke(learn, arguments, catch_exceptions=False)


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack learned from the chat messages."""
    folder = tmp_path_factory.mktemp("packs") / "chat"
    assert run(CHAT, "-o", str(folder), "--max-needless", "4").exit_code == 0
    return folder


def test_report(tmp_path: Path) -> None:
    """The table shows baselines, every part with its effect, and how to use the pack."""
    result = run(CHAT, "-o", str(tmp_path / "chat"), "--folds", "3", "--name", "my chat")
    assert result.output.startswith("316 pairs in 69 sentences, 88 to change\n")
    for text in ("most frequent replacement", "rewrites", "digits changed: 0", "--lang my-chat --rules"):
        assert text in result.output
    assert (tmp_path / "chat" / "evaluation.tsv").read_text(encoding="utf-8").startswith("part\tright\t")


def test_folder_in_use(pack: Path) -> None:
    """A folder with files in it is only written into when that is asked for."""
    result = CliRunner().invoke(learn, [CHAT, "-o", str(pack)])
    assert result.exit_code == 2
    assert "is not empty; name a new one, or give --force" in result.output
    assert run(CHAT, "-o", str(pack), "--force", "--max-needless", "4").exit_code == 0


def test_word_list(tmp_path: Path) -> None:
    """Words of a list stay, and the pack says where they are from."""
    words = tmp_path / "words.tsv"
    words.write_text("word\tcount\npumpkin\t7\nbasin\nCotton\t1\n", encoding="utf-8")
    run(CHAT, "-o", str(tmp_path / "chat"), "--words", str(words))
    assert "words.tsv" in (tmp_path / "chat" / "pack.yaml").read_text(encoding="utf-8")
    listed = (tmp_path / "chat" / "data" / "chat" / "listed.tsv").read_text(encoding="utf-8")
    assert listed == "word\nbasin\ncotton\npumpkin\n"


def test_bad_word_list(tmp_path: Path) -> None:
    """A count that is none is named with its place."""
    words = tmp_path / "words.tsv"
    words.write_text("a\t1\nb\tmany\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"words\.tsv:2: 'many' is no count"):
        run(CHAT, "-o", str(tmp_path / "chat"), "--words", str(words))


def test_bad_lines(tmp_path: Path) -> None:
    """Lines that are no pairs are named, a few one by one; without any pairs that is an error."""
    bad = tmp_path / "bad.norm"
    bad.write_text("x\n" * 12, encoding="utf-8")
    result = CliRunner().invoke(learn, [str(bad), CHAT, "-o", str(tmp_path / "chat")])
    assert result.exit_code == 0
    assert "bad.norm:1: 'x' is no pair" in result.output
    assert "and 2 more lines that are no pairs" in result.output
    with pytest.raises(InputError, match="there are no pairs in these files"):
        run(str(bad), "-o", str(tmp_path / "none"))


def evaluate(pack: Path, *arguments: str) -> Result:
    """`textnorm eval` with the learned pack."""
    options = ["--lang", "chat", "--rules", str(pack), *arguments]
    return CliRunner().invoke(eval_command, options, catch_exceptions=False)


def test_eval(pack: Path) -> None:
    """The pack stands beside its baselines, with what each of its layers did."""
    result = evaluate(pack, "--pairs", NEW, "--train", CHAT, "--json", "-")
    data = json.loads(result.output)
    assert (data["tokens"], data["changed"], data["digits"]) == (78, 28, 0)
    assert data["right"] == sum(layer["right"] for layer in data["layers"])
    assert data["err"] > data["baselines"]["most frequent replacement"]["err"] > 0
    assert data["baselines"]["leave as is"]["err"] == 0


def test_eval_by_suffix(pack: Path, tmp_path: Path) -> None:
    """A .norm file needs no option; a bar fails the command."""
    path = tmp_path / "new.norm"
    path.write_text("u\tyou\nok\tok\n", encoding="utf-8")
    assert "the pack" in evaluate(pack, str(path)).output
    assert evaluate(pack, str(path), "--fail-under", "100").exit_code == 0
    path.write_text("u\tu\nok\tok\n", encoding="utf-8")
    assert evaluate(pack, str(path), "--fail-under", "100").exit_code == 1
    result = CliRunner().invoke(eval_command, ["--lang", "chat", str(path), "--fold"])
    assert result.exit_code == 2


def test_same_for_any_hash_seed(tmp_path: Path) -> None:
    """The files of a pack do not depend on the order of sets."""
    made = []
    for seed in ("1", "2"):
        folder = tmp_path / seed / "chat"
        command = [sys.executable, "-m", "textnorm", "learn", CHAT, "-o", str(folder)]
        subprocess.run(command, check=True, capture_output=True, env=os.environ | {"PYTHONHASHSEED": seed})
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        made.append([(path.relative_to(folder), path.read_bytes()) for path in files])
    assert made[0] == made[1]
