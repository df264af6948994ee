"""Cost against the number of rules: the pack with every rule twice, or with as many that never match."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from textnorm import Normalizer
from textnorm.pack.load import load_pack
from textnorm.pack.model import Item, Pack, Rule

from .figures import Timing, measure


def twins(rule: Rule) -> Rule:
    """The same rule under another name; it matches wherever the first does, and loses."""
    return replace(rule, id=f"{rule.id}-twin", priority=rule.priority - 1)


def inert(rule: Rule) -> Rule:
    """A rule that begins like this one and then asks for a sign that no text has."""
    return replace(rule, id=f"{rule.id}-inert", match=f"(?:{rule.match})\N{HAMMER AND PICK}", priority=-99)


def doubled(pack: Pack, copy: Callable[[Rule], Rule]) -> Pack:
    """The pack with a copy of every rule."""
    stages = []
    for stage in pack.stages:
        items: list[Item] = list(stage.items)
        items += [copy(item) for item in stage.items if isinstance(item, Rule)]
        stages.append(replace(stage, items=tuple(items)))
    return replace(pack, stages=tuple(stages))


def compare(lang: str, text: str, passes: Sequence[Sequence[str]]) -> list[Timing]:
    """One, inert and twin: the same text with the pack as it is and with two packs of twice the rules."""
    pack = load_pack(lang, tests=False)
    found = []
    variants: list[tuple[str, Pack]] = [
        ("rules as they are", pack),
        ("twice, half inert", doubled(pack, inert)),
        ("twice, all matching", doubled(pack, twins)),
    ]
    for name, variant in variants:
        normalizer = Normalizer.from_pack(variant)
        for block in passes[0]:
            normalizer(block)
        count = sum(1 for _ in normalizer.rules())
        found.append(measure(name, text, normalizer, passes, f"{count} rules"))
    return found
