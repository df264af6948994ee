"""The normalizer for text of many languages: each line goes to the pack of the language it is in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from textnorm.detect.detector import UNSURE, Detection, detector
from textnorm.document import Document, Edit, Loser
from textnorm.errors import PackError
from textnorm.normalizer import Normalizer
from textnorm.pack.model import Restore
from textnorm.selection import Spec
from textnorm.stream.lines import regroup

AUTO = "auto"  # the language of `load` and `--lang` that means: look at each line


class AutoNormalizer(Normalizer):
    """Normalizes each line by the pack of its language; a line whose language is unsure stays as it is.

    It has the interface of a normalizer but no rules of its own: packs are loaded when a line asks for
    them. With the source "auto" a line typed in a neighbour's letters is restored first, where its pack
    knows how; otherwise the pack's default layers run on it.
    """

    def __init__(self, spec: Spec) -> None:
        for given, name in (
            (spec.layers is not None, "layers"),
            (bool(spec.options), "options"),
            (bool(spec.target), "a target"),
            (spec.source not in ("", AUTO), f"the source {spec.source!r}"),
            (spec.inverse, "inverse"),
            (bool(spec.rules), "rules of your own"),
        ):
            if given:
                raise PackError(f"{name}: not with the language {AUTO!r}", remedy="name one language")
        self.spec = spec
        self.detector = detector()
        self._packs: dict[tuple[str, str], Normalizer] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return AutoNormalizer, (self.spec,)

    def __call__(self, text: str) -> str:
        """The normalized text; the number of lines never changes."""
        return self._by_language(text, lambda normalizer: normalizer)

    def fold(self, text: str) -> str:
        """The text with what comparison disregards made alike, line by line."""
        return self._by_language(text, lambda normalizer: normalizer.fold)

    def explain(self, text: str, why: bool = False) -> Document:
        """The normalized text with every edit; offsets are those of the whole text."""
        edits: list[Edit] = []
        losers: list[Loser] = []
        lines: list[str] = []
        start = out_start = 0
        for line in text.split("\n"):
            normalizer = self._normalizer(self.detector(line))
            document = normalizer.explain(line, why) if normalizer else Document(line, line, ())
            edits += (_moved(edit, start, out_start) for edit in document.edits)
            losers += (
                replace(loser, start=loser.start + start, end=loser.end + start) for loser in document.losers
            )
            lines.append(document.text)
            start += len(line) + 1
            out_start += len(document.text) + 1
        return Document(text, "\n".join(lines), tuple(edits), tuple(losers))

    @property
    def signature(self) -> str:
        """The signatures of all packs that lines may go to."""
        return "|".join([AUTO, *(self._load(name, "").signature for name in self.detector.languages)])

    def rules(self) -> Iterator[Any]:
        """None: the rules are those of the packs."""
        return iter(())

    def _by_language(self, text: str, function: Callable[[Normalizer], Callable[[str], str]]) -> str:
        """Every line by the function of its normalizer, one call for all lines of a language."""
        lines = text.split("\n")
        places: dict[tuple[str, str], list[int]] = {}
        normalizers: dict[tuple[str, str], Normalizer] = {}
        for number, line in enumerate(lines):
            if line and (normalizer := self._normalizer(self.detector(line))):
                slot = (normalizer.spec.name, normalizer.spec.source)
                places.setdefault(slot, []).append(number)
                normalizers[slot] = normalizer
        for slot, numbers in places.items():
            changed = regroup([lines[number] for number in numbers], function(normalizers[slot]))
            for number, line in zip(numbers, changed, strict=True):
                lines[number] = line
        return "\n".join(lines)

    def _normalizer(self, found: Detection) -> Normalizer | None:
        """The normalizer for a line, or None where it is to stay."""
        if found.language == UNSURE:
            return None
        typed = found.orthography if self.spec.source and found.orthography != found.language else ""
        return self._load(found.language, typed)

    def _load(self, name: str, source: str) -> Normalizer:
        """The normalizer of a pack, which restores text from `source` if the pack knows how."""
        key = (name, source)
        if key not in self._packs:
            spec = replace(self.spec, name=name, source="")
            made = Normalizer(spec)
            if source in {
                item.source for stage in made.pack.stages for item in stage.items if isinstance(item, Restore)
            }:
                made = Normalizer(replace(spec, source=source))
            self._packs[key] = made
        return self._packs[key]


def _moved(edit: Edit, start: int, out_start: int) -> Edit:
    """The edit of a line as one of the text; the single stages it came about in count within the line."""
    return replace(
        edit,
        start=edit.start + start,
        end=edit.end + start,
        out_start=edit.out_start + out_start,
        out_end=edit.out_end + out_start,
    )
