"""Models run by transformers on PyTorch: on a GPU, and as the yardstick of the faster engines."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from textnorm.errors import PackError
from textnorm.neural.engine import Prediction, need, quiet, reading
from textnorm.neural.settings import Settings
from textnorm.neural.window import EOS, PAD, decode


class TorchEngine:
    """Greedy decoding by `T5ForConditionalGeneration`: bfloat16 on a GPU, else float32 and one thread."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        need("torch")
        need("transformers")
        import torch
        from transformers import GenerationConfig, T5ForConditionalGeneration

        quiet()
        self.settings = settings
        self.gpu = bool(torch.cuda.is_available())
        self._process = os.getpid()
        if not self.gpu:
            torch.set_num_threads(1)  # one process per core: threads on top of that fight each other
        with reading(folder, "not a T5 model that can be loaded"):
            model: Any = T5ForConditionalGeneration.from_pretrained(
                str(folder), local_files_only=True, dtype=torch.bfloat16 if self.gpu else torch.float32
            )
        self._model = model.eval().to("cuda" if self.gpu else "cpu")
        # Not that of the folder, which may ask for beams, or forbid repetition.
        self._model.generation_config = GenerationConfig(
            max_new_tokens=settings.written,
            num_beams=1,
            do_sample=False,
            eos_token_id=EOS,
            pad_token_id=PAD,
            decoder_start_token_id=PAD,
        )

    def run(self, inputs: Sequence[Sequence[int]]) -> list[Prediction]:
        """One prediction for each input."""
        import torch

        if self.gpu and os.getpid() != self._process:
            raise PackError(
                "a model on a GPU cannot go along into worker processes",
                remedy="load it in each of them, or use one process",
            )
        width = max(map(len, inputs))
        numbers = torch.tensor([[*item, *[PAD] * (width - len(item))] for item in inputs])
        numbers = numbers.to(self._model.device)
        with torch.inference_mode():
            made = self._model.generate(
                input_ids=numbers,
                attention_mask=(numbers != PAD).long(),
                output_logits=True,
                return_dict_in_generate=True,
            )
            written = made.sequences[:, 1:]
            steps = torch.stack(made.logits, dim=1).float().log_softmax(-1)
            chosen = steps.gather(2, written.unsqueeze(2)).squeeze(2)
        return [_prediction(n, p) for n, p in zip(written.tolist(), chosen.tolist(), strict=True)]


def _prediction(numbers: list[int], logprobs: list[float]) -> Prediction:
    ended = EOS in numbers
    length = numbers.index(EOS) + 1 if ended else len(numbers)
    return Prediction(decode(numbers[:length]), sum(logprobs[:length]), ended)
