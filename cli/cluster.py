"""`textnorm cluster`: groups the spelling variants among the words of a text or a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import click

from textnorm.errors import InputError

from .common import text_options

if TYPE_CHECKING:
    from textnorm.cluster.clusterer import Cluster
    from textnorm.cluster.contexts import Corpus


@click.command()
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path())
@click.option("--lang", metavar="TAG", required=True, help="Pack to use: a language tag.")
@click.option("--words", is_flag=True, help="Each line is a word, or a word, a tab and its count.")
@click.option(
    "--method",
    type=click.Choice(["edits", "key", "lex-var"]),
    default="edits",
    show_default=True,
    help="Learned edits between spellings, equal phonetic keys, or the published Lex-Var.",
)
@click.option("--key", metavar="NAME", default="", help="Phonetic key for key and lex-var; the pack's first.")
@click.option("--threshold", metavar="X", type=float, help="Log-odds for edits, similarity for lex-var.")
@click.option(
    "--weight",
    metavar="FEATURE=X",
    multiple=True,
    help="Weights for lex-var: key, string, previous, next, previous_key, next_key.",
)
@click.option(
    "--start",
    type=click.Choice(["key", "random", "single"]),
    default="key",
    show_default=True,
    help="First clusters of lex-var.",
)
@click.option(
    "--min-count", metavar="N", type=click.IntRange(min=1), default=1, help="Leave rarer words out."
)
@click.option("--rules", metavar="DIR", multiple=True, type=click.Path(exists=True), help="Your own rules.")
@click.option("-o", "--output", metavar="FILE", type=click.Path(), help="Write to this file.")
@text_options
def cluster(
    files: tuple[str, ...],
    lang: str,
    words: bool,
    method: str,
    key: str,
    threshold: float | None,
    weight: tuple[str, ...],
    start: str,
    min_count: int,
    rules: tuple[str, ...],
    output: str | None,
    encoding: str,
    errors: str,
) -> None:
    """Group spelling variants: prints word, number of its cluster, and canonical spelling.

    Reads running text, one sentence or message a line, or with --words a list of words. Clusters come
    in the order of their most frequent words; the canonical spelling is the most frequent one.
    """
    from textnorm.cluster.clusterer import load_clusterer
    from textnorm.cluster.contexts import read_corpus
    from textnorm.cluster.similarity import PUBLISHED, THRESHOLD
    from textnorm.stream.codec import make_codec
    from textnorm.stream.textlines import text_lines
    from textnorm.stream.writers import open_sink

    clusterer = load_clusterer(lang, rules=rules)
    lines = text_lines(files or ("-",), make_codec(encoding, errors))
    corpus = word_list(lines) if words else read_corpus(lines)
    corpus = _frequent(corpus, min_count)
    if method == "edits":
        found = clusterer.by_edits(corpus.counts, threshold)
    elif method == "key":
        found = clusterer.by_key(corpus.counts, key)
    else:
        bar = THRESHOLD if threshold is None else threshold
        chosen = _weights(weight) if weight else PUBLISHED
        found = clusterer.by_lex_var(corpus, key, weights=chosen, threshold=bar, start=start)
    with open_sink(output) as sink:
        for row in table(found):
            sink.write(row.encode("utf-8", "surrogatepass"))


def word_list(lines: Iterable[str]) -> Corpus:
    """Words and counts of a list; a word that comes again adds to its count."""
    from textnorm.cluster.contexts import Contexts, Corpus

    counts: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        word, _, count = line.partition("\t")
        if count and not count.isdecimal():
            raise InputError(
                f"line {number}: {count!r} is no count", remedy="write one word a line, or WORD, a tab, COUNT"
            )
        if word:
            counts[word] = counts.get(word, 0) + int(count or 1)
    return Corpus(counts, Contexts({}, {}, 5))


def table(clusters: Iterable[Cluster]) -> Iterator[str]:
    """The rows of the output, one stretch for each cluster."""
    for number, found in enumerate(clusters, 1):
        yield "".join(f"{word}\t{number}\t{found.canonical}\n" for word in found.words)


def _frequent(corpus: Corpus, least: int) -> Corpus:
    from textnorm.cluster.contexts import Corpus

    return Corpus({word: count for word, count in corpus.counts.items() if count >= least}, corpus.contexts)


def _weights(given: Iterable[str]) -> Mapping[str, float]:
    found = {}
    for text in given:
        name, _, value = text.partition("=")
        try:
            found[name.strip()] = float(value)
        except ValueError:
            raise click.UsageError(f"--weight {text}: write it as FEATURE=NUMBER") from None
    return found
