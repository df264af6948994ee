"""Where a model's files are. Nothing is fetched over the network unless that is asked for."""

from __future__ import annotations

import json
from pathlib import Path

from textnorm.errors import PackError
from textnorm.neural.engine import first_line, is_converted, need
from textnorm.neural.settings import Settings, read_settings
from textnorm.neural.window import VOCABULARY

_MOST_BYTES = 1024  # entries; a vocabulary of pieces of words has thousands
_REMEDY = "name the folder of a byte model, such as a copy of google/byt5-small"
_ORGANIZATION = "ufal/byt5-small-multilexnorm2021-"
_CASED = {"da": True, "de": True, "en": False, "es": False, "hr": False, "iden": False}
_CASED |= {"it": True, "nl": True, "sl": False, "sr": False, "tr": True, "trde": False}

PUBLISHED = {f"{_ORGANIZATION}{tag}": Settings(lower=not cased) for tag, cased in _CASED.items()}
"""The twelve models of ÚFAL for MultiLexNorm 2021 and how their input is made."""


def locate(model: str, download: bool = False) -> tuple[Path, Settings]:
    """The folder with a model's files, and its settings.

    `model` is a folder, or a name on the Hugging Face hub that is looked up in the local cache, and
    fetched with `download`. Raises PackError with what to do if it is not there.
    """
    folder = Path(model).expanduser()
    if not folder.is_dir():
        folder = _cached(model, download)
    require_bytes(folder)
    return folder, read_settings(folder) or PUBLISHED.get(model) or PUBLISHED.get(
        _named(folder)
    ) or Settings()


def require_bytes(folder: Path) -> None:
    """PackError unless the folder holds a T5 model that reads and writes bytes."""
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise PackError(f"{folder} holds no model: config.json is missing", remedy=_REMEDY) from None
    except (OSError, ValueError) as error:
        raise PackError(f"{folder / 'config.json'} cannot be read: {first_line(error)}") from None
    if is_converted(folder):  # whose config.json says nothing of this
        return
    found = config if isinstance(config, dict) else {}
    kind, size = found.get("model_type"), found.get("vocab_size")
    if kind != "t5":
        raise PackError(f"{folder} holds no T5 model but {kind or 'something else'}", remedy=_REMEDY)
    if not isinstance(size, int) or not VOCABULARY <= size < _MOST_BYTES:
        message = f"{folder} holds no byte model: its vocabulary has {size} entries, not {VOCABULARY}"
        raise PackError(message, remedy=_REMEDY)


def _named(folder: Path) -> str:
    """The published name that a copied folder bears, such as .../byt5-small-multilexnorm2021-hr."""
    return f"ufal/{folder.name}"


def _cached(model: str, download: bool) -> Path:
    if model.count("/") != 1 or model.startswith((".", "/", "~")):
        raise PackError(f"no model at {model}", remedy="name a folder, or a model as it is called on the hub")
    need("huggingface_hub")
    from huggingface_hub import snapshot_download

    wanted = ["*.json", "*.safetensors", "*.bin", "*.model"]
    try:
        return Path(snapshot_download(model, allow_patterns=wanted, local_files_only=not download))
    except Exception as error:  # the hub's client raises errors of several libraries
        if download:
            raise PackError(
                f"{model} cannot be fetched: {first_line(error)}",
                remedy="check name and network, or copy its files and name their folder",
            ) from None
        raise PackError(
            f"{model} is not on this machine",
            remedy="fetch it with --allow-download, or copy its files and name their folder",
        ) from None
