"""What the gate is told of a rule, and that the cache gives it back unchanged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from textnorm.engine import shape as shape_module
from textnorm.engine.shape import Shape, shape, shapes
from textnorm.errors import PackError
from textnorm.grammar.grammar import Grammar
from textnorm.pack.model import Pack, Rule

BOUNDS = {"bounds": {"code": {"left": "(?<!{dash})", "right": "(?!-)"}}, "macros": {"dash": "[-–]"}}


@pytest.fixture
def shape_of(make_pack: Callable[..., Pack]) -> Callable[..., Shape]:
    """The shape of a rule, given its keys."""

    def of(**keys: str) -> Shape:
        pack = make_pack({"id": "r", **keys}, grammar=BOUNDS)
        (rule,) = pack.stages[0].items
        assert isinstance(rule, Rule)
        return shape(rule, Grammar(pack, {}))

    return of


def test_word_bounds_are_the_default(shape_of: Callable[..., Shape]) -> None:
    """Neither letter, digit nor mark may touch either end."""
    found = shape_of(match="ab")
    assert (found.left, found.right, found.anchored, found.on_digit) == (r"(?<!\w)", r"(?!\w)", True, False)


def test_rules_without_bounds_are_not_anchored(shape_of: Callable[..., Shape]) -> None:
    """They may begin within a word, and so are searched for by what every match holds."""
    found = shape_of(match=r"\d+km\d", bounds="none")
    assert (found.left, found.right, found.anchored, found.on_digit) == ("", "", False, False)
    assert found.literal == "km"


def test_named_bounds_are_added_to_those_of_words(shape_of: Callable[..., Shape]) -> None:
    """Macros are written out in them."""
    found = shape_of(match="a", bounds="code")
    assert (found.left, found.right) == (r"(?<!\w)(?<!(?:[-–]))", r"(?!\w)(?!-)")


def test_unknown_bounds_are_an_error(shape_of: Callable[..., Shape]) -> None:
    """The message names what there is to choose from."""
    with pytest.raises(PackError, match=r"unknown bounds 'wrod' \(word, none, or one of the grammar\)"):
        shape_of(match="a", bounds="wrod")


def test_rules_that_begin_with_a_digit_are_tried_at_digits(shape_of: Callable[..., Shape]) -> None:
    """Whatever they may be followed by."""
    assert shape_of(match=r"\d+ km").on_digit
    assert not shape_of(match=r"(?:No )?\d+").on_digit
    assert not shape_of(match=r"\d+ km", bounds="none").on_digit


def test_triggers_and_back_references_at_the_start_take_the_anchor(shape_of: Callable[..., Shape]) -> None:
    """Where nothing is known of a match's beginning, the rule is searched for."""
    assert not shape_of(match=r"\w+@\w+", trigger="@").anchored
    assert not shape_of(match=r"(?:(?P<a>x)|(?P=a)y)").anchored
    assert shape_of(match=r"(?P<a>x)(?P=a)").anchored


def test_gates_hold_pattern_and_left_context(shape_of: Callable[..., Shape]) -> None:
    """The left context is told backwards, as the gate reads it."""
    found = shape_of(match="a{dash}", before="to $", ignore_case="on")
    assert found.gate == found.scan == r"(?i:\x{61}[\x{2d}\x{2013}iI\x{130}\x{131}])(?:[^0-9A-Za-z_]|$)"
    assert found.before == r"\x{20}\x{6f}\x{74}"
    assert shape_of(match="a").before == ""


def test_shapes_are_kept_and_given_back(
    make_pack: Callable[..., Pack], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The second time nothing is worked out, and the result is the same; another pack is worked out anew."""
    monkeypatch.setenv("TEXTNORM_CACHE_DIR", str(tmp_path / "cache"))
    pack = make_pack({"id": "a", "match": r"\d+ [^a]"}, {"id": "b", "match": "x", "before": "y $"})
    rules = [item for item in pack.stages[0].items if isinstance(item, Rule)]
    grammar = Grammar(pack, {})
    first = shapes(rules, grammar, pack.digest)
    assert first == [shape(rule, grammar) for rule in rules]
    worked_out: list[str] = []
    monkeypatch.setattr(shape_module, "shape", lambda rule, grammar: worked_out.append(rule.id))
    assert shapes(rules, grammar, pack.digest) == first
    assert worked_out == []
    shapes(rules, grammar, "another digest")
    assert worked_out == ["xx.a", "xx.b"]
