"""Cues, in the order the rule writes them: stronger ones first, contradictions ignored."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from textnorm.errors import PackError
from textnorm.grammar.context import Context
from textnorm.grammar.grammar import Grammar
from textnorm.grammar.resolve import Resolver

Resolve = Callable[..., tuple[list[str], bool]]


@pytest.fixture
def resolve(toy: Grammar) -> Resolve:
    """The bundles that cues leave, and whether they are uncertain, for `left|match|right` and fields."""

    def of(
        cues: list[dict[str, Any]], text: str = "||", grammar: Grammar = toy, **fields: str
    ) -> tuple[list[str], bool]:
        left, match, right = text.split("|")
        at = Context(left + match + right, len(left), len(left + match))
        bundles, uncertain = Resolver(cues, grammar).resolve(fields, at)
        return [" ".join(value for value in bundle if value) for bundle in bundles], uncertain

    return of


def test_no_cues_leave_all_open(resolve: Resolve) -> None:
    """One bundle that says nothing."""
    assert resolve([]) == ([""], False)


def test_is(resolve: Resolve) -> None:
    """A fixed value, or a list of them, the likeliest first."""
    assert resolve([{"is": "gen f"}]) == (["gen f"], False)
    assert resolve([{"is": ["acc", "nom"]}, {"is": "pl"}]) == (["acc pl", "nom pl"], False)


def test_later_cues_narrow_what_earlier_ones_left_open(resolve: Resolve) -> None:
    """A cue against everything that is left is ignored, whatever else it says."""
    assert resolve([{"is": ["acc", "gen"]}, {"is": "gen f"}]) == (["gen f"], False)
    assert resolve([{"is": "acc"}, {"is": "gen f"}]) == (["acc"], False)
    assert resolve([{"is": "acc"}, {"is": ["gen f", "acc m"]}]) == (["acc m"], False)


def test_table(resolve: Resolve) -> None:
    """The analyses that a table of the grammar lists for a field's text, whatever its case."""
    cue = {"table": "endings", "of": "e"}
    assert resolve([cue], e="a") == (["nom f sg", "acc f sg"], False)
    assert resolve([cue], e="UM") == (["acc m sg"], False)
    assert resolve([cue], e="x") == ([""], False)
    assert resolve([cue]) == ([""], False)


def test_agree(resolve: Resolve) -> None:
    """With a number, the features of what it can count; without, those of the first word that has any."""
    assert resolve([{"agree": "w w2", "with": "n"}], n="2", w="et", w2="portas") == ([""], False)
    assert resolve([{"agree": "w w2", "with": "n"}], n="2", w="magnas", w2="portas") == (["acc f pl"], False)
    assert resolve([{"agree": ["w"], "with": "n"}], n="5", w="portarum") == (["f"], False)
    assert resolve([{"agree": "w"}], w="portae") == (["gen f sg", "nom f pl"], False)


def test_drop_leaves_features_of_the_word_open(resolve: Resolve) -> None:
    """What the word says of them is not taken over."""
    assert resolve([{"agree": "w", "drop": "number"}], w="portae") == (["gen f", "nom f"], False)
    assert resolve([{"agree": "w", "drop": "number case"}], w="portae") == (["f"], False)


def test_governor(resolve: Resolve) -> None:
    """The case that a word to the left asks for, in the sense named or that of the lexeme in a field."""
    assert resolve([{"governor": "prep"}], "ad |5|") == (["acc"], False)
    assert resolve([{"governor": "prep"}], "et |5|") == ([""], False)
    assert resolve([{"governor": "prep", "sense": "money"}], "in |5|") == (["gen"], False)
    assert resolve([{"governor": "prep", "of": "u"}], "in |5|", u="h") == (["acc"], False)
    assert resolve([{"governor": "prep", "of": "u", "sense": "money"}], "in |5|", u="x") == (["gen"], False)


def test_governors_may_be_several(resolve: Resolve, toy_with: Callable[..., Grammar]) -> None:
    """Tables are asked in order; the first that finds a governor decides."""
    spec = {"key": "words", "value": "case"}
    rows = "words\tcase\tsource\net\tgen\ts\nad\tnom\ts\n"
    grammar = toy_with(
        {"more": rows},
        governors={"prep": {"table": "xx/preps", **spec}, "more": {"table": "xx/more", **spec}},
    )
    assert resolve([{"governor": "prep more"}], "ad |5|", grammar) == (["acc"], False)
    assert resolve([{"governor": ["prep", "more"]}], "et |5|", grammar) == (["gen"], False)


def test_lexeme(resolve: Resolve) -> None:
    """What the lexeme of a field lends: its gender, and that it is plural only."""
    assert resolve([{"lexeme": "u"}], u="castrae") == (["f pl multi"], False)
    assert resolve([{"lexeme": "u"}], u="h") == (["f"], False)
    assert resolve([{"lexeme": "u"}], u="nemo") == ([""], False)
    assert resolve([{"lexeme": "u", "in": "titles"}], u="castrae") == ([""], False)
    assert resolve([{"lexeme": "u", "in": "titles"}], u="dr.") == (["m"], False)


def test_option(make: Callable[..., Any]) -> None:
    """The value of a pack's option."""
    features = {"definite": ["simple", "definite"]}
    numbers = {"ordinal": {"5": {"forms": {"simple": "fifth", "definite": "the-fifth"}}}}
    options = {"dates": {"values": ["simple", "definite"], "default": "simple", "doc": "d"}}
    rule = {"id": "r", "match": r"(?P<n>\d)", "resolve": [{"option": "dates"}], "say": "{n:ordinal}"}
    pack = {"grammar": {"features": features, "numbers": numbers}, "options": options}
    assert make(rule, **pack)("at 5") == "at fifth"
    assert make(rule, **pack, chosen={"options": {"dates": "definite"}})("at 5") == "at the-fifth"


@pytest.mark.parametrize(
    ("guard", "text", "holds"),
    [
        ({"before": "ad $"}, "ad |5|", True),
        ({"before": "ad $"}, "ab |5|", False),
        ({"after": " kg"}, "|5| kg", True),
        ({"after": " kg", "before": "ad $"}, "|5| kg", False),
        ({"unless_before": "ad $"}, "ad |5|", False),
        ({"unless_before": "ad $"}, "ab |5|", True),
        ({"unless_after": " kg"}, "|5| kg", False),
        ({"unless_after": " kg", "before": "ad $"}, "ad |5| m", True),
        ({"when": {"present": "n"}}, "|5|", True),
        ({"when": {"present": "m"}}, "|5|", False),
        ({"when": {"present": "n"}, "before": "ad $"}, "|5|", False),
    ],
)
def test_guards(guard: dict[str, Any], text: str, holds: bool, resolve: Resolve) -> None:
    """A cue speaks only where all its conditions hold."""
    assert resolve([{"is": "acc", **guard}], text, n="5") == (["acc" if holds else ""], False)


def test_use_inserts_named_cues(resolve: Resolve) -> None:
    """Also within each other."""
    assert resolve([{"use": "noun"}], n="2", w="portas") == (["acc f pl"], False)
    assert resolve([{"use": "noun"}], n="2", w="et") == (["nom"], True)


def test_use_hands_its_conditions_and_sense_on(resolve: Resolve, toy_with: Callable[..., Grammar]) -> None:
    """What guards the reference guards all that is inserted, unless that has a guard of its own."""
    grammar = toy_with(cues={"named": [{"governor": "prep"}, {"is": "gen", "before": "x $"}]})
    use = {"use": "named", "before": "in $", "sense": "money"}
    assert resolve([use], "in |5|", grammar) == (["gen"], False)
    assert resolve([use], "ad |5|", grammar) == ([""], False)
    assert resolve([use], "x |5|", grammar) == (["gen"], False)


def test_doubt(resolve: Resolve) -> None:
    """A reading is uncertain where a bare default decided, and only there."""
    default = {"is": "nom", "uncertain": "on"}
    assert resolve([default]) == (["nom"], True)
    assert resolve([{"is": "acc"}, default]) == (["acc"], False)
    assert resolve([{"is": ["acc", "nom"]}, default]) == (["nom"], True)
    assert resolve([{"is": "nom"}, default, {"is": "f"}]) == (["nom f"], False)
    assert resolve([{**default, "before": "x"}, {"is": "gen"}]) == (["gen"], False)


def test_a_settled_feature_is_not_asked_for_again(toy: Grammar, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once the case is known no governor is looked for."""
    asked: list[str] = []
    table = toy.syntax.governor("prep")
    monkeypatch.setattr(table, "find", lambda at, sense: asked.append(sense) or ())
    resolver = Resolver([{"table": "endings", "of": "e"}, {"governor": "prep"}], toy)
    at = Context("ad 5", 3, 4)
    resolver.resolve({"e": "um"}, at)
    assert asked == []
    resolver.resolve({"e": "a"}, at)
    assert asked == [""]


@pytest.mark.parametrize(
    ("cue", "message"),
    [
        ({"before": "x"}, "says nothing"),
        ({"is": "dat"}, "unknown feature value 'dat'"),
        ({"use": "no"}, "unknown cue list 'no'"),
        ({"governor": "no"}, "unknown governor table 'no'"),
        ({"option": "no"}, "unknown option 'no'"),
        ({"table": "no", "of": "e"}, "unknown lexicon 'no'"),
    ],
)
def test_mistakes_are_errors(cue: dict[str, Any], message: str, toy: Grammar) -> None:
    """They are found when the rule is made ready."""
    with pytest.raises(PackError, match=message):
        Resolver([cue], toy)
