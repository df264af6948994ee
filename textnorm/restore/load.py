"""From a pack's data folder to a stage that runs; script maps and models are read once for each process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from textnorm.errors import PackError
from textnorm.pack.model import Lexicon, Pack, Restore
from textnorm.pack.tables import MODEL_SUFFIX, Lexicons
from textnorm.restore.modelfile import Model, read_model
from textnorm.restore.scriptmap import ScriptMap, read_map
from textnorm.restore.stage import RestoreStage


def restore_stage(item: Restore, lexicons: Mapping[str, Lexicon], uncertain: str) -> RestoreStage:
    """The stage for a restoration file of a pack."""
    assert isinstance(lexicons, Lexicons)
    path = lexicons.file(item.model, MODEL_SUFFIX)
    if path is None:
        raise PackError(
            f'no model "{item.model}"', at=item.at, remedy="build it with `textnorm train charlm`"
        )
    return RestoreStage(item, read_map([lexicons[name] for name in item.map]), _model(path), uncertain)


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
