"""`textnorm train tagger`: an edit tagger from text, lists of words and the grammar of a pack."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .common import text_options

if TYPE_CHECKING:
    from textnorm.pack.model import Fallback, Pack, Restore
    from textnorm.stream.codec import Codec
    from textnorm.tagger.train import Settings

_FILE = click.Path(exists=True, dir_okay=False)


@click.command()
@click.argument("corpora", metavar="CORPUS...", nargs=-1, required=True, type=_FILE)
@click.option(
    "--lang",
    metavar="TAG",
    required=True,
    help="Pack with a fallback stage or a restoration: its edits are learned.",
)
@click.option(
    "-o", "--output", metavar="DIR", required=True, type=click.Path(file_okay=False), help="Where it goes."
)
@click.option("--words", metavar="FILE", multiple=True, type=_FILE, help="Words of the language, one a line.")
@click.option(
    "--dictionary", metavar="FILE", type=_FILE,
    help="Hunspell dictionary (.dic, its .aff beside it), with the affixes that the texts show.",
)  # fmt: skip
@click.option("--dictionary-words", metavar="N", type=click.IntRange(1), default=550_000, show_default=True)
@click.option("--known", metavar="FILE", multiple=True, type=_FILE, help="The same; the model lists them.")
@click.option(
    "--forms", metavar="TAG", help="The model lists all inflected forms that this pack's grammar has."
)
@click.option(
    "--governors", metavar="TABLE", multiple=True, help="Words of that pack that phrases are made with."
)
@click.option(
    "--determiners",
    metavar="TABLE",
    multiple=True,
    help="Lemmas of that pack that agree with nouns in phrases.",
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
    help="Every Nth line is kept for the threshold, or to measure with.",
)  # fmt: skip
@click.option("--seed", metavar="N", type=int, default=1, show_default=True, help="Same seed, same model.")
@click.option("--rules", metavar="DIR", multiple=True, type=click.Path(exists=True), help="Your own rules.")
@text_options
def tagger(**given: Any) -> None:
    """Train the tagger of a fallback stage, or of a restoration, on text written as it should be.

    Text is gone through in the order of the files, the kind that the model is for last; of a gold set
    (.tsv) the inputs and first outputs are read. What comes out is the model, a table of where it comes
    from, and the threshold to write into the pack. For a restoration the text is typed anew in each round
    as its script map says, and instead of a threshold comes the share of words that it restores.
    """
    from textnorm.errors import PackError
    from textnorm.pack.load import load_pack
    from textnorm.pack.model import Fallback, Restore
    from textnorm.stream.codec import make_codec

    pack = load_pack(given["lang"], rules=given["rules"], tests=False)
    codec = make_codec(given["encoding"], given["errors"])
    items = [item for stage in pack.stages for item in stage.items]
    asked = [item for item in items if isinstance(item, Fallback) and item.letters]
    restored = [item for item in items if isinstance(item, Restore) and item.tagger]
    if asked:
        foreign = {row[0] for name in asked[0].foreign for row in pack.lexicons[name].rows}
        _train(asked[0], foreign, codec, given)
    elif restored:
        _train_reader(pack, restored[0], codec, given)
    else:
        raise PackError(
            f"pack {pack.name!r} has no fallback with `edits`, and no restoration with a `tagger`",
            remedy="add a stage of one of these kinds to it",
        )


def _train(item: Fallback, foreign: set[str], codec: Codec, given: dict[str, Any]) -> None:
    from textnorm.tagger.calibrate import calibrate
    from textnorm.tagger.letters import Letters
    from textnorm.tagger.model import Tagger
    from textnorm.tagger.modelfile import write_model
    from textnorm.tagger.sources import Files, gather
    from textnorm.tagger.train import train

    letters = Letters(item.letters)
    files = Files(
        given["corpora"],
        given["words"],
        given["dictionary"] or "",
        given["dictionary_words"],
        given["known"],
        given["forms"] or "",
        given["governors"],
        given["determiners"],
        given["phrases"],
    )
    sources, held = gather(files, letters, foreign, codec, given["hold_back"], given["seed"])
    model = train(sources, letters, _settings(given), {}, _tracked, _tell)
    target = _written(item.model, given, lambda path: write_model(path, model))
    _tell(f"{target}: {target.stat().st_size:,} bytes, {len(model.words):,} words listed")
    _tell(str(calibrate(Tagger(target.stem, model), held, letters)))


def _train_reader(pack: Pack, item: Restore, codec: Codec, given: dict[str, Any]) -> None:
    from textnorm.normalizer import Normalizer
    from textnorm.restore.corpus import clean_lines
    from textnorm.restore.load import script_maps
    from textnorm.restore.tagging.measure import measure
    from textnorm.restore.tagging.model import write_restorer
    from textnorm.restore.tagging.train import train_restorer

    normalizer = Normalizer.from_pack(pack)
    lines = [line for path in given["corpora"] for line in clean_lines(Path(path), codec, normalizer)]
    lines = list(dict.fromkeys(line for line in lines if line.strip()))
    lists = [*given["words"], *given["known"]]
    words = [line for path in lists for line in clean_lines(Path(path), codec, normalizer)]
    every = given["hold_back"]
    held = lines[every - 1 :: every]
    del lines[every - 1 :: every]
    script_map = script_maps(pack, (item.source,))[item.source]
    model = train_restorer(lines, words, item, script_map, _settings(given), _tracked, _tell)
    target = _written(item.tagger, given, lambda path: write_restorer(path, model))
    _tell(f"{target}: {target.stat().st_size:,} bytes, {len(model.words):,} words listed")
    _tell(measure(model, item, script_map, held, given["seed"]))


def _settings(given: dict[str, Any]) -> Settings:
    from textnorm.tagger.train import Settings

    return Settings(given["rounds"], given["bits"], given["weights"], seed=given["seed"])


def _written(name: str, given: dict[str, Any], write: Callable[[Path], None]) -> Path:
    """The file of the model of this name, written, with the table of its origins beside it."""
    folder, stem = Path(given["output"]), name.rpartition("/")[2]
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{stem}.tagger"
    write(target)
    (folder / f"{stem}-origins.tsv").write_text(_origins(given), encoding="utf-8")
    return target


def _origins(given: dict[str, Any]) -> str:
    """The table that says what a model was made from, when and how."""
    from datetime import date
    from hashlib import sha256

    from .train import parse_credit  # which imports this module

    credits = dict(parse_credit(text) for text in given["credit"])
    keys = ("lang", *(("forms", "phrases") if given["forms"] else ()), "rounds", "bits", "weights", "seed")
    options = [f"--{key} {given[key]}" for key in keys]
    options += [
        f"--hold-back {given['hold_back']}",
        *(f"--{key} {table}" for key in ("governors", "determiners") for table in given[key]),
        *(f"--{key} {Path(path).name}" for key in ("words", "known") for path in given[key]),
    ]
    names = [Path(path) for path in (*given["corpora"], *given["words"], *given["known"])]
    if given["dictionary"]:
        names.append(Path(given["dictionary"]))
        options.append(f"--dictionary {names[-1].name} --dictionary-words {given['dictionary_words']}")
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
