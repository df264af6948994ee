"""The `restore` stage: text typed in a neighbour's script, brought back to the language's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from textnorm.document import Edit, compose, place, replay
from textnorm.pack.model import Restore
from textnorm.restore.channel import Channel
from textnorm.restore.decoder import Decoder
from textnorm.restore.line import LONGEST, Choice, LineReader
from textnorm.restore.modelfile import Model
from textnorm.restore.scriptmap import ScriptMap
from textnorm.restore.tokens import Token, tokens, words

_ROUNDS = 4  # until nothing changes, so that the output is its own output


class RestoreStage:
    """Restores every line by itself; a line that is clean already stays as it is."""

    def __init__(self, item: Restore, script_map: ScriptMap, model: Model, uncertain: str = "best") -> None:
        self._item = item
        channel = Channel(script_map, model.channels.get(item.source))
        self._reader = LineReader(Decoder(model.words, channel), item.margin, item.evidence)
        self._keep_uncertain = uncertain == "keep"

    def apply(self, text: str) -> str:
        """The text with every line restored."""
        return "\n".join([self._restored(line) for line in text.split("\n")])

    def edits(self, text: str) -> list[Edit]:
        """One edit per restored word, with what speaks for it."""
        found: list[Edit] = []
        offset = 0
        for line in text.split("\n"):
            found += self._line_edits(line, offset)
            offset += len(line) + 1
        return found

    def _restored(self, line: str) -> str:
        for _ in range(_ROUNDS):
            pieces: list[str] = []
            last = 0
            for found, choice, _ in self._changes(line):
                pieces += (line[last : found[choice.first].start], choice.word)
                last = found[choice.last].end
            if not pieces:
                break
            line = "".join((*pieces, line[last:]))
        return line

    def _line_edits(self, line: str, offset: int) -> Iterator[Edit]:
        edits: tuple[Edit, ...] = ()
        current = line
        for _ in range(_ROUNDS):
            found = place([self._edit(current, *change) for change in self._changes(current)])
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

    def _changes(self, line: str) -> Iterator[tuple[Sequence[Token], Choice, float]]:
        texts = words(line)
        whole = self._reader.share(texts) if len(texts) <= LONGEST else None
        if whole == 0:
            return
        found = tokens(line)
        for first in range(0, len(found), LONGEST):
            part = found[first : first + LONGEST]
            share = self._reader.share([token.text for token in part]) if whole is None else whole
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
