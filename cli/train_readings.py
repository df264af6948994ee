"""`textnorm train readings`: a table of weights for choosing among uncertain readings, from a gold set."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from textnorm.readings.train import Settings, Validation


@click.command()
@click.argument(
    "gold", metavar="GOLD.tsv...", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False)
)
@click.option("--lang", metavar="TAG", required=True, help="The pack whose readings are chosen among.")
@click.option("-o", "--output", metavar="FILE", required=True, type=click.Path(dir_okay=False), help="Table.")
@click.option("--rounds", metavar="N", type=click.IntRange(1), default=4, show_default=True)
@click.option(
    "--folds", metavar="N", type=click.IntRange(2), default=5, show_default=True, help="For cross-validation."
)
@click.option("--seed", metavar="N", type=int, default=1, show_default=True, help="Same seed, same model.")
@click.option("--rules", metavar="DIR", multiple=True, type=click.Path(exists=True), help="Your own rules.")
def readings(**given: Any) -> None:
    """Train a model that chooses among uncertain readings, for the stage `readings` of a pack.

    It learns from the sentences of gold sets in which the rules leave something uncertain. Cross-validation
    tells how many held-out sentences the model would fix and break at each margin, and whether that is
    better than the order of the rules at all. What comes out is the table, and the margin to write into
    the pack: `off` if the model is no better.
    """
    from textnorm.errors import InputError
    from textnorm.evaluate.gold import read_gold
    from textnorm.normalizer import Normalizer
    from textnorm.readings.examples import examples
    from textnorm.readings.train import Settings, train, validate
    from textnorm.selection import Spec

    def make(layers: tuple[str, ...]) -> Normalizer:
        added = tuple(f"+{layer}" for layer in layers) or None
        return Normalizer(Spec(given["lang"], rules=tuple(given["rules"]), layers=added))

    settings = Settings(given["rounds"], given["folds"], seed=given["seed"])
    found = list(examples(read_gold(given["gold"]), make))
    if len(found) < settings.folds:
        raise InputError(
            f"{len(found)} of these sentences are uncertain", remedy=f"{settings.folds} are needed at least"
        )
    validation = validate(found, settings)
    _write(Path(given["output"]), train(found, settings), given, settings)
    _tell(validation)


def _write(path: Path, weights: Any, given: dict[str, Any], settings: Settings) -> None:
    """Write the table, with what it was made from in its first lines."""
    from hashlib import sha256

    from textnorm.readings.linear import COLUMNS, table_rows

    options = (
        f"--lang {given['lang']} --rounds {settings.rounds} --folds {settings.folds} --seed {settings.seed}"
    )
    sources = [Path(name) for name in given["gold"]]
    lines = [
        "# Weights for choosing among readings, learned by",
        f"# textnorm train readings {options} {' '.join(source.name for source in sources)}",
        *(f"# {source.name}: sha256 {sha256(source.read_bytes()).hexdigest()}" for source in sources),
        "\t".join((*COLUMNS, "source")),
        *table_rows(weights),
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    click.echo(f"textnorm: {path}: {path.stat().st_size:,} bytes", err=True)


def _tell(validation: Validation) -> None:
    """Print what cross-validation says."""
    click.echo(
        f"{validation.sentences} sentences with uncertain readings: {validation.right} right as written,"
        f" {validation.reachable} within reach"
    )
    for result in validation.results:
        click.echo(f"margin {result.margin:.1f}: {result.fixed} fixed, {result.broken} broken")
    best = validation.best
    click.echo(f"margin: {'off' if best is None else f'{best.margin:.1f}'}")
