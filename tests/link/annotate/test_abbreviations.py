"""Short forms that a text defines, and what is no definition."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textnorm.link.annotate.abbreviations import definitions, forms

GERMAN = ("im Folgenden", "kurz", "sog.", "abgekürzt")


def pairs(text: str, introductions: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Short and long forms as they are written."""
    found = definitions(text, introductions)
    return [(text[slice(*one.short)], text[slice(*one.long)]) for one in found]


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("We treat hypertrophic cardiomyopathy (HCM) here.", "HCM", "hypertrophic cardiomyopathy"),
        ("a case of acute myeloid leukemia (AML).", "AML", "acute myeloid leukemia"),
        ("patients with transient ischemic attack (TIA)", "TIA", "transient ischemic attack"),
        ("non-small cell lung cancer (NSCLC)", "NSCLC", "non-small cell lung cancer"),
        ("Carcinoma of the lung (CL) was seen", "CL", "Carcinoma of the lung"),
        ("two pulmonary embolisms (PEs) were found", "PEs", "pulmonary embolisms"),
        ("purpura, idiopathic thrombocytopenic (ITP)", "ITP", "purpura, idiopathic thrombocytopenic"),
        ("type 2 diabetes (T2D) is common", "T2D", "type 2 diabetes"),
        ("diabetes type 2 (T2D) is common", "T2D", "diabetes type 2"),
        ("hemoglobin (Hb) fell", "Hb", "hemoglobin"),
        ("HCM (hypertrophic cardiomyopathy) is inherited", "HCM", "hypertrophic cardiomyopathy"),
        ("chronic kidney disease [CKD]", "CKD", "chronic kidney disease"),
        ("gastric cancer (GC, n = 5)", "GC", "gastric cancer"),
        ("eine Lungenarterienembolie (LAE)", "LAE", "Lungenarterienembolie"),
        ("KHK = koronare Herzkrankheit, seit 2010", "KHK", "koronare Herzkrankheit"),
        ("koronare Herzkrankheit = KHK, seit 2010", "KHK", "koronare Herzkrankheit"),
        ("lėtinė obstrukcinė plaučių liga (LOPL)", "LOPL", "lėtinė obstrukcinė plaučių liga"),
    ],
)
def test_a_definition_is_found_with_its_borders(text: str, short: str, long: str) -> None:
    """Long forms start where the first letter of the short form does."""
    assert pairs(text) == [(short, long)]


@pytest.mark.parametrize(
    "text",
    [
        "chronische Niereninsuffizienz (im Folgenden: CNI)",
        "chronische Niereninsuffizienz (kurz CNI)",
        "chronische Niereninsuffizienz (= CNI)",
        "chronische Niereninsuffizienz (im Folgenden „CNI“)",
    ],
)
def test_words_that_introduce_a_short_form_are_passed_over(text: str) -> None:
    """They are words of a language, given by the caller."""
    assert pairs(text, GERMAN) == [("CNI", "chronische Niereninsuffizienz")]


@pytest.mark.parametrize(
    "text",
    [
        "The tumor was large (see Figure 2).",
        "a mass in the right lobe (right)",
        "pain in the leg (p < 0.05)",
        "He was seen in London (UK).",
        "fever. (FE) is iron",
        "no brackets at all",
        "empty () and (a)",
        "HCM (HCM)",
        "WHO (2010) recommends",
    ],
)
def test_other_brackets_define_nothing(text: str) -> None:
    """Remarks, figures and places in brackets are no short forms of what stands before them."""
    assert pairs(text) == []


def test_the_bracket_must_be_the_long_form_as_a_whole() -> None:
    """A remark after a short form does not become its long form because letters happen to occur."""
    assert pairs("MRI (measured in a resting position)") == []


def test_each_definition_of_a_text_counts() -> None:
    """Several short forms come in the order of their places."""
    text = "Crohn disease (CD) and ulcerative colitis (UC) are inflammatory bowel diseases (IBD)."
    assert [short for short, _ in pairs(text)] == ["CD", "UC", "IBD"]


def test_a_short_form_counts_in_both_numbers() -> None:
    """What is defined in the plural is used in the singular, and the other way round."""
    assert forms("PEs") == ("PEs", "PE")
    assert forms("PE") == ("PE", "PEs")
    assert forms("mRNA") == ("mRNA",)


@given(st.text(alphabet="aAbB12 ()[]=,.-ßİ\n\ud800", max_size=60))
def test_any_text_gives_spans_within_it(text: str) -> None:
    """Whatever the text, spans are in order, not empty, and do not touch each other."""
    for short, long in definitions(text):
        assert 0 <= short[0] < short[1] <= len(text)
        assert 0 <= long[0] < long[1] <= len(text)
        assert short[1] <= long[0] or long[1] <= short[0]
