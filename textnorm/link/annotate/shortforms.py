"""Short forms in a document: what the text defines them to be counts, whatever the dictionary says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from textnorm.link.annotate.abbreviations import definitions, forms
from textnorm.link.annotate.passage import Candidate, Passage
from textnorm.link.annotate.senses import Reading
from textnorm.link.annotate.tokens import split

Find = Callable[[Passage], list[Candidate]]  # the names in a text, overlapping ones too

_AROUND = 12  # parts on each side of a short form that a longer name may take in


@dataclass(frozen=True, slots=True)
class ShortForm:
    """A short form as it is used: its parts, those of its long form, and what the long form means."""

    parts: Sequence[str]
    long: Sequence[str]
    reading: Reading | None


def expand(
    passage: Passage, candidates: list[Candidate], find: Find, introductions: Sequence[str] = ()
) -> tuple[list[Candidate], Mapping[str, str]]:
    """The candidates after the short forms that the text defines have been read as it says.

    A short form stands for the concept of its long form; where that is unknown, it stands for nothing,
    and no name of the dictionary is found in it. A name around it is looked for with the long form in
    its place. Returns the candidates and the definitions.
    """
    found = definitions(passage.text, introductions)
    if not found:
        return candidates, {}
    by_range = {(one.start, one.end): one for one in candidates}
    shorts: dict[str, ShortForm] = {}
    written: dict[str, str] = {}
    for short_span, long_span in found:
        short, long = passage.text[slice(*short_span)], passage.text[slice(*long_span)]
        known = by_range.get(passage.parts_of(*long_span))
        if short in shorts and (known is None or shorts[short].reading is not None):
            continue
        written[short] = long
        for form in forms(short):
            shorts[form] = ShortForm(split(form), split(long), known.reading if known else None)
    places = list(_places(passage.parts, shorts))
    kept = _without(candidates, places)
    for start, end, short_form in places:
        if (start, end) in kept:
            continue
        if short_form.reading is not None:
            kept[start, end] = Candidate(start, end, short_form.reading, "abbreviation")
        for wider in _around(passage, start, end, short_form, find):
            kept.setdefault((wider.start, wider.end), wider)
    return list(kept.values()), written


def _places(parts: Sequence[str], shorts: Mapping[str, ShortForm]) -> Iterator[tuple[int, int, ShortForm]]:
    """Every place where a short form stands, the longer one where two start together."""
    by_first: dict[str, list[ShortForm]] = {}
    for form in sorted(shorts.values(), key=lambda form: -len(form.parts)):
        by_first.setdefault(form.parts[0], []).append(form)
    for start, part in enumerate(parts):
        for form in by_first.get(part, ()):
            end = start + len(form.parts)
            if list(parts[start:end]) == list(form.parts):
                yield start, end, form
                break


def _without(
    candidates: Sequence[Candidate], places: Sequence[tuple[int, int, ShortForm]]
) -> dict[tuple[int, int], Candidate]:
    """The candidates by place, without those in a short form; what users say of it stays."""
    inside = {
        (start, end)
        for first, last, _ in places
        for start in range(first, last)
        for end in range(start + 1, last + 1)
    }
    return {
        (one.start, one.end): one
        for one in candidates
        if one.reading.user or (one.start, one.end) not in inside
    }


def _around(passage: Passage, start: int, end: int, form: ShortForm, find: Find) -> Iterator[Candidate]:
    """Names that a short form is only a part of: `familial HCM`."""
    first = max(0, start - _AROUND)
    last = min(len(passage.parts), end + _AROUND)
    parts = [*passage.parts[first:start], *form.long, *passage.parts[end:last]]
    inner = start - first, start - first + len(form.long)
    shift = (end - start) - len(form.long)
    for one in find(Passage("".join(parts), parts)):
        if one.start <= inner[0] and one.end >= inner[1] and (one.start, one.end) != inner:
            yield Candidate(first + one.start, first + one.end + shift, one.reading, "abbreviation")
