"""Annotating running text: MB per CPU second beside other programs, memory of names, F1 of context flags.

Names and text are made up: about one word in fifteen begins a name.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import ahocorasick_rs

from textnorm.link.annotate.annotator import Annotator, Options
from textnorm.link.annotate.context.examples import read_example
from textnorm.link.annotate.context.load import load_contexts
from textnorm.link.annotate.dictionary import Safety
from textnorm.link.annotate.load import normal_of
from textnorm.link.annotate.names import Names
from textnorm.link.annotate.tokens import ignore_case
from textnorm.link.arrays import Memory
from textnorm.link.build import build
from textnorm.link.keys import Keys
from textnorm.pack.places import data_dir
from textnorm.pack.spec.context import FLAGS
from textnorm.pack.tables import read_table

from . import indexing

MB = 1_000_000
_DOCUMENT = 200  # words
_FILLER = [
    "the",
    "of",
    "and",
    "in",
    "was",
    "with",
    "for",
    "were",
    "patients",
    "study",
    "after",
    "no",
    "evidence",
    "group",
    "not",
    "results",
    "from",
    "years",
    "had",
]


class Rate(NamedTuple):
    """A program, its MB of text per CPU second, and how many mentions it found in a MB."""

    name: str
    rate: float
    mentions: int


class Agreement(NamedTuple):
    """A flag in a language on gold sentences: F1, and the number of mentions that should have it."""

    lang: str
    flag: str
    f1: float
    count: int


def compare(names: int, seed: int, peers: bool) -> Iterator[Rate]:
    """Every way to find `names` names in the same text, the best of three passes."""
    index = build(indexing.concepts(names, seed), Memory(), Keys())
    texts = [text for batch in index.alias_texts.batches() for text in batch]
    documents = list(_documents(texts, seed))
    contexts = load_contexts("medical")
    for name, normal in (("exact", ignore_case), ("normalized", normal_of(Keys("medical")))):
        annotator = Annotator(Names(index), normal=normal, safety=Safety(), contexts=contexts)
        annotator.all(documents)  # words of the text are normalized once
        for label, options in (
            (name, Options(flags=False, coreference=False)),
            (f"{name}, all steps", Options()),
        ):
            annotator.options = options
            yield _rate(label, documents, _count(annotator))
    if peers:
        yield from _peers(texts, documents)


def memory(names: int, seed: int) -> float:
    """Bytes a name that finding takes besides the index, measured in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.annotating", str(names), str(seed)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    return float(json.loads(done.stdout))


def context(part: str = "test") -> Iterator[Agreement]:
    """F1 of every flag in every language on the hand-written gold sentences."""
    table = read_table(data_dir() / "gold" / "medical" / f"context_{part}.tsv", part)
    lang, text = table.column("lang"), table.column("text")
    for rules in load_contexts("medical"):
        pairs: list[tuple[frozenset[str], frozenset[str]]] = []
        for row in table.rows:
            if row[lang] == rules.language.lang:
                example = read_example(row[text])
                pairs += zip(example.flags, rules(example.text, example.spans), strict=True)
        for flag in FLAGS:
            hits = sum(flag in gold and flag in found for gold, found in pairs)
            wanted, said = (sum(flag in pair[side] for pair in pairs) for side in (0, 1))
            yield Agreement(rules.language.lang, flag, 2 * hits / max(wanted + said, 1), wanted)


def _documents(names: Sequence[str], seed: int) -> Iterator[str]:
    rng = random.Random(seed)
    size = 0
    while size < MB:
        words = [rng.choice(names if rng.random() < 1 / 15 else _FILLER) for _ in range(_DOCUMENT)]
        text = "".join(f"{word}{rng.choice([' '] * 12 + ['. ', ', '])}" for word in words)
        size += len(text)
        yield text


def _count(annotator: Annotator) -> Callable[[Sequence[str]], int]:
    return lambda documents: sum(len(document.mentions) for document in annotator.all(documents))


def _rate(name: str, documents: Sequence[str], count: Callable[[Sequence[str]], int]) -> Rate:
    size = sum(map(len, documents))
    best, found = float("inf"), 0
    for _ in range(3):
        started = time.process_time()
        for first in range(0, len(documents), 100):
            found += count(documents[first : first + 100])
        best = min(best, time.process_time() - started)
    return Rate(name, size / MB / best, round(found / 3 / (size / MB)))


def _peers(names: Sequence[str], documents: Sequence[str]) -> Iterator[Rate]:
    """Programs that find strings: no normal forms, no short forms, no context."""
    automaton = ahocorasick_rs.AhoCorasick(
        [name.lower() for name in names], ahocorasick_rs.MatchKind.LeftmostLongest, store_patterns=False
    )
    yield _rate(
        "ahocorasick_rs alone",
        documents,
        lambda texts: sum(len(automaton.find_matches_as_indexes(text.lower())) for text in texts),
    )
    if find_spec("flashtext2") is not None:
        from flashtext2 import KeywordProcessor

        processor = KeywordProcessor(case_sensitive=False)
        processor.add_keywords_from_iter(names)
        yield _rate(
            "flashtext2",
            documents,
            lambda texts: sum(len(processor.extract_keywords(text)) for text in texts),
        )


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


def _measured(names: int, seed: int) -> float:
    index = build(indexing.concepts(names, seed), Memory(), Keys())
    before = _resident()
    annotator = Annotator(Names(index))
    return (_resident() - before) / len(annotator.dictionary.names)


if __name__ == "__main__":
    print(json.dumps(_measured(int(sys.argv[1]), int(sys.argv[2]))))
