"""`textnorm learn`: a pack from pairs of texts and their normal forms."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from textnorm.errors import InputError, TextnormError

from .common import text_options

if TYPE_CHECKING:
    from textnorm.evaluate.aligned import Aligned

_SHOWN = 10  # bad lines that are shown one by one


@click.command()
@click.argument("pairs", metavar="PAIRS...", nargs=-1, required=True)
@click.option(
    "-o", "--output", metavar="PACK", required=True, type=click.Path(), help="Folder of the new pack."
)
@click.option("--name", metavar="TAG", help="Name of the pack; that of the folder if not given.")
@click.option(
    "--format",
    "kind",
    type=click.Choice(["norm", "tsv", "jsonl"]),
    help="Format of the pairs, where their suffix does not tell.",
)
@click.option(
    "--words",
    metavar="FILE",
    multiple=True,
    help="Known words: a file with a word on each line, and its count after a tab if you like; or"
    " wordfreq:TAG, the 60,000 most frequent words of a language, with that package installed.",
)
@click.option(
    "--folds",
    metavar="N",
    type=click.IntRange(2, 20),
    default=4,
    show_default=True,
    help="Of cross-validation.",
)
@click.option(
    "--max-needless",
    metavar="PERCENT",
    type=click.FloatRange(0, 100),
    default=1.0,
    show_default=True,
    help="Share of normal tokens that the pack may change; parts are left out until it is met.",
)
@click.option("--force", is_flag=True, help="Write into a folder that is not empty.")
@text_options
def learn(
    pairs: tuple[str, ...],
    output: str,
    name: str | None,
    kind: str | None,
    words: tuple[str, ...],
    folds: int,
    max_needless: float,
    force: bool,
    encoding: str,
    errors: str,
) -> None:
    """Learn a pack from aligned pairs: tables of words, rewrites of new words, capitals.

    PAIRS are .norm files (a token, a tab and its normal form on each line, an empty line after each
    sentence), .tsv files (a text, a tab and the normal text on each line, with as many tokens) or .jsonl
    files (objects with raw and normal); they may be compressed.

    Prints what each part of the pack does to pairs that were held back; parts that do more harm than good
    are left out.
    """
    from textnorm.evaluate.aligned import read_aligned
    from textnorm.learn.examples import exemplified
    from textnorm.learn.learner import Settings
    from textnorm.learn.learner import learn as learn_pack
    from textnorm.learn.report import report_table, report_text
    from textnorm.learn.words import read_words
    from textnorm.learn.writer import pack_name, write_pack
    from textnorm.stream.codec import make_codec

    folder = Path(output)
    _check_folder(folder, force)
    codec = make_codec(encoding, errors)
    found = read_aligned(pairs, kind, codec)
    _tell_faults(found)
    listed = read_words(words, codec)
    called = pack_name(name or folder.resolve().name)
    settings = Settings(folds, needless=max_needless / 100)
    learned, report = learn_pack(found.sentences, listed.words, settings, _progress)
    learned = exemplified(learned)
    files = ", ".join(Path(path).name for path in pairs)
    doc = f"Learned from {report.pairs:,} pairs of {files} by textnorm learn.{listed.credit}"
    write_pack(learned, folder, called, doc, found.sentences, report_table(report))
    click.echo(report_text(report, learned))
    click.echo(f"\n{folder}: normalize with --lang {called} --rules {folder}")


def _check_folder(folder: Path, force: bool) -> None:
    if folder.exists() and not folder.is_dir():
        raise click.UsageError(f"-o {folder}: this is a file; name a folder")
    if folder.is_dir() and any(folder.iterdir()) and not force:
        raise click.UsageError(f"-o {folder}: this folder is not empty; name a new one, or give --force")


def _tell_faults(found: Aligned) -> None:
    """Name lines that are no pairs; an error if nothing else was there."""
    _tell_errors(found.faults[:_SHOWN])
    if len(found.faults) > _SHOWN:
        _tell(f"… and {len(found.faults) - _SHOWN:,} more lines that are no pairs")
    if not found.sentences:
        raise InputError(
            "there are no pairs in these files", remedy="see `textnorm learn --help` for formats"
        )


def _tell_errors(errors: Sequence[TextnormError]) -> None:
    for error in errors:
        _tell(f"left out: {error}")


def _progress(text: str) -> None:
    """Say what is being done, where somebody is watching."""
    if sys.stderr.isatty():
        _tell(text)


def _tell(text: str) -> None:
    click.echo(f"textnorm: {text}", file=sys.stderr)
