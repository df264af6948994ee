"""From a pack's data folder to a stage that runs; script maps and models are read once for each process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from textnorm.errors import PackError
from textnorm.pack.model import Lexicon, Pack, Restore
from textnorm.pack.tables import MODEL_SUFFIX, TAGGER_SUFFIX, Lexicons
from textnorm.restore.channel import Channel
from textnorm.restore.decoder import Decoder
from textnorm.restore.line import LineReader
from textnorm.restore.modelfile import Model, read_model
from textnorm.restore.scriptmap import ScriptMap, read_map
from textnorm.restore.stage import Reader, RestoreStage
from textnorm.selection import is_chosen

if TYPE_CHECKING:
    from textnorm.restore.tagging.model import Restorer


def restore_stage(
    item: Restore, lexicons: Mapping[str, Lexicon], uncertain: str, options: Mapping[str, str]
) -> RestoreStage:
    """The stage for a restoration file of a pack, under these style options."""
    assert isinstance(lexicons, Lexicons)
    if item.tagger and not (item.tagger_unless and is_chosen(item.tagger_unless, options)):
        return RestoreStage(item, _tag_reader(item, lexicons), uncertain)
    model = _model(_file(item, lexicons, item.model, MODEL_SUFFIX, "charlm"))
    channel = Channel(read_map([lexicons[name] for name in item.map]), model.channels.get(item.source))
    reader = LineReader(Decoder(model.words, channel), item.margin, item.evidence)
    return RestoreStage(item, reader, uncertain)


def _tag_reader(item: Restore, lexicons: Lexicons) -> Reader:
    path = _file(item, lexicons, item.tagger, TAGGER_SUFFIX, "tagger")
    try:
        from textnorm.restore.tagging.reader import TagReader
    except ModuleNotFoundError as error:
        others = " ".join(f"--option {name}={value.split()[0]}" for name, value in item.tagger_unless.items())
        remedy = "pip install 'textnorm[fallback]'" + (f", or {others}" if others else "")
        message = f"the tagger needs {error.name}, which is not installed"
        raise PackError(message, remedy=remedy) from None
    return TagReader(_restorer(path), item.margin, item.evidence)


def _file(item: Restore, lexicons: Lexicons, name: str, suffix: str, command: str) -> Path:
    path = lexicons.file(name, suffix)
    if path is None:
        raise PackError(f'no model "{name}"', at=item.at, remedy=f"build it with `textnorm train {command}`")
    return path


def script_maps(pack: Pack, sources: Sequence[str]) -> dict[str, ScriptMap]:
    """The script maps of a pack by source; PackError for a source it has none for."""
    known = {item.source: item for stage in pack.stages for item in stage.items if isinstance(item, Restore)}
    maps = {}
    for source in sources:
        if source not in known:
            raise PackError(
                f"pack {pack.name!r} knows no text typed in the script of {source!r}",
                remedy=f"--from {' | '.join(sorted(known))}" if known else "it has no script map at all",
            )
        maps[source] = read_map([pack.lexicons[name] for name in known[source].map])
    return maps


@lru_cache(maxsize=4)
def _model(path: Path) -> Model:
    return read_model(path)


@lru_cache(maxsize=4)
def _restorer(path: Path) -> Restorer:
    from textnorm.restore.tagging.model import read_restorer  # needs numpy, which not all have

    return read_restorer(path)
