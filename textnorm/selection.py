"""What of a pack runs: its style options, stages and items, as the caller chose them."""

from __future__ import annotations

import fnmatch
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from textnorm.errors import PackError
from textnorm.pack.model import Item, Pack, Readings, Restore, Stage, Transliterate


@dataclass(frozen=True, slots=True)
class Spec:
    """All that is needed to build a normalizer again, in another process or on another day."""

    name: str
    rules: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    layers: tuple[str, ...] | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    uncertain: str = "best"
    inverse: bool = False
    source: str = ""
    target: str = ""
    download: bool = False


def options_of(pack: Pack, chosen: Mapping[str, str]) -> dict[str, str]:
    """The value of every style option: the chosen one, or the pack's default."""
    options = {name: option.default for name, option in pack.options.items()}
    for name, value in chosen.items():
        option = pack.options.get(name)
        if option is None:
            known = " ".join(sorted(pack.options)) or "this pack has none"
            raise PackError(f"pack {pack.name!r} has no option {name!r}", remedy=f"options: {known}")
        if value not in option.values:
            allowed = " ".join(option.values)
            raise PackError(f"option {name!r} cannot be {value!r}", remedy=f"one of: {allowed}")
        options[name] = value
    return options


def is_chosen(wanted: Mapping[str, str], options: Mapping[str, str]) -> bool:
    """Whether the style options have the values that are wanted."""
    return all(options[name] in values.split() for name, values in wanted.items())


def stages_of(pack: Pack, spec: Spec) -> list[Stage]:
    """The stages that run: those on by default, or exactly those named; '+name' adds, '-name' takes away."""
    restoring = _restoring(pack, spec.source) | _transliterating(pack, spec.target)
    if spec.layers is None:
        return [stage for stage in pack.stages if stage.default or stage.layer in restoring]
    known = {stage.layer for stage in pack.stages}
    for name in spec.layers:
        if name.lstrip("+-") not in known:
            raise PackError(
                f"pack {pack.name!r} has no layer {name.lstrip('+-')!r}",
                remedy=f"layers: {' '.join(sorted(known))}",
            )
    relative = all(name[:1] in "+-" for name in spec.layers)
    wanted = {stage.layer for stage in pack.stages if stage.default} if relative else set()
    for name in spec.layers:
        if name.startswith("-"):
            wanted.discard(name[1:])
        else:
            wanted.add(name.lstrip("+"))
    return [stage for stage in pack.stages if stage.layer in wanted | restoring]


def _transliterating(pack: Pack, target: str) -> set[str]:
    """The layers that write the text in the script of `target`."""
    if not target:
        return set()
    known = {
        item.to: stage.layer
        for stage in pack.stages
        for item in stage.items
        if isinstance(item, Transliterate)
    }
    if target not in known:
        raise PackError(
            f"pack {pack.name!r} writes no text in the script of {target!r}",
            remedy=f"--to {' | '.join(sorted(known))}" if known else "leave out --to",
        )
    return {known[target]}


def _restoring(pack: Pack, source: str) -> set[str]:
    """The layers that restore text typed in the script of `source`."""
    if not source:
        return set()
    known = {
        item.source: stage.layer for stage in pack.stages for item in stage.items if isinstance(item, Restore)
    }
    if source not in known:
        raise PackError(
            f"pack {pack.name!r} restores no text typed in the script of {source!r}",
            remedy=f"--from {' | '.join(sorted(known))}" if known else "leave out --from",
        )
    return {known[source]}


def is_selected(item: Item, spec: Spec) -> bool:
    """Whether `only` and `off` leave the item in: globs over its id, or its class or a tag by name.

    What chooses among readings stays with whichever rules `only` leaves.
    """

    def named(patterns: Sequence[str]) -> bool:
        return any(
            fnmatch.fnmatchcase(item.id, pattern) or pattern == item.cls or pattern in item.tags
            for pattern in patterns
        )

    kept = not spec.only or isinstance(item, Readings) or named(spec.only)
    return kept and not named(spec.off)
