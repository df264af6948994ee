"""What a restorer makes of lines that training has not seen."""

from __future__ import annotations

from collections.abc import Iterable

from textnorm.pack.model import Restore
from textnorm.restore.noise import Noise
from textnorm.restore.scriptmap import ScriptMap
from textnorm.restore.stage import RestoreStage
from textnorm.restore.tagging.model import Restorer
from textnorm.restore.tagging.reader import TagReader


def measure(model: Restorer, item: Restore, script_map: ScriptMap, lines: Iterable[str], seed: int) -> str:
    """How many words of clean lines come back after all were respelled, and how many clean lines change."""
    clean = list(lines)
    stage = RestoreStage(item, TagReader(model, item.margin, item.evidence))
    typed = Noise(script_map, 100, seed)("\n".join(clean))
    right = total = 0
    for line, restored in zip(clean, stage.apply(typed).split("\n"), strict=True):
        wanted, found = line.split(), restored.split()
        total += len(wanted)
        if len(wanted) == len(found):  # a word with a space in it shifts all others
            right += sum(one == other for one, other in zip(wanted, found, strict=True))
    changed = sum(
        one != other for one, other in zip(clean, stage.apply("\n".join(clean)).split("\n"), strict=True)
    )
    return (
        f"{right:,} of {total:,} respelled words right ({right / max(total, 1):.2%}), "
        f"{changed:,} of {len(clean):,} clean lines changed"
    )
