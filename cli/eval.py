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
@click.option(
    "--fold",
    is_flag=True,
    help="Fold outputs and references alike before they are compared, by the layers of the pack's key.",
)
@click.option(
    "--hypothesis",
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help="Score this text, line by line, against the one file given: a reference, not a gold table.",
)
@click.option(
    "--clusters",
    is_flag=True,
    help="The files are gold clusters: a word, a tab and the name of its cluster on each line.",
)
@click.option(
    "--predicted",
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help="With --clusters: score this output of textnorm cluster; without it the pack clusters the words.",
)
@click.option(
    "--spans",
    is_flag=True,
    help="The files are marked text: an id, a tab, and text with stretches as [CLASS text].",
)
@click.option(
    "--pairs",
    is_flag=True,
    help="The files are aligned pairs, as for textnorm learn (.norm, .tsv, .jsonl): score token by token."
    " Files with the suffix .norm always are.",
)
@click.option(
    "--train",
    metavar="FILE",
    multiple=True,
    help="With --pairs: pairs to learn the baseline of the most frequent replacement from.",
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
    help="Exit with 1 when the total accuracy (with --spans, the strict F1) is lower.",
)
def eval_(
    gold: tuple[str, ...],
    pack: PackChoice,
    classes: tuple[str, ...],
    class_layers: tuple[str, ...],
    fold: bool,
    hypothesis: str | None,
    clusters: bool,
    predicted: str | None,
    spans: bool,
    pairs: bool,
    train: tuple[str, ...],
    ignore_case: bool,
    errors: int,
    html: str | None,
    json_file: str | None,
    fail_under: float | None,
) -> None:
    """Score a pack against gold sentences: accuracy per class, confusions, the rules involved.

    A gold file has four columns separated by tabs: id, class, input, and the accepted outputs with
    " || " between them. A comment line "# layers: CLASS=+layer" switches layers on for a class.

    With --hypothesis, nothing is normalized: the lines of two texts are compared, and with --fold
    also after folding both. With --pairs, lexical normalization is scored by its error reduction rate,
    layer by layer, beside its baselines. With --clusters, words grouped into spelling variants are
    scored by BCubed.
    With --spans, the stretches that rules recognize are scored by precision, recall and F1.
    """
    if spans:
        _check_bar(_score_spans(gold, pack, classes, errors, json_file), fail_under, "strict F1")
        return
    if clusters:
        _score_clusters(gold, pack, predicted, json_file)
        return
    if pairs or any(".norm" in Path(name).suffixes for name in gold):
        if hypothesis is not None or classes or class_layers or fold or html:
            raise click.UsageError("--pairs goes with no --hypothesis, classes, --fold and --html")
        _check_bar(_score_aligned(gold, train, pack, json_file), fail_under)
        return
    if train:
        raise click.UsageError("--train goes with --pairs")
    if hypothesis is not None:
        if len(gold) > 1 or classes or class_layers or html:
            raise click.UsageError("--hypothesis takes one reference, no classes and no --html")
        accuracy = _score_texts(hypothesis, gold[0], pack, fold, ignore_case, json_file)
        _check_bar(accuracy, fail_under)
        return
    from textnorm.evaluate.gold import parse_layers, read_gold
    from textnorm.evaluate.metrics import evaluate

    sentences = _of_classes(read_gold(gold, parse_layers(" ".join(class_layers))), classes)
    signatures: dict[tuple[str, ...], str] = {}

    def explainer(layers: tuple[str, ...]) -> Explain:
        normalizer = _with_layers(pack, layers).load()
        signatures[layers] = normalizer.signature
        return normalizer.explain

    folded = pack.load().fold if fold else str
    evaluation = evaluate(sentences, explainer, ignore_case=ignore_case, fold=folded)
    _write(evaluation, signatures, pack.lang, gold, errors, html, json_file)
    _check_bar(evaluation.total.accuracy, fail_under)


def _check_bar(share: float | None, fail_under: float | None, what: str = "total accuracy") -> None:
    """Exit with 1 where the share that came out right is under the bar."""
    reached = 100 * (share or 0.0)
    if fail_under is not None and reached < fail_under:
        click.echo(f"textnorm: {what} {reached:.2f}% is under {fail_under:g}%", err=True)
        raise click.exceptions.Exit(1)


def _score_spans(
    gold: Sequence[str], pack: PackChoice, classes: Sequence[str], errors: int, json_file: str | None
) -> float | None:
    """Print the F1 of recognized stretches; returns the strict one over all classes."""
    from textnorm.evaluate.spans import read_spans, score_spans, spans_dict, spans_text, total

    normalizer = pack.load()
    evaluation = score_spans(read_spans(gold), normalizer.explain, classes)
    if json_file:
        data = {**spans_dict(evaluation), "signature": normalizer.signature}
        with click.open_file(json_file, "w", encoding="utf-8") as sink:
            sink.write(json.dumps(data, ensure_ascii=False, indent=1) + "\n")
    if json_file != "-":
        click.echo(f"{spans_text(evaluation, errors)}\n\nsignature: {normalizer.signature}")
    return total(evaluation.strict).f1


def _score_clusters(
    gold: Sequence[str], pack: PackChoice, predicted: str | None, json_file: str | None
) -> None:
    """Print BCubed of predicted clusters, and of leaving all words apart."""
    from textnorm.cluster.clusterer import load_clusterer
    from textnorm.evaluate.bcubed import clusters_dict, clusters_text, read_clusters, score_clusters

    expected = read_clusters(gold)
    if predicted is not None:
        found = read_clusters([predicted])
    else:
        made = load_clusterer(pack.lang, rules=pack.rules).by_edits(dict.fromkeys(expected, 1))
        found = {word: str(number) for number, one in enumerate(made) for word in one.words}
    score = score_clusters(found, expected)
    if json_file:
        with click.open_file(json_file, "w", encoding="utf-8") as sink:
            sink.write(json.dumps(clusters_dict(score), indent=1) + "\n")
    if json_file != "-":
        click.echo(clusters_text(score))


def _score_aligned(
    gold: Sequence[str], train: Sequence[str], pack: PackChoice, json_file: str | None
) -> float | None:
    """Print how a pack normalizes aligned pairs, layer by layer; returns the accuracy."""
    from textnorm.evaluate.aligned import format_of, read_aligned
    from textnorm.evaluate.lexical import evaluate_lexical
    from textnorm.evaluate.lexical_report import lexical_dict, lexical_text
    from textnorm.selection import stages_of

    found = read_aligned(gold)
    known = read_aligned(train).sentences if train else None
    for fault in found.faults:
        click.echo(f"textnorm: left out: {fault}", err=True)
    if not found.sentences:
        raise InputError("there are no pairs in these files", remedy=f"format: {format_of(gold[0])}")
    normalizer = pack.load()
    names = [stage.layer for stage in stages_of(normalizer.pack, normalizer.spec)]
    layers = []
    for count in range(1, len(names) + 1):
        upto = replace(pack, layers=",".join(names[:count])).load()
        layers.append((names[count - 1], lambda text, upto=upto: upto.explain(text).edits))
    evaluation = evaluate_lexical(layers, found.sentences, known)
    if json_file:
        data = {**lexical_dict(evaluation), "signature": normalizer.signature}
        with click.open_file(json_file, "w", encoding="utf-8") as sink:
            sink.write(json.dumps(data, ensure_ascii=False, indent=1) + "\n")
    if json_file != "-":
        click.echo(f"{lexical_text(evaluation)}\n\nsignature: {normalizer.signature}")
    return evaluation.score.accuracy


def _score_texts(
    hypothesis: str, reference: str, pack: PackChoice, fold: bool, ignore_case: bool, json_file: str | None
) -> float | None:
    """Print how alike two files are, with `fold` also when folded; returns the last share of equal lines."""
    from textnorm.evaluate.pairs import read_pairs, score_pairs
    from textnorm.evaluate.report import pairs_dict, pairs_text

    lines = read_pairs(hypothesis, reference)
    normalizer = pack.load()
    if ignore_case:
        lines = [line.casefold() for line in lines[0]], [line.casefold() for line in lines[1]]
    scores = {"as is": score_pairs(*lines)}
    if fold:
        scores["folded"] = score_pairs(*lines, fold=normalizer.fold)
    if json_file:
        data = {**pairs_dict(scores), "signature": normalizer.signature}
        with click.open_file(json_file, "w", encoding="utf-8") as sink:
            sink.write(json.dumps(data, ensure_ascii=False, indent=1) + "\n")
    if json_file != "-":
        click.echo(f"{pairs_text(scores)}\n\nsignature: {normalizer.signature}")
    return list(scores.values())[-1].accuracy


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
