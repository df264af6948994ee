"""Scoring one text against another, line by line: what a system wrote and what it should have written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from textnorm.errors import InputError, Location
from textnorm.evaluate.textmetrics import TextMetric, text_metrics


@dataclass(frozen=True, slots=True)
class PairScore:
    """How alike the lines of two texts are: lines, those that are equal, and the corpus metrics."""

    n: int
    equal: int
    metrics: tuple[TextMetric, ...]

    @property
    def accuracy(self) -> float | None:
        """Share of lines that are equal; None if there are no lines."""
        return self.equal / self.n if self.n else None


def score_pairs(
    hypotheses: Iterable[str], references: Iterable[str], fold: Callable[[str], str] = str
) -> PairScore:
    """Exact match, WER, chrF and BLEU of the hypotheses against one reference each.

    `fold` is applied to both sides before anything is compared, such as `Normalizer.fold`, so that
    spellings that the language does not tell apart count as equal. White space at the ends of lines is
    left out. Raises ValueError where one side has more lines.
    """
    pairs = [(fold(h).strip(), fold(r).strip()) for h, r in zip(hypotheses, references, strict=True)]
    outputs, expected = [h for h, _ in pairs], [r for _, r in pairs]
    metrics = text_metrics(expected, outputs) if pairs else ()
    return PairScore(len(pairs), sum(h == r for h, r in pairs), metrics)


def read_pairs(hypotheses: str | Path, references: str | Path) -> tuple[list[str], list[str]]:
    """The lines of two UTF-8 files, which must be as many; raises InputError."""
    first, second = _lines(Path(hypotheses)), _lines(Path(references))
    if len(first) != len(second):
        raise InputError(
            f"{len(first)} lines, but {references} has {len(second)}",
            at=Location(str(hypotheses)),
            remedy="give a hypothesis and a reference with the same lines",
        )
    return first, second


def _lines(path: Path) -> list[str]:
    """The lines of a file without their ends."""
    try:
        text = path.read_bytes().removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except OSError as error:
        raise InputError(
            f"cannot read this file: {error.strerror}", at=Location(str(path)), remedy="check the path"
        ) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        message = f"byte {error.object[error.start]:#04x} is not UTF-8"
        raise InputError(message, at=Location(str(path), line), remedy="save the file as UTF-8") from error
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    return [line.removesuffix("\r") for line in lines]
