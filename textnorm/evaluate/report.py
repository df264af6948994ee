"""An evaluation as text for a terminal and as data for JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from textnorm.evaluate.metrics import Evaluation, Score, Verdict
from textnorm.evaluate.pairs import PairScore
from textnorm.evaluate.textmetrics import TextMetric
from textnorm.render import visible

Signatures = Mapping[tuple[str, ...], str]  # additional layers → signature of the normalizer with them

HEADS = (
    "class",
    "n",
    "correct",
    "accuracy",
    "uncertain",
    "accuracy on the rest",
    "among readings",
    "needless",
)
NOTHING = "∅"
LIST_LENGTH = 20


def report_text(evaluation: Evaluation, signatures: Signatures, *, errors: int = 20) -> str:
    """The whole report; `errors` says how many wrong sentences it shows."""
    blocks = [
        _columns([HEADS, *score_rows(evaluation)]),
        list(summary_lines(evaluation)),
        _confusion_lines(evaluation),
        _rule_lines(evaluation),
        _error_lines(evaluation, errors),
        list(signature_lines(signatures)),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def report_dict(evaluation: Evaluation, signatures: Signatures) -> dict[str, Any]:
    """The whole report as JSON-ready data, with every wrong sentence."""
    low, high = evaluation.total.interval
    return {
        "signatures": {layers_label(layers): signature for layers, signature in signatures.items()},
        "total": _score_dict(evaluation.total) | {"interval95": [round(low, 6), round(high, 6)]},
        "macro_accuracy": round(evaluation.macro_accuracy, 6),
        "classes": {cls: _score_dict(score) for cls, score in evaluation.classes.items()},
        "metrics": [_metric_dict(metric) for metric in evaluation.metrics],
        "confusions": [
            {"expected": expected, "got": got, "count": count}
            for expected, got, count in evaluation.confusions
        ],
        "rules": [
            {"rule": record.rule, "sentences": record.sentences, "wrong": record.wrong}
            for record in evaluation.rules
        ],
        "wrong": [_verdict_dict(verdict) for verdict in evaluation.wrong],
    }


def pairs_text(scores: Mapping[str, PairScore]) -> str:
    """Scores of a text against another, a column for each way of comparing them."""
    first = next(iter(scores.values()))
    rows = [("", *scores), ("lines", *(str(score.n) for score in scores.values()))]
    rows.append(("equal", *(percent(score.accuracy) for score in scores.values())))
    for index, metric in enumerate(first.metrics):
        values = [score.metrics[index].value for score in scores.values()]
        rows.append((metric.name, *("-" if value is None else f"{value:.2f}" for value in values)))
    notes = [f"{m.name}: {m.signature or m.remedy}" for m in first.metrics if m.signature or m.remedy]
    return "\n".join([*_columns(rows), *notes])


def pairs_dict(scores: Mapping[str, PairScore]) -> dict[str, Any]:
    """The same as JSON-ready data."""
    return {
        name: {
            "n": score.n,
            "equal": score.equal,
            "accuracy": None if score.accuracy is None else round(score.accuracy, 6),
            "metrics": [_metric_dict(metric) for metric in score.metrics],
        }
        for name, score in scores.items()
    }


def score_rows(evaluation: Evaluation) -> Iterator[tuple[str, ...]]:
    """The cells of the table under HEADS: a row per class and one for the total."""
    for name, score in (*evaluation.classes.items(), ("total", evaluation.total)):
        yield (
            name,
            str(score.n),
            str(score.correct),
            percent(score.accuracy),
            percent(score.uncertain_share),
            percent(score.certain_accuracy),
            percent(score.among_readings),
            f"{score.needless}/{score.traps}" if score.traps else "-",
        )


def summary_lines(evaluation: Evaluation) -> Iterator[str]:
    """Total accuracy with its interval, the macro average, and the corpus metrics."""
    total = evaluation.total
    low, high = total.interval
    yield f"total accuracy {percent(total.accuracy)} (95% interval {percent(low)} to {percent(high)})"
    yield f"macro average over classes {percent(evaluation.macro_accuracy)}"
    for metric in evaluation.metrics:
        yield f"{metric.name} {metric_value(metric)}"


def signature_lines(signatures: Signatures) -> Iterator[str]:
    """A line per normalizer that took part, with the layers it had in addition."""
    for layers, signature in signatures.items():
        label = layers_label(layers)
        yield f"signature {label}: {signature}" if label else f"signature: {signature}"


def metric_value(metric: TextMetric) -> str:
    """The metric's number, or what to install to get one."""
    if metric.value is None:
        return f"not computed; {metric.remedy}"
    unit = "%" if metric.name == "WER" else ""  # chrF and BLEU are points, not shares
    return f"{metric.value:.2f}{unit}" + (f" ({metric.signature})" if metric.signature else "")


def layers_label(layers: Sequence[str]) -> str:
    """Additional layers as the gold file writes them: `+misspellings,+unicode`.

    >>> layers_label(("misspellings", "unicode"))
    '+misspellings,+unicode'
    """
    return ",".join(f"+{name}" for name in layers)


def percent(share: float | None) -> str:
    """A share with one decimal; a dash where there was nothing to take a share of.

    >>> percent(0.5), percent(None)
    ('50.0%', '-')
    """
    return "-" if share is None else f"{100 * share:.1f}%"


def _columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows in aligned columns, the first to the left and the numbers to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join([row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))])
        for row in rows
    ]


def _confusion_lines(evaluation: Evaluation) -> list[str]:
    if not evaluation.confusions:
        return []
    lines = [
        f"{count:>7}  {visible(expected) or NOTHING} → {visible(got) or NOTHING}"
        for expected, got, count in evaluation.confusions[:LIST_LENGTH]
    ]
    more = len(evaluation.confusions) - len(lines)
    return ["confusions (expected → got)", *lines, *([f"         and {more} more"] if more > 0 else [])]


def _rule_lines(evaluation: Evaluation) -> list[str]:
    if not evaluation.rules:
        return []
    shown = evaluation.rules[:LIST_LENGTH]
    rows = [f"{record.wrong:>7}  {record.sentences:>9}  {record.rule}" for record in shown]
    return ["rules that took part in wrong sentences", "  wrong  sentences  rule", *rows]


def _error_lines(evaluation: Evaluation, errors: int) -> list[str]:
    """The worst sentences, each with what went in, what was wanted, what came out, and by which rules."""
    wrong = evaluation.wrong[:errors]
    lines = [f"worst sentences ({len(wrong)} of {len(evaluation.wrong)} wrong)"] if wrong else []
    for verdict in wrong:
        sentence = verdict.sentence
        rules = ", ".join(verdict.rules) or "none"
        lines += [
            f"  {sentence.id}  {sentence.cls}  {sentence.at}",
            f"    input     {visible(sentence.input)}",
            f"    expected  {visible(verdict.expected)}",
            f"    got       {visible(verdict.output)}",
            f"    rules     {rules}{' (uncertain)' if verdict.uncertain else ''}",
        ]
    return lines


def _score_dict(score: Score) -> dict[str, Any]:
    shares = {
        "accuracy": score.accuracy,
        "uncertain_share": score.uncertain_share,
        "certain_accuracy": score.certain_accuracy,
        "among_readings": score.among_readings,
    }
    return {
        "n": score.n,
        "correct": score.correct,
        "uncertain": score.uncertain,
        "traps": score.traps,
        "needless": score.needless,
    } | {name: None if share is None else round(share, 6) for name, share in shares.items()}


def _metric_dict(metric: TextMetric) -> dict[str, Any]:
    data: dict[str, Any] = {"name": metric.name, "value": metric.value}
    if metric.signature:
        data["signature"] = metric.signature
    if metric.remedy:
        data["remedy"] = metric.remedy
    return data


def _verdict_dict(verdict: Verdict) -> dict[str, Any]:
    sentence = verdict.sentence
    return {
        "id": sentence.id,
        "class": sentence.cls,
        "at": str(sentence.at),
        "input": sentence.input,
        "accepted": list(sentence.accepted),
        "expected": verdict.expected,
        "got": verdict.output,
        "uncertain": verdict.uncertain,
        "among_readings": verdict.reachable,
        "rules": list(verdict.rules),
    }
