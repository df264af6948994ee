"""Concepts that a pack ships."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from textnorm.errors import InputError, PackError
from textnorm.link.concept import Concept
from textnorm.link.open import open_index


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of its own."""
    monkeypatch.setenv("TEXTNORM_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


def kept(cache: Path) -> list[Path]:
    """The indexes in the cache."""
    return sorted(cache.glob("index-*"))


def concepts(name: str) -> list[Concept]:
    """The concepts of a shipped index."""
    return list(open_index(name).concepts())


def test_shipped(cache: Path) -> None:
    """A pack is an index by its name; it is made once, and comes out of the cache the same."""
    first = open_index("medical")
    assert first.manifest["pack"] == "medical"
    (place,) = kept(cache)
    before = (place / "manifest.json").stat().st_mtime_ns
    again = open_index("medical")
    assert list(again.concepts()) == list(first.concepts())
    assert {name: array.tolist() for name, array in again.arrays.items()} == {
        name: array.tolist() for name, array in first.arrays.items()
    }
    assert (place / "manifest.json").stat().st_mtime_ns == before


def test_damaged_cache(cache: Path) -> None:
    """What is damaged in the cache is made again."""
    first = concepts("medical")
    (place,) = kept(cache)
    (place / "alias.text.npy").write_bytes(b"")
    assert concepts("medical") == first
    assert (place / "alias.text.npy").stat().st_size > 0


def test_one_of_a_pack(cache: Path) -> None:
    """An index of an older state of the pack goes when a new one comes."""
    (cache / "index-medical-old").mkdir(parents=True)
    (cache / "index-other-old").mkdir()
    open_index("medical")
    names = [path.name for path in kept(cache)]
    assert len(names) == 2
    assert "index-other-old" in names


@pytest.mark.parametrize("off", ["", "/dev/null/nowhere"])
def test_without_cache(monkeypatch: pytest.MonkeyPatch, off: str) -> None:
    """Without a cache, or with one that cannot be written to, the index is made each time."""
    monkeypatch.setenv("TEXTNORM_CACHE_DIR", off)
    assert len(concepts("medical")) > 500


def test_pack_without_linking() -> None:
    """A pack that links nothing says so."""
    with pytest.raises(PackError, match="'lt' does not say how strings are linked"):
        open_index("lt")


def test_pack_without_concepts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pack that links but ships no concepts says what to do."""
    from textnorm.link import packs

    class Bare(packs.Keys):
        """Keys of a pack without concepts."""

        def __init__(self, pack: str) -> None:
            super().__init__(pack)
            assert self.pack is not None
            self.pack = replace(self.pack, linking={})

    monkeypatch.setattr(packs, "Keys", Bare)
    with pytest.raises(InputError, match=r"has no concepts.*build an index"):
        open_index("medical")
