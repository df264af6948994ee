"""Texts as words and what stands between them."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from textnorm.link.annotate.tokens import NOTHING, Codes, ignore_case, is_word, offsets, separator, split


@given(st.text(max_size=80))
def test_the_parts_of_a_text_are_the_text(text: str) -> None:
    """Nothing is lost, words and separators take turns, and offsets point at the parts."""
    parts = split(text)
    assert "".join(parts) == text
    assert all(is_word(one) != is_word(other) for one, other in itertools.pairwise(parts))
    places = offsets(parts)
    assert [text[start:end] for start, end in itertools.pairwise(places)] == parts


def test_an_apostrophe_belongs_to_a_word_only_between_letters() -> None:
    """Possessives are one word, quotation marks are none."""
    assert split("Crohn's 'disease'") == ["Crohn's", " '", "disease", "'"]


def test_combining_marks_belong_to_words() -> None:
    """A decomposed letter does not split its word."""
    assert split("Sjo\u0308gren x") == ["Sjo\u0308gren", " ", "x"]


def test_hyphens_slashes_and_line_ends_are_as_good_as_blanks() -> None:
    """But commas, periods and empty lines keep words apart."""
    assert {separator(part) for part in (" ", "-", "\u2013", "/", "\n", " \n ", "\u00a0")} == {" "}
    assert separator(", ") == ","
    assert separator(". ") == "."
    assert separator("\n\n") != " "


def test_words_with_one_normal_form_have_one_code() -> None:
    """What no name contains has the code for nothing."""
    codes = Codes(ignore_case, ["Lung Cancer"])
    assert codes.encode(["lung", " ", "CANCER"]) == codes.encode(["Lung", "-", "cancer"])
    assert codes.encode(["heart"]) == NOTHING
    assert NOTHING not in codes.encode(["lung", " ", "cancer"])
