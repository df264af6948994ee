"""What each letter as typed stands for is known when text is respelled."""

from __future__ import annotations

import pytest

from textnorm.restore.scriptmap import Row, ScriptMap
from textnorm.restore.tagging.lessons import Typed, Writer, kept, learn_mask
from textnorm.restore.tokens import tokens

LINE = "її пиріг лежить на ґанку, а дощ іде"


def test_what_typed_letters_stand_for_is_the_clean_word(script_map: ScriptMap) -> None:
    """Whatever way a word is typed, the texts behind its letters are the word, and no word gets a space."""
    writer = Writer(script_map, seed=1)
    for _ in range(50):
        for token, typed in zip(tokens(LINE), writer.line(tokens(LINE)), strict=True):
            assert "".join(typed.stands) == token.text
            assert len(typed.stands) == len(typed.text)
            assert " " not in typed.text


@pytest.mark.parametrize(
    ("row", "typed"),
    [
        (Row("ї", "йи", "any", 1.0), Typed("мойи", ("м", "о", "ї", ""))),
        (Row("м", "", "any", 1.0), Typed("ої", ("мо", "ї"))),
        (Row("о", "", "any", 1.0), Typed("мї", ("мо", "ї"))),
        (Row("мої", "моэ", "any", 1.0), Typed("моэ", ("мої", "", ""))),
    ],
)
def test_units_of_other_lengths(row: Row, typed: Typed) -> None:
    """The first letter stands for the whole unit; untyped letters go with a neighbour."""
    assert Writer(ScriptMap([row]), seed=1).word("мої", even=False) == typed


def test_a_word_of_which_nothing_is_typed_stays() -> None:
    """No word vanishes."""
    assert Writer(ScriptMap([Row("і", "", "any", 1.0)]), seed=1).word("і", even=False) == kept("і")


def test_the_mask_holds_what_was_seen_often() -> None:
    """и stands for і and ї; what was seen but once is a slip; a letter that stands for itself is not in it."""
    words = [Typed("ким", ("к", "і", "м")), Typed("ии", ("ї", "ї")), kept("и")] * 10 + [Typed("к", ("х",))]
    assert learn_mask(words).edits == {"и": ("ї", "і")}
