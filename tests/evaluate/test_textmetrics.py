"""WER, chrF and BLEU: numbers where the packages are installed, a remedy where they are not."""

from __future__ import annotations

import sys

import pytest

from textnorm.evaluate.textmetrics import TextMetric, text_metrics


def test_without_the_extra_each_metric_names_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing package costs its metrics and nothing else."""
    for module in ("jiwer", "sacrebleu", "sacrebleu.metrics", "sacrebleu.metrics.bleu"):
        monkeypatch.setitem(sys.modules, module, None)
    remedy = 'pip install "textnorm[eval]"'
    assert text_metrics(["a"], ["a"]) == (
        TextMetric("WER", None, remedy=remedy),
        TextMetric("chrF", None, remedy=remedy),
        TextMetric("BLEU", None, remedy=remedy),
    )


def test_wer_is_word_errors_over_reference_words() -> None:
    """One wrong and one missing word of five make 40 %."""
    pytest.importorskip("jiwer")
    wer, *_ = text_metrics(["a b c", "d e"], ["a x c", "d"])
    assert (wer.name, wer.value) == ("WER", pytest.approx(40.0))


def test_an_empty_output_counts_all_its_words() -> None:
    """A sentence normalized away is all errors, not a crash."""
    pytest.importorskip("jiwer")
    wer, *_ = text_metrics(["a b"], [""])
    assert wer.value == pytest.approx(100.0)


def test_chrf_and_bleu_carry_their_signatures() -> None:
    """Identical texts score 100, and the signature names the settings and the version."""
    pytest.importorskip("sacrebleu")
    _, chrf, bleu = text_metrics(["a b c d e"], ["a b c d e"])
    assert (chrf.name, chrf.value) == ("chrF", pytest.approx(100.0))
    assert (bleu.name, bleu.value) == ("BLEU", pytest.approx(100.0))
    assert "nc:6" in chrf.signature
    assert "tok:13a" in bleu.signature
