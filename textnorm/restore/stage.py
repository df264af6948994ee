"""The `restore` stage: text typed in a neighbour's script, brought back to the language's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from textnorm.document import Edit, compose, place, replay
from textnorm.pack.model import Restore
from textnorm.restore.line import LONGEST, Choice
from textnorm.restore.tokens import Token, tokens, words

_ROUNDS = 4  # until nothing changes, so that the output is its own output


Part = tuple[Sequence[Token], float]  # tokens of a line, and the share of its words that were respelled


class Reader(Protocol):
    """Decides how much of a line was respelled, and what was meant."""

    def share(self, words: Iterable[str]) -> float:
        """The share of words of the line that were respelled; 0 without evidence that any were."""
        ...

    def look_ahead(self, parts: Iterable[Part]) -> None:
        """Take note of what will be read, so that it can be judged together."""
        ...

    def read(self, tokens: Sequence[Token], share: float) -> list[Choice]:
        """What the changed tokens of a line were meant to be, if this share of its words was respelled."""
        ...


class RestoreStage:
    """Restores every line by itself; a line that is clean already stays as it is."""

    def __init__(self, item: Restore, reader: Reader, uncertain: str = "best") -> None:
        self._item, self._reader = item, reader
        self._keep_uncertain = uncertain == "keep"

    def apply(self, text: str) -> str:
        """The text with every line restored."""
        lines = text.split("\n")
        parts = [self._parts(line) for line in lines]
        self._reader.look_ahead(part for found in parts for part in found)
        return "\n".join([self._restored(line, found) for line, found in zip(lines, parts, strict=True)])

    def edits(self, text: str) -> list[Edit]:
        """One edit per restored word, with what speaks for it."""
        found: list[Edit] = []
        offset = 0
        for line in text.split("\n"):
            found += self._line_edits(line, offset)
            offset += len(line) + 1
        return found

    def _parts(self, line: str) -> list[Part]:
        """The tokens of a line, if it was respelled, in parts that are weighed together."""
        texts = words(line)
        whole = self._reader.share(texts) if len(texts) <= LONGEST else None
        if whole == 0:
            return []
        found = tokens(line)
        if whole is not None:
            return [(found, whole)]
        parts = [found[first : first + LONGEST] for first in range(0, len(found), LONGEST)]
        return [(part, self._reader.share([token.text for token in part])) for part in parts]

    def _restored(self, line: str, parts: Iterable[Part]) -> str:
        for _ in range(_ROUNDS):
            pieces: list[str] = []
            last = 0
            for found, choice, _ in self._changes(parts):
                pieces += (line[last : found[choice.first].start], choice.word)
                last = found[choice.last].end
            if not pieces:
                break
            line = "".join((*pieces, line[last:]))
            parts = self._parts(line)
        return line

    def _line_edits(self, line: str, offset: int) -> Iterator[Edit]:
        edits: tuple[Edit, ...] = ()
        current = line
        for _ in range(_ROUNDS):
            found = place([self._edit(current, *change) for change in self._changes(self._parts(current))])
            if not found:
                break
            edits = compose(line, edits, current, found)
            current = replay(current, found)
        for edit in edits:
            moved = replace(edit, start=edit.start + offset, end=edit.end + offset)
            if edit.steps:  # changed again in a later round: one change to the reader
                evidence = edit.steps[0].evidence
                moved = replace(moved, rule=self._item.id, steps=(), alternatives=(), evidence=evidence)
            if edit.before != edit.after:
                yield moved

    def _changes(self, parts: Iterable[Part]) -> Iterator[tuple[Sequence[Token], Choice, float]]:
        for part, share in parts:
            for choice in self._reader.read(part, share):
                if not (self._keep_uncertain and choice.others):
                    yield part, choice, share

    def _edit(self, line: str, found: Sequence[Token], choice: Choice, share: float) -> Edit:
        start, end = found[choice.first].start, found[choice.last].end
        return Edit(
            self._item.id,
            self._item.cls,
            start,
            end,
            line[start:end],
            choice.word,
            uncertain=bool(choice.others),
            alternatives=choice.others,
            evidence=(
                f"respelled words in the line: {share:.0%}",
                f"lead over leaving it: {choice.lead:.1f}",
            ),
        )
