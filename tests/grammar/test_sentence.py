"""Where sentences begin and end around a match."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from textnorm.grammar.context import Context
from textnorm.grammar.grammar import Grammar

SPEC = {
    "abbreviations": ["xx/short"],
    "openers": ["xx/openers"],
    "names": ["xx/names"],
    "name_like": r"\p{Lu}\p{Ll}+ium(?!\w)",
    "minimum_words": "3",
}
TABLES = {
    "short": "abbr\tsource\nprof.\ts\nt. y.\ts\n",
    "openers": "word\tsource\nsed\ts\n",
    "names": "word\tsource\nRoma\ts\n",
}


@pytest.fixture
def sentences(toy_with: Callable[..., Grammar]) -> Any:
    """The sentence rules of the toy language."""
    return toy_with(TABLES, sentence=SPEC).sentence


def around(text: str) -> Context:
    """The context of the stretch between bars, in its line."""
    left, match, right = text.split("|")
    left, right = left[left.rfind("\n") + 1 :], right.partition("\n")[0]
    return Context(left + match + right, len(left), len(left + match))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("|5| x", True),
        ("  |5| x", True),
        ("„|5| x", True),
        ("(|5| x", True),
        ("x |5|", False),
        ("x, |5|", False),
        ("first\n|5|", True),
        ("Venit. |5|", True),
        ("Venit! |5|", True),
        ("Venit? „|5|", True),
        ("Venit… |5|", True),
        ("Venit.|5|", False),
        ("Ait prof. |5|", False),
        ("Ait t. y. |5|", False),
        ("Ait A. |5|", False),
        ("Anno 1990. |5|", False),
        ("1. |5|", True),
        ("– |5|", True),
        ("–|5|", False),
        ("x – |5|", False),
        ("Quid? – |5|", True),
        ("x: |5|", False),
    ],
)
def test_starts(text: str, expected: bool, sentences: Any) -> None:
    """At the start of a line, after a sentence's last sign, and after the dash of a dialogue."""
    assert sentences.starts(around(text)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x |5.|", True),
        ("x |5.|  ", True),
        ("x |5.|”", True),
        ("x |5.|\nMore", True),
        ("x |5.| more", False),
        ("x |5.|, More", False),
        ("(x |5.|) More", False),
        ("ibi sunt tres |5.| Venit", True),
        ("sunt |5.| Venit", False),
        ("sunt |5.| Sed", True),
        ("ibi sunt tres |5.| Roma", False),
        ("ibi sunt tres |5.| SPQR", False),
        ("ibi sunt tres |5.| A quo", True),
        ("ibi sunt tres |5.| Latium", False),
        ("ibi sunt tres |5.|Venit", False),
        ("ibi sunt tres |5.| 7", False),
        ("ibi sunt tres |5.|” Venit", True),
    ],
)
def test_ends(text: str, expected: bool, sentences: Any) -> None:
    """At the end of a line, and before a capital that is not a name's, an acronym's or an early one's."""
    assert sentences.ends(around(text)) is expected


def test_words_with_an_opening_reading_open_sentences(toy_with: Callable[..., Grammar]) -> None:
    """A nominative is a subject, and begins a sentence; a name in that form does not."""
    grammar = toy_with(TABLES, sentence={**SPEC, "opening_reading": "? nom"})
    assert grammar.sentence.ends(around("sunt |5.| Porta"))
    assert not grammar.sentence.ends(around("sunt |5.| Portam"))
    assert not grammar.sentence.ends(around("sunt |5.| Roma"))


@pytest.mark.parametrize(
    ("word", "expected"),
    [("prof", True), ("Prof", True), ("t.y", True), ("A", True), ("x.A", True), ("venit", False)],
)
def test_abbreviated(word: str, expected: bool, sentences: Any) -> None:
    """Initials, and the abbreviations listed, in any case, keep their period within a sentence."""
    assert sentences.abbreviated(word) is expected


def test_a_language_may_have_no_sentence_rules(toy: Grammar) -> None:
    """Signs alone then decide, and a sentence that ends before a capital has three words."""
    assert toy.sentence.starts(around("Ait prof. |5|"))
    assert toy.sentence.ends(around("a b c |5.| Roma"))
    assert not toy.sentence.ends(around("a b |5.| Roma"))
