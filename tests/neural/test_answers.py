"""A byte model behind the gate of a pack: words in case, folders and names, errors."""

from __future__ import annotations

from pathlib import Path

import pytest

import textnorm
from textnorm.errors import PackError

pytest.importorskip("torch", reason="needs the extra: pip install 'textnorm[byt5]'")
pytest.importorskip("transformers", reason="needs the extra: pip install 'textnorm[byt5]'")
pytest.importorskip("ctranslate2", reason="needs the extra: pip install 'textnorm[byt5]'")

from tests.fallback.packs import write_pack
from textnorm.fallback.protocol import Ask
from textnorm.neural.answers import ByteModel
from textnorm.neural.engine import Prediction
from textnorm.neural.settings import Settings, write_settings
from textnorm.neural.train import Plan, Training


def pack(folder: Path, model: str, threshold: str, engine: str = "auto") -> Path:
    """A pack that asks a model."""
    return write_pack(folder, f"engine: {engine}", f"model: {model}", f"threshold: {threshold}")


def random_model(folder: Path, settings: Settings) -> Path:
    """A model with random weights, which writes garbage."""
    Training(folder, settings, Plan(0, 0), start=None, size="tiny").save()
    write_settings(folder, settings)
    return folder


class Shouting:
    """Stands in for a model: what it writes is fixed."""

    def __init__(self, *made: Prediction) -> None:
        self._made = made

    def predict(self, windows):
        """The same answers whatever is asked."""
        return list(self._made)


def answers(settings: Settings, word: str, *made: Prediction):
    """What the stage is told when a model writes something for a word."""
    model = ByteModel.__new__(ByteModel)
    model._lower, model._predictor = settings.lower, Shouting(*made)
    return model.predict([Ask((), word, ())])


@pytest.mark.parametrize(
    ("word", "written", "answer"),
    [("U", "you", "You"), ("DNT", "don't", "DON'T"), ("u", "you", "you"), ("iPhone", "iphone", "iPhone")],
)
def test_models_that_know_no_capitals_get_those_of_the_word(word: str, written: str, answer: str) -> None:
    """What such a model leaves as it is stays as it was written, capitals included."""
    assert answers(Settings(lower=True), word, Prediction(written, -0.1, True)) == [(answer, -0.1)]


def test_what_was_cut_off_is_no_answer() -> None:
    """A model that did not come to an end, or wrote no text, has not answered."""
    assert answers(Settings(), "u", Prediction("yo", -0.1, False)) == [(None, -0.1)]
    assert answers(Settings(), "u", Prediction(None, -0.1, True)) == [(None, -0.1)]


@pytest.mark.parametrize("engine", ["auto", "transformers", "ct2"])
def test_garbage_never_gets_through(tmp_path: Path, engine: str) -> None:
    """A model with random weights changes nothing, with a threshold or with every answer let through to the gate."""
    random_model(tmp_path / "random", Settings(context=1, written=8))
    tn = textnorm.load("typed", rules=[pack(tmp_path / "pack", str(tmp_path / "random"), "-99", engine)])
    text = "Aciu, zmogau! Rašyk adresu info@pastas.lt 15 val. #ačiū \ud800 \U0001f600 ก"
    assert tn(text) == text


def test_the_threshold_beside_the_model_counts(tmp_path: Path) -> None:
    """`threshold: model` goes by training; where that found none the model is off, and is not even read."""
    random_model(tmp_path / "pack" / "model", Settings(written=8))
    (tmp_path / "pack" / "model" / "model.safetensors").write_bytes(b"")
    assert textnorm.load("typed", rules=[pack(tmp_path / "pack", "model", "model")])("zmogus") == "zmogus"


def test_a_model_that_is_not_there_is_named_before_the_first_line(tmp_path: Path) -> None:
    """The error says what to do, and nothing is looked up on the network."""
    with pytest.raises(PackError, match="no model at models/lt/x"):
        textnorm.load("typed", rules=[pack(tmp_path / "pack", "models/lt/x", "-1")])
    with pytest.raises(PackError, match="--allow-download"):
        textnorm.load("typed", rules=[pack(tmp_path / "pack", "nobody/nothing", "-1")])
