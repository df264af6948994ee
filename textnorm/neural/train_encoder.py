"""Trains a sentence encoder to bring strings near the names of their concepts.

Each string is to be nearer to a name of its own concept than to the names of the other concepts of the
batch and to the candidates that it was mistaken for (as in SapBERT, arXiv 2010.11784, and JobBERT).
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from textnorm.errors import PackError
from textnorm.neural.encoder import pooled
from textnorm.neural.engine import lean, need, quiet
from textnorm.neural.train import draw_weights

_TEMPERATURE = 0.05
_LONGEST = 64  # tokens of one string
SIZE = {"d_model": 128, "d_kv": 32, "d_ff": 256, "num_layers": 3, "num_heads": 4}
"""The shape of an encoder that starts from nothing: half a million parameters, reading bytes."""


class Triple(NamedTuple):
    """A string, a name of its concept, and a name that it was mistaken for, or ''."""

    text: str
    name: str
    mistaken: str


def train_encoder(
    triples: Sequence[Triple],
    folder: Path,
    start: Path | None,
    steps: int,
    batch: int,
    rate: float,
    seed: int,
    tell: Callable[[int, float], None],
) -> None:
    """Train on the triples and write the encoder to `folder`; PackError if `start` is no encoder."""
    need("torch", "neural")
    need("transformers", "neural")
    import torch

    quiet()
    gpu = bool(torch.cuda.is_available())
    torch.manual_seed(seed)
    model, tokenizer, first = _open(start) if start else _fresh(torch)
    model.to("cuda" if gpu else "cpu").train()
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.01)

    def vectors(texts: Sequence[str]) -> Any:
        made = tokenizer(
            list(texts), padding=True, truncation=True, max_length=_LONGEST, return_tensors="pt"
        ).to(model.device)
        states = model(**made).last_hidden_state
        return torch.nn.functional.normalize(pooled(states, made["attention_mask"], first), dim=-1)

    with lean(gpu):
        for step in range(steps):
            for group in optimizer.param_groups:
                group["lr"] = (
                    rate * min(1.0, 20 * (step + 1) / steps) * (1 + math.cos(math.pi * step / steps)) / 2
                )
            some = random.Random(f"{seed}:{step}").sample(triples, min(batch, len(triples)))
            others = [triple.mistaken for triple in some if triple.mistaken]
            with torch.autocast("cuda", torch.bfloat16, enabled=gpu):
                names = vectors([*(triple.name for triple in some), *others])
                near = vectors([triple.text for triple in some]) @ names.T / _TEMPERATURE
                near = near.masked_fill(_same_name(torch, some, others).to(near.device), -1e4)
                loss = torch.nn.functional.cross_entropy(near, torch.arange(len(some), device=near.device))
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            tell(step + 1, float(loss.detach()))
    model.eval().float().cpu().save_pretrained(str(folder))
    tokenizer.save_pretrained(str(folder))
    if not first:
        (folder / "1_Pooling").mkdir(exist_ok=True)
        (folder / "1_Pooling" / "config.json").write_text('{"pooling_mode_mean_tokens": true}\n')


def _same_name(torch: Any, some: Sequence[Triple], others: Sequence[str]) -> Any:
    """Where a name of the batch is also the right one, and so no mistake."""
    names = [*(triple.name for triple in some), *others]
    rows = [
        [name == triple.name and place != row for place, name in enumerate(names)]
        for row, triple in enumerate(some)
    ]
    return torch.tensor(rows)


def _open(folder: Path) -> tuple[Any, Any, bool]:
    from textnorm.neural.encoder import Scorer

    scorer = Scorer(folder)
    if scorer.cross:
        raise PackError(f"{folder} is a cross-encoder", remedy="start from a sentence encoder")
    return scorer.model, scorer.tokenizer, scorer.takes_first


def _fresh(torch: Any) -> tuple[Any, Any, bool]:
    from transformers import ByT5Tokenizer, T5Config, T5EncoderModel

    config = T5Config(vocab_size=384, **SIZE, feed_forward_proj="gated-gelu", dropout_rate=0.0)
    model = T5EncoderModel(config)
    draw_weights(torch, model)
    return model, ByT5Tokenizer(extra_ids=125), False
