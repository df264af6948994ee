"""Trains byte models: noise on clean text first, then real pairs (the recipe of arXiv 2110.15248).

A model that starts from nothing is small: it takes its shape from `SIZES` and is trained with AdamW
and a rate that falls as a cosine. One that starts from a folder keeps its shape.
"""

from __future__ import annotations

import json
import math
import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

from textnorm.errors import InputError, PackError
from textnorm.neural.engine import first_line, lean, need, quiet, reading
from textnorm.neural.examples import Example, Source, batch
from textnorm.neural.locate import require_bytes
from textnorm.neural.settings import Settings
from textnorm.neural.window import EOS, PAD, VOCABULARY

SIZES: Mapping[str, Mapping[str, int]] = {
    "tiny": {
        "d_model": 96,
        "d_kv": 24,
        "d_ff": 256,
        "num_layers": 3,
        "num_decoder_layers": 1,
        "num_heads": 4,
    },
    "small": {
        "d_model": 256,
        "d_kv": 64,
        "d_ff": 704,
        "num_layers": 4,
        "num_decoder_layers": 2,
        "num_heads": 4,
    },
}
"""Half a million and five million parameters; with 8-bit weights as many bytes."""

_CHECKPOINT, _UNFINISHED = "checkpoint.pt", "checkpoint.pt.new"
_IGNORED = -100  # what PyTorch leaves out of the loss


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast to train: steps on noise, steps on pairs, examples a step, the highest rate."""

    synthetic: int
    steps: int
    batch: int = 128
    rate: float = 3e-3
    seed: int = 1
    save_every: int = 500
    seconds: float | None = None  # of wall time, after which training ends early


Tell = Callable[[int, float], None]
"""Told the number of steps that are done, and the loss of the last."""


class Training:
    """One run of training in a folder; it goes on from the checkpoint there if there is one.

    `material` is a digest of what is trained on, by which a checkpoint of something else is known.
    """

    def __init__(
        self,
        folder: Path,
        settings: Settings,
        plan: Plan,
        *,
        start: Path | None,
        size: str,
        material: str = "",
    ) -> None:
        need("torch")
        need("transformers")
        import torch

        quiet()
        self._torch, self._folder, self._settings, self._plan = torch, folder, settings, plan
        self._material = material
        self._gpu = bool(torch.cuda.is_available())
        torch.manual_seed(plan.seed)
        self.model = _from_folder(start) if start else _from_nothing(torch, size)
        self.model.to("cuda" if self._gpu else "cpu").train()
        self._optimizer = torch.optim.AdamW(self.model.parameters(), lr=plan.rate, weight_decay=0.01)
        self.done = self._resume()

    def run(self, synthetic: Source | None, pairs: Source | None, tell: Tell) -> None:
        """Train to the end of the plan, with a checkpoint now and then."""
        plan, began = self._plan, time.monotonic()
        first = plan.synthetic if synthetic else 0
        total = first + (plan.steps if pairs else 0)
        with lean(self._gpu):
            while self.done < total:
                source = synthetic if self.done < first else pairs
                assert source is not None
                loss = self._step(batch(source, self._settings, plan.batch, plan.seed, self.done), total)
                self.done += 1
                tell(self.done, loss)
                if plan.seconds is not None and time.monotonic() - began > plan.seconds:
                    break
                if self.done % plan.save_every == 0:
                    self._save_checkpoint()

    def save(self) -> None:
        """Write the model."""
        self.model.eval().float().cpu().save_pretrained(str(self._folder))

    def drop_checkpoint(self) -> None:
        """Remove what training would go on from: everything is written."""
        for name in (_CHECKPOINT, _UNFINISHED):
            (self._folder / name).unlink(missing_ok=True)

    def _step(self, examples: Sequence[Example], total: int) -> float:
        torch = self._torch
        for group in self._optimizer.param_groups:
            group["lr"] = self._plan.rate * _schedule(self.done, total)
        inputs = self._padded([numbers for numbers, _ in examples], PAD)
        labels = self._padded([numbers for _, numbers in examples], _IGNORED)
        with torch.autocast("cuda", torch.bfloat16, enabled=self._gpu):
            loss = self.model(input_ids=inputs, attention_mask=(inputs != PAD).long(), labels=labels).loss
        self._optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self._optimizer.step()
        return float(loss.detach())

    def _padded(self, rows: Sequence[Sequence[int]], filler: int) -> Any:
        width = -(-max(map(len, rows)) // 8) * 8  # few different widths: memory is reused
        padded = [[*row, *[filler] * (width - len(row))] for row in rows]
        return self._torch.tensor(padded, device=self.model.device)

    def _save_checkpoint(self) -> None:
        state = {
            "model": self.model.state_dict(),
            "optimizer": self._optimizer.state_dict(),
            "done": self.done,
        }
        state["random"], state["plan"] = self._torch.get_rng_state(), self._identity()
        if self._gpu:
            state["random on GPU"] = self._torch.cuda.get_rng_state()
        self._folder.mkdir(parents=True, exist_ok=True)
        fresh = self._folder / _UNFINISHED
        try:
            self._torch.save(state, fresh)
            os.replace(fresh, self._folder / _CHECKPOINT)
        except (OSError, RuntimeError) as error:  # the latter is how PyTorch tells of a full disk
            raise InputError(
                f"{fresh} cannot be written: {first_line(error)}",
                remedy="make room; --resume goes on from the checkpoint before",
            ) from None

    def _resume(self) -> int:
        path = self._folder / _CHECKPOINT
        if not path.is_file():
            return 0
        try:
            state = self._torch.load(path, map_location=self.model.device, weights_only=True)
        except (OSError, RuntimeError, ValueError, EOFError, UnpicklingError) as error:
            raise InputError(
                f"{path} cannot be read: {first_line(error)}", remedy="remove the folder and begin again"
            ) from None
        if state["plan"] != self._identity():
            raise InputError(
                f"{path} was made with other options or from other text",
                remedy="use the same again, or remove the file",
            )
        self.model.load_state_dict(state["model"])
        self._optimizer.load_state_dict(state["optimizer"])
        self._torch.set_rng_state(state["random"].cpu())
        if self._gpu and "random on GPU" in state:
            self._torch.cuda.set_rng_state(state["random on GPU"].cpu())
        return int(state["done"])

    def _identity(self) -> str:
        plan, shape = self._plan, self.model.config
        facts = [
            plan.synthetic,
            plan.steps,
            plan.batch,
            plan.rate,
            plan.seed,
            shape.d_model,
            shape.num_layers,
        ]
        return json.dumps([*facts, self._settings.context, self._settings.lower, self._material])


def _schedule(step: int, total: int) -> float:
    """Share of the highest rate: it rises for the first twentieth and then falls as a cosine."""
    rise = max(1, min(1000, total // 20))
    if step < rise:
        return (step + 1) / rise
    return 0.02 + 0.98 * (1 + math.cos(math.pi * (step - rise) / max(1, total - rise))) / 2


def _from_folder(folder: Path) -> Any:
    import torch
    from transformers import T5ForConditionalGeneration

    require_bytes(folder)
    with reading(folder, "not a T5 model"):
        return T5ForConditionalGeneration.from_pretrained(
            str(folder),
            local_files_only=True,
            dtype=torch.float32,  # however it was saved
        )


def _from_nothing(torch: Any, size: str) -> Any:
    from transformers import T5Config, T5ForConditionalGeneration

    if size not in SIZES:
        raise PackError(f"unknown size {size!r}", remedy=f"one of: {' '.join(SIZES)}")
    config = T5Config(
        vocab_size=VOCABULARY,
        **SIZES[size],
        feed_forward_proj="gated-gelu",
        dropout_rate=0.0,  # examples are drawn anew all the time: there is nothing to overfit
        pad_token_id=PAD,
        eos_token_id=EOS,
        decoder_start_token_id=PAD,
    )
    model = T5ForConditionalGeneration(config)
    draw_weights(torch, model)
    return model


def draw_weights(torch: Any, model: Any) -> None:
    """Give a T5 weights to start from. Its own are made for Adafactor, and AdamW diverges from them."""
    with torch.no_grad():
        for name, weights in model.named_parameters():
            if weights.dim() > 1:
                scale = 1.0 if name.startswith("shared") else weights.shape[-1] ** -0.5
                weights.normal_(0.0, scale * (0.25 if ".q." in name else 1.0))


def fresh_folder(folder: Path, resume: bool) -> None:
    """Make the folder that a model goes to. InputError if something lies there that is not to be resumed."""
    found = {path.name for path in folder.iterdir()} if folder.exists() else set()
    if found and not resume:
        raise InputError(f"{folder} is not empty", remedy="choose another folder, or --resume to go on there")
    if not found <= {_UNFINISHED} and _CHECKPOINT not in found:
        raise InputError(f"{folder} has no checkpoint to go on from", remedy="choose another folder")
    folder.mkdir(parents=True, exist_ok=True)
