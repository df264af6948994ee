"""The corpus metrics of the field, from the packages the field uses.

Sentence accuracy is the number to steer by; WER, chrF and BLEU are here because papers print them.
They come from jiwer and sacreBLEU, so that they can be compared, and those are an extra: without
them an evaluation still runs, and says what to install.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

REMEDY = 'pip install "textnorm[eval]"'


@dataclass(frozen=True, slots=True)
class TextMetric:
    """A corpus metric; `signature` is sacreBLEU's. Without a value, `remedy` says how to get one."""

    name: str
    value: float | None
    signature: str = ""
    remedy: str = ""


def text_metrics(references: Sequence[str], outputs: Sequence[str]) -> tuple[TextMetric, ...]:
    """WER, chrF and BLEU in percent of `outputs` against one reference each."""
    return (_wer(references, outputs), *_sacrebleu(references, outputs))


def _wer(references: Sequence[str], outputs: Sequence[str]) -> TextMetric:
    try:
        import jiwer
    except ImportError:
        return TextMetric("WER", None, remedy=REMEDY)
    return TextMetric("WER", 100 * float(jiwer.wer(list(references), list(outputs))))


def _sacrebleu(references: Sequence[str], outputs: Sequence[str]) -> list[TextMetric]:
    try:
        from sacrebleu.metrics.bleu import BLEU
        from sacrebleu.metrics.chrf import CHRF
    except ImportError:
        return [TextMetric(name, None, remedy=REMEDY) for name in ("chrF", "BLEU")]
    found = []
    for name, metric in (("chrF", CHRF()), ("BLEU", BLEU())):
        score = metric.corpus_score(list(outputs), [list(references)])
        found.append(TextMetric(name, float(score.score), str(metric.get_signature())))
    return found
