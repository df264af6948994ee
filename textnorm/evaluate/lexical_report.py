"""Scores of lexical normalization as text for a terminal and as data for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from textnorm.evaluate.lexical import LexicalEvaluation, LexicalScore

Rows = Sequence[Sequence[str]]


def lexical_text(evaluation: LexicalEvaluation) -> str:
    """The pack beside its baselines, and what each of its layers did."""
    score = evaluation.score
    rows: list[tuple[str, ...]] = [("", "right", "needless", "wrong", "accuracy", "ERR")]
    rows += [score_row(name, baseline) for name, baseline in evaluation.baselines.items()]
    rows.append(score_row("the pack", score))
    for stage in evaluation.stages:
        rows.append((f"  {stage.layer}", *map(signed, (stage.right, stage.needless, stage.wrong)), "", ""))
    lines = [
        f"{score.tokens:,} tokens, {score.changed:,} to change",
        "",
        *columns(rows),
        "",
        f"needless changes: {percent(score.needless_share, 2)} of normal tokens;"
        f" digits changed: {score.digits}",
    ]
    return "\n".join(lines)


def lexical_dict(evaluation: LexicalEvaluation) -> dict[str, Any]:
    """The same as JSON-ready data."""
    return {
        **_score_dict(evaluation.score),
        "layers": [
            {"layer": one.layer, "right": one.right, "needless": one.needless, "wrong": one.wrong}
            for one in evaluation.stages
        ],
        "baselines": {name: _score_dict(score) for name, score in evaluation.baselines.items()},
    }


def _score_dict(score: LexicalScore) -> dict[str, Any]:
    counts = {name: getattr(score, name) for name in LexicalScore.__slots__}
    shares = {"accuracy": score.accuracy, "err": score.err, "needless_share": score.needless_share}
    return counts | {name: None if value is None else round(value, 6) for name, value in shares.items()}


def score_row(name: str, score: LexicalScore) -> tuple[str, ...]:
    """Counts and rates as cells of a table."""
    counts = (str(score.right), str(score.needless), str(score.wrong))
    return (name, *counts, percent(score.accuracy), percent(score.err))


def columns(rows: Rows) -> Iterable[str]:
    """Lines of a table whose first column is text and whose others are figures."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = [cell.rjust(width) for cell, width in zip(row, widths, strict=True)]
        yield "  ".join([row[0].ljust(widths[0]), *cells[1:]]).rstrip()


def signed(count: int) -> str:
    """A count as an effect."""
    return f"+{count}"


def percent(share: float | None, digits: int = 1) -> str:
    """A share in percent; a dash where there is none."""
    return "-" if share is None else f"{100 * share:.{digits}f}%"
