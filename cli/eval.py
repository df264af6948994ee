"""`textnorm eval`: how often a pack is right on gold sentences, and where it goes wrong."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from textnorm.errors import InputError

from .common import PackChoice, inverse_option, pack_options

if TYPE_CHECKING:
    from textnorm.evaluate.gold import Sentence
    from textnorm.evaluate.metrics import Evaluation, Explain


@click.command("eval")
@click.argument("gold", metavar="GOLD.tsv...", nargs=-1, required=True, type=click.Path(dir_okay=False))
@pack_options
@inverse_option
@click.option("--class", "classes", metavar="CLASS", multiple=True, help="Only sentences of this class.")
@click.option(
    "--class-layers",
    metavar="CLASS=LAYERS",
    multiple=True,
    help="Layers to switch on for the sentences of a class (a,b); overrules the gold file.",
)
@click.option("--ignore-case", is_flag=True, help="Count outputs that differ only in case as right.")
@click.option(
    "--errors",
    metavar="N",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    help="Worst sentences shown.",
)
@click.option(
    "--html", metavar="FILE", type=click.Path(dir_okay=False), help="Write the report as a web page."
)
@click.option(
    "--json",
    "json_file",
    metavar="FILE",
    type=click.Path(dir_okay=False, allow_dash=True),
    help="Write the report as JSON; - prints it instead of the text.",
)
@click.option(
    "--fail-under",
    metavar="PERCENT",
    type=click.FloatRange(0, 100),
    help="Exit with 1 when the total accuracy is lower.",
)
def eval_(
    gold: tuple[str, ...],
    pack: PackChoice,
    classes: tuple[str, ...],
    class_layers: tuple[str, ...],
    ignore_case: bool,
    errors: int,
    html: str | None,
    json_file: str | None,
    fail_under: float | None,
) -> None:
    """Score a pack against gold sentences: accuracy per class, confusions, the rules involved.

    A gold file has four columns separated by tabs: id, class, input, and the accepted outputs with
    " || " between them. A comment line "# layers: CLASS=+layer" switches layers on for a class.
    """
    from textnorm.evaluate.gold import parse_layers, read_gold
    from textnorm.evaluate.metrics import evaluate

    sentences = _of_classes(read_gold(gold, parse_layers(" ".join(class_layers))), classes)
    signatures: dict[tuple[str, ...], str] = {}

    def explainer(layers: tuple[str, ...]) -> Explain:
        normalizer = _with_layers(pack, layers).load()
        signatures[layers] = normalizer.signature
        return normalizer.explain

    evaluation = evaluate(sentences, explainer, ignore_case=ignore_case)
    _write(evaluation, signatures, pack.lang, gold, errors, html, json_file)
    accuracy = 100 * (evaluation.total.accuracy or 0.0)
    if fail_under is not None and accuracy < fail_under:
        click.echo(f"textnorm: total accuracy {accuracy:.2f}% is under {fail_under:g}%", err=True)
        raise click.exceptions.Exit(1)


eval = eval_  # the program finds a command under its own name


def _of_classes(sentences: list[Sentence], classes: Sequence[str]) -> list[Sentence]:
    """The sentences of `classes`, or all of them if none is named."""
    known = dict.fromkeys(sentence.cls for sentence in sentences)
    for cls in classes:
        if cls not in known:
            raise InputError(f"no gold sentence has the class {cls!r}", remedy=f"classes: {', '.join(known)}")
    return [sentence for sentence in sentences if not classes or sentence.cls in classes]


def _with_layers(pack: PackChoice, added: tuple[str, ...]) -> PackChoice:
    """`pack` with layers added to those it runs, whether it names these or takes the default ones."""
    if not added:
        return pack
    chosen = pack.layer_names()
    adding = chosen is None or (bool(chosen) and chosen[0].startswith("+"))
    names = (*(chosen or ()), *(f"+{name}" if adding else name for name in added))
    return replace(pack, layers=",".join(names))


def _write(
    evaluation: Evaluation,
    signatures: dict[tuple[str, ...], str],
    lang: str,
    gold: tuple[str, ...],
    errors: int,
    html: str | None,
    json_file: str | None,
) -> None:
    """The report in every form asked for."""
    from textnorm.evaluate.report import report_dict, report_text

    if html:
        from textnorm.evaluate.html import report_html
        from textnorm.render import language_of

        title = f"textnorm eval --lang {lang} {' '.join(Path(name).name for name in gold)}"
        report = report_html(evaluation, signatures, title=title, lang=language_of(lang))
        Path(html).write_text(report, encoding="utf-8")
    if json_file:
        data = json.dumps(report_dict(evaluation, signatures), ensure_ascii=False, indent=1)
        with click.open_file(json_file, "w", encoding="utf-8") as sink:
            sink.write(data + "\n")
    if json_file != "-":
        click.echo(report_text(evaluation, signatures, errors=errors))
