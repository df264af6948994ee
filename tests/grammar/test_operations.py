"""What templates can do with a field, besides numbers and readings."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from textnorm.errors import PackError
from textnorm.grammar.grammar import Grammar
from textnorm.grammar.template import Decline, compile_template


def say(grammar: Grammar, template: str, features: str = "", **fields: str | int | None) -> str:
    """The template with these fields, under these features."""
    compiled = compile_template(template, grammar.features)
    return compiled.render(grammar, fields, grammar.features.parse(features))


@pytest.mark.parametrize(
    ("template", "features", "fields", "expected"),
    [
        ("{w:noun}", "acc pl", {"w": "servus"}, "servos"),
        ("{servus:noun pl}", "", {}, "servi"),
        ("{w:noun}", "gen", {"w": "castrae"}, "castrarum"),
        ("{w:noun}", "pl gen", {"w": "vis"}, "virium"),
        ("{w:noun by=n}", "acc", {"w": "h", "n": "1"}, "horam"),
        ("{w:noun by=n}", "acc", {"w": "h", "n": "2"}, "horas"),
        ("{w:noun by=n}", "acc", {"w": "h", "n": "5"}, "horarum"),
        ("{w:noun by=n}", "acc", {"w": "h", "n": "2,5"}, "horae"),
        ("{w:noun by=n}", "acc", {"w": "castrae", "n": "1"}, "castras"),
        ("{w:noun by=n}", "", {"w": "h", "n": None}, "horarum"),
        ("{w:noun in=titles}", "gen", {"w": "dr."}, "docci"),
        ("{prim:form adj}", "gen f", {}, "primae"),
        ("{w:form adj pl}", "acc", {"w": "magn"}, "magnos"),
        ("{c:spell digits}", "", {"c": "30-1 2"}, "tri nil un du"),
        ("{c:spell letters digits}", "", {"c": "aB2"}, "a be du"),
        ("{c:replace names}", "", {"c": "x@y A."}, "x ad y a ."),
        ("{c:lex names}", "", {"c": "S.A."}, "sine anno"),
        ("{c:lex xx/months names}", "", {"c": "B"}, "be"),
        ("{c:lower}", "", {"c": "LRT"}, "lrt"),
        ("{c:capital}", "", {"c": "lRT"}, "LRT"),
        ("{c}", "", {"c": "as it is"}, "as it is"),
        ("{w:noun capital}", "", {"w": "servus"}, "Servus"),
        ("{w:noun upper}", "gen", {"w": "servus"}, "SERVI"),
        ("{n:cardinal of=w}", "acc", {"n": "2", "w": "porta"}, "duas"),
        ("{n:cardinal of=castrae}", "", {"n": "1"}, "uni"),
        ("{n:ordinal f ends=e}", "", {"n": "1", "e": "a"}, "prima"),
        ("{n:cardinal drop=1}x", "", {"n": 2}, "duox"),
    ],
)
def test_operations(
    template: str, features: str, fields: dict[str, str | int | None], expected: str, toy: Grammar
) -> None:
    """What a call names wins over what was resolved, and agreement over both."""
    assert say(toy, template, features, **fields) == expected


@pytest.mark.parametrize(
    ("template", "features", "fields", "reason"),
    [
        ("{w:noun}", "", {"w": "nemo"}, "no lexeme for 'nemo'"),
        ("{w:noun}", "gen sg", {"w": "vis"}, "'vis' has no such form"),
        ("{w:form defective}", "gen", {"w": "ull"}, "'ull' has no such form"),
        ("{c:spell digits}", "", {"c": "1x"}, "no name for 'x'"),
        ("{c:lex names}", "", {"c": "C"}, "'C' is not in names"),
        ("{n:cardinal of=w}", "", {"n": "2", "w": "nemo"}, "no lexeme for 'nemo'"),
        ("{n:ordinal f ends=e}", "", {"n": "1", "e": "us"}, "'prima' does not end as written"),
        ("{n:cardinal drop=1}", "", {"n": 1}, "no value for n"),
        ("{c:spell digits}", "", {"c": "-"}, "no value for c"),
        ("{n:amount}", "", {"n": "x"}, "reading 'amount' has no shape for 'x'"),
    ],
)
def test_what_cannot_be_said_is_declined(
    template: str, features: str, fields: dict[str, str | int | None], reason: str, toy: Grammar
) -> None:
    """Another rule may then win; nothing is said wrongly or half."""
    with pytest.raises(Decline) as decline:
        say(toy, template, features, **fields)
    assert str(decline.value) == reason


def test_unknown_operations_are_errors(toy: Grammar) -> None:
    """The message lists operations, number systems and readings alike."""
    with pytest.raises(
        PackError, match=r"unknown operation 'ordnal' in a template \(one of: amount capital cardinal"
    ):
        say(toy, "{n:ordnal}", n="1")


def test_form_needs_a_paradigm(toy: Grammar) -> None:
    """A stem without a paradigm cannot be inflected."""
    with pytest.raises(PackError, match="'w:form' needs a paradigm"):
        say(toy, "{w:form}", w="magn")


def test_numerals_are_read_and_written(make_grammar: Callable[..., Grammar]) -> None:
    """A pack's own numerals count as numbers everywhere; number words need no features."""
    grammar = make_grammar(
        {
            "numeral_systems": {"tally": {"signs": {"1": "|", "5": "V"}}},
            "numbers": {"cardinal": {"1": "unus", "5": "quinque"}},
        },
        {},
    )
    assert say(grammar, "{n:digits} {n:cardinal}", n="V") == "5 quinque"
    assert say(grammar, "{n:numeral tally}", n="5") == "V"
    for template, value in (("{n:numeral tally}", "9"), ("{n:numeral tally}", "0"), ("{n:digits}", "x")):
        with pytest.raises(Decline):
            say(grammar, template, n=value)
    for template in ("{n:numeral}", "{n:numeral roman}"):
        with pytest.raises(PackError):
            say(grammar, template, n="5")


def test_inflected_number_words_need_features(make_grammar: Callable[..., Grammar]) -> None:
    """A stem has no forms where the pack declares no features."""
    with pytest.raises(PackError, match="no `features` are declared"):
        make_grammar({"numbers": {"cardinal": {"1": {"stem": "un", "paradigm": "adj"}}}}, {})


def test_sum_needs_a_reading_and_fields(toy: Grammar) -> None:
    """A template that adds up nothing, or by a reading that is not there, is an error of the pack."""
    with pytest.raises(PackError, match="needs a reading and the fields"):
        say(toy, "{n:sum plain}", n="1")
    with pytest.raises(PackError, match="unknown reading 'other'"):
        say(toy, "{n:sum other x}", n="1", x="2")
