"""Negation and other context: the traps, the gold sentences, and any text at all."""

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textnorm.link.annotate.context.examples import read_example, write_example
from textnorm.link.annotate.context.load import load_contexts
from textnorm.link.annotate.context.scope import Context
from textnorm.pack.places import data_dir
from textnorm.pack.tables import read_table

CONTEXTS = {context.language.lang: context for context in load_contexts("medical")}


def said(lang: str, marked: str) -> str:
    """The marked text as the rules would mark it."""
    example = read_example(marked)
    return write_example(example.text, example.spans, CONTEXTS[lang](example.text, example.spans))


@pytest.mark.parametrize(
    ("lang", "marked"),
    [
        ("en", "Cannot exclude [small fracture|uncertain]."),
        ("en", "He is free of [pain|negated], [swelling] is noted."),
        ("en", "Not only [fever] but also [cough]."),
        ("en", "No change in the known [nodule]."),
        ("en", "No [fever|negated], [chills|negated] or [cough|negated]."),
        ("en", "[Abscess|negated] was ruled out."),
        ("en", "Gram negative [sepsis] was treated."),
        ("en", "History of [asthma|historical], no [wheezing|negated]."),
        ("en", "No [effusion|negated]. [Edema] is present."),
        ("en", "Seen by Dr. Smith with no [effusion|negated]."),
        ("en", "[Effusion] (no [empyema|negated]) on the left with [fever]."),
        ("en", "no [fever|negated]\n[cough]"),
        ("en", "without [fever|negated] and [cough|negated] without [rash|negated] and [pain|negated]"),
        ("de", "[Erguss|negated] nicht nachweisbar."),
        ("de", "[Metastasen|uncertain] nicht auszuschließen."),
        ("de", "V.a. [Pneumonie|uncertain], Z.n. [Infarkt|historical]."),
        ("de", "Keine Zunahme des [Ergusses]."),
        ("lt", "[Metastazių|negated] nenustatyta."),
        ("lt", "Be [karščiavimo|negated], tačiau yra [kosulys]."),
    ],
)
def test_what_the_words_around_a_mention_say(lang: str, marked: str) -> None:
    """Scope ends where the sentence, the list or the clause does, and pseudo-triggers say nothing."""
    assert said(lang, marked) == marked


def test_a_heading_holds_for_its_line() -> None:
    """Over sentences, but not for the next line."""
    marked = "Past medical history: [gout|historical]. [Asthma|historical].\nNow he has [fever]."
    assert said("en", marked) == marked


def test_a_trigger_within_a_mention_says_nothing() -> None:
    """It is a part of the name."""
    marked = "[triple negative breast cancer] and [lack of appetite]"
    assert said("en", marked) == marked


def gold(part: str) -> Iterator[tuple[str, str]]:
    """Language and marked text of the gold sentences."""
    table = read_table(data_dir() / "gold" / "medical" / f"context_{part}.tsv", part)
    lang, text = table.column("lang"), table.column("text")
    return ((row[lang], row[text]) for row in table.rows)


@pytest.mark.parametrize(("part", "least"), [("dev", 0.98), ("test", 0.95)])
@pytest.mark.parametrize("lang", ["en", "de", "lt"])
def test_negation_on_gold_sentences(lang: str, part: str, least: float) -> None:
    """F1 of negated mentions, on sentences that rules were written by and on others."""
    right: Counter[tuple[bool, bool]] = Counter()
    for language, marked in gold(part):
        if language == lang:
            example = read_example(marked)
            found = CONTEXTS[lang](example.text, example.spans)
            right.update(("negated" in a, "negated" in b) for a, b in zip(example.flags, found, strict=True))
    hits, misses, extra = right[True, True], right[True, False], right[False, True]
    assert 2 * hits / (2 * hits + misses + extra) >= least


def test_marks_are_read_and_written() -> None:
    """What is written is what was read; an unknown flag is refused."""
    marked = "No [a|negated,uncertain] [b]."
    assert write_example(*read_example(marked)) == marked
    with pytest.raises(ValueError, match="no flag"):
        read_example("[a|denied]")


@given(st.text(alphabet="no fever,.()\n ;;and but ruled out", max_size=80), st.data())
def test_any_text_and_spans_get_flags(text: str, data: st.DataObject) -> None:
    """One set of flags for each span, whatever the text."""
    places = st.integers(0, max(len(text), 1))
    spans = data.draw(st.lists(st.tuples(places, places).map(lambda s: (min(s), max(s))), max_size=4))
    context: Context = CONTEXTS["en"]
    assert len(context(text, spans)) == len(spans)
