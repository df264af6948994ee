"""Where a model's files are. Nothing is fetched over the network unless that is asked for."""

from __future__ import annotations

from pathlib import Path

from textnorm.errors import PackError
from textnorm.neural.engine import need
from textnorm.neural.settings import Settings, read_settings

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
    if not (folder / "config.json").is_file():
        raise PackError(
            f"{folder} holds no model: config.json is missing", remedy="name a folder with a T5 model"
        )
    return folder, read_settings(folder) or PUBLISHED.get(model) or PUBLISHED.get(
        _named(folder)
    ) or Settings()


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
                f"{model} cannot be fetched: {_line(error)}", remedy="check name and network"
            ) from None
        raise PackError(
            f"{model} is not on this machine",
            remedy="fetch it with --allow-download, or copy its files and name their folder",
        ) from None


def _line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
