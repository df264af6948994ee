"""`textnorm explain`: what changes in a text, which rule does it, and from what evidence."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator

import click

from textnorm.document import Document
from textnorm.stream.blocks import read_blocks
from textnorm.stream.codec import Codec, make_codec
from textnorm.stream.lines import decode
from textnorm.stream.readers import STDIN, open_source
from textnorm.stream.writers import open_sink

from .common import PackChoice, inverse_option, pack_options, text_options


@click.command()
@click.argument("text", required=False)
@pack_options
@inverse_option
@click.option("--why", is_flag=True, help="Also list the matches that were not used, and the reason.")
@click.option("--jsonl", is_flag=True, help="One JSON object per line of input.")
@click.option("--spans", is_flag=True, help="One JSON object per line: the text and what it holds.")
@click.option("--html", is_flag=True, help="A web page that needs no other file.")
@click.option("-o", "--output", metavar="FILE", type=click.Path(dir_okay=False), help="Write to FILE.")
@text_options
def explain(
    text: str | None,
    pack: PackChoice,
    why: bool,
    jsonl: bool,
    spans: bool,
    html: bool,
    output: str | None,
    encoding: str,
    errors: str,
) -> None:
    """Show what changes in TEXT, or in each line of standard input.

    Below each line stands one line per edit: offsets, class, rule, what it was and what it became; a
    question mark and the other readings where the case or gender is only a default. Then comes the
    normalized line. Colors need a terminal, and NO_COLOR switches them off.

    With --spans the text stays as it is, and each stretch that a rule recognizes is listed with its
    offsets, class and fields.
    """
    if jsonl + html + spans > 1:
        raise click.UsageError("--jsonl, --spans and --html exclude each other")
    form = "jsonl" if jsonl else "spans" if spans else "html" if html else "text"
    normalizer = pack.load()
    lines = [text] if text is not None else _lines(make_codec(encoding, errors))
    documents = (normalizer.explain(line, why=why) for line in lines)
    with open_sink(output) as sink:
        for piece in _pieces(documents, pack.lang, normalizer.signature, form, _coloured(output)):
            sink.write(piece.encode("utf-8", "backslashreplace"))


def _pieces(
    documents: Iterator[Document], lang: str, signature: str, form: str, colour: bool
) -> Iterator[str]:
    """The output in the form asked for; all but the page are written while input still comes in."""
    if form == "html":
        from textnorm.render import documents_page, language_of

        title = f"textnorm explain --lang {lang}"
        note = f"signature: {signature}"
        yield documents_page(list(documents), title=title, note=note, lang=language_of(lang))
    elif form in ("jsonl", "spans"):
        for document in documents:
            data = document.to_dict() if form == "jsonl" else document.to_spans()
            yield json.dumps(data, ensure_ascii=False) + "\n"
    else:
        from textnorm.render import document_text

        for number, document in enumerate(documents):
            yield ("\n" if number else "") + document_text(document, colour=colour) + "\n"


def _lines(codec: Codec) -> Iterator[str]:
    """The lines of standard input without their ends; those before a faulty one come first."""
    with open_source(STDIN) as source:
        for block in read_blocks(source, codec):
            decoded = decode(block)
            lines = decoded.text.split("\n")
            if not lines[-1]:
                lines.pop()
            yield from (line.removesuffix("\r") for line in lines)
            if decoded.error:
                raise decoded.error


def _coloured(output: str | None) -> bool:
    """Whether to colour: only a terminal, and only where NO_COLOR (no-color.org) is unset or empty."""
    return output is None and not os.environ.get("NO_COLOR") and sys.stdout.isatty()
