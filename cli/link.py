"""`textnorm link`: strings to the concepts of a terminology."""

from __future__ import annotations

import click

from textnorm.errors import TextnormError

from .common import jobs_option, text_options


@click.command()
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path())
@click.option("--index", metavar="IDX", required=True, help="Folder of an index, or a pack with concepts.")
@click.option(
    "--top",
    metavar="K",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    help="At most so many candidates.",
)
@click.option("--types", metavar="A,B", default="", help="Only concepts of these types.")
@click.option(
    "--min-precision",
    metavar="P",
    type=click.FloatRange(0, 1),
    default=0.0,
    help="Answer only where the first candidate is right in a share P of cases, such as 0.95.",
)
@click.option(
    "--aliases",
    metavar="FILE",
    multiple=True,
    type=click.Path(),
    help="Your own names: string, tab, id. They win over all others.",
)
@click.option(
    "--encoder",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False),
    help="Folder of a sentence encoder or cross-encoder that puts the candidates in order once more.",
)
@click.option("--jsonl", is_flag=True, help="Each line is a JSON object; its other fields stay.")
@click.option("--field", metavar="NAME", help="The field with the query.  [default: query]")
@click.option("--context-field", metavar="NAME", help="The field with the document that the query is from.")
@click.option("-o", "--output", metavar="FILE", type=click.Path(), help="Write to this file.")
@jobs_option
@text_options
def link(
    files: tuple[str, ...],
    index: str,
    top: int,
    types: str,
    min_precision: float,
    aliases: tuple[str, ...],
    encoder: str | None,
    jsonl: bool,
    field: str | None,
    context_field: str | None,
    output: str | None,
    jobs: int,
    encoding: str,
    errors: str,
) -> None:
    """Link strings to concepts: a JSON line with ranked candidates for each line.

    A candidate has the id and label of the concept, a score, the probability that it is right, the name
    that matched ("alias"), and the tier of the search that found it. Where several concepts have the
    name equally surely the answer is "ambiguous"; where no concept fits there are no candidates. With
    --context-field, a short form is read as its document defines it.
    """
    from textnorm.stream.codec import make_codec
    from textnorm.stream.files import Run, Work
    from textnorm.stream.parallel import Pool, cpu_count
    from textnorm.stream.writers import open_sink

    for given, name in ((field, "field"), (context_field, "context-field")):
        if given and not jsonl:
            raise click.UsageError(f"--{name} needs --jsonl")
    try:
        from textnorm.link.linker import load_linker
        from textnorm.link.work import JsonlWork, Request, line_work
    except ModuleNotFoundError as error:
        raise TextnormError(f"link needs {error.name}", remedy="pip install 'textnorm[link]'") from None
    chosen = tuple(name.strip() for name in types.split(",") if name.strip())
    linker = load_linker(index, aliases, encoder)
    for line in linker.report:
        click.echo(f"textnorm: {line}", err=True)
    request = Request(top, chosen, min_precision)
    work: Work
    if jsonl:
        work = JsonlWork(linker, request, field or "query", context_field)
    else:
        work = line_work(linker, request)
    with Pool(work, jobs or cpu_count()) as pool, open_sink(output) as sink:
        Run(work, pool, make_codec(encoding, errors)).into(files or ("-",), sink)
