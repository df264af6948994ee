"""A document for the eye: lines for a terminal, HTML for a notebook or a page of its own.

Colour only repeats what the table of edits says in words, so nothing is lost without it. Text comes
from anywhere: control characters are shown, never sent to a terminal, and HTML is escaped.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from itertools import chain
from zlib import crc32

from textnorm.document import Document, Edit, Loser

# 256-colour foregrounds of middling lightness, legible on black and on white.
_PALETTE = (33, 35, 37, 62, 64, 70, 97, 98, 126, 130, 133, 136, 161, 166, 168, 172)
_RESET = "\x1b[0m"

# Unicode categories: control, format (joiners, direction marks), lone surrogate, separators.
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Zs", "Zl", "Zp"))

MARK_CSS = """\
.tn p { margin: .3em 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.tn-label { display: inline-block; min-width: 4.5em; font-size: .8em; opacity: .75; }
.tn-mark { background: hsl(var(--tn-hue) 85% 86%); color: #111; border-radius: .2em; padding: 0 .12em; }
.tn-uncertain { text-decoration: underline dotted .12em; }
.tn-legend { display: flex; flex-wrap: wrap; gap: .3em .8em; margin: .6em 0; padding: 0; list-style: none; }
.tn-scroll { overflow-x: auto; }
.tn table { border-collapse: collapse; font-size: .9em; margin: .4em 0; }
.tn th, .tn td { border: 1px solid #8886; padding: .15em .5em; text-align: start; vertical-align: top; }
.tn td.tn-text { white-space: pre-wrap; }
@media (prefers-color-scheme: dark) {
  .tn-mark { background: hsl(var(--tn-hue) 45% 27%); color: #f6f6f6; }
}
"""

_PAGE_CSS = """\
:root { color-scheme: light dark; }
body { background: Canvas; color: CanvasText; font: 1rem/1.5 system-ui, sans-serif;
  max-width: 70rem; margin: 0 auto; padding: 1rem; }
section { border-top: 1px solid #8886; padding: .6em 0; }
"""


def visible(text: str) -> str:
    """`text` with every character that leaves no mark of its own written as an escape.

    >>> print(visible("5\\u00a0km"))
    5\\xa0km
    """
    return _escape_if(text, lambda char: char != " " and unicodedata.category(char) in _UNSEEN)


def document_text(doc: Document, *, colour: bool = False) -> str:
    """The source line, a line per edit (and per loser, if the document has any), the output line."""
    lines = [_line(doc.source, [(e.start, e.end, e) for e in doc.edits], colour)]
    lines += _edit_lines(doc.edits, colour) if doc.edits else ["  unchanged"]
    lines += [_loser_line(loser) for loser in doc.losers]
    lines.append("→ " + _line(doc.text, [(e.out_start, e.out_end, e) for e in doc.edits], colour))
    return "\n".join(lines)


def document_html(doc: Document, *, lang: str = "") -> str:
    """The document as a fragment with its own styles, as a notebook shows it."""
    return f"<style>\n{MARK_CSS}</style>\n{_document_body(doc, lang)}{_legend([doc])}"


def marked_line(text: str, marks: Sequence[Edit], *, colour: bool = False) -> str:
    """`text` with stretches marked that do not overlap: a line for a terminal."""
    return _line(text, [(mark.start, mark.end, mark) for mark in marks], colour)


def marked_html(label: str, text: str, marks: Sequence[Edit], lang: str = "") -> str:
    """The same as a labelled line of HTML; tooltips say what each mark is."""
    return _marked(label, text, [(mark.start, mark.end, mark) for mark in marks], lang)


def documents_page(docs: Sequence[Document], *, title: str, note: str = "", lang: str = "") -> str:
    """A page with a legend and a section per document; `note` stands below the title."""
    sections = "".join(
        f'<section aria-label="line {n}">\n{_document_body(doc, lang)}</section>\n'
        for n, doc in enumerate(docs, start=1)
    )
    intro = f"<p>{escape(note)}</p>\n" if note else ""
    return page(title, f"<h1>{escape(title)}</h1>\n{intro}{_legend(docs)}{sections}")


def page(title: str, body: str, css: str = "") -> str:
    """A whole HTML page around `body`: no script, no file beside it, light or dark as the reader has it."""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{_PAGE_CSS}{MARK_CSS}{css}</style>\n</head>\n"
        f"<body>\n<main>\n{body}</main>\n</body>\n</html>\n"
    )


def table_html(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table that scrolls sideways by itself; cells are HTML, and so escaped by the caller."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    body = "".join(f"<tr>{''.join(row)}</tr>\n" for row in rows)
    return (
        f'<div class="tn-scroll" role="group" tabindex="0" aria-label="{escape(caption)}">'
        f"<table>\n<caption>{escape(caption)}</caption>\n"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table></div>\n"
    )


def language_of(pack: str) -> str:
    """The language tag for texts of a pack; empty for a domain, whose name tells no language.

    >>> language_of("ur-Latn"), language_of("jobs")
    ('ur-Latn', '')
    """
    return pack if len(pack.partition("-")[0]) in (2, 3) else ""


def class_hue(cls: str) -> int:
    """The colour of a class as a hue, the same in every run and on every machine."""
    return crc32(cls.encode()) % 360


def _escape_if(text: str, hidden: Callable[[str], bool]) -> str:
    return "".join(char.encode("unicode_escape").decode() if hidden(char) else char for char in text)


def _printable(text: str, keep: str = "\t") -> str:
    """`text` without the control characters that a terminal would obey, save those in `keep`."""
    return _escape_if(text, lambda char: char not in keep and unicodedata.category(char) in ("Cc", "Cs"))


def _pieces(text: str, spans: Iterable[tuple[int, int, Edit]]) -> Iterator[tuple[str, Edit | None]]:
    """`text` cut at the borders of its spans; empty stretches between spans are left out."""
    last = 0
    for start, end, edit in spans:
        if last < start:
            yield text[last:start], None
        yield text[start:end], edit
        last = end
    if last < len(text):
        yield text[last:], None


def _line(text: str, spans: Iterable[tuple[int, int, Edit]], colour: bool) -> str:
    shown = ((_printable(piece), edit) for piece, edit in _pieces(text, spans))
    return "".join(_paint(piece, edit) if colour and edit else piece for piece, edit in shown)


def _paint(text: str, edit: Edit) -> str:
    """`text` in the colour of the edit's class, underlined where the reading is uncertain."""
    code = _PALETTE[crc32(edit.cls.encode()) % len(_PALETTE)]
    return f"\x1b[1;{'4;' if edit.uncertain else ''}38;5;{code}m{text}{_RESET}" if text else ""


def _edit_lines(edits: Sequence[Edit], colour: bool) -> Iterator[str]:
    """One line per edit, its offsets, class and rule in columns, and its steps below it."""
    offsets = [f"{edit.start}-{edit.end}" for edit in edits]
    widths = [max(map(len, column)) for column in (offsets, [e.cls for e in edits], [e.rule for e in edits])]
    for offset, edit in zip(offsets, edits, strict=True):
        cls = edit.cls.ljust(widths[1])
        cells = [offset.rjust(widths[0]), _paint(cls, edit) if colour else cls, edit.rule.ljust(widths[2])]
        yield "  " + "  ".join([*cells, _change(edit), *_notes(edit)])
        for step in _steps(edit):
            yield " " * (widths[0] + 4) + "  ".join([step.cls, step.rule, _change(step), *_notes(step)])


def _steps(edit: Edit) -> Iterator[Edit]:
    """The edits of the single stages, in order, whatever their nesting."""
    for step in edit.steps:
        yield from _steps(step) if step.steps else (step,)


def _change(edit: Edit) -> str:
    if edit.after == edit.before:
        return f'"{visible(edit.before)}"'
    return f'"{visible(edit.before)}" → "{visible(edit.after)}"'


def _notes(edit: Edit) -> Iterator[str]:
    """What else is known of an edit: doubt with the other readings, raw fields, what it makes alike."""
    if edit.uncertain:
        others = " | ".join(f'"{visible(text)}"' for text in edit.alternatives)
        yield f"? {others}".rstrip()
    yield from (f"{name}={visible(value)}" for name, value in edit.fields.items())
    yield from (f"[{text}]" for text in edit.evidence)
    if edit.merges:
        yield f"merges {' = '.join(map(visible, edit.merges))}"


def _loser_line(loser: Loser) -> str:
    where = f"{loser.start}-{loser.end}"
    return f'  not used: {where}  {loser.cls}  {loser.rule}  "{visible(loser.before)}"  {loser.reason}'


def _document_body(doc: Document, lang: str) -> str:
    source = _marked("source", doc.source, [(e.start, e.end, e) for e in doc.edits], lang)
    output = _marked("output", doc.text, [(e.out_start, e.out_end, e) for e in doc.edits], lang)
    edits = _edit_table(doc.edits, lang) if doc.edits else "<p>unchanged</p>\n"
    losers = _loser_table(doc.losers, lang) if doc.losers else ""
    return f'<div class="tn">\n{source}{output}{edits}{losers}</div>\n'


def _marked(label: str, text: str, spans: Iterable[tuple[int, int, Edit]], lang: str) -> str:
    """A labelled line of text in which each edit is a mark whose tooltip names its rule."""
    shown = ((_printable(piece, keep="\t\n"), edit) for piece, edit in _pieces(text, spans))
    marks = "".join(_mark(piece, edit) if edit else escape(piece) for piece, edit in shown)
    return f'<p><span class="tn-label">{label}</span><bdi{_lang(lang)} dir="auto">{marks}</bdi></p>\n'


def _mark(text: str, edit: Edit) -> str:
    doubt = (" tn-uncertain", " · uncertain") if edit.uncertain else ("", "")
    title = escape(f"{edit.rule} · {edit.cls}{doubt[1]}")
    hue = class_hue(edit.cls)
    return f'<mark class="tn-mark{doubt[0]}" style="--tn-hue:{hue}" title="{title}">{escape(text)}</mark>'


def _edit_table(edits: Sequence[Edit], lang: str) -> str:
    heads = ("offsets", "class", "rule", "before", "after", "notes")
    rows = (
        [
            _cell(f"{edit.start}-{edit.end}"),
            f"<td>{_swatch(edit.cls)}</td>",
            _cell(edit.rule),
            text_cell(edit.before, lang),
            text_cell(edit.after, lang),
            _cell(", ".join(_notes(edit))),
        ]
        for edit in edits
    )
    return table_html("edits", heads, rows)


def _swatch(cls: str) -> str:
    """The name of a class on its colour."""
    return f'<span class="tn-mark" style="--tn-hue:{class_hue(cls)}">{escape(cls)}</span>'


def _loser_table(losers: Sequence[Loser], lang: str) -> str:
    rows = (
        [
            _cell(f"{loser.start}-{loser.end}"),
            _cell(loser.cls),
            _cell(loser.rule),
            text_cell(loser.before, lang),
            _cell(loser.reason),
        ]
        for loser in losers
    )
    return table_html("not used", ("offsets", "class", "rule", "text", "why"), rows)


def _cell(text: str) -> str:
    return f"<td>{escape(text)}</td>"


def text_cell(text: str, lang: str = "") -> str:
    """A table cell with text of the language, its own writing direction kept to itself."""
    return f'<td class="tn-text"><bdi{_lang(lang)} dir="auto">{escape(visible(text))}</bdi></td>'


def _lang(lang: str) -> str:
    return f' lang="{escape(lang)}"' if lang else ""


def _legend(docs: Iterable[Document]) -> str:
    """The classes met, each in its colour, in alphabetical order."""
    classes = sorted({edit.cls for edit in chain.from_iterable(doc.edits for doc in docs)})
    if not classes:
        return ""
    items = "".join(f"<li>{_swatch(cls)}</li>" for cls in classes)
    return f'<ul class="tn-legend" aria-label="classes">{items}</ul>\n'
