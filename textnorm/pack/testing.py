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
from textnorm.pack.model import Item, Pack, Rule, Stage, TestCase

Status = Literal["passed", "failed", "known failure", "fixed"]


class Explainer(Protocol):
    """What is needed of a normalizer."""

    def explain(self, text: str) -> Document:
        """The normalized text with its edits."""


Factory = Callable[[Mapping[str, str], "tuple[str, ...] | None"], Explainer]


@dataclass(frozen=True, slots=True)
class CaseResult:
    """How one example came out.

    `fired` tells whether its own rule made an edit, `marks` whether that rule only marks; `fields` are
    those of its edits, in order.
    """

    id: str
    number: int  # counts from 1 within the rule
    case: TestCase
    got: str
    fired: bool
    rules: tuple[str, ...]
    marks: bool = False
    fields: tuple[Mapping[str, str], ...] = ()

    @property
    def name(self) -> str:
        """Name of the example, such as `lt.date.iso::2`."""
        return f"{self.id}::{self.number}"

    @property
    def status(self) -> Status:
        """`known failure` is what a known failure should be; `fixed` is one that passes: drop its mark."""
        right = self.got == self.case.output and self.right_edits
        if self.case.known_failure:
            return "fixed" if right else "known failure"
        return "passed" if right else "failed"

    @property
    def right_edits(self) -> bool:
        """Whether an edit has the fields asked for, and nothing is marked where nothing should be."""
        wanted = self.case.fields
        if wanted is not None:
            return any(wanted.items() <= fields.items() for fields in self.fields)
        return not (self.marks and self.fired and self.case.unchanged)

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
            edits = list(single_edits(document.edits))
            rules = tuple(dict.fromkeys(edit.rule for edit in edits))
            fields = tuple(edit.fields for edit in edits if item.id in (edit.rule, edit.chosen_by))
            marks = isinstance(item, Rule) and item.mark
            results.append(
                CaseResult(item.id, number, case, document.text, bool(fields), rules, marks, fields)
            )
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


def single_edits(edits: Iterable[Edit]) -> Iterator[Edit]:
    """The edits of the single stages."""
    for edit in edits:
        if edit.steps:
            yield from single_edits(edit.steps)
        else:
            yield edit


def uncovered(pack: Pack, results: Sequence[CaseResult], ids: Sequence[str] = ()) -> list[Item]:
    """Items that none of their own positive examples fires: a rule that never fires is a rule unread."""
    fired = {result.id for result in results if result.fired and not result.case.unchanged}
    return [item for _, item in items_of(pack, ids) if item.id not in fired]
