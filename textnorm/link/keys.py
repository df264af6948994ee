"""Strings to the keys under which they count as equal, tier by tier."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import regex

from textnorm.errors import PackError
from textnorm.normalizer import Normalizer
from textnorm.pack.load import load_pack
from textnorm.pack.model import Pack

_BREAKS = regex.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")  # a string is one line
_PLAIN = "nfkc+casefold/1"  # changes when keys without a pack do


class Tier(NamedTuple):
    """A step of the sieve: its name, the layers of its keys, and whether words are a sorted set."""

    name: str
    layers: tuple[str, ...]
    sorted: bool = False


PLAIN = (Tier("exact", ()), Tier("bag", (), sorted=True))
"""The tiers without a pack: NFKC and folded case, and the set of words of that."""


class Keys:
    """Keys for the tiers of a pack; both sides of a comparison must go through the same.

    `pack` names a pack that has a `linking` file, `rules` are folders laid over it. Without a pack there
    are the tiers `exact` and `bag`. Raises PackError for a pack that links nothing.
    """

    def __init__(self, pack: str | None = None, rules: Sequence[str | Path] = ()) -> None:
        self.pack: Pack | None = load_pack(pack, rules=rules, tests=False) if pack else None
        self.tiers = _tiers(self.pack) if self.pack else PLAIN
        self._steps: dict[str, Normalizer] = {}

    def of(self, tier: int, texts: Sequence[str]) -> list[str]:
        """The keys of many strings in one tier, by its number; all strings are normalized in one pass."""
        if not texts:
            return []
        return self._finished(tier, self._run(self.tiers[tier].layers, _joined(texts), {}))

    def all(self, texts: Sequence[str]) -> Iterator[list[str]]:
        """The keys of many strings, tier by tier; what the layers of two tiers share is done once."""
        text, done = _joined(texts), dict[tuple[str, ...], str]()
        for number, tier in enumerate(self.tiers):
            yield self._finished(number, self._run(tier.layers, text, done)) if texts else []

    def through(self, layers: Sequence[str], texts: Sequence[str]) -> list[str]:
        """Strings that went through these layers of the pack, white space collapsed."""
        if not texts:
            return []
        return [" ".join(line.split()) for line in self._run(tuple(layers), _joined(texts), {}).split("\n")]

    @cached_property
    def signature(self) -> str:
        """Names the pack, its version and everything that keys depend on."""
        if self.pack is None:
            return _PLAIN
        tiers = [(tier.name, tier.layers, tier.sorted) for tier in self.tiers]
        digest = sha256(f"{self.pack.digest} {tiers}".encode()).hexdigest()[:10]
        return f"{self.pack.name}|v:{self.pack.version}|keys:{digest}"

    def _run(self, layers: tuple[str, ...], text: str, done: dict[tuple[str, ...], str]) -> str:
        """The text after some layers; `done` has the text after those that were run before."""
        if self.pack is None:
            return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
        start = max((count for count in range(len(layers) + 1) if layers[:count] in done), default=0)
        text = done.get(layers[:start], text)
        for number in range(start, len(layers)):
            text = self._step(layers[number])(text)
            done[layers[: number + 1]] = text
        return text

    def _step(self, layer: str) -> Normalizer:
        if layer not in self._steps:
            assert self.pack is not None
            self._steps[layer] = Normalizer.from_pack(self.pack, layers=[layer])
        return self._steps[layer]

    def _finished(self, tier: int, text: str) -> list[str]:
        words = map(str.split, text.split("\n"))
        if self.tiers[tier].sorted:
            return [" ".join(sorted(set(line))) for line in words]
        return [" ".join(line) for line in words]


def keys_of(manifest: Mapping[str, Any]) -> Keys:
    """The keys of the index with this manifest: its pack, and the folders of rules laid over that."""
    return Keys(manifest["pack"] or None, manifest.get("rules", ()))


def _tiers(pack: Pack) -> tuple[Tier, ...]:
    """The tiers of a pack, their layers in the order in which the pack runs them."""
    order = [stage.layer for stage in pack.stages]
    if "tiers" not in pack.linking:
        raise PackError(
            f"pack {pack.name!r} does not say how strings are linked", remedy="its pack.yaml needs `linking:`"
        )
    return tuple(
        Tier(
            tree["tier"],
            tuple(sorted(set(tree["layers"]), key=order.index)),
            tree.get("order") == "sorted",
        )
        for tree in pack.linking["tiers"]
    )


def _joined(texts: Sequence[str]) -> str:
    """One string on each line."""
    text = "\n".join(texts)
    if text.count("\n") != len(texts) - 1 or _BREAKS.search(text.replace("\n", "")):
        text = "\n".join(_BREAKS.sub(" ", text) for text in texts)
    return text
