"""Conditions to the left, asked all at once."""

from __future__ import annotations

import pytest

from textnorm.engine import sets
from textnorm.grammar import leftward
from textnorm.grammar.context import Context, compiling_late, matcher
from textnorm.grammar.leftward import Leftward


def _at(text: str) -> Context:
    return Context(text, len(text), len(text))


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leftward, "_PATIENCE", 1)


def _asked(place: Context) -> tuple[str, ...]:
    items = Leftward(["by", "always", "after", "start"], ["(?i:by) ", "", r"(?:^|\W)after (?:all )?", "^"])
    items.at(place)  # the set is built after some places
    return items.at(place)


def test_only_items_whose_pattern_may_match_stay() -> None:
    """Those without a pattern always stay, in their order."""
    pytest.importorskip("re2")
    assert _asked(_at("come By ")) == ("by", "always", "start")
    assert _asked(_at("come after all ")) == ("always", "after", "start")


def test_patterns_beyond_those_of_rules_do_not_narrow() -> None:
    """Conditions may use syntax that cannot be relaxed; their items always stay."""
    pytest.importorskip("re2")
    items = Leftward(["odd", "by", "after"], [r"[^i\W]a ", "by ", "after "])
    items.at(_at("x"))
    assert items.at(_at("by ")) == ("odd", "by")


def test_without_re2_all_items_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slower, with the same result."""
    monkeypatch.setattr(sets, "re2", None)
    assert _asked(_at("come ")) == ("by", "always", "after", "start")


def test_late_patterns_match_as_others_do() -> None:
    """They are compiled when first asked for."""
    with compiling_late():
        late = matcher(r"\d+")
        broken = matcher("(")
    assert late("12 km") is not None
    assert late("km") is None
    with pytest.raises(Exception, match="pattern"):
        broken("x")
