"""Which conditions may hold at a place, found by a few look-ups."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textnorm.grammar import prefilter
from textnorm.grammar.context import Context, after, before
from textnorm.grammar.grammar import Grammar
from textnorm.grammar.predicates import compile_predicate, need_of
from textnorm.grammar.prefilter import Need, Prefilter
from textnorm.patterns import sets

NEEDS = {
    "by": Need(left="(?i:by) "),
    "always": Need(),
    "after": Need(left=r"(?:^|\W)after (?:all )?", right=" we"),
    "start": Need(left="^"),
    "to": Need(left="to "),
    "noun": Need(fields=(("w", str.islower), ("w", str.isalpha))),
    "before": Need(right=r" (?:we|they)(?!\w)"),
    "beside": Need(right=" by"),
    "alone": Need(right="$"),
}


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prefilter, "_PATIENCE", 1)


def offered(left: str, right: str = "", **fields: str) -> tuple[str, ...]:
    """What stays of the items above between two texts."""
    place = Context(f"{left}5{right}", len(left), len(left) + 1)
    return Prefilter(list(NEEDS), list(NEEDS.values())).at(fields, place)


def test_only_items_whose_needs_are_met_stay() -> None:
    """Those that need nothing always stay, in their order."""
    pytest.importorskip("re2")
    assert offered("come By ") == ("by", "always", "start", "alone")
    assert offered("come after all ", " we") == ("always", "after", "start", "before")
    assert offered("come after all ", " so") == ("always", "start")
    assert offered("", "!", w="days") == ("always", "start", "noun")


def test_fields_narrow_without_re2(monkeypatch: pytest.MonkeyPatch) -> None:
    """Patterns do not, so there is more to ask, with the same result."""
    monkeypatch.setattr(sets, "re2", None)
    kept = tuple(name for name in NEEDS if name != "noun")
    assert offered("come ", w="Days") == offered("come ", w="d4ys") == kept
    assert offered("come ", w="days") == tuple(NEEDS)


def test_patterns_beyond_those_of_rules_do_not_narrow() -> None:
    """Conditions may use syntax that cannot be relaxed; their items always stay."""
    pytest.importorskip("re2")
    items = Prefilter(["odd", "by", "after"], [Need(left=p) for p in (r"[^i\W]a ", "by ", "after ")])
    assert items.at({}, Context("by 5", 3, 4)) == ("odd", "by", "after")  # two patterns are not worth a set
    more = Prefilter(
        ["odd", "by", "after", "to"], [Need(left=p) for p in (r"[^i\W]a ", "by ", "after ", "to ")]
    )
    assert more.at({}, Context("by 5", 3, 4)) == ("odd", "by")


@given(left=st.text("by aftert we,.\n", max_size=30), right=st.text("by aftert we,.", max_size=30))
def test_no_item_is_lost_whose_patterns_match(left: str, right: str) -> None:
    """The index may offer too much, never too little."""
    left = left.rpartition("\n")[2]
    place = Context(f"{left}5{right}", len(left), len(left) + 1)
    kept = offered(left, right, w="days")
    for name, need in NEEDS.items():
        holds = (not need.left or before(need.left)(place)) and (not need.right or after(need.right)(place))
        assert not holds or name in kept


TREES: list[tuple[Any, str, str, list[str]]] = [
    ({"before": "to ", "after": " b"}, "to ", " b", []),
    ({"all": [{"before": "to "}, {"matches": {"w": "a+", "w2": "b"}}]}, "to ", "", ["w", "w2"]),
    ([{"before": "to "}, {"after": " b"}], "", "", []),
    ([{"before": "to "}], "to ", "", []),
    ({"any": [{"before": "to "}], "not": {"after": " b"}}, "", "", []),
    ({"named": "big", "category": {"n": "other"}}, "", "", ["n"]),
]


@pytest.mark.parametrize(("tree", "left", "right", "fields"), TREES)
def test_needs_are_what_must_hold(tree: Any, left: str, right: str, fields: list[str], toy: Grammar) -> None:
    """Choices and denials are no needs; what they say is asked later."""
    need = need_of(tree, toy)
    assert (need.left, need.right, [name for name, _ in need.fields]) == (left, right, fields)


def test_tests_of_fields_are_those_of_the_condition(toy: Grammar) -> None:
    """Where a field fails its test, the condition does not hold."""
    tree = {"matches": {"w": "a+"}}
    ((name, test),) = need_of(tree, toy).fields
    for word in ("aa", "b", ""):
        assert test(word) == compile_predicate(tree, toy)({name: word}, Context("", 0, 0))
