"""Annotation of files: what becomes of a block of lines, JSON lines, or documents of several lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import regex

from textnorm.errors import InputError, TextnormError
from textnorm.link.annotate.annotator import Annotator
from textnorm.stream.blocks import BLOCK_SIZE, Block, Result, Source, read_blocks
from textnorm.stream.codec import Codec
from textnorm.stream.fields import Answer
from textnorm.stream.jsonl import JsonlWork, dump
from textnorm.stream.lines import AnswerWork, decode

SPANS = "spans"  # the field that annotation adds
BLANK = "blank"  # name of the separator that is an empty line
_SECONDS = 1.0  # for a user's pattern on one line


def line_work(annotator: Annotator) -> AnswerWork:
    """A document in each line: a JSON line for each."""
    return AnswerWork(_Lines(annotator))


def jsonl_work(annotator: Annotator, field: str) -> JsonlWork:
    """A document in a field of each JSON object, which gets a field with the spans."""
    return _JsonLines(annotator, annotator, field)  # type: ignore[arg-type]


def document_work(annotator: Annotator, separator: str) -> _Documents:
    """Documents of several lines, between lines that fit the pattern `separator` from end to end."""
    try:
        pattern = regex.compile(r"\s*" if separator == BLANK else separator)
    except regex.error as error:
        raise TextnormError(
            f"--separator {separator!r} is no regular expression: {error}", remedy=f'or write "{BLANK}"'
        ) from None
    return _Documents(annotator, pattern)


@dataclass(frozen=True, slots=True)
class _Lines:
    annotator: Annotator

    def __call__(self, text: str) -> str:
        """Every line replaced by its JSON line; after a last line end there is no line."""
        *lines, rest = text.split("\n")
        if rest:
            lines.append(rest)
        answers = _answers(self.annotator, [line.removesuffix("\r") for line in lines])
        return "\n".join(answers if rest else [*answers, ""])


@dataclass(frozen=True, slots=True)
class _JsonLines(JsonlWork):
    @property
    def added(self) -> tuple[str, ...]:
        """The name of the field with the spans."""
        return (SPANS,)

    def answers(self, values: Sequence[str]) -> tuple[Iterator[Answer], Mapping[str, int]]:
        """The spans of each text."""
        annotator: Annotator = self.apply  # type: ignore[assignment]
        found = (document.to_dict()[SPANS] for document in annotator.all(values))
        return ((value, {SPANS: spans}) for value, spans in zip(values, found, strict=True)), {}


@dataclass(frozen=True, slots=True)
class _Documents:
    annotator: Annotator
    separator: regex.Pattern[str]

    def blocks(self, source: Source, codec: Codec, size: int = BLOCK_SIZE) -> Iterator[Block]:
        """Blocks that end where a document ends."""
        return read_blocks(source, codec, size=size, cut=self._cut)

    def __call__(self, block: Block) -> Result:
        """A JSON line for each document that has a word in it."""
        source = decode(block)
        documents: list[list[str]] = [[]]
        for line in source.text.split("\n"):
            if self._separates(line):
                documents.append([])
            else:
                documents[-1].append(line)
        texts = ["\n".join(lines) for lines in documents]
        answers = _answers(self.annotator, [text for text in texts if text.strip()])
        out = "".join(f"{answer}\n" for answer in answers)
        return Result(block.codec.encode(out, block.name, block.line), True, error=source.error)

    def _cut(self, data: bytes, codec: Codec) -> int:
        """The position after the last separator in whole lines, or 0."""
        newline, end = codec.newline, len(data)
        for line in reversed(data.removesuffix(newline).split(newline)):
            if self._separates(line.decode(codec.encoding, "replace")):
                return end
            end -= len(line) + len(newline)
        return 0

    def _separates(self, line: str) -> bool:
        try:
            return self.separator.fullmatch(line.removesuffix("\r"), timeout=_SECONDS) is not None
        except TimeoutError:
            raise InputError("--separator takes too long on a line", remedy="simplify the pattern") from None


def _answers(annotator: Annotator, texts: Sequence[str]) -> list[str]:
    return [dump(document.to_dict()) for document in annotator.all(texts)]
