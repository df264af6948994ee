"""Training and engines, end to end with models of a few thousand parameters."""

import json
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="needs the extra: pip install 'textnorm[byt5]'")
pytest.importorskip("transformers", reason="needs the extra: pip install 'textnorm[byt5]'")
pytest.importorskip("ctranslate2", reason="needs the extra: pip install 'textnorm[byt5]'")

from textnorm.errors import InputError, PackError
from textnorm.neural import train
from textnorm.neural.ct2 import Ct2Engine, export
from textnorm.neural.engine import Predictor, open_engine
from textnorm.neural.locate import locate
from textnorm.neural.recipe import Material, Recipe, make
from textnorm.neural.settings import Settings
from textnorm.neural.torch_engine import TorchEngine
from textnorm.neural.train import Plan
from textnorm.neural.window import Window

PAIRS = [[("zmogus", "žmogus"), ("eina", "eina")], [("aciu", "ačiū"), ("labai", "labai")]] * 40
CLEAN = [["ačiū", "žmogus"], ["žalia", "žolė"]]
WINDOWS = [
    Window(["labas"], "zmogus", ["eina"]),
    Window([], "aciu", ["labai", "!"]),
    Window(["a"], "žolė", []),
]
SHAPE = {"d_model": 32, "d_kv": 8, "d_ff": 48, "num_layers": 1, "num_decoder_layers": 1, "num_heads": 2}
SETTINGS = Settings(context=1, written=16)


@pytest.fixture(autouse=True)
def _minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(train, "SIZES", {"tiny": SHAPE})


def trained(folder: Path, plan: Plan, resume: bool = False) -> list[float]:
    """The losses of the steps."""
    losses: list[float] = []
    material = Material(PAIRS, CLEAN, ["own"])
    make(material, Recipe(plan, SETTINGS), folder, resume, lambda _, loss: losses.append(loss))
    return losses


def test_training_learns_and_leaves_a_model_with_its_origins(tmp_path: Path) -> None:
    """The loss falls, and the folder holds weights, settings, and what the model was made from."""
    losses = trained(tmp_path / "model", Plan(30, 60, batch=16, rate=1e-2))
    assert len(losses) == 90
    assert sum(losses[-5:]) < sum(losses[:5]) / 2
    folder, settings = locate(str(tmp_path / "model"))
    assert settings == SETTINGS  # too few held-back words for a threshold
    facts = json.loads((folder / "origins.json").read_text())
    assert (facts["made from"], facts["steps"], facts["of them on noise"]) == (["own"], 90, 30)
    assert not (folder / "checkpoint.pt").exists()


def test_training_that_was_cut_off_goes_on_as_if_it_had_not_been(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Interrupted and resumed, the last steps have the very losses of a run in one go."""
    plan = Plan(4, 8, batch=8, save_every=5)
    whole = trained(tmp_path / "whole", plan)

    def stop(self: train.Training) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(train.Training, "save", stop)
        with pytest.raises(KeyboardInterrupt):
            trained(tmp_path / "cut", plan)
    assert trained(tmp_path / "cut", plan, resume=True) == whole[10:]


def test_a_folder_in_use_is_not_overwritten(tmp_path: Path) -> None:
    """Training into a folder that holds something is refused, and so is resuming with other options."""
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match="is not empty"):
        trained(tmp_path, Plan(0, 1, batch=2))


def test_engines_agree(tmp_path: Path) -> None:
    """CTranslate2 writes what transformers writes, with about the same probabilities; 8-bit weights roughly so."""
    trained(tmp_path / "model", Plan(0, 40, batch=16, rate=1e-2))
    slow = Predictor(TorchEngine(tmp_path / "model", SETTINGS), 8).predict(WINDOWS)
    fast = Predictor(Ct2Engine(tmp_path / "model", SETTINGS, "float32"), 8).predict(WINDOWS)
    small = open_engine(tmp_path / "model", SETTINGS, "ct2").predict(WINDOWS)
    assert [(p.text, p.ended) for p in fast] == [(p.text, p.ended) for p in slow]
    assert [p.logprob for p in fast] == pytest.approx([p.logprob for p in slow], abs=0.1)
    assert [p.logprob for p in small] == pytest.approx([p.logprob for p in slow], abs=1.5)


def test_a_model_is_converted_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second time the converted files are taken from the cache; an exported model needs no conversion."""
    trained(tmp_path / "model", Plan(0, 2, batch=4))
    export(tmp_path / "model", tmp_path / "int8")
    monkeypatch.setattr("textnorm.neural.ct2._convert", None)
    Ct2Engine(tmp_path / "model", SETTINGS)
    folder, settings = locate(str(tmp_path / "int8"))
    assert open_engine(folder, settings, "ct2").predict(WINDOWS)[0].logprob <= 0


@pytest.mark.parametrize("name", ["transformers", "ct2"])
def test_what_is_no_model_is_one_line(tmp_path: Path, name: str) -> None:
    """Weights that are missing give one line and no traceback of a library."""
    (tmp_path / "config.json").write_text('{"model_type": "t5"}')
    with pytest.raises(PackError) as caught:
        open_engine(tmp_path, SETTINGS, name)
    assert "\n" not in str(caught.value)
