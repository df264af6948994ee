"""`textnorm train`: models from text."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .common import text_options
from .train_byt5 import byt5
from .train_readings import readings
from .train_reranker import reranker
from .train_tagger import tagger

if TYPE_CHECKING:
    from textnorm.detect.train import Counts
    from textnorm.stream.codec import Codec


@click.group()
def train() -> None:
    """Build models from text."""


train.add_command(byt5)
train.add_command(tagger)
train.add_command(reranker)
train.add_command(readings)


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

    credits = dict(parse_credit(text) for text in credit)
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


def parse_credit(text: str) -> tuple[str, str]:
    """The file name and the credit of a `--credit FILE=TEXT`."""
    name, equals, what = text.partition("=")
    if not equals or not what:
        raise click.UsageError(f"--credit {text}: write it as FILE=TEXT")
    return name, what


def _tell(text: str) -> None:
    click.echo(f"textnorm: {text}", file=sys.stderr)


_PAIRS = click.argument(
    "pairs", metavar="PAIRS.tsv...", nargs=-1, required=True, type=click.Path(exists=True)
)
_OUTPUT = click.option("-o", "--output", metavar="FILE", type=click.Path(), help="Write to this file.")


@train.command()
@_PAIRS
@click.option("--lang", metavar="TAG", required=True, help="Pack whose blocks are used, such as ur-Latn.")
@click.option("--source", metavar="NAME", default="own", show_default=True, help="What the table names.")
@_OUTPUT
def edits(pairs: tuple[str, ...], lang: str, source: str, output: str | None) -> None:
    """Learn how spellings of one word differ, for textnorm cluster.

    PAIRS.tsv has lines of a word, a tab, a spelling of it, a tab and how often it was seen. Prints a
    table of edits and their weights.
    """
    from textnorm.cluster.clusterer import load_clusterer
    from textnorm.cluster.learn import learn_edits
    from textnorm.translit.pairs import read_pairs, spellings

    clusterer = load_clusterer(lang)
    words = spellings(read_pairs(pairs))
    weights, seen = learn_edits(words, clusterer.variants().blocks, clusterer.vowels(), (1, 0.2, 0.2, 0.2))
    named = sorted(weights, key=lambda name: (name[0] != "(", -seen.get(name, 0), name))
    rows = [f"{name}\t{weights[name]:.2f}\t{seen.get(name, 0)}\t{source}" for name in named]
    _write("\n".join(["edit\tweight\tcount\tsource", *rows]) + "\n", output)


@train.command()
@_PAIRS
@click.option("--columns", metavar="NAMES", default="word,spelling", show_default=True, help="Their names.")
@click.option("--unit", "units", metavar="LETTERS", multiple=True, help="Letters of words that are one unit.")
@click.option("--source", metavar="NAME", default="own", show_default=True, help="What the table names.")
@_OUTPUT
def correspondences(
    pairs: tuple[str, ...], columns: str, units: tuple[str, ...], source: str, output: str | None
) -> None:
    """Learn which letters correspond in pairs of words, for transliteration.

    PAIRS.tsv has lines of a word, a tab, the word in the other script, a tab and how often it was
    seen. Prints a table of correspondences with their expected counts.
    """
    from textnorm.cluster.edits import splitter
    from textnorm.translit.align import Pair, learn_steps
    from textnorm.translit.correspond import NOTHING
    from textnorm.translit.pairs import frequent, read_pairs

    first, comma, second = columns.partition(",")
    if not comma:
        raise click.UsageError(f"--columns {columns}: write two names, such as urdu,latin")
    cut = splitter(units)
    found = frequent(learn_steps([Pair(cut(one), other, times) for one, other, times in read_pairs(pairs)]))
    rows = [
        f"{step.unit}\t{step.stretch or NOTHING}\t{step.place}\t{count:.1f}\t{source}"
        for step, count in sorted(found.items(), key=lambda item: (item[0].unit, -item[1], item[0]))
    ]
    _write("\n".join([f"{first}\t{second}\tplace\tcount\tsource", *rows]) + "\n", output)


train.add_command(byt5)
train.add_command(reranker)


@train.command()
@click.argument("corpora", metavar="[CORPUS]...", nargs=-1, type=click.Path(exists=True))
@click.option("--lang", metavar="TAG", required=True, help="Language of the text: a pack.")
@click.option("--from", "source", metavar="TAG", default="", help="Respell the text in this script first.")
@click.option("--letters", default="", help="Letters that the language has, however rare in the text.")
@click.option(
    "--words", metavar="TABLE", type=click.Path(exists=True), help="Words with counts to add (TSV)."
)
@click.option(
    "--credit", metavar="TEXT", default="not stated", help="Origin and licence, for the first lines."
)
@click.option("--grams", metavar="N", type=click.IntRange(1), default=5000, show_default=True)
@click.option("--common", metavar="N", type=click.IntRange(0), default=2000, show_default=True, help="Words.")
@click.option("--hold-back", metavar="N", type=click.IntRange(0), default=0, help="Leave out every Nth line.")
@_OUTPUT
@text_options
def profile(
    corpora: tuple[str, ...],
    lang: str,
    source: str,
    letters: str,
    words: str | None,
    credit: str,
    grams: int,
    common: int,
    hold_back: int,
    output: str | None,
    encoding: str,
    errors: str,
) -> None:
    """Learn what a language looks like, for textnorm detect.

    Prints a table of letters, words and n-grams of letters with their counts. With --from the text is
    respelled first, which gives the profile of the language in another one's letters.
    """
    from textnorm.detect.train import learn, profile_table
    from textnorm.stream.codec import make_codec

    lines = _clean_lines(corpora, make_codec(encoding, errors), hold_back)
    counts = _profile_counts(lines, lang, source, words)
    counts.have(letters)
    made = learn(counts, lang, source or lang, grams, common)
    named = " ".join(Path(path).name for path in corpora)
    options = "".join(
        f" {option} {value}" for option, value in (("--from", source), ("--hold-back", hold_back)) if value
    )
    comments = [
        f"Counts learned from text by textnorm train profile --lang {lang}{options} {named}".rstrip(),
        f"Origin: {credit}",
    ]
    _write(profile_table(made, "corpus" if corpora else "own", comments), output)


def _clean_lines(corpora: tuple[str, ...], codec: Codec, hold_back: int) -> list[str]:
    """The lines of the corpora, less every `hold_back`-th."""
    from textnorm.stream.blocks import read_blocks
    from textnorm.stream.lines import decode
    from textnorm.stream.readers import open_source

    lines: list[str] = []
    for path in corpora:
        with open_source(path) as stream:
            for block in read_blocks(stream, codec):
                decoded = decode(block)
                if decoded.error:
                    raise decoded.error
                lines += decoded.text.rstrip("\n").split("\n")
    return [line for number, line in enumerate(lines, 1) if not hold_back or number % hold_back]


def _profile_counts(lines: list[str], lang: str, source: str, words: str | None) -> Counts:
    """The counts of the lines, respelled if there is a source, and of the words listed by hand."""
    from textnorm.detect.train import count_lines
    from textnorm.pack.load import load_pack
    from textnorm.pack.tables import read_table
    from textnorm.restore.load import script_maps
    from textnorm.restore.noise import Noise

    listed = read_table(Path(words), "words").rows if words else ()
    text = "\n".join([*lines, *(row[0] for row in listed for _ in range(int(row[1])))])
    if source:
        text = Noise(script_maps(load_pack(lang, tests=False), (source,))[source], 100, 1, False)(text)
    return count_lines(text.split("\n"))


def _write(text: str, output: str | None) -> None:
    from textnorm.stream.writers import open_sink

    with open_sink(output) as sink:
        sink.write(text.encode())
