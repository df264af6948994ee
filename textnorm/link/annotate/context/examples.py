"""Marked examples: `No [fever|negated], but [cough].` has two mentions and what is said of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import NamedTuple

from textnorm.errors import PackError
from textnorm.link.annotate.context.load import contexts
from textnorm.link.annotate.context.scope import Context, Span
from textnorm.pack.model import Pack, TestCase
from textnorm.pack.spec.context import FLAGS
from textnorm.pack.testing import CaseResult
from textnorm.pack.yamlfile import where

_MARK = re.compile(r"\[([^\[\]|]+)(?:\|([a-z,]+))?\]")


class Example(NamedTuple):
    """A text, its mentions, and the flags of each."""

    text: str
    spans: tuple[Span, ...]
    flags: tuple[frozenset[str], ...]


def read_example(marked: str) -> Example:
    """The example that a marked text is. Raises ValueError for a flag that there is not."""
    text, spans, flags, last = "", [], [], 0
    for mark in _MARK.finditer(marked):
        text += marked[last : mark.start()]
        spans.append((len(text), len(text) + len(mark[1])))
        flags.append(frozenset((mark[2] or "").split(",")) - {""})
        text += mark[1]
        last = mark.end()
    unknown = sorted({flag for one in flags for flag in one}.difference(FLAGS))
    if unknown:
        raise ValueError(f'no flag "{unknown[0]}": {marked}')
    return Example(text + marked[last:], tuple(spans), tuple(flags))


def write_example(text: str, spans: Sequence[Span], flags: Sequence[frozenset[str]]) -> str:
    """The marked text for an example."""
    pieces, last = [], 0
    for (start, end), said in zip(spans, flags, strict=True):
        names = ",".join(flag for flag in FLAGS if flag in said)
        pieces += [text[last:start], f"[{text[start:end]}{'|' if names else ''}{names}]"]
        last = end
    return "".join([*pieces, text[last:]])


def run_examples(pack: Pack, ids: Sequence[str] = ()) -> list[CaseResult]:
    """The examples of a pack's context files; their id is that of the pack and `context.LANG`."""
    rules = {context.language.lang: context for context in contexts(pack.context)}
    results = []
    for tree in pack.context:
        id = f"{pack.name}.context.{tree['lang']}"
        if ids and not any(fnmatchcase(id, pattern) for pattern in ids):
            continue
        for index, marked in enumerate(tree.get("tests", ())):
            try:
                example = read_example(marked)
            except ValueError as error:
                raise PackError(str(error), at=where(tree["tests"], index), remedy=", ".join(FLAGS)) from None
            case = TestCase(
                input=example.text,
                output=write_example(*example),
                unchanged=not any(example.flags),
                known_failure="",
                options={},
                at=where(tree["tests"], index),
            )
            results.append(CaseResult(id, index + 1, case, _said(rules[tree["lang"]], example), True, ()))
    return results


def _said(context: Context, example: Example) -> str:
    return write_example(example.text, example.spans, context(example.text, example.spans))
