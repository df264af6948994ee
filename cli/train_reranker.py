"""`textnorm train reranker`: an encoder that tells the candidates of an index apart."""

from __future__ import annotations

from pathlib import Path

import click

from .train_byt5 import training_bar


@click.command()
@click.argument("pairs", metavar="PAIRS.tsv...", nargs=-1, required=True, type=click.Path(exists=True))
@click.option("--index", metavar="IDX", required=True, help="Folder of an index, or a pack with concepts.")
@click.option(
    "-o", "--output", metavar="DIR", required=True, type=click.Path(file_okay=False), help="Where it goes."
)
@click.option(
    "--from",
    "start",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False),
    help="Sentence encoder to start from; a small one that reads bytes if not given.",
)
@click.option("--steps", metavar="N", type=click.IntRange(1), default=1000, show_default=True)
@click.option("--batch", metavar="N", type=click.IntRange(2), default=64, show_default=True)
@click.option("--rate", metavar="X", type=click.FloatRange(0, 1), default=1e-3, show_default=True)
@click.option("--seed", metavar="N", type=int, default=1, show_default=True, help="Same seed, same examples.")
def reranker(
    pairs: tuple[str, ...],
    index: str,
    output: str,
    start: str | None,
    steps: int,
    batch: int,
    rate: float,
    seed: int,
) -> None:
    """Train an encoder to put the candidates of an index in order, for textnorm link --encoder.

    PAIRS.tsv has lines of a string, a tab and the id of its concept, as for --aliases. One pair in five
    is kept back to weigh the encoder against the lexical score, and to say what it brings.
    """
    from textnorm.link.keys import keys_of
    from textnorm.link.linker import load_linker
    from textnorm.link.useraliases import user_aliases
    from textnorm.neural.train_reranker import Course, train_reranker

    linker = load_linker(index)
    known = user_aliases(linker.index, keys_of(linker.index.manifest), pairs)
    course = Course(Path(start) if start else None, steps, batch, rate, seed)
    with training_bar(steps) as tell:
        gain = train_reranker(linker, list(known.seen), Path(output), course, tell)
    if known.unknown:
        click.echo(
            f"textnorm: {len(known.unknown)} ids are not in the index, such as {next(iter(known.unknown))}",
            err=True,
        )
    click.echo(
        f"textnorm: {output}: of {gain.strings:,} held-back strings {gain.before:,} are linked rightly "
        f"without the encoder and {gain.after:,} with it",
        err=True,
    )
