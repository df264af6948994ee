"""Training and engines, end to end with models of a few thousand parameters."""

import json
import multiprocessing
import os
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="needs the extra: pip install 'textnorm[byt5]'")
pytest.importorskip("transformers", reason="needs the extra: pip install 'textnorm[byt5]'")
pytest.importorskip("ctranslate2", reason="needs the extra: pip install 'textnorm[byt5]'")

import torch
from safetensors.torch import load_file, save_file
from transformers import T5ForConditionalGeneration

from textnorm.errors import InputError, PackError
from textnorm.neural import ct2, train
from textnorm.neural.ct2 import Ct2Engine, convert, export
from textnorm.neural.engine import Predictor, open_engine
from textnorm.neural.locate import locate
from textnorm.neural.recipe import Material, Recipe, label, make
from textnorm.neural.settings import Settings
from textnorm.neural.torch_engine import TorchEngine
from textnorm.neural.train import Plan, Training
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
    """Interrupted and resumed, the last steps have the very losses of a run in one go; other text is refused."""
    plan = Plan(4, 8, batch=8, save_every=5)
    whole = trained(tmp_path / "whole", plan)

    def stop(self: train.Training) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(train.Training, "save", stop)
        with pytest.raises(KeyboardInterrupt):
            trained(tmp_path / "cut", plan)
    other = Material(PAIRS[1:], CLEAN, ["own"])
    with pytest.raises(InputError, match="from other text"):
        make(other, Recipe(plan, SETTINGS), tmp_path / "cut", True, lambda *_: None)
    assert trained(tmp_path / "cut", plan, resume=True) == whole[10:]


def test_what_is_complete_is_not_begun_again(tmp_path: Path) -> None:
    """`--resume` needs a checkpoint: a model that is done is not trained anew over itself."""
    trained(tmp_path / "model", Plan(0, 2, batch=4))
    before = (tmp_path / "model" / "model.safetensors").read_bytes()
    with pytest.raises(InputError, match="no checkpoint"):
        trained(tmp_path / "model", Plan(0, 2, batch=4), resume=True)
    assert (tmp_path / "model" / "model.safetensors").read_bytes() == before


def test_training_that_was_killed_before_its_first_checkpoint_begins_again(tmp_path: Path) -> None:
    """An empty folder, or half a checkpoint in it, is no obstacle."""
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "checkpoint.pt.new").write_bytes(b"half")
    assert len(trained(tmp_path / "model", Plan(0, 2, batch=4), resume=True)) == 2
    assert not list((tmp_path / "model").glob("checkpoint*"))


def test_going_on_from_a_model_in_half_precision_is_done_in_full(tmp_path: Path) -> None:
    """Weights saved with 16 bits are trained with 32: small steps would be lost otherwise."""
    trained(tmp_path / "first", Plan(0, 2, batch=4))
    model = T5ForConditionalGeneration.from_pretrained(str(tmp_path / "first"))
    model.bfloat16().save_pretrained(str(tmp_path / "half"))
    going_on = Training(tmp_path / "next", SETTINGS, Plan(0, 0), start=tmp_path / "half", size="")
    assert going_on.model.dtype == torch.float32


def test_checkpoints_that_cannot_be_written_or_read_are_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk and a damaged file are told with what to do."""
    plan = Plan(0, 4, batch=4, save_every=2)

    def full(*given: object) -> None:
        raise RuntimeError("PytorchStreamWriter failed writing file data/0: file write failed\nat ...")

    with monkeypatch.context() as patch:
        patch.setattr("torch.save", full)
        with pytest.raises(InputError, match=r"cannot be written: PytorchStreamWriter .*--resume") as caught:
            trained(tmp_path / "model", plan)
    assert "\n" not in str(caught.value)
    (tmp_path / "model" / "checkpoint.pt").write_bytes(b"damaged")
    with pytest.raises(InputError, match="cannot be read"):
        trained(tmp_path / "model", plan, resume=True)


def test_a_teacher_is_asked_about_words_in_their_case(tmp_path: Path) -> None:
    """What a teacher of lower case writes gets the capitals of the word; signs and figures are not shown to it."""

    class Teacher:
        reach = 1

        def answers(self, windows):
            asked.extend(window.word for window in windows)
            return [({"Aciu": "Ačiū", "labai": None}.get(one.word, "zzz"), -0.1) for one in windows]

    asked: list[str] = []
    lines = [["Aciu", "labai", "!", "15"], ["Aciu"]]
    assert list(label(Teacher(), lines, None)) == [
        [("Aciu", "Ačiū"), ("labai", "labai"), ("!", "!"), ("15", "15")],
        [("Aciu", "Ačiū")],
    ]
    assert asked == ["Aciu", "labai", "Aciu"]
    assert list(label(Teacher(), lines[1:], -0.05)) == [[("Aciu", "Aciu")]]


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


def test_the_folder_of_a_model_does_not_say_how_it_writes(tmp_path: Path) -> None:
    """Decoding is greedy, and the same on all engines, though the model's own files ask for something else."""
    folder = tmp_path / "model"
    trained(folder, Plan(0, 40, batch=16, rate=1e-2))
    wanted = Predictor(TorchEngine(folder, SETTINGS), 8).predict(WINDOWS)
    odd = {"num_beams": 4, "no_repeat_ngram_size": 1, "min_length": 12, "max_length": 3}
    (folder / "generation_config.json").write_text(json.dumps(odd))
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps({**config, **odd}))
    assert Predictor(TorchEngine(folder, SETTINGS), 8).predict(WINDOWS) == wanted


@pytest.mark.parametrize("shape", ["whole", "sharded", "pickled", "with tokenizer"])
def test_models_are_read_in_every_form_they_are_saved_in(tmp_path: Path, shape: str) -> None:
    """Shards, PyTorch files and the files of old tokenizers make no difference on either engine."""
    folder = tmp_path / "model"
    trained(folder, Plan(0, 40, batch=16, rate=1e-2))
    wanted = [(p.text, p.ended) for p in Predictor(TorchEngine(folder, SETTINGS), 8).predict(WINDOWS)]
    model = T5ForConditionalGeneration.from_pretrained(str(folder))
    if shape == "sharded":
        (folder / "model.safetensors").unlink()
        model.save_pretrained(str(folder), max_shard_size="20KB")
    elif shape == "pickled":
        (folder / "model.safetensors").unlink()
        torch.save(model.state_dict(), folder / "pytorch_model.bin")
    elif shape == "with tokenizer":
        extra = [f"<extra_id_{number}>" for number in range(125)]
        names = {"additional_special_tokens": extra, "eos_token": "</s>"}
        (folder / "special_tokens_map.json").write_text(json.dumps(names))
        (folder / "tokenizer_config.json").write_text('{"tokenizer_class": "ByT5Tokenizer"}')
        (folder / "added_tokens.json").write_text(json.dumps(dict.fromkeys(extra, 259)))
    for engine in (TorchEngine(folder, SETTINGS), Ct2Engine(folder, SETTINGS, "float32")):
        assert [(p.text, p.ended) for p in Predictor(engine, 8).predict(WINDOWS)] == wanted


def test_the_output_layer_of_a_model_counts(tmp_path: Path) -> None:
    """ByT5 writes with other weights than it reads with, as files from before transformers 5 say; both engines do."""
    folder = tmp_path / "model"
    trained(folder, Plan(0, 2, batch=4))
    weights = load_file(folder / "model.safetensors")
    weights["lm_head.weight"] = torch.randn(weights["shared.weight"].shape) * 0.3
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    config = json.loads((folder / "config.json").read_text())
    del config["scale_decoder_outputs"]
    (folder / "config.json").write_text(json.dumps({**config, "tie_word_embeddings": False}))
    engine = TorchEngine(folder, SETTINGS)
    assert torch.equal(engine._model.lm_head.weight, weights["lm_head.weight"])
    slow = Predictor(engine, 8).predict(WINDOWS)
    fast = Predictor(Ct2Engine(folder, SETTINGS, "float32"), 8).predict(WINDOWS)
    assert [p.logprob for p in fast] == pytest.approx([p.logprob for p in slow], abs=0.1)


def test_a_converted_model_needs_no_pytorch_and_no_second_conversion(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is in the cache is used without the packages that made it; other weights are another model."""
    folder = tmp_path / "model"
    trained(folder, Plan(0, 2, batch=4))
    first = convert(folder, "int8")
    monkeypatch.setattr("textnorm.neural.ct2.need", lambda package: pytest.fail(f"asked for {package}"))
    assert convert(folder, "int8") == first
    monkeypatch.undo()
    trained(tmp_path / "other", Plan(0, 3, batch=4))
    assert convert(tmp_path / "other", "int8") != first


def test_what_was_converted_runs_on_ctranslate2_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a machine with a GPU, too, `auto` gives converted files to the engine that can read them."""
    trained(tmp_path / "model", Plan(0, 2, batch=4))
    export(tmp_path / "model", tmp_path / "int8")
    monkeypatch.setattr("textnorm.neural.engine._has_gpu", lambda: True)
    folder, settings = locate(str(tmp_path / "int8"))
    assert open_engine(folder, settings).predict(WINDOWS)[0].logprob <= 0
    with pytest.raises(PackError, match="engine: ct2"):
        open_engine(folder, settings, "transformers")


def test_damaged_files_of_a_conversion_are_one_line(tmp_path: Path) -> None:
    """Converted files that are cut off or not of a byte model are named."""
    trained(tmp_path / "model", Plan(0, 2, batch=4))
    export(tmp_path / "model", tmp_path / "int8")
    (tmp_path / "int8" / "model.bin").write_bytes(b"cut off")
    with pytest.raises(PackError, match="CTranslate2 cannot load this"):
        Ct2Engine(tmp_path / "int8", SETTINGS)
    (tmp_path / "int8" / "shared_vocabulary.json").write_text('["a", "b"]')
    with pytest.raises(PackError, match="not a byte model"):
        Ct2Engine(tmp_path / "int8", SETTINGS)


def test_a_cache_that_cannot_be_written_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a converted model cannot be kept the error says where, and what else can be done."""
    trained(tmp_path / "model", Plan(0, 2, batch=4))
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("TEXTNORM_CACHE_DIR", str(tmp_path / "file"))
    with pytest.raises(PackError, match=r"cannot be kept in .*file.models: .*TEXTNORM_CACHE_DIR"):
        Ct2Engine(tmp_path / "model", SETTINGS)

    def full(*given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setenv("TEXTNORM_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr("textnorm.neural.ct2._convert", full)
    with pytest.raises(PackError, match="No space left on device"):
        Ct2Engine(tmp_path / "model", SETTINGS)
    assert list((tmp_path / "cache" / "models").iterdir()) == []


def test_two_conversions_at_once_are_no_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The slower of two processes finds the result of the faster one in its place and takes it."""
    trained(tmp_path / "model", Plan(0, 2, batch=4))
    made = []

    def slower(folder: Path, source: Path, target: Path, weights: str) -> None:
        if not made:
            made.append(True)
            convert(folder, weights)  # another process comes first
        whole(folder, source, target, weights)

    whole = ct2._convert
    monkeypatch.setattr(ct2, "_convert", slower)
    target = convert(tmp_path / "model", "float32")
    assert (target / "model.bin").is_file()
    assert [path.name for path in target.parent.iterdir()].count(target.name) == 1
    assert not list(target.parent.glob("convert-*"))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_model_goes_along_into_a_forked_process(tmp_path: Path) -> None:
    """A worker that is forked after the model was used opens its own: threads are not inherited."""
    trained(tmp_path / "model", Plan(0, 2, batch=4))
    predictor = open_engine(tmp_path / "model", SETTINGS, "ct2")
    wanted = predictor.predict(WINDOWS)
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    process = context.Process(target=lambda: theirs.send(predictor.predict(WINDOWS)), daemon=True)
    process.start()
    assert ours.poll(60), "the forked process hangs"
    assert ours.recv() == wanted
    process.join()


@pytest.mark.parametrize("name", ["transformers", "ct2"])
def test_weights_that_were_cut_off_are_one_line(tmp_path: Path, name: str) -> None:
    """Half a file of weights is named with its folder, whichever library reads it."""
    trained(tmp_path / "model", Plan(0, 2, batch=4))
    weights = tmp_path / "model" / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:5000])
    with pytest.raises(PackError, match="model: not a") as caught:
        open_engine(tmp_path / "model", SETTINGS, name)
    assert "\n" not in str(caught.value)
    with pytest.raises(PackError, match="not a T5 model"):
        Training(tmp_path / "next", SETTINGS, Plan(0, 0), start=tmp_path / "model", size="")


@pytest.mark.parametrize("name", ["transformers", "ct2"])
def test_what_is_no_model_is_one_line(tmp_path: Path, name: str) -> None:
    """Weights that are missing give one line and no traceback of a library."""
    (tmp_path / "config.json").write_text('{"model_type": "t5"}')
    with pytest.raises(PackError) as caught:
        open_engine(tmp_path, SETTINGS, name)
    assert "\n" not in str(caught.value)
