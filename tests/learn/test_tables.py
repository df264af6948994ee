"""Tables of tokens learned from pairs."""

from __future__ import annotations

from textnorm.evaluate.aligned import Pair
from textnorm.learn.tables import learn_entries


def entries(*pairs: tuple[str, str]) -> dict[str, str]:
    """What tokens become by a table that is learned from pairs."""
    return {entry.word: entry.normal for entry in learn_entries([tuple(Pair(*pair) for pair in pairs)])}


def test_figures_need_no_doubt() -> None:
    """Figures and signs change, and figures come into words, only where that was seen often and always."""
    assert entries(("2", "to"), ("2", "to"), (":)", "smile"), ("U", "U17"), ("u", "you")) == {"u": "you"}
    assert entries(*3 * [("2", "to")], *3 * [("cov", "covid19")]) == {"2": "to", "cov": "covid19"}
    assert not entries(*3 * [("2", "to")], ("2", "2"))


def test_figures_in_words() -> None:
    """Figures that stand for letters are read as such, and figures that stay may stay anywhere."""
    assert entries(("gr8", "great"), ("b4u", "before you"), ("2nite", "tonight")) == {
        "gr8": "great",
        "b4u": "before you",
        "2nite": "tonight",
    }
    assert entries(("g20", "G 20")) == {"g20": "G 20"}
