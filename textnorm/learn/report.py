"""What cross-validation found, as text and as a table."""

from __future__ import annotations

from textnorm.evaluate.lexical_report import columns, percent, score_row, signed
from textnorm.learn.learner import Report
from textnorm.learn.parts import Learned


def report_text(report: Report, learned: Learned) -> str:
    """The parts with their effects, the baselines, and the size of the pack."""
    lines = columns(_rows(report))
    listed = f", {len(learned.listed):,} listed words" if learned.listed else ""
    sizes = (
        f"{len(learned.entries):,} tokens, {len(learned.contexts):,} contexts, "
        f"{len(learned.rewrites):,} rewrites, {len(learned.words):,} known words{listed}"
    )
    return "\n".join(
        [
            f"{report.pairs:,} pairs in {report.sentences:,} sentences, {report.total.changed:,} to change",
            "",
            *lines,
            "",
            f"needless changes: {percent(report.total.needless_share, 2)} of normal tokens;"
            f" digits changed: {report.total.digits}",
            f"the pack: {sizes}",
        ]
    )


def report_table(report: Report) -> str:
    """The same rows as a table."""
    return "".join("\t".join(row) + "\n" for row in _rows(report))


def _rows(report: Report) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [("part", "right", "needless", "wrong", "accuracy", "ERR", "")]
    rows += ((*score_row(name, score), "") for name, score in report.baselines.items())
    for one in report.parts:
        effect = one.effect
        counts = map(signed, (effect.right, effect.needless, effect.wrong))
        rows.append((one.part, *counts, "", percent(one.err), "" if one.kept else "left out"))
    rows.append((*score_row("all that are kept", report.total), ""))
    return rows
