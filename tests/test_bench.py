"""The benchmark: its texts are Lithuanian, dense as promised and the same for the same seed; it runs."""

from __future__ import annotations

import importlib
import importlib.util
import json
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).parent / "bench"
NAME = "textnorm_bench"  # under its own name: "tests" may be another project's package


def _load() -> ModuleType:
    if NAME not in sys.modules:
        spec = importlib.util.spec_from_file_location(
            NAME, FOLDER / "__init__.py", submodule_search_locations=[str(FOLDER)]
        )
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[NAME] = module
        spec.loader.exec_module(module)
    return sys.modules[NAME]


def _part(name: str) -> ModuleType:
    _load()
    return importlib.import_module(f"{NAME}.{name}")


@pytest.fixture
def texts() -> ModuleType:
    """The module that makes the texts."""
    return _part("texts")


@pytest.mark.parametrize("kind", ["prose", "dense"])
def test_a_seed_makes_a_text(texts: ModuleType, kind: str) -> None:
    """One seed, one text; another seed, another text; hardly a line comes twice."""
    text = texts.text(kind, 50_000, seed=7)
    assert text == texts.text(kind, 50_000, seed=7)
    assert text != texts.text(kind, 50_000, seed=8)
    assert 50_000 <= len(text.encode()) < 52_000
    lines = text.splitlines()
    assert len(set(lines)) > 0.9 * len(lines)


@pytest.mark.parametrize("kind", ["prose", "dense"])
def test_there_are_enough_sentences(texts: ModuleType, kind: str) -> None:
    """At least 150 of each kind, none twice, every slot known."""
    sentences = texts.sentences(kind)
    assert len(sentences) == len(set(sentences)) >= 150
    slots = {slot for sentence in sentences for slot in re.findall(r"\{(\w+)\}", sentence)}
    assert {slot for slot in slots if slot not in texts._FILLERS and slot[:-1] not in texts._FILLERS} == set()


def test_the_texts_are_lithuanian_and_differ_in_numbers(texts: ModuleType) -> None:
    """Letters that only Lithuanian has together are frequent; dense text holds many times the numbers."""
    numbers = {}
    for kind in texts.KINDS:
        text = texts.text(kind, 100_000)
        assert all(text.count(letter) > 30 for letter in "ąčęėįšųūž")
        assert "{" not in text
        assert not re.search(r"[\x00-\x09\x0b-\x1f]", text)
        numbers[kind] = len(re.findall(r"\d+", text))
    assert numbers["prose"] < len(texts.lines("prose", 100_000))  # at most about one a line
    assert numbers["dense"] > 10 * numbers["prose"]
    assert numbers["dense"] > 1_500


def test_blocks_are_whole_lines(texts: ModuleType) -> None:
    """Blocks put together are the text; each ends where a line ends and none is too large."""
    text = texts.text("dense", 60_000)
    blocks = texts.blocks(text, 1 << 12)
    assert "".join(blocks) == text
    assert all(block.endswith("\n") and len(block.encode()) <= 1 << 12 for block in blocks)


def test_a_slice_ends_with_a_line(texts: ModuleType) -> None:
    """A smaller text for slower programs is a beginning of the whole one, in lines."""
    text = texts.text("prose", 30_000)
    part = "".join(_part("figures").cut(texts.blocks(text, 1 << 13), 10_000))
    assert text.startswith(part)
    assert part.endswith("\n")
    assert 9_000 < len(part.encode()) < 12_000


def test_the_profile_adds_up() -> None:
    """Every sample belongs to one part."""
    breakdown = _part("breakdown")

    def work(block: str) -> int:
        return sum(ord(char) for char in block * 100)

    found = breakdown.profile(work, ["ą" * 5_000] * 10)
    assert found.parts.total() > 0
    assert sum(found.share(part) for part in breakdown.PARTS) == pytest.approx(1.0)


def test_the_runner_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A tiny run prints its tables and writes figures for both texts."""
    out = tmp_path / "bench.json"
    main = importlib.import_module(f"{_load().__name__}.__main__").main
    parts = ["speed", "folding", "arabic", "messages", "restoring", "profile"]
    assert main([*parts, "--quick", "--size", "0.01", "--rounds", "1", "--no-peers", "--json", str(out)]) == 0
    report = json.loads(out.read_text(encoding="utf-8"))
    rows = {(row["text"], row["name"]) for row in report["speed"]}
    assert {("prose", "textnorm normalize"), ("dense", "textnorm normalize")} <= rows
    assert set(report["profile"]) == {"prose", "dense"}
    assert "NSWs per MB" in capsys.readouterr().out
