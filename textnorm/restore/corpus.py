"""Reads the corpora that a model is trained on, and writes down where they come from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from textnorm.errors import PackError
from textnorm.normalizer import Normalizer
from textnorm.pack.model import Pack, Restore
from textnorm.restore.load import script_maps
from textnorm.restore.modelfile import Model
from textnorm.restore.train import Counts, Settings, Tell, build
from textnorm.stream.blocks import read_blocks
from textnorm.stream.codec import Codec
from textnorm.stream.lines import decode
from textnorm.stream.readers import open_source


@dataclass(frozen=True, slots=True)
class Corpus:
    """A file with clean text, and where it comes from."""

    path: Path
    credit: str


def restorations(pack: Pack) -> list[Restore]:
    """The restoration files of a pack; PackError if it has none."""
    found = [item for stage in pack.stages for item in stage.items if isinstance(item, Restore)]
    if not found:
        raise PackError(f"pack {pack.name!r} restores no text", remedy="add a stage of kind restore to it")
    return found


def train_model(
    pack: Pack, corpora: Sequence[Corpus], settings: Settings, codec: Codec, tell: Tell
) -> tuple[str, Model]:
    """The name of the pack's model, without its folder, and the model, built from the corpora."""
    items = restorations(pack)
    counts = Counts(items[0].letters)
    normalizer = Normalizer.from_pack(pack)
    for corpus in corpora:
        tell(f"reading {corpus.path}")
        counts.add(clean_lines(corpus.path, codec, normalizer))
    if not counts.words:
        raise PackError("these corpora hold no word of the pack's letters", remedy="check `letters`")
    maps = script_maps(pack, tuple(item.source for item in items))
    facts = {"order": settings.order, "seed": settings.seed, "corpora": [c.path.name for c in corpora]}
    return items[0].model.rpartition("/")[2], build(counts, maps, settings, facts, tell)


def origins(corpora: Sequence[Corpus], pack: Pack, settings: Settings) -> str:
    """The table that says what a model was made from, when and how."""
    names = " ".join(corpus.path.name for corpus in corpora)
    options = f"--order {settings.order} --min-gram {settings.rarest_gram} --min-word {settings.rarest_word}"
    more = f"--min-pair {settings.rarest_pair} --seed {settings.seed}"
    head = (
        f"# What the model was trained on, {date.today().isoformat()}. It holds counts and weights, no text.",
        f"# textnorm train charlm --lang {pack.name} {options} {more} {names} -o data/{pack.name}",
        "corpus\tsha256\tsource",
    )
    rows = (
        f"{corpus.path.name}\t{sha256(corpus.path.read_bytes()).hexdigest()}\t{corpus.credit or 'not stated'}"
        for corpus in corpora
    )
    return "\n".join((*head, *rows)) + "\n"


def clean_lines(path: Path, codec: Codec, normalizer: Normalizer) -> Iterator[str]:
    """The lines of a file, with the default layers of the pack applied."""
    with open_source(str(path)) as source:
        for block in read_blocks(source, codec):
            decoded = decode(block)
            if decoded.error:
                raise decoded.error
            yield from normalizer(decoded.text).split("\n")
