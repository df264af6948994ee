"""Models run by CTranslate2 with 8-bit weights: the fast way on a processor.

A model is converted once, into the user's cache folder under the hash of its files; the original stays
as it is.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from textnorm.errors import PackError
from textnorm.neural.engine import Prediction, need, quiet
from textnorm.neural.settings import Settings, read_settings, write_settings
from textnorm.neural.window import EOS, decode
from textnorm.pack import cache

_WEIGHTS = ("config.json", "*.safetensors", "*.bin")
_CHUNK = 1 << 20


class Ct2Engine:
    """Greedy decoding with one thread; `weights` is how they are stored: int8 or float32."""

    def __init__(self, folder: Path, settings: Settings, weights: str = "int8") -> None:
        need("ctranslate2")
        import ctranslate2

        self.settings = settings
        converted = folder if (folder / "model.bin").is_file() else convert(folder, weights)
        self._translator: Any = ctranslate2.Translator(
            str(converted), device="cpu", compute_type=weights, inter_threads=1, intra_threads=1
        )
        names: list[str] = json.loads((converted / "shared_vocabulary.json").read_text(encoding="utf-8"))
        self._names, self._numbers = names, {name: number for number, name in enumerate(names)}

    def run(self, inputs: Sequence[Sequence[int]]) -> list[Prediction]:
        """One prediction for each input."""
        found = self._translator.translate_batch(
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
    """The converted model; from the cache if this very model was converted before."""
    need("transformers")
    need("torch")
    home = cache.folder()
    base = Path(tempfile.gettempdir()) / "textnorm" if home is None else home
    target = base / "models" / f"{_digest(folder)}-{weights}"
    if (target / "model.bin").is_file():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix="convert-", dir=target.parent))
    try:
        _convert(_with_tokenizer(folder, work / "source"), work / "made", weights)
        with suppress(OSError):  # another process may have been faster: its result is as good
            (work / "made").rename(target)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return target


def export(folder: Path, target: Path, weights: str = "int8") -> None:
    """Write the converted model to `target`, with its settings: it then needs no PyTorch to run."""
    shutil.copytree(convert(folder, weights), target, dirs_exist_ok=True)
    settings = read_settings(folder)
    if settings is not None:
        write_settings(target, settings)


def _convert(source: Path, target: Path, weights: str) -> None:
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
    try:
        Converter(str(source)).convert(str(target), quantization=weights)
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        line = (str(error).splitlines() or [""])[0]
        raise PackError(f"{source.name}: not a model that can be converted: {line}") from None


def _with_tokenizer(folder: Path, work: Path) -> Path:
    """The model's files beside a description of ByT5's tokenizer, which the converter wants to see."""
    work.mkdir()
    for path in folder.iterdir():
        if path.is_file() and not path.name.startswith("tokenizer"):
            (work / path.name).symlink_to(path.resolve())
    text = json.dumps({"tokenizer_class": "ByT5Tokenizer", "extra_ids": 125})
    (work / "tokenizer_config.json").write_text(text, encoding="utf-8")
    return work


def _digest(folder: Path) -> str:
    digest = sha256()
    for pattern in _WEIGHTS:
        for path in sorted(folder.glob(pattern)):
            digest.update(path.name.encode())
            with path.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    digest.update(chunk)
    return digest.hexdigest()[:24]
