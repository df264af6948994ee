"""Examples for the rules of a learned pack."""

from __future__ import annotations

from textnorm.learn.examples import exemplified, with_examples
from textnorm.learn.parts import Learned, Rewrite

WORDS = {"glæden": 3, "englænderne": 2, "flæsk": 2, "blad": 4}
KNOWN = Rewrite("ae", "æ", True, False, 20, 0, 0, examples=(("flaesk", "flæsk"), ("glaeden", "glæden")))
ANY = Rewrite("lae", "læ", False, False, 9, 0, 0, examples=(("englaenderne", "englænderne"),))


def test_pieces_of_words() -> None:
    """A rewrite whose words are known by now is shown on their beginnings and ends, and stays."""
    learned = Learned(rewrites=(KNOWN, ANY), words=WORDS)
    assert exemplified(learned) == learned
    (_, known), (_, any_word) = with_examples(learned)
    assert [one.after for one in known.changing] == ["flæsk", "glæden", "englænderne"]
    assert len(any_word.changing) >= 2
    for text, after in any_word.changing:
        assert after == text.replace("lae", "læ")
        assert "englænderne".startswith(after) or "englænderne".endswith(after)
    assert [one.text for one in any_word.staying] == ["blad"]


def test_rewrite_without_examples_goes() -> None:
    """A rewrite that another one leaves no words, nor pieces of them, cannot be shown and is left out."""
    covered = Rewrite("fla", "flæ", True, False, 2, 0, 0, examples=(("flaesk", "flæsk"),))
    learned = Learned(rewrites=(KNOWN, covered), words=WORDS)
    assert exemplified(learned).rewrites == (KNOWN,)
