"""`textnorm train tagger`: an edit tagger from text, lists of words and the grammar of a pack."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .common import text_options

if TYPE_CHECKING:
    from textnorm.pack.model import Fallback
    from textnorm.stream.codec import Codec

_FILE = click.Path(exists=True, dir_okay=False)


@click.command()
@click.argument("corpora", metavar="CORPUS...", nargs=-1, required=True, type=_FILE)
@click.option(
    "--lang", metavar="TAG", required=True, help="Pack with a fallback stage: its `edits` are learned."
)
@click.option(
    "-o", "--output", metavar="DIR", required=True, type=click.Path(file_okay=False), help="Where it goes."
)
@click.option("--words", metavar="FILE", multiple=True, type=_FILE, help="Words of the language, one a line.")
@click.option("--known", metavar="FILE", multiple=True, type=_FILE, help="The same; the model lists them.")
@click.option(
    "--forms", metavar="TAG", help="The model lists all inflected forms that this pack's grammar has."
)
@click.option(
    "--governors", metavar="TABLE", multiple=True, help="Words of that pack that phrases are made with."
)
@click.option("--phrases", metavar="N", type=click.IntRange(0), default=200_000, show_default=True)
@click.option("--credit", metavar="FILE=TEXT", multiple=True, help="Where a file comes from and its licence.")
@click.option("--rounds", metavar="N", type=click.IntRange(1), default=2, show_default=True)
@click.option("--bits", metavar="N", type=click.IntRange(8, 28), default=24, show_default=True)
@click.option(
    "--weights",
    metavar="N",
    type=click.IntRange(1),
    default=1_500_000,
    show_default=True,
    help="Weights kept.",
)
@click.option(
    "--hold-back", metavar="N", type=click.IntRange(2), default=50, show_default=True,
    help="Every Nth line is kept for the threshold.",
)  # fmt: skip
@click.option("--seed", metavar="N", type=int, default=1, show_default=True, help="Same seed, same model.")
@click.option("--rules", metavar="DIR", multiple=True, type=click.Path(exists=True), help="Your own rules.")
@text_options
def tagger(**given: Any) -> None:
    """Train the model of a fallback stage on text written as it should be.

    Text is gone through in the order of the files, the kind that the model is for last; of a gold set
    (.tsv) the inputs and first outputs are read. What comes out is the model, a table of where it comes
    from, and the threshold to write into the pack.
    """
    from textnorm.errors import PackError
    from textnorm.pack.load import load_pack
    from textnorm.pack.model import Fallback
    from textnorm.stream.codec import make_codec

    pack = load_pack(given["lang"], rules=given["rules"], tests=False)
    items = [item for stage in pack.stages for item in stage.items if isinstance(item, Fallback)]
    if not items or not items[0].letters:
        raise PackError(
            f"pack {pack.name!r} has no fallback with `edits`", remedy="add a stage of that kind to it"
        )
    foreign = {row[0] for name in items[0].foreign for row in pack.lexicons[name].rows}
    _train(items[0], foreign, make_codec(given["encoding"], given["errors"]), given)


def _train(item: Fallback, foreign: set[str], codec: Codec, given: dict[str, Any]) -> None:
    from textnorm.tagger.calibrate import calibrate
    from textnorm.tagger.letters import Letters
    from textnorm.tagger.model import Tagger
    from textnorm.tagger.modelfile import write_model
    from textnorm.tagger.sources import Files, gather
    from textnorm.tagger.train import Settings, train

    letters = Letters(item.letters)
    files = Files(
        given["corpora"],
        given["words"],
        given["known"],
        given["forms"] or "",
        given["governors"],
        given["phrases"],
    )
    sources, held = gather(files, letters, foreign, codec, given["hold_back"], given["seed"])
    settings = Settings(given["rounds"], given["bits"], given["weights"], seed=given["seed"])
    model = train(sources, letters, settings, {}, _tracked, _tell)
    folder, name = Path(given["output"]), item.model.rpartition("/")[2]
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{name}.tagger"
    write_model(target, model)
    (folder / f"{name}-origins.tsv").write_text(_origins(given), encoding="utf-8")
    _tell(f"{target}: {target.stat().st_size:,} bytes, {len(model.words):,} words listed")
    _tell(str(calibrate(Tagger(name, model), held, letters)))


def _origins(given: dict[str, Any]) -> str:
    """The table that says what a model was made from, when and how."""
    from datetime import date
    from hashlib import sha256

    from .train import parse_credit  # which imports this module

    credits = dict(parse_credit(text) for text in given["credit"])
    options = [
        f"--{key} {given[key]}" for key in ("lang", "forms", "phrases", "rounds", "bits", "weights", "seed")
    ]
    options += [
        f"--hold-back {given['hold_back']}",
        *(f"--governors {table}" for table in given["governors"]),
    ]
    for key in ("words", "known"):
        options += [f"--{key} {Path(path).name}" for path in given[key]]
    names = [Path(path) for path in (*given["corpora"], *given["words"], *given["known"])]
    command = " ".join([*options, *(Path(path).name for path in given["corpora"])])
    head = (
        f"# What the model was trained on, {date.today().isoformat()}. It holds words and weights, no text.",
        f"# textnorm train tagger {command} -o {Path(given['output']).name}",
        "corpus\tsha256\tsource",
    )
    rows = (
        f"{path.name}\t{sha256(path.read_bytes()).hexdigest()}\t{credits.get(path.name, 'not stated')}"
        for path in dict.fromkeys(names)
    )
    return "\n".join((*head, *rows)) + "\n"


def _tracked(parts: Iterable[Any], count: int, name: str) -> Iterable[Any]:
    """The parts, with a progress bar on a terminal."""
    if not sys.stderr.isatty():
        yield from parts
        return
    with click.progressbar(parts, length=count, label=name, file=sys.stderr) as bar:
        yield from bar


def _tell(text: str) -> None:
    click.echo(f"textnorm: {text}", file=sys.stderr)
