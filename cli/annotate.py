"""`textnorm annotate`: the mentions of concepts in documents."""

from __future__ import annotations

import click

from textnorm.errors import TextnormError

from .common import jobs_option, text_options


@click.command()
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path())
@click.option("--index", metavar="IDX", required=True, help="Folder of an index, or a pack with concepts.")
@click.option("--jsonl", is_flag=True, help="A document in each JSON line; its other fields stay.")
@click.option("--field", metavar="NAME", default="text", show_default=True, help="The field with the text.")
@click.option(
    "--separator",
    metavar="REGEX",
    help='Documents of several lines: the lines between them, a pattern or "blank" for empty ones.',
)
@click.option("--types", metavar="A,B", default="", help="Only concepts of these types.")
@click.option(
    "--aliases",
    metavar="FILE",
    multiple=True,
    type=click.Path(),
    help="Your own names: string, tab, id. They win over all others.",
)
@click.option(
    "--context", metavar="PACK", default="", help="Pack with rules about context; else that of the index."
)
@click.option("--lang", metavar="TAG", default="", help="Language of the texts; else each is looked at.")
@click.option("--nested", is_flag=True, help="Also mentions within longer ones.")
@click.option(
    "--flags/--no-flags", default=True, help="Say what is negated, uncertain, historical …; on by default."
)
@click.option(
    "--coreference/--no-coreference",
    default=True,
    help="One sense in a document, and later short forms; on by default.",
)
@click.option(
    "--min-length",
    metavar="N",
    type=click.IntRange(min=1),
    default=3,
    show_default=True,
    help="Leave shorter names out, abbreviations aside.",
)
@click.option("-o", "--output", metavar="FILE", type=click.Path(), help="Write to this file.")
@jobs_option
@text_options
def annotate(
    files: tuple[str, ...],
    index: str,
    jsonl: bool,
    field: str,
    separator: str | None,
    types: str,
    aliases: tuple[str, ...],
    context: str,
    lang: str,
    nested: bool,
    flags: bool,
    coreference: bool,
    min_length: int,
    output: str | None,
    jobs: int,
    encoding: str,
    errors: str,
) -> None:
    """Find mentions of concepts in documents: a JSON line with the text and its spans for each.

    A document is a line, or a JSON object with --jsonl, or what lies between separators. A span has its
    offsets in the text (code points), the id and label of the concept, a score from 0 to 1, its types,
    and whether the context negates it, doubts it, puts it into the past and so on. Short forms that the
    text defines are read as it says. An "ambiguous" span lists its candidates.
    """
    import gc

    from textnorm.stream.codec import make_codec
    from textnorm.stream.files import Run, Work
    from textnorm.stream.parallel import Pool, cpu_count
    from textnorm.stream.writers import open_sink

    if jsonl and separator is not None:
        raise click.UsageError("--separator is for plain text, not for --jsonl")
    try:
        from textnorm.link.annotate.annotator import Options
        from textnorm.link.annotate.load import load_annotator
        from textnorm.link.annotate.work import document_work, jsonl_work, line_work
    except ModuleNotFoundError as error:
        raise TextnormError(f"annotate needs {error.name}", remedy="pip install 'textnorm[link]'") from None
    chosen = tuple(name.strip() for name in types.split(",") if name.strip())
    annotator = load_annotator(
        index,
        aliases=aliases,
        min_length=min_length,
        options=Options(chosen, nested, flags, coreference, lang),
        context=context,
    )
    for line in annotator.report:
        click.echo(f"textnorm: {line}", err=True)
    gc.freeze()  # names stay to the end: the collector need not look at them again
    work: Work
    if jsonl:
        work = jsonl_work(annotator, field)
    else:
        work = line_work(annotator) if separator is None else document_work(annotator, separator)
    with Pool(work, jobs or cpu_count()) as pool, open_sink(output) as sink:
        Run(work, pool, make_codec(encoding, errors)).into(files or ("-",), sink)
