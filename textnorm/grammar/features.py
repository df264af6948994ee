"""Features (case, gender, number, …) and bundles of them.

A pack declares its features and their values; a value's name is unique among all features, so
`acc f sg` names three of them. A *bundle* is a tuple with one value or None for every feature, in
the declared order. Cues narrow a list of bundles; see `textnorm.grammar.resolve`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from textnorm.errors import PackError

Bundle = tuple[str | None, ...]
_OVERLAID: dict[tuple[Bundle, Bundle], Bundle] = {}  # there are few bundles, and they recur


class Features:
    """The features of a pack."""

    def __init__(self, declared: Mapping[str, Sequence[str]]) -> None:
        self.names: tuple[str, ...] = tuple(declared)
        self.values: dict[str, tuple[str, ...]] = {name: tuple(declared[name]) for name in declared}
        self.slot: dict[str, int] = {}
        for index, name in enumerate(self.names):
            for value in self.values[name]:
                if value in self.slot:
                    raise PackError(
                        f"feature value {value!r} belongs to two features", remedy="give it two names"
                    )
                self.slot[value] = index
        self.empty: Bundle = (None,) * len(self.names)
        self._parsed: dict[str, Bundle] = {"": self.empty}

    def parse(self, text: str) -> Bundle:
        """The bundle written as space- or dot-separated values, e.g. 'acc f sg' or 'f.pl.nom'."""
        known = self._parsed.get(text)
        if known is not None:
            return known
        bundle: list[str | None] = list(self.empty)
        for value in text.replace(".", " ").split():
            slot = self.slot.get(value)
            if slot is None:
                listed = " ".join(self.slot)
                raise PackError(f"unknown feature value {value!r}", remedy=f"one of: {listed}")
            bundle[slot] = value
        parsed = self._parsed[text] = tuple(bundle)
        return parsed

    def default(self, index: int) -> str:
        """The value that a feature has where nothing decides it: the first declared."""
        return self.values[self.names[index]][0]


def merge(first: Bundle, second: Bundle) -> Bundle | None:
    """Both bundles at once, or None where they contradict each other."""
    merged: list[str | None] = []
    for a, b in zip(first, second, strict=True):
        if a is not None and b is not None and a != b:
            return None
        merged.append(a if b is None else b)
    return tuple(merged)


def overlay(base: Bundle, over: Bundle) -> Bundle:
    """`base`, except where `over` says something."""
    key = (base, over)
    known = _OVERLAID.get(key)
    if known is None:
        if len(_OVERLAID) > 20_000:
            _OVERLAID.clear()
        known = _OVERLAID[key] = tuple(a if b is None else b for a, b in zip(base, over, strict=True))
    return known


def narrow(candidates: Sequence[Bundle], evidence: Iterable[Bundle]) -> list[Bundle]:
    """The candidates as far as they agree with the evidence; all of them where none does.

    A cue that contradicts everything that stronger cues left open is thereby ignored.
    """
    allowed = list(evidence)
    if not allowed:
        return list(candidates)
    merged = (merge(a, b) for a in candidates for b in allowed)
    kept = dict.fromkeys(bundle for bundle in merged if bundle is not None)
    return list(kept) or list(candidates)
