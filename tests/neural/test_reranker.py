"""Encoders made in the test: a small one trained from nothing, and a cross-encoder with random weights."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("torch", reason="needs the extra: pip install 'textnorm[neural]'")
pytest.importorskip("transformers", reason="needs the extra: pip install 'textnorm[neural]'")

from textnorm.errors import InputError, PackError
from textnorm.link.linker import Linker, load_linker
from textnorm.neural import train_encoder
from textnorm.neural.encoder import Scorer
from textnorm.neural.train_reranker import Course, train_reranker

SIZE = {"d_model": 32, "d_kv": 16, "d_ff": 48, "num_layers": 1, "num_heads": 2}
COURSE = Course(None, steps=40, batch=16, rate=5e-3, seed=1)
ENDINGS = ("in a child", "since monday", "left side", "again")


@pytest.fixture
def linker() -> Linker:
    """A linker of the concepts that the medical pack ships."""
    return load_linker("medical")


def pairs(linker: Linker) -> list[tuple[str, int]]:
    """Labels with words around them, and their concepts."""
    labels = linker.index.labels
    return [(f"{labels[number]} {ending}", number) for number in range(20) for ending in ENDINGS]


def test_a_reranker_is_trained_and_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, linker: Linker
) -> None:
    """It loses no more strings than chance allows, and the linker with it gives probabilities in order."""
    monkeypatch.setattr(train_encoder, "SIZE", SIZE)
    losses: list[float] = []
    gain = train_reranker(linker, pairs(linker), tmp_path / "r", COURSE, lambda _, loss: losses.append(loss))
    assert sum(losses[-5:]) < sum(losses[:5])
    assert gain.strings == 16
    assert gain.after >= gain.before - 1
    found = load_linker("medical", encoder=str(tmp_path / "r"))("sore lung infection", top=5)
    scores = [one.score for one in found]
    assert len(found) > 1
    assert scores == sorted(scores, reverse=True)


def test_too_few_pairs_are_refused(tmp_path: Path, linker: Linker) -> None:
    """A handful of strings teaches nothing; no folder is left behind."""
    with pytest.raises(InputError, match="3 pairs are too few"):
        train_reranker(linker, pairs(linker)[:3], tmp_path / "r", COURSE, lambda *_: None)
    assert not (tmp_path / "r").exists()


def test_a_model_with_a_classification_head_reads_both_together(tmp_path: Path) -> None:
    """A cross-encoder gives a number for each pair, and is no start for a sentence encoder."""
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    (tmp_path / "vocab.txt").write_text(
        "\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "flu", "cold"])
    )
    BertTokenizerFast(str(tmp_path / "vocab.txt")).save_pretrained(str(tmp_path))
    shape = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    BertForSequenceClassification(BertConfig(vocab_size=7, num_labels=1, **shape)).save_pretrained(
        str(tmp_path)
    )
    scorer = Scorer(tmp_path)
    assert scorer.cross
    first = scorer("flu", ["cold", "flu"])
    assert len(first) == 2
    assert scorer("flu", ["flu"]) == pytest.approx(first[1:], abs=1e-5)
    with pytest.raises(PackError, match="cross-encoder"):
        train_encoder.train_encoder([], tmp_path / "r", tmp_path, 1, 2, 0.1, 1, lambda *_: None)


def test_a_folder_without_a_model_is_one_line(tmp_path: Path) -> None:
    """No traceback of a library, but what is missing."""
    with pytest.raises(PackError, match=r"config\.json is missing or broken"):
        Scorer(tmp_path)
