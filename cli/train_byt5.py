"""`textnorm train byt5`: a byte-level model from pairs and plain text."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from textnorm.neural.check import Check
    from textnorm.neural.noise import Sentence
    from textnorm.neural.recipe import Material

_SHOWN_EVERY = 20  # steps
_RATE, _RATE_ON = 3e-3, 3e-4  # at the first a model that is trained already would forget


@click.command()
@click.argument("pairs", metavar="PAIRS...", nargs=-1, required=True, type=click.Path(exists=True))
@click.option(
    "-o", "--output", metavar="DIR", required=True, type=click.Path(file_okay=False), help="Where it goes."
)
@click.option(
    "--text",
    metavar="FILE",
    multiple=True,
    type=click.Path(exists=True),
    help="Clean text, a sentence a line, to be respelled as the pairs are and trained on first.",
)
@click.option(
    "--from",
    "start",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False),
    help="Model to go on from.",
)
@click.option(
    "--size",
    type=click.Choice(["tiny", "small"]),
    default="tiny",
    show_default=True,
    help="Of a model that starts from nothing: half a million parameters, or five.",
)
@click.option("--synthetic", metavar="STEPS", type=click.IntRange(0), default=2000, show_default=True)
@click.option("--steps", metavar="STEPS", type=click.IntRange(0), default=1000, show_default=True)
@click.option(
    "--batch", metavar="N", type=click.IntRange(1), default=128, show_default=True, help="Words a step."
)
@click.option(
    "--rate",
    metavar="X",
    type=click.FloatRange(0, 1, min_open=True),
    help="Highest learning rate.  [default: 0.003; with --from 0.0003]",
)
@click.option("--strength", metavar="X", type=click.FloatRange(0.1, 3), default=1.0, show_default=True)
@click.option(
    "--context",
    metavar="WORDS",
    type=click.IntRange(0),
    help="Words it sees on either side; all if not given.",
)
@click.option("--lower", is_flag=True, help="Train on lower case.")
@click.option(
    "--teacher",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False),
    help="Model to learn from as well.",
)
@click.option(
    "--unlabelled",
    metavar="FILE",
    multiple=True,
    type=click.Path(exists=True),
    help="Text as people type it, a sentence a line, for the teacher to normalize.",
)
@click.option("--credit", metavar="TEXT", multiple=True, help="Where the data come from, and their licence.")
@click.option("--seed", metavar="N", type=int, default=1, show_default=True, help="Same seed, same examples.")
@click.option(
    "--seconds", metavar="N", type=click.FloatRange(1), help="End after this time, with what there is."
)
@click.option("--save-every", metavar="STEPS", type=click.IntRange(1), default=500, show_default=True)
@click.option("--resume", is_flag=True, help="Go on from the checkpoint in DIR, with the same options.")
@click.option("--int8", is_flag=True, help="Also write DIR/int8, which needs no PyTorch to run.")
def byt5(
    pairs: tuple[str, ...],
    output: str,
    text: tuple[str, ...],
    start: str | None,
    size: str,
    synthetic: int,
    steps: int,
    batch: int,
    rate: float | None,
    strength: float,
    context: int | None,
    lower: bool,
    teacher: str | None,
    unlabelled: tuple[str, ...],
    credit: tuple[str, ...],
    seed: int,
    seconds: float | None,
    save_every: int,
    resume: bool,
    int8: bool,
) -> None:
    """Train a byte-level model to write what was meant, from PAIRS of what was typed and what was meant.

    With --text it is first trained on clean text, respelled as the PAIRS are. One sentence in 33 is kept
    back, to see how good the model is and from which probability it can be trusted. A model in DIR is
    used by `fallback:` in a pack. Training that was cut off goes on with --resume.
    """
    from textnorm.neural.recipe import Recipe, make
    from textnorm.neural.settings import Settings
    from textnorm.neural.train import Plan

    if bool(teacher) != bool(unlabelled):
        raise click.UsageError("--teacher and --unlabelled go together")
    rate = rate or (_RATE_ON if start else _RATE)
    plan = Plan(synthetic if text else 0, steps, batch, rate, seed, save_every, seconds)
    recipe = Recipe(plan, Settings(context, lower), Path(start) if start else None, size, strength)
    material = _material(pairs, text, teacher, unlabelled, credit)
    with training_bar(plan.synthetic + plan.steps) as tell:
        result = make(material, recipe, Path(output), resume, tell)
    _report(output, result)
    if int8:
        from textnorm.neural.ct2 import export

        export(Path(output), Path(output) / "int8")


def _material(
    pairs: Sequence[str],
    text: Sequence[str],
    teacher: str | None,
    unlabelled: Sequence[str],
    credit: Sequence[str],
) -> Material:
    from textnorm.evaluate.aligned import read_aligned
    from textnorm.neural.answers import ByteModel
    from textnorm.neural.locate import locate
    from textnorm.neural.recipe import Material, label, read_sentences

    aligned = read_aligned(pairs)
    if aligned.faults:
        raise aligned.faults[0]
    taught: list[Sentence] = []
    if teacher:
        folder, settings = locate(teacher)
        model = ByteModel(teacher, folder, settings)
        taught = list(label(model, read_sentences(unlabelled), settings.threshold))
    names = [Path(name).name for name in (*pairs, *text)]
    names += [f"{Path(name).name}, as normalized by {teacher}" for name in unlabelled]
    return Material(aligned.sentences, read_sentences(text), [*names, *credit], taught)


@contextmanager
def training_bar(total: int) -> Iterator[Callable[[int, float], None]]:
    """Something to tell the steps to: a bar on a terminal, a line now and then elsewhere."""
    if not sys.stderr.isatty():
        every = max(1, total // 10)
        yield (
            lambda done, loss: (
                click.echo(f"step {done:,} of {total:,}: loss {loss:.3f}", err=True)
                if (done % every == 0)
                else None
            )
        )
        return
    with click.progressbar(length=total, label="Training", file=sys.stderr) as bar:
        yield lambda done, loss: bar.update(done - bar.pos) if done % _SHOWN_EVERY == 0 else None


def _report(output: str, result: Check) -> None:
    from textnorm.neural.check import ENOUGH

    click.echo(
        f"textnorm: {output}: of {result.tokens:,} held-back words {result.changed:,} were to be changed; "
        f"{result.right:,} were changed rightly and {result.harmful:,} needlessly",
        err=True,
    )
    if result.threshold is None:
        why = (
            "no threshold makes it help"
            if result.changed >= ENOUGH
            else f"fewer than {ENOUGH} to be changed are too few to find a threshold"
        )
        click.echo(f"textnorm: {why}: the model is off until you set one", err=True)
