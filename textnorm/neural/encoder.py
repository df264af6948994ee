"""Sentence encoders and cross-encoders from any folder that transformers can load."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from textnorm.errors import PackError
from textnorm.memo import KEPT
from textnorm.neural.engine import need, quiet, reading

_BATCH = 64
_LONGEST = 128  # tokens of one string


class Scorer:
    """How close strings are to a query, by a model in a folder; greater is closer.

    A model with a classification head reads query and string together (a cross-encoder); any other makes
    a vector of each, and the cosine counts (a sentence encoder, such as SapBERT, arXiv 2010.11784, or
    JobBERT). Vectors of strings are remembered.
    """

    def __init__(self, folder: Path) -> None:
        need("torch", "neural")
        need("transformers", "neural")
        import torch
        from transformers import AutoTokenizer

        quiet()
        self.folder = folder
        self._torch = torch
        self._gpu = bool(torch.cuda.is_available())
        if not self._gpu:
            torch.set_num_threads(1)
        config = _config(folder)
        self.cross = str((config.get("architectures") or [""])[0]).endswith("ForSequenceClassification")
        with reading(folder, "not a model that can be loaded"):
            self.tokenizer: Any = AutoTokenizer.from_pretrained(str(folder), local_files_only=True)
            self.model: Any = self._load(config)
        self.model = self.model.eval().to("cuda" if self._gpu else "cpu")
        self.takes_first = _takes_first(folder)
        self._vectors: dict[str, Any] = {}

    def __call__(self, query: str, texts: Sequence[str]) -> list[float]:
        """One number for each text."""
        if self.cross:
            return [score for some in _batches(texts) for score in self._judge(query, some)]
        if len(self._vectors) > KEPT:
            self._vectors.clear()
        unknown = [text for text in dict.fromkeys([query, *texts]) if text not in self._vectors]
        for some in _batches(unknown):
            self._vectors.update(zip(some, self._embed(some), strict=True))
        vector = self._vectors[query]
        return [float(vector @ self._vectors[text]) for text in texts]

    def _load(self, config: dict[str, Any]) -> Any:
        from transformers import AutoModel, AutoModelForSequenceClassification, T5EncoderModel

        kind = AutoModelForSequenceClassification if self.cross else AutoModel
        if config.get("model_type") == "t5" and not self.cross:
            kind = T5EncoderModel
        return kind.from_pretrained(str(self.folder), local_files_only=True)

    def _inputs(self, *texts: Sequence[str]) -> Any:
        made = self.tokenizer(
            *map(list, texts), padding=True, truncation=True, max_length=_LONGEST, return_tensors="pt"
        )
        return made.to(self.model.device)

    def _judge(self, query: str, texts: Sequence[str]) -> list[float]:
        with self._torch.inference_mode():
            logits = self.model(**self._inputs([query] * len(texts), texts)).logits.float()
        return [float(row[-1]) for row in logits.cpu()]

    def _embed(self, texts: Sequence[str]) -> Any:
        inputs = self._inputs(texts)
        with self._torch.inference_mode():
            states = self.model(**inputs).last_hidden_state.float()
        vectors = pooled(states, inputs["attention_mask"], self.takes_first)
        return self._torch.nn.functional.normalize(vectors, dim=-1).cpu().numpy()


def pooled(states: Any, mask: Any, first: bool) -> Any:
    """One vector for each row of states: that of the first token, or the mean of all."""
    if first:
        return states[:, 0]
    weights = mask.unsqueeze(-1).float()
    return (states * weights).sum(1) / weights.sum(1).clamp(min=1)


def _takes_first(folder: Path) -> bool:
    """Whether the first token stands for the whole string, as a sentence-transformers folder says.

    Without such a file it does, as in SapBERT; but T5 has no such token.
    """
    path = folder / "1_Pooling" / "config.json"
    if path.is_file():
        return bool(json.loads(path.read_text(encoding="utf-8")).get("pooling_mode_cls_token"))
    return _config(folder).get("model_type") != "t5"


def _config(folder: Path) -> dict[str, Any]:
    try:
        found = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise PackError(
            f"{folder} holds no model: config.json is missing or broken", remedy="name a folder with a model"
        ) from None
    return dict(found)


def _batches(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(texts), _BATCH):
        yield texts[start : start + _BATCH]
