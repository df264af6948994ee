from __future__ import annotations

import pytest

from textnorm.errors import PackError
from textnorm.pack.charnames import char_entries
from textnorm.pack.yamlfile import parse_yaml


def entries(text: str) -> list[tuple[str, str]]:
    """What the entries of a charmap file replace."""
    return [(entry.source, entry.target) for entry in char_entries(parse_yaml(text, "f.yaml"))]


def test_a_name_may_leave_its_block_out() -> None:
    """The full name and its last words are both right; sequences join names with ' + '."""
    text = (
        "map:\n"
        "  - {from: ኣ, from_name: GLOTTAL AA, to: አ, to_name: ETHIOPIC SYLLABLE GLOTTAL A}\n"
        '  - {from: "\\u0640\\u0651", from_name: TATWEEL + SHADDA, to: "\\u0651", to_name: ARABIC SHADDA}\n'
        '  - {from: "\\u00ad", from_name: SOFT HYPHEN, to: "", to_name: ""}\n'
        '  - {from: "\\x07", from_name: U+0007, to: " ", to_name: SPACE}\n'
    )
    assert entries(text) == [("ኣ", "አ"), ("\u0640\u0651", "\u0651"), ("\u00ad", ""), ("\x07", " ")]


def test_a_series_stands_for_the_orders_of_its_row() -> None:
    """All seven vowel orders are written out; the eighth only where both rows name it alike."""
    row = "series: [{from: ሐ, from_name: HHA, to: ሀ, to_name: HA}]\n"
    assert "".join(old + new for old, new in entries(row)) == "ሐሀሑሁሒሂሓሃሔሄሕህሖሆ"
    row = "series: [{from: ሠ, from_name: SZA, to: ሰ, to_name: SA}]\n"
    assert "".join(old + new for old, new in entries(row)) == "ሠሰሡሱሢሲሣሳሤሴሥስሦሶሧሷ"


def test_a_series_may_name_its_orders() -> None:
    """Single orders, stretches of them, and an order that becomes another, also within one row."""
    row = "series: [{from: ሐ, from_name: HHA, to: ሀ, to_name: HA, orders: [1-3, 4=1, 6]}]\n"
    assert "".join(old + new for old, new in entries(row)) == "ሐሀሑሁሒሂሓሀሕህ"
    row = "series: [{from: አ, from_name: GLOTTAL A, to: አ, to_name: GLOTTAL A, orders: [4=1]}]\n"
    assert entries(row) == [("ኣ", "አ")]
    row = "series: [{from: ኸ, from_name: KXA, to: ሀ, to_name: HA, orders: [2-7]}]\n"
    assert "ኸ" not in dict(entries(row))


@pytest.mark.parametrize(
    ("orders", "message"),
    [
        ("[first]", '1:65: "first" names no orders (write 1, 1-7 or 4=1)'),
        ("[9]", '1:65: "9" names no orders (write 1, 1-7 or 4=1)'),
        ("[7, 1-8]", "1:68: ETHIOPIC SYLLABLE HHA has no like of its order 8 in the row"),
    ],
)
def test_orders_that_a_row_lacks_are_refused(orders: str, message: str) -> None:
    """Row ends differ: the eighth letters of two rows may have different sounds, or not be there."""
    with pytest.raises(PackError) as caught:
        entries(f"series: [{{from: ሐ, from_name: HHA, to: ሀ, to_name: HA, orders: {orders}}}]\n")
    assert str(caught.value).startswith(f"f.yaml:{message}")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "map: [{from: ሐ, from_name: HA, to: ሀ, to_name: HA}]\n",
            '1:28: "ሐ" is ETHIOPIC SYLLABLE HHA, not "HA"'
            " (write from_name: ETHIOPIC SYLLABLE HHA, or its last words)",
        ),
        (
            "map: [{from: ab, from_name: LATIN SMALL LETTER A, to: b, to_name: B}]\n",
            '1:29: "ab" is LATIN SMALL LETTER A + LATIN SMALL LETTER B, not "LATIN SMALL LETTER A"'
            " (write from_name: LATIN SMALL LETTER A + LATIN SMALL LETTER B, or its last words)",
        ),
        (
            "map: [{from: a, from_name: A, to: '', to_name: B}]\n",
            "1:48: nothing is named \"B\" (write to_name: '')",
        ),
        (
            "map: [{from: a, from_name: A, to: a, to_name: A}]\n",
            '1:35: "a" becomes itself (leave the entry out)',
        ),
        (
            "series: [{from: ሐ, from_name: HHA, to: ሐ, to_name: HHA}]\n",
            '1:40: "ሐ" becomes itself (leave the entry out)',
        ),
        (
            "series: [{from: ሐ, from_name: HHA, to: ሁ, to_name: HU}]\n",
            '1:40: "ሁ" does not begin a row of syllable letters (name the first order, or use `map`)',
        ),
        ("map: []\n", "1:1: this charmap replaces nothing (add `map` or `series`)"),
    ],
)
def test_entries_that_disagree_with_their_names_are_refused(text: str, message: str) -> None:
    """Look-alike letters cannot slip through: the name decides."""
    with pytest.raises(PackError) as caught:
        entries(text)
    assert str(caught.value) == f"f.yaml:{message}"
