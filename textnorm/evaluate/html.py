"""An evaluation as one HTML page, for a browser and for a colleague's mailbox."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from html import escape

from textnorm.evaluate.metrics import Evaluation, Verdict
from textnorm.evaluate.report import (
    HEADS,
    LIST_LENGTH,
    NOTHING,
    Signatures,
    score_rows,
    signature_lines,
    summary_lines,
)
from textnorm.render import page, table_html, text_cell, visible

# The differing words carry an underline besides the colour: colour alone reaches not every reader.
_CSS = """\
table { border-collapse: collapse; margin: 1em 0; }
caption { text-align: start; font-weight: bold; }
th, td { border: 1px solid #8886; padding: .15em .5em; text-align: start; vertical-align: top; }
td.n { text-align: end; font-variant-numeric: tabular-nums; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1em 1em; margin: .3em 0; }
dd { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
del, ins { border-radius: .2em; padding: 0 .12em; text-decoration: underline; color: #111; }
del { background: hsl(205 85% 84%); }
ins { background: hsl(30 90% 82%); }
@media (prefers-color-scheme: dark) {
  del, ins { color: #f6f6f6; }
  del { background: hsl(205 50% 28%); }
  ins { background: hsl(30 60% 26%); }
}
"""


def report_html(evaluation: Evaluation, signatures: Signatures, *, title: str, lang: str = "") -> str:
    """The whole report as a page; `lang` tells the browser (and a screen reader) the texts' language."""
    notes = [*summary_lines(evaluation), *signature_lines(signatures)]
    body = [
        f"<h1>{escape(title)}</h1>\n",
        "".join(f"<p>{escape(note)}</p>\n" for note in notes),
        table_html("accuracy by class", HEADS, map(_score_cells, score_rows(evaluation))),
        _confusion_table(evaluation, lang),
        _rule_table(evaluation),
        *_wrong_sections(evaluation, lang),
    ]
    return page(title, "".join(body), _CSS)


def diff_html(expected: str, got: str) -> tuple[str, str]:
    """Both texts with the words they do not share marked: missing ones as deleted, ours as inserted.

    >>> diff_html("at five", "at fifth")
    ('at <del>five</del>', 'at <ins>fifth</ins>')
    """
    left, right = expected.split(), got.split()
    out: tuple[list[str], list[str]] = ([], [])
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        for words, mark, side in ((left[i1:i2], "del", out[0]), (right[j1:j2], "ins", out[1])):
            text = escape(visible(" ".join(words)))
            if words:
                side.append(text if tag == "equal" else f"<{mark}>{text}</{mark}>")
    return " ".join(out[0]), " ".join(out[1])


def _score_cells(row: tuple[str, ...]) -> list[str]:
    return [f'<th scope="row">{escape(row[0])}</th>', *map(_number, row[1:])]


def _number(text: object) -> str:
    return f'<td class="n">{escape(str(text))}</td>'


def _confusion_table(evaluation: Evaluation, lang: str) -> str:
    if not evaluation.confusions:
        return ""
    rows = (
        [text_cell(expected or NOTHING, lang), text_cell(got or NOTHING, lang), _number(count)]
        for expected, got, count in evaluation.confusions[: 5 * LIST_LENGTH]
    )
    return table_html("confusions", ("expected", "got", "times"), rows)


def _rule_table(evaluation: Evaluation) -> str:
    if not evaluation.rules:
        return ""
    rows = (
        [f'<th scope="row">{escape(record.rule)}</th>', _number(record.wrong), _number(record.sentences)]
        for record in evaluation.rules
    )
    heads = ("rule", "wrong sentences", "sentences")
    return table_html("rules that took part in wrong sentences", heads, rows)


def _wrong_sections(evaluation: Evaluation, lang: str) -> Iterator[str]:
    """Every wrong sentence: a page has room for all of them."""
    wrong = evaluation.wrong
    if wrong:
        yield f"<h2>wrong sentences ({len(wrong)})</h2>\n"
    for verdict in wrong:
        yield _wrong_section(verdict, lang)


def _wrong_section(verdict: Verdict, lang: str) -> str:
    sentence = verdict.sentence
    expected, got = diff_html(verdict.expected, verdict.output)
    doubt = " (uncertain)" if verdict.uncertain else ""
    attribute = f' lang="{escape(lang)}"' if lang else ""
    items = [
        f'<dt>{name}</dt><dd><bdi{attribute} dir="auto">{text}</bdi></dd>'
        for name, text in (("input", escape(visible(sentence.input))), ("expected", expected), ("got", got))
    ]
    items.append(f"<dt>rules</dt><dd>{escape(', '.join(verdict.rules) or 'none')}{doubt}</dd>")
    name = escape(f"{sentence.id} {sentence.cls}")
    head = f"<h3>{name}</h3>\n<p>{escape(str(sentence.at))}</p>\n"
    return f'<section aria-label="{name}">\n{head}<dl>\n' + "\n".join(items) + "\n</dl>\n</section>\n"
