"""Normalization forms, reached cluster by cluster so that every change is an edit."""

from __future__ import annotations

import unicodedata
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textnorm.document import replay
from textnorm.engine.unicode import UnicodeStage
from textnorm.errors import Location
from textnorm.pack.model import Unicode

Form = Literal["NFC", "NFD", "NFKC"]
# Letters that compose, marks of several classes in any order, conjoining jamo, singletons, line breaks.
SIGNS = "aeA\u0301\u0323\u0328\u0345ąéǭ\u1100\u1161\u11a8가각\u212bΩ\u0958\u09c7\u09be\u0344 \n."


def stage(form: Form) -> UnicodeStage:
    """A stage of one item."""
    return UnicodeStage(Unicode("xx.form", "A form.", "SCRIPT", form, (), (), Location("here")))


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("NFC", "me\u0307s", "mės"),
        ("NFC", "mės", "mės"),
        ("NFC", "a\u0328\u0301", "ą\u0301"),
        ("NFC", "\u0301\u0323", "\u0323\u0301"),
        ("NFC", "a\n\u0301\u0323", "a\n\u0323\u0301"),
        ("NFC", "\u1100\u1161\u11a8", "각"),
        ("NFC", "5 \u212b", "5 Å"),
        ("NFD", "mės", "me\u0307s"),
        ("NFD", "plain", "plain"),
        ("NFKC", "Ｉｌ６ ﬁbre\u00a0x²", "Il6 fibre x2"),
        ("NFKC", "ｶﾞ e\u0301", "ガ é"),
    ],
)
def test_form(form: Form, text: str, expected: str) -> None:
    """Marks are put in order and joined to their letter, or taken off it."""
    assert stage(form).apply(text) == expected


@given(st.text(SIGNS) | st.text(), st.sampled_from(["NFC", "NFD", "NFKC"]))
def test_clusters_add_up_to_the_whole(text: str, form: Form) -> None:
    """The result is that of normalizing the text as a whole, and the edits replay to it."""
    expected = unicodedata.normalize(form, text)
    assert stage(form).apply(text) == expected
    assert replay(text, stage(form).edits(text)) == expected


@given(st.lists(st.text(SIGNS.replace("\n", "")), max_size=4), st.sampled_from(["NFC", "NFD", "NFKC"]))
def test_lines_are_independent(lines: list[str], form: Form) -> None:
    """A mark at the start of a line does not reach for the line before."""
    assert stage(form).apply("\n".join(lines)).split("\n") == [
        stage(form).apply(line) for line in lines or [""]
    ]


def test_edits_cover_single_clusters() -> None:
    """One edit for each letter that changes, named after the item."""
    edits = stage("NFC").edits("me\u0307s ir jūs")
    assert [(edit.rule, edit.cls, edit.start, edit.end, edit.before, edit.after) for edit in edits] == [
        ("xx.form", "SCRIPT", 1, 3, "e\u0307", "ė")
    ]
