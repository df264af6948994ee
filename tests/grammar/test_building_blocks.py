"""Features, plural rules, numerals, templates: the parts that grammars are made of."""

from __future__ import annotations

import pytest

from textnorm.errors import PackError
from textnorm.grammar.features import Features, merge, narrow, overlay
from textnorm.grammar.numerals import Number, NumeralReader, roman
from textnorm.grammar.plural import compile_plural, operands
from textnorm.grammar.template import Template, compile_template

FEATURES = Features({"case": ["nom", "gen"], "gender": ["m", "f"], "number": ["sg", "pl"]})


def test_bundles_are_parsed_by_value() -> None:
    """Value names are unique, so their order does not matter."""
    assert FEATURES.parse("pl gen") == ("gen", None, "pl") == FEATURES.parse("gen.pl")
    with pytest.raises(PackError, match="unknown feature value 'abl'"):
        FEATURES.parse("abl")


def test_a_value_belongs_to_one_feature() -> None:
    """Two features may not share a value."""
    with pytest.raises(PackError, match="belongs to two features"):
        Features({"a": ["x"], "b": ["x"]})


def test_bundles_merge_unless_they_contradict() -> None:
    """Open values are filled in."""
    assert merge(("gen", None, None), (None, "f", None)) == ("gen", "f", None)
    assert merge(("gen", None, None), ("nom", None, None)) is None
    assert overlay(("gen", "m", None), ("nom", None, "pl")) == ("nom", "m", "pl")


def test_a_cue_that_contradicts_everything_is_ignored() -> None:
    """Stronger evidence comes first and stays."""
    strong = [("gen", None, None)]
    assert narrow(strong, [("nom", "m", None)]) == strong
    assert narrow(strong, [("nom", "m", None), (None, "f", None)]) == [("gen", "f", None)]
    assert narrow(strong, []) == strong


@pytest.mark.parametrize(
    ("number", "fraction", "category"),
    [(1, "", "one"), (21, "", "one"), (11, "", "other"), (2, "", "few"), (12, "", "other"), (2, "5", "many")],
)
def test_plural_rules_follow_cldr(number: int, fraction: str, category: str) -> None:
    """The rules of a language with four categories."""
    rules = {
        "one": "n % 10 = 1 and n % 100 != 11..19",
        "few": "n % 10 = 2..9 and n % 100 != 11..19",
        "many": "f != 0",
        "other": "",
    }
    assert compile_plural(rules)(operands(number, fraction)) == category


def test_plural_rules_know_alternatives_and_refuse_nonsense() -> None:
    """'or' binds weaker than 'and'; anything else is an error."""
    category = compile_plural({"one": "i = 0 or n = 1"})
    assert [category(operands(n)) for n in (0, 1, 2)] == ["one", "one", "other"]
    with pytest.raises(PackError, match="is not understood"):
        compile_plural({"one": "n is 1"})


@pytest.mark.parametrize(
    ("text", "value"),
    [("XIX", 19), ("IV", 4), ("MCMXC", 1990), ("IIX", None), ("", None), ("VX", None), ("x", None)],
)
def test_roman_numerals(text: str, value: int | None) -> None:
    """Only the standard form counts."""
    assert roman(text) == value


def test_written_numbers_are_read() -> None:
    """Group signs are skipped, the decimal sign splits, Roman numerals count too."""
    reader = NumeralReader(group=" \u00a0", decimal=",")
    assert reader.read("1 234\u00a0567,05") == Number(1_234_567, "05")
    assert reader.read("XII") == Number(12)
    assert reader.read("1.5") is None


class Echo:
    """A grammar whose calls name themselves."""

    def call(self, call, fields, bundle):  # type: ignore[no-untyped-def]
        """The call's name and operation, or nothing for a field without text."""
        from textnorm.grammar.template import Absent

        if not fields.get(call.name):
            raise Absent(call.name)
        return f"<{call.name}:{call.op}>"


def render(source: str, **fields: str) -> str:
    """A template rendered with the echo grammar."""
    template: Template = compile_template(source, FEATURES)
    return template.render(Echo(), fields, FEATURES.empty)


def test_optional_parts_fall_away() -> None:
    """A bracketed part needs its fields; others may go on without it."""
    assert render("{a:x}[ ir {b:y}]", a="1", b="2") == "<a:x> ir <b:y>"
    assert render("{a:x}[ ir {b:y}]", a="1") == "<a:x>"
    assert render(r"\[{a:x}\]", a="1") == "[<a:x>]"


@pytest.mark.parametrize(
    ("source", "message"),
    [("{a:x", "is not closed"), ("[{a:x}", "is not closed"), ("{a:x}]", "unbalanced bracket at character 6")],
)
def test_unbalanced_templates_are_refused(source: str, message: str) -> None:
    """An open bracket is an error, and so is a stray one."""
    with pytest.raises(PackError, match=message):
        compile_template(source, FEATURES)
