"""Runs the examples that stand beside the rules, through the whole pack.

A rule that is right alone may be wrong in company, so an example passes only when the finished text
is what its author expects, whichever rules had a hand in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Literal, Protocol

from textnorm.document import Document, Edit
from textnorm.pack.model import Item, Pack, Stage, TestCase

Status = Literal["passed", "failed", "known failure", "fixed"]


class Explainer(Protocol):
    """What is needed of a normalizer."""

    def explain(self, text: str) -> Document:
        """The normalized text with its edits."""


Factory = Callable[[Mapping[str, str], "tuple[str, ...] | None"], Explainer]


@dataclass(frozen=True, slots=True)
class CaseResult:
    """How one example came out; `fired` tells whether its own rule made an edit."""

    id: str
    number: int  # counts from 1 within the rule
    case: TestCase
    got: str
    fired: bool
    rules: tuple[str, ...]

    @property
    def name(self) -> str:
        """Name of the example, such as `lt.date.iso::2`."""
        return f"{self.id}::{self.number}"

    @property
    def status(self) -> Status:
        """`known failure` is what a known failure should be; `fixed` is one that passes: drop its mark."""
        right = self.got == self.case.output
        if self.case.known_failure:
            return "fixed" if right else "known failure"
        return "passed" if right else "failed"

    @property
    def ok(self) -> bool:
        """Whether the example came out as its author said."""
        return self.status in ("passed", "known failure")


def run_tests(factory: Factory, pack: Pack, ids: Sequence[str] = ()) -> list[CaseResult]:
    """Run the examples of all items, or of those whose id fits one of `ids`, in order of the pack.

    `factory` gives the normalizer for style options and layers (None: those on by default).
    """
    ready: dict[tuple[tuple[tuple[str, str], ...], tuple[str, ...] | None], Explainer] = {}
    results = []
    for stage, item in items_of(pack, ids):
        own = None if stage.default else (f"+{stage.layer}",)
        for number, case in enumerate(item.tests, 1):
            layers = case.layers or own
            key = tuple(sorted(case.options.items())), layers
            if key not in ready:
                ready[key] = factory(case.options, layers)
            document = ready[key].explain(case.input)
            rules = tuple(dict.fromkeys(rules_of(document.edits)))
            results.append(CaseResult(item.id, number, case, document.text, item.id in rules, rules))
    return results


def normalizers(pack: Pack) -> Factory:
    """The factory that makes real normalizers of `pack`."""
    from textnorm.normalizer import Normalizer  # the engine is not needed to read packs

    return lambda options, layers: Normalizer.from_pack(pack, options=options, layers=layers)


def items_of(pack: Pack, ids: Sequence[str] = ()) -> Iterator[tuple[Stage, Item]]:
    """Every item of the pack with its stage; only those that fit one of the id patterns, if given."""
    for stage in pack.stages:
        for item in stage.items:
            if not ids or any(fnmatchcase(item.id, pattern) for pattern in ids):
                yield stage, item


def rules_of(edits: Iterable[Edit]) -> Iterator[str]:
    """Ids of the rules behind edits, those of composed edits one by one."""
    for edit in edits:
        if edit.steps:
            yield from rules_of(edit.steps)
        else:
            yield edit.rule


def uncovered(pack: Pack, results: Sequence[CaseResult], ids: Sequence[str] = ()) -> list[Item]:
    """Items that none of their own positive examples fires: a rule that never fires is a rule unread."""
    fired = {result.id for result in results if result.fired and not result.case.unchanged}
    return [item for _, item in items_of(pack, ids) if item.id not in fired]
