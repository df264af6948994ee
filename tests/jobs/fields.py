"""What a title says besides the occupation, read off the edits of the jobs pack and scored against gold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from textnorm.document import Document, Edit

Item = tuple[str, str]  # class, value; "" for classes that only say that something was there
VALUES: Mapping[str, str] = {
    "LOCATION": "place",
    "EMPLOYMENT": "employment",
    "SENIORITY": "level",
    "EMPLOYER": "employer",
    "SHIFT": "shift",
}
PLAIN = ("GENDER", "SALARY", "REQID", "REQUIREMENT")


class Score(NamedTuple):
    """Counts of one class."""

    right: int
    found: int
    gold: int


def single(edits: Iterable[Edit]) -> Iterator[Edit]:
    """The edits of the single stages."""
    for edit in edits:
        yield from single(edit.steps) if edit.steps else (edit,)


def fields_of(document: Document) -> set[Item]:
    """The fields of a title, each once."""
    found: set[Item] = set()
    for edit in single(document.edits):
        key = VALUES.get(edit.cls)
        if key is not None and key in edit.fields:
            found.add((edit.cls, edit.fields[key]))
        elif edit.cls in PLAIN:
            found.add((edit.cls, ""))
    return found


def read(path: Path) -> list[tuple[str, set[Item]]]:
    """Titles with their fields, from a gold file; what is not scored (NOISE) is left out."""
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines()[2:]:
        _, title, cell = line.split("\t")
        items = (item.partition("=") for item in cell.split("; ") if item)
        rows.append((title, {(name, value) for name, _, value in items if name != "NOISE"}))
    return rows


def score(pairs: Iterable[tuple[set[Item], set[Item]]]) -> dict[str, Score]:
    """Counts by class, of pairs of found and gold fields."""
    right, found, gold = Counter[str](), Counter[str](), Counter[str]()
    for got, wanted in pairs:
        right.update(name for name, _ in got & wanted)
        found.update(name for name, _ in got)
        gold.update(name for name, _ in wanted)
    return {name: Score(right[name], found[name], gold[name]) for name in sorted(found | gold)}
