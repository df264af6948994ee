"""One rule: its pattern, its conditions, its ways of saying, and the errors that name its place."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from textnorm.engine import compiled, gate
from textnorm.engine.compiled import CompiledRule
from textnorm.errors import PackError
from textnorm.grammar import context
from textnorm.grammar.context import Context
from textnorm.grammar.template import Decline
from textnorm.normalizer import Normalizer

Maker = Callable[..., CompiledRule]
CASES: dict[str, Any] = {
    "features": {"case": ["nom", "acc"]},
    "numbers": {"cardinal": {"1": "one", "2": {"forms": ["two", "twoo"]}}},
}


@pytest.fixture
def rule(make: Callable[..., Normalizer]) -> Maker:
    """One compiled rule, given its keys."""

    def of(**keys: Any) -> CompiledRule:
        (found,) = make({"id": "r", **keys}, grammar=CASES).rules()
        return found

    return of


def at(text: str, start: int, end: int) -> Context:
    """A stretch of a line."""
    return Context(text, start, end)


def test_find_matches_within_bounds(rule: Maker) -> None:
    """The match starts exactly at the place asked for, and ends within the line."""
    found = rule(match=r"\d+ km")
    assert found.find("run 5 km", 4).span() == (4, 8)
    assert found.find("run 5 km", 3) is None
    assert found.find("run 5 k", 4) is None
    assert found.find("run 15 km", 5) is None
    assert found.find("run 5 kms", 4) is None


def test_caret_and_dollar_mean_the_line(make: Callable[..., Normalizer]) -> None:
    """In a block of lines they match at every line, not only at the ends of the block."""
    tn = make({"id": "first", "match": "^a", "say": "b"}, {"id": "last", "match": "z$", "say": "y"})
    assert tn("a a z z\na a z z") == "B a z y\nB a z y"


def test_ignore_case(rule: Maker) -> None:
    """Letter case counts unless the rule says otherwise."""
    assert rule(match="Km").find("kM", 0) is None
    assert rule(match="Km", ignore_case="on").find("kM", 0).span() == (0, 2)


@pytest.mark.parametrize(
    ("keys", "failed"),
    [
        ({"when": {"range": {"n": ["1", "9"]}}}, "when"),
        ({"before": "to $"}, "before"),
        ({"after": " kg"}, "after"),
        ({"unless": {"after": " km"}}, "unless"),
        ({"unless": [{"before": "x"}, {"present": "n"}]}, "unless"),
        ({"when": {"range": {"n": ["10", "15"]}}, "before": "run $", "after": " km"}, ""),
        ({"unless": {"after": " kg", "present": "n"}}, ""),
    ],
)
def test_fails_names_the_first_condition_that_does_not_hold(
    keys: dict[str, Any], failed: str, rule: Maker
) -> None:
    """Of `unless` one condition is enough; of a mapping of conditions all must hold."""
    found = rule(match=r"(?P<n>\d+)", **keys)
    text = "run 15 km"
    assert found.fails(found.pattern.search(text).groupdict(), at(text, 4, 6)) == failed


def test_conditions_may_use_macros(make: Callable[..., Normalizer]) -> None:
    """Macros are written out wherever a pattern stands."""
    tn = make(
        {"id": "r", "match": "{num} km", "before": "{dash}$", "unless": {"after": "{dash}"}},
        grammar={"macros": {"num": r"\d+", "dash": "[-–]"}},
    )
    assert tn("a –5 km -5 km –5 km- 5 km") == "a –X -X –5 km- 5 km"


def test_the_first_saying_whose_condition_holds_is_used(rule: Maker) -> None:
    """A saying without a condition always holds."""
    found = rule(
        match=r"(?P<n>\d+)",
        say=[{"when": {"range": {"n": ["1", "1"]}}, "say": "just {n}"}, {"say": "many {n}"}],
    )
    assert found.read({"n": "1"}, at("1", 0, 1)).text == "just 1"
    assert found.read({"n": "5"}, at("5", 0, 1)).text == "many 5"


def test_no_fitting_saying_declines(rule: Maker) -> None:
    """The match is left to another rule."""
    found = rule(match=r"(?P<n>\d+)", say=[{"when": {"range": {"n": ["1", "1"]}}, "say": "one"}])
    with pytest.raises(Decline, match="no way of saying it fits"):
        found.read({"n": "2"}, at("2", 0, 1))


def test_declining_is_remembered(rule: Maker) -> None:
    """What could not be said once cannot be said the second time either."""
    found = rule(match=r"(?P<n>\d+)", say="{n:cardinal}")
    for _ in range(2):
        with pytest.raises(Decline, match="cardinal has no word for 7"):
            found.read({"n": "7"}, at("7", 0, 1))
        assert found.read({"n": "1"}, at("1", 0, 1)).text == "one"


def test_memory_of_readings_keeps_fields_and_features_apart(rule: Maker) -> None:
    """The same number under other features, or beside another field, is said anew."""
    found = rule(
        match=r"(?P<n>\d+)(?P<u>\w)",
        resolve=[{"is": "acc", "when": {"matches": {"u": "a"}}}],
        say="{n:cardinal} {u}",
    )
    assert found.read({"n": "2", "u": "a"}, at("2a", 0, 2)).text == "twoo a"
    assert found.read({"n": "2", "u": "b"}, at("2b", 0, 2)).text == "two b"
    assert found.read({"n": "1", "u": "b"}, at("1b", 0, 2)).text == "one b"


def test_options_are_all_readings_with_the_features_that_lead_to_them(rule: Maker) -> None:
    """Each once, the reading that is used first."""
    found = rule(match=r"(?P<n>\d+)", resolve=[{"is": ["acc", "nom"], "uncertain": "on"}], say="{n:cardinal}")
    reading = found.read({"n": "2"}, at("2", 0, 1))
    assert (reading.text, bool(reading.guessed)) == ("twoo", True)
    options = found.options({"n": "2"}, at("2", 0, 1), reading)
    assert list(options) == ["twoo", "two"]
    assert [bundles[0][0] for bundles in options.values()] == ["acc", "nom"]
    same = found.read({"n": "1"}, at("1", 0, 1))
    assert list(found.options({"n": "1"}, at("1", 0, 1), same)) == ["one"]


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"match": "(a"}, "missing ')'"),
        ({"match": "a", "bounds": "wrod"}, "unknown bounds 'wrod'"),
        ({"match": "a", "say": "{n:cardnal}"}, "unknown operation 'cardnal' in a template"),
        ({"match": "a", "say": "{n:cardinal"}, "'{' is not closed"),
        ({"match": "a", "when": {"named": "no-such"}}, "unknown named predicate 'no-such'"),
        ({"match": "a", "resolve": [{"is": "gen"}]}, "unknown feature value 'gen'"),
        ({"match": "a", "before": "(?<=x"}, "missing"),
        ({"match": "a", "when": {"at": "here"}}, "unknown position 'here'"),
    ],
)
def test_mistakes_name_the_rule_and_its_place(keys: dict[str, Any], message: str, rule: Maker) -> None:
    """Rules of the user's own are checked when they are loaded, down to templates and cues."""
    with pytest.raises(PackError) as error:
        rule(**keys)
    assert message in error.value.message
    assert error.value.at is not None
    assert error.value.at.file.endswith("words.yaml")


RUNAWAY = "(?:a|aa|aaa)+b"
HOSTILE = "a" * 60


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param({"match": f"{RUNAWAY}"}, id="match"),
        pytest.param({"match": f"{RUNAWAY}", "bounds": "none", "trigger": "a"}, id="unanchored"),
        pytest.param({"match": "x", "after": f" {RUNAWAY}"}, id="after"),
        pytest.param({"match": "z", "before": "b(?:a|aa|aaa)+ $"}, id="before"),
        pytest.param({"match": "x", "when": {"line": RUNAWAY}}, id="line"),
        pytest.param({"match": "(?P<w>a+)", "when": {"matches": {"w": RUNAWAY}}}, id="matches"),
        pytest.param({"match": "a+", "when": {"match": RUNAWAY}}, id="whole"),
        pytest.param(
            {"match": "x", "resolve": [{"is": "acc", "after": f" {RUNAWAY}"}]}, id="cue"
        ),
    ],
)  # fmt: skip
def test_runaway_patterns_of_users_end_in_an_error(
    keys: dict[str, Any], make: Callable[..., Normalizer], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pattern that backtracks without end is stopped; the error names the rule and the line."""
    for module in (compiled, gate, context):
        monkeypatch.setattr(module, "TIMEOUT", 0.05)
    tn = make({"id": "r", **keys}, grammar=CASES)
    started = time.monotonic()
    with pytest.raises(PackError, match=r"rule 'xx\.r': a pattern takes too long on line 2 of the text"):
        tn(f"fine\nx {HOSTILE} z {HOSTILE}c b")
    assert time.monotonic() - started < 5
