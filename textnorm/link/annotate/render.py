"""Annotated texts for the eye: lines for a terminal, HTML for a notebook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textnorm.document import Edit
from textnorm.link.annotate.document import AnnotatedText, Mention
from textnorm.pack.spec.context import FLAGS
from textnorm.render import MARK_CSS, marked_html, marked_line, table_html, text_cell, visible

_HEADS = ("offsets", "text", "id", "label", "score", "notes")


def annotated_text(doc: AnnotatedText, *, colour: bool = False) -> str:
    """The text with its mentions, and a line for each of them."""
    lines = [marked_line(doc.text, _marks(doc.mentions), colour=colour)]
    if not doc.mentions:
        lines.append("  no mentions")
    offsets = [f"{one.start}-{one.end}" for one in doc.mentions]
    width = max(map(len, offsets), default=0)
    for offset, one in zip(offsets, doc.mentions, strict=True):
        cells = [offset.rjust(width), f'"{visible(one.text)}"', one.id or "?", visible(one.label or "?")]
        lines.append("  " + "  ".join([*cells, *_notes(one)]))
    return "\n".join(lines)


def annotated_html(doc: AnnotatedText) -> str:
    """The text with its mentions marked, and a table of them, with its own styles."""
    text = marked_html("text", doc.text, _marks(doc.mentions))
    table = (
        table_html("mentions", _HEADS, map(_row, doc.mentions)) if doc.mentions else "<p>no mentions</p>\n"
    )
    return f'<style>\n{MARK_CSS}</style>\n<div class="tn">\n{text}{table}</div>\n'


def _marks(mentions: Sequence[Mention]) -> list[Edit]:
    """The outermost mentions as marks: coloured by type, underlined where the text does not affirm them."""
    marks: list[Edit] = []
    for one in mentions:
        if not marks or one.start >= marks[-1].end:
            sense = one.senses[0]
            name = f"{one.id or '?'} {one.label or ''}".rstrip()
            doubt = one.ambiguous or bool(one.flags)
            cls = sense.types[0] if sense.types else sense.id.partition(":")[0]
            marks.append(Edit(name, cls, one.start, one.end, one.text, one.text, uncertain=doubt))
    return marks


def _notes(one: Mention) -> Iterator[str]:
    """What else is known of a mention: what the context says, rival senses, how it was found."""
    yield from (flag for flag in FLAGS if flag in (one.flags or ()))
    if one.ambiguous:
        yield "? " + " | ".join(f"{sense.id} {visible(sense.label)}" for sense in one.senses)
    if one.found != "dictionary":
        yield f"[{one.found}]"


def _row(one: Mention) -> list[str]:
    score = f"{one.senses[0].score:.2f}" if one.linked else ""
    cells = (f"{one.start}-{one.end}", one.text, one.id or "", one.label or "", score, ", ".join(_notes(one)))
    return [text_cell(cell) for cell in cells]
