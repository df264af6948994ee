"""`textnorm train`: models from text."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from .common import text_options


@click.group()
def train() -> None:
    """Build models from text."""


@train.command()
@click.argument("corpora", metavar="CORPUS...", nargs=-1, required=True, type=click.Path(exists=True))
@click.option("--lang", metavar="TAG", required=True, help="Language of the text: a pack.")
@click.option(
    "-o", "--output", metavar="DIR", required=True, type=click.Path(file_okay=False), help="Where it goes."
)
@click.option(
    "--credit",
    metavar="FILE=TEXT",
    multiple=True,
    help="Where a corpus comes from and its licence, for the table of origins.",
)
@click.option(
    "--order", metavar="N", type=click.IntRange(2, 8), default=6, show_default=True, help="Letters at a time."
)
@click.option("--min-gram", metavar="N", type=click.IntRange(1), default=2, show_default=True)
@click.option("--min-word", metavar="N", type=click.IntRange(1), default=1, show_default=True)
@click.option("--min-pair", metavar="N", type=click.IntRange(1), default=2, show_default=True)
@click.option("--seed", metavar="N", type=int, default=1, show_default=True, help="Same seed, same model.")
@click.option(
    "--rules", metavar="DIR", multiple=True, type=click.Path(exists=True), help="A folder of your own rules."
)
@text_options
def charlm(
    corpora: tuple[str, ...],
    lang: str,
    output: str,
    credit: tuple[str, ...],
    order: int,
    min_gram: int,
    min_word: int,
    min_pair: int,
    seed: int,
    rules: tuple[str, ...],
    encoding: str,
    errors: str,
) -> None:
    """Build the model that restoration needs from clean text of the language, one sentence a line.

    The text goes through the pack's own layers first. Long n-grams, words and pairs of words seen less
    often than --min-gram, --min-word and --min-pair are left out. Beside the model a table says what
    it was made from.
    """
    from textnorm.pack.load import load_pack
    from textnorm.restore.corpus import Corpus, origins, train_model
    from textnorm.restore.modelfile import write_model
    from textnorm.restore.train import Settings
    from textnorm.stream.codec import make_codec

    credits = dict(_credit(text) for text in credit)
    pack = load_pack(lang, rules=rules, tests=False)
    found = [Corpus(Path(path), credits.get(Path(path).name, "")) for path in corpora]
    settings = Settings(order, min_gram, min_word, min_pair, seed)
    name, model = train_model(pack, found, settings, make_codec(encoding, errors), _tell)
    folder = Path(output)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{name}.charlm"
    write_model(target, model)
    (folder / f"{name}-origins.tsv").write_text(origins(found, pack, settings), encoding="utf-8")
    _tell(f"{target}: {target.stat().st_size:,} bytes")


def _credit(text: str) -> tuple[str, str]:
    name, equals, what = text.partition("=")
    if not equals or not what:
        raise click.UsageError(f"--credit {text}: write it as FILE=TEXT")
    return name, what


def _tell(text: str) -> None:
    click.echo(f"textnorm: {text}", file=sys.stderr)
