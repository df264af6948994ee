"""What every engine that runs a model offers, and how one is chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple, Protocol

from textnorm.errors import PackError
from textnorm.neural.settings import Settings
from textnorm.neural.window import Window

ENGINES = ("auto", "ct2", "transformers")


class Prediction(NamedTuple):
    """What a model writes for a word.

    `text` is None where it wrote no valid UTF-8. `logprob` is the natural logarithm of the probability
    of the whole sequence, its end mark included; `ended` says whether it came to that mark.
    """

    text: str | None
    logprob: float
    ended: bool


class Engine(Protocol):
    """Runs one model; greedy, and deterministic for the same batch."""

    settings: Settings

    def run(self, inputs: Sequence[Sequence[int]]) -> list[Prediction]:
        """One prediction for each input (numbers of `encode`), in order."""
        ...


class Predictor:
    """Predictions for words in their sentences, in batches of inputs of about the same length."""

    def __init__(self, engine: Engine, batch: int) -> None:
        self._engine, self._batch = engine, batch
        self.settings = engine.settings

    def predict(self, windows: Sequence[Window]) -> list[Prediction]:
        """One prediction for each window, in order; equal windows are asked about once."""
        inputs = [tuple(self.settings.numbers(window)) for window in windows]
        distinct = sorted(set(inputs), key=lambda item: (len(item), item))
        answers: dict[tuple[int, ...], Prediction] = {}
        for batch in _batches(distinct, self._batch):
            answers.update(zip(batch, self._engine.run(batch), strict=True))
        return [answers[item] for item in inputs]


def _batches(items: Sequence[tuple[int, ...]], size: int) -> Iterator[Sequence[tuple[int, ...]]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def open_engine(folder: Path, settings: Settings, name: str = "auto") -> Predictor:
    """The engine `name` with the model in `folder`.

    `auto` is CTranslate2 with 8-bit weights on a processor, where it is three times as fast as
    transformers or more, and transformers with bfloat16 weights on a GPU. What was converted for
    CTranslate2 runs on that alone. Raises PackError if a package is missing.
    """
    if name not in ENGINES:
        raise PackError(f"unknown engine {name!r}", remedy=f"one of: {' '.join(ENGINES)}")
    if is_converted(folder):
        if name == "transformers":
            raise PackError(f"{folder} was converted for CTranslate2", remedy="write `engine: ct2`")
        name = "ct2"
    elif name == "auto":
        name = _fastest()
    if name == "ct2":
        from textnorm.neural.ct2 import Ct2Engine

        return Predictor(Ct2Engine(folder, settings), batch=32)
    from textnorm.neural.torch_engine import TorchEngine

    engine = TorchEngine(folder, settings)
    return Predictor(engine, batch=512 if engine.gpu else 32)


def is_converted(folder: Path) -> bool:
    """Whether a folder holds a model in the form that CTranslate2 reads."""
    return (folder / "model.bin").is_file()


def _fastest() -> str:
    """What `auto` stands for here. PyTorch is not asked: it takes seconds and memory to import."""
    try:
        need("ctranslate2")
    except PackError:
        return "transformers"
    return "transformers" if _has_gpu() and find_spec("torch") else "ct2"


def _has_gpu() -> bool:
    import ctranslate2

    return bool(ctranslate2.get_cuda_device_count())


def need(package: str, extra: str = "byt5") -> None:
    """PackError with the command that installs the extra, if the package is missing or broken."""
    try:
        import_module(package)
    except (ImportError, OSError) as error:  # a library that a package needs may be missing, too
        missing = isinstance(error, ModuleNotFoundError) and error.name == package
        fault = "is not installed" if missing else f"cannot be imported: {first_line(error)}"
        raise PackError(f"package {package!r} {fault}", remedy=f"pip install 'textnorm[{extra}]'") from None


@contextmanager
def reading(folder: Path, fault: str) -> Iterator[None]:
    """Makes whatever a library says of a model's files within the block into one line."""
    try:
        yield
    except (PackError, MemoryError):
        raise
    except Exception as error:  # of damaged files each library tells by errors of its own
        if isinstance(error, OSError) and error.errno:
            raise  # the file system says more
        raise PackError(f"{folder}: {fault}: {first_line(error)}") from None


def first_line(error: BaseException) -> str:
    """What an error of a library says, as far as that fits into a message."""
    return (str(error).splitlines() or [type(error).__name__])[0][:200]


@contextmanager
def lean(gpu: bool) -> Iterator[None]:
    """One thread, and tiny numbers taken for 0, within the block: both make a processor much faster.

    The latter holds for the whole process, so it must not outlast the training that it is for.
    """
    import torch

    if gpu:
        yield
        return
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    try:
        yield
    finally:
        torch.set_flush_denormal(False)


def quiet() -> None:
    """Keep transformers from writing bars and warnings into a command's output."""
    from transformers.utils import logging

    logging.disable_progress_bar()
    logging.set_verbosity_error()
