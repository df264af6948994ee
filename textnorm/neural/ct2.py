"""Models run by CTranslate2 with 8-bit weights: the fast way on a processor.

A model is converted once, into the user's cache folder under the hash of its files; the original stays
as it is.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from textnorm.errors import PackError
from textnorm.neural.engine import Prediction, is_converted, need, quiet, reading
from textnorm.neural.settings import Settings, read_settings, write_settings
from textnorm.neural.window import EOS, VOCABULARY, decode
from textnorm.pack import cache

_WEIGHTS = ("config.json", "*.safetensors", "*.bin", "*.index.json")
_REMEDY = "set TEXTNORM_CACHE_DIR to a folder with room, or write `engine: transformers`"
_CHUNK = 1 << 20


class Ct2Engine:
    """Greedy decoding with one thread; `weights` is how they are stored: int8 or float32."""

    def __init__(self, folder: Path, settings: Settings, weights: str = "int8") -> None:
        need("ctranslate2")
        self.settings, self._weights = settings, weights
        self._folder = folder if is_converted(folder) else convert(folder, weights)
        self._names = _vocabulary(self._folder)
        self._numbers = {name: number for number, name in enumerate(self._names)}
        self._translators = {os.getpid(): self._opened()}

    def _opened(self) -> Any:
        import ctranslate2

        with reading(self._folder, "CTranslate2 cannot load this"):
            return ctranslate2.Translator(
                str(self._folder), device="cpu", compute_type=self._weights, inter_threads=1, intra_threads=1
            )

    def run(self, inputs: Sequence[Sequence[int]]) -> list[Prediction]:
        """One prediction for each input."""
        process = os.getpid()
        if process not in self._translators:  # a forked worker has none of the threads of its parent's
            self._translators[process] = self._opened()
        found = self._translators[process].translate_batch(
            [[self._names[number] for number in item] for item in inputs],
            beam_size=1,
            max_decoding_length=self.settings.written,
            length_penalty=0,  # the score is then that of the whole sequence
            return_scores=True,
            return_end_token=True,
            max_input_length=0,
        )
        return [self._prediction(item.hypotheses[0], item.scores[0]) for item in found]

    def _prediction(self, names: list[str], score: float) -> Prediction:
        numbers = [self._numbers[name] for name in names]
        return Prediction(decode(numbers), float(score), EOS in numbers)


def convert(folder: Path, weights: str) -> Path:
    """The converted model; from the cache if this very model was converted before.

    Raises PackError if it is none, if a package is missing, or if the result cannot be kept.
    """
    home = cache.folder()
    base = Path(tempfile.gettempdir()) / "textnorm" if home is None else home
    target = base / "models" / f"{_digest(folder)}-{weights}"
    if is_converted(target):
        return target
    need("torch")
    need("transformers")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="convert-", dir=target.parent) as work:
            source, made = Path(work) / "source", Path(work) / "made"
            _with_tokenizer(folder, source)
            _convert(folder, source, made, weights)
            _put(made, target)
    except OSError as error:
        message = f"a converted model cannot be kept in {target.parent}: {error.strerror or error}"
        raise PackError(message, remedy=_REMEDY) from None
    return target


def _put(made: Path, target: Path) -> None:
    try:
        made.rename(target)
    except OSError:
        if not is_converted(target):  # or else another process was faster: its result is as good
            raise


def export(folder: Path, target: Path, weights: str = "int8") -> None:
    """Write the converted model to `target`, with its settings: it then needs no PyTorch to run."""
    shutil.copytree(convert(folder, weights), target, dirs_exist_ok=True)
    settings = read_settings(folder)
    if settings is not None:
        write_settings(target, settings)


def _convert(folder: Path, source: Path, target: Path, weights: str) -> None:
    from ctranslate2.converters import TransformersConverter

    class Converter(TransformersConverter):  # type: ignore[misc]
        def load_model(self, *given: Any, **named: Any) -> Any:
            model = super().load_model(*given, **named)
            # transformers 5 says of every T5 that its embeddings are tied; whether the output is scaled,
            # which is what the converter concludes from that, it now says elsewhere.
            tied = model.config.tie_word_embeddings
            model.config.tie_word_embeddings = getattr(model.config, "scale_decoder_outputs", tied)
            return model

    quiet()
    with reading(folder, "not a model that can be converted"):
        Converter(str(source)).convert(str(target), quantization=weights)


def _with_tokenizer(folder: Path, work: Path) -> None:
    """The model's files beside a description of ByT5's tokenizer, which the converter wants to see."""
    work.mkdir()
    for pattern in _WEIGHTS:
        for path in folder.glob(pattern):
            (work / path.name).symlink_to(path.resolve())
    text = json.dumps({"tokenizer_class": "ByT5Tokenizer", "extra_ids": 125})
    (work / "tokenizer_config.json").write_text(text, encoding="utf-8")


def _vocabulary(folder: Path) -> list[str]:
    """What a converted model calls the numbers that it reads and writes."""
    try:
        names = json.loads((folder / "shared_vocabulary.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        names = None
    if not isinstance(names, list) or len(names) < VOCABULARY:
        raise PackError(
            f"{folder}: not a byte model: shared_vocabulary.json is missing or too short",
            remedy="convert a ByT5 model, or name the folder of the model itself",
        )
    return names


def _digest(folder: Path) -> str:
    digest = sha256()
    for pattern in _WEIGHTS:
        for path in sorted(folder.glob(pattern)):
            digest.update(path.name.encode())
            with path.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    digest.update(chunk)
    return digest.hexdigest()[:24]
