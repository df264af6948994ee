"""Scoring of recognized stretches: reading marked text, and what counts as right."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textnorm.document import Document, Edit
from textnorm.errors import InputError, Location
from textnorm.evaluate.spans import (
    Counts,
    MarkedText,
    Span,
    parse_marked,
    read_spans,
    score_spans,
    spans_dict,
    spans_text,
    total,
)


def marked(source: str) -> MarkedText:
    """A gold line from its bracket notation."""
    text, spans = parse_marked(source)
    return MarkedText("x", text, spans, Location("gold.tsv", 1))


def finder(*stretches: tuple[str, str]) -> object:
    """An `explain` that marks the first occurrence of each text as its class."""

    def explain(text: str) -> Document:
        edits = []
        for cls, word in stretches:
            start = text.find(word)
            if start >= 0:
                edits.append(Edit("r", cls, start, start + len(word), word, word))
        return Document(text, text, tuple(edits))

    return explain


def test_brackets_become_offsets() -> None:
    """Offsets are those of the text without the brackets; other brackets are text."""
    text, spans = parse_marked("[DRUG ASS] ist [1] alt, [STRENGTH 5 mg]")
    assert text == "ASS ist [1] alt, 5 mg"
    assert [(text[span.start : span.end], span.cls) for span in spans] == [
        ("ASS", "DRUG"),
        ("5 mg", "STRENGTH"),
    ]


@pytest.mark.parametrize("source", ["[DRUG ASS", "[DRUG [FORM Tbl.]]", "[DRUG ]"])
def test_brackets_that_do_not_pair_are_refused(source: str) -> None:
    """What is not closed, holds another stretch, or holds nothing."""
    with pytest.raises(ValueError, match="DRUG"):
        parse_marked(source)


@given(st.lists(st.tuples(st.sampled_from(["", "A", "B-2"]), st.text("ab .,", min_size=1)), max_size=6))
def test_parsing_undoes_the_notation(parts: list[tuple[str, str]]) -> None:
    """Any text cut into stretches comes back with the places of the stretches."""
    parts = [(cls, text) for cls, text in parts if not cls or text.strip()]
    source = "".join(f"[{cls} {text}]" if cls else text for cls, text in parts)
    text, spans = parse_marked(source)
    assert text == "".join(piece for _, piece in parts)
    wanted = [(cls, piece) for cls, piece in parts if cls]
    assert [(span.cls, text[span.start : span.end]) for span in spans] == wanted


def test_strict_and_token_counts_differ_on_borders() -> None:
    """A stretch with one word too few is wrong as a whole, right in its other words."""
    gold = [marked("Er nahm [DOSAGE eine halbe Tablette] abends.")]
    evaluation = score_spans(gold, finder(("DOSAGE", "halbe Tablette")))  # type: ignore[arg-type]
    assert evaluation.strict == {"DOSAGE": Counts(right=0, wrong=1, missed=1)}
    assert evaluation.tokens == {"DOSAGE": Counts(right=2, wrong=0, missed=1)}
    assert evaluation.tokens["DOSAGE"].f1 == pytest.approx(0.8)
    assert [miss.missed for miss in evaluation.misses] == [(Span(8, 27, "DOSAGE"),)]


def test_classes_that_the_gold_does_not_have_do_not_count() -> None:
    """A pack may recognize more than a gold set is about; classes can also be chosen."""
    gold = [marked("[DRUG ASS] [FORM Tbl.] neu")]
    explain = finder(("DRUG", "ASS"), ("STATUS", "neu"))
    assert total(score_spans(gold, explain).strict) == Counts(right=1, wrong=0, missed=1)  # type: ignore[arg-type]
    only = score_spans(gold, explain, ["DRUG"])  # type: ignore[arg-type]
    assert only.strict == {"DRUG": Counts(right=1)}


def test_nothing_found_has_no_precision() -> None:
    """A share of nothing is None, not zero."""
    assert Counts().f1 is None
    assert Counts(missed=2).precision is None
    assert Counts(missed=2).f1 == 0


def test_the_report_shows_counts_and_faults() -> None:
    """A row for each class and the total, then the lines with faults."""
    gold = [marked("[DRUG ASS] und [DRUG Marcumar]")]
    evaluation = score_spans(gold, finder(("DRUG", "ASS")))  # type: ignore[arg-type]
    report = spans_text(evaluation, errors=1)
    assert "DRUG   2     100.0%   50.0%  66.7%" in report
    assert "missing        DRUG  'Marcumar'" in report
    assert spans_dict(evaluation)["strict"]["total"]["missed"] == 1


def test_gold_files_are_checked(tmp_path: Path) -> None:
    """Two columns, ids once, brackets in pairs; the place is in the message."""
    gold = tmp_path / "gold.tsv"
    gold.write_text("id\tmarked\n# note\na\t[DRUG ASS] 100\n\nb\tnichts\n", encoding="utf-8")
    assert [line.id for line in read_spans([gold])] == ["a", "b"]
    for bad in ("a\tx\na\ty\n", "a\n", "a\t[DRUG ASS\n", "# leer\n"):
        gold.write_text(bad, encoding="utf-8")
        with pytest.raises(InputError):
            read_spans([gold])
