"""What all tests share: the shipped packs, tiny packs made on the spot, and the `slow` marker.

Slow tests build and install the package; they run with `--slow`, and where CI is set.
"""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

import textnorm
from textnorm.grammar.grammar import Grammar
from textnorm.normalizer import Normalizer
from textnorm.pack.load import load_pack
from textnorm.pack.model import Pack

settings.register_profile("textnorm", deadline=None)  # machines differ; a slow example is no failure
settings.load_profile("textnorm")
SAMPLES = Path(__file__).parent.parent / "data" / "samples"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--slow`."""
    parser.addoption("--slow", action="store_true", help="run slow tests too, as CI does")


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker; listen to Ctrl-C, which shells switch off for what they run in the background."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    config.addinivalue_line("markers", "slow: builds or installs something; needs a package index")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip slow tests unless they were asked for."""
    if config.getoption("--slow") or os.environ.get("CI"):
        return
    for item in items:
        if "slow" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="slow; run with --slow"))


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Packs loaded by tests are cached in a folder of their own, not in the user's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TEXTNORM_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def packs() -> dict[str, Pack]:
    """Every pack that ships with textnorm, with its examples, by name."""
    return {name: load_pack(name) for name in textnorm.languages()}


@pytest.fixture(scope="session")
def normalizers() -> dict[str, Normalizer]:
    """A normalizer for every pack that ships with textnorm."""
    return {name: textnorm.load(name) for name in textnorm.languages()}


@pytest.fixture(scope="session")
def lt() -> Normalizer:
    """The Lithuanian normalizer."""
    return textnorm.load("lt")


@pytest.fixture(scope="session")
def sample_lines() -> dict[str, list[str]]:
    """Real-looking lines for every pack that has some."""
    return {
        path.stem: path.read_text(encoding="utf-8").splitlines() for path in sorted(SAMPLES.glob("*.txt"))
    }


@pytest.fixture
def make_pack(tmp_path: Path) -> Callable[..., Pack]:
    """Make a pack `xx` of a few rules, a grammar and tables; `manifest` replaces keys of `pack.yaml`.

    Keys that rules must have but a test does not care about are filled in.
    """
    numbers = count()

    def make(
        *rules: Mapping[str, Any],
        grammar: Mapping[str, Any] | None = None,
        tables: Mapping[str, str] | None = None,
        files: Mapping[str, Mapping[str, Any]] | None = None,
        **manifest: Any,
    ) -> Pack:
        folder = tmp_path / f"pack{next(numbers)}" / "xx"
        trees: dict[str, Mapping[str, Any]] = dict(files or {})
        trees["pack"] = {
            "kind": "pack",
            "name": "xx",
            "version": "1.0.0",
            "doc": "A pack for tests.",
            "stages": [{"stage": "rules", "layer": "words", "files": ["words.yaml"]}],
            "grammar": ["grammar.yaml"],
            **manifest,
        }
        trees["grammar"] = {"kind": "grammar", **(grammar or {})}
        said = {"say": "X"}
        full = [{"doc": "A rule.", **({} if "mark" in rule else said), **rule} for rule in rules]
        trees["words"] = {"kind": "rules", "namespace": "xx", "class": "A", "rules": full}
        (folder / "data" / "xx").mkdir(parents=True)
        for name, tree in trees.items():  # JSON is YAML
            text = json.dumps({"format": "1", **tree}, ensure_ascii=False)
            (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        for name, text in (tables or {}).items():
            (folder / "data" / "xx" / f"{name}.tsv").write_text(text, encoding="utf-8")
        return load_pack("xx", rules=[folder])

    return make


@pytest.fixture
def make(make_pack: Callable[..., Pack]) -> Callable[..., Normalizer]:
    """The same, made into a normalizer; `chosen` are arguments of `Normalizer.from_pack`."""

    def normalizer(
        *rules: Mapping[str, Any], chosen: Mapping[str, Any] | None = None, **pack: Any
    ) -> Normalizer:
        return Normalizer.from_pack(make_pack(*rules, **pack), **(chosen or {}))

    return normalizer


@pytest.fixture
def make_grammar(make_pack: Callable[..., Pack]) -> Callable[..., Grammar]:
    """A grammar from its tree alone."""

    def grammar(
        tree: Mapping[str, Any], tables: Mapping[str, str] | None = None, options: Sequence[str] = ()
    ) -> Grammar:
        chosen = dict(option.split("=") for option in options)
        pack = make_pack({"id": "a", "match": "a"}, grammar=tree, tables=tables)
        return Grammar(pack, chosen)

    return grammar
