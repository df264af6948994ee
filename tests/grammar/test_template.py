"""Templates: literal text, calls, and optional parts."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from textnorm.errors import PackError
from textnorm.grammar.features import Bundle, Features
from textnorm.grammar.template import Absent, Call, Decline, Fields, compile_template

FEATURES = Features({"case": ["nom", "acc"], "number": ["sg", "pl"]})


class Echo:
    """Says each call as NAME=VALUE, with its operation where it has one; `bad` is declined."""

    def call(self, call: Call, fields: Fields, bundle: Bundle) -> str:
        """The text for one call."""
        value = fields.get(call.name)
        if value is None:
            raise Absent(call.name)
        if value == "bad":
            raise Decline("bad")
        return f"{call.name}={value}" + (f":{call.op}" if call.op else "")


def render(source: str, fields: Mapping[str, str]) -> str:
    """The template with these fields."""
    return compile_template(source, FEATURES).render(Echo(), fields, FEATURES.empty)


@pytest.mark.parametrize(
    ("source", "fields", "expected"),
    [
        ("", {}, ""),
        ("plain, text.", {}, "plain, text."),
        ("{a}", {"a": "1"}, "a=1"),
        ("<{a:op}>-{b}", {"a": "1", "b": "2"}, "<a=1:op>-b=2"),
        ("{a}[ and {b}]", {"a": "1", "b": "2"}, "a=1 and b=2"),
        ("{a}[ and {b}]", {"a": "1"}, "a=1"),
        ("[{b} ]{a}[ {c}]", {"a": "1", "c": "3"}, "a=1 c=3"),
        ("x[ {a}[ {b}]]y", {"a": "1"}, "x a=1y"),
        ("x[ {a}[ {b}]]y", {"b": "1"}, "xy"),
        ("[always]", {}, "always"),
        (r"\{a\} \[b\] \\.", {}, r"{a} [b] \."),
    ],
)
def test_render(source: str, fields: dict[str, str], expected: str) -> None:
    """An optional part falls away as a whole when a field in it is absent."""
    assert render(source, fields) == expected


def test_an_absent_field_outside_optional_parts_declines() -> None:
    """The match is left to another rule."""
    with pytest.raises(Decline, match="no value for b"):
        render("{a} {b}", {"a": "1"})


def test_declining_inside_an_optional_part_declines_the_whole() -> None:
    """Optional means absent, not impossible."""
    with pytest.raises(Decline, match="bad"):
        render("{a}[ {b}]", {"a": "1", "b": "bad"})


def test_calls_know_their_arguments() -> None:
    """Feature values, options and other words are told apart; calls in optional parts are listed too."""
    template = compile_template(
        "{n:cardinal acc pl of=u by=m drop=1 in=units ends=e upper x y}[ {u}]", FEATURES
    )
    first, second = template.calls()
    assert first == Call(
        "n", "cardinal", ("acc", "pl"), "u", "m", 1, "units", "e", "", "", "upper", ("x", "y")
    )
    assert second == Call("u", "", (None, None), "", "", None, "", "", "", "", "", ())
    assert template.fields() == ["n", "u", "m", "e"]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("{a", "template '{a': '{' is not closed"),
        ("[a", "template '[a': '[' is not closed"),
        ("[a[b]", "template '[a[b]': '[' is not closed"),
        ("a]", "template 'a]': unbalanced bracket at character 2"),
        ("[a]]", "template '[a]]': unbalanced bracket at character 4"),
        ("a\\", r"template 'a\\': nothing follows the last backslash"),
        ("{a:op drop=one}", "template call '{a:op drop=one}': drop=one is not a whole number"),
    ],
)
def test_mistakes_are_errors(source: str, message: str) -> None:
    """The message shows the template and the place."""
    with pytest.raises(PackError) as error:
        compile_template(source, FEATURES)
    assert error.value.message == message
