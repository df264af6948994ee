"""The gate may offer too much, never too little: whatever a rule matches, the gate offers it there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import textnorm
from textnorm.engine.compiled import CompiledRule
from textnorm.engine.gate import Gate, RuleSet, line_of
from textnorm.engine.shape import LEFT_WINDOW, WINDOW
from textnorm.grammar.context import Context, after, before
from textnorm.normalizer import Normalizer
from textnorm.pack.load import load_pack
from textnorm.pack.testing import items_of
from textnorm.patterns import sets

Place = tuple[int, str]
# What turns up in real text around words and numbers, and what the two engines may see differently.
INSERTS = [
    *" .,:;-–—/()„“\"%€°+$@#'0123456789IVXamdk",
    "\u00a0",
    "\u202f",
    "\t",
    "\x1c",
    "²",
    "½",
    "ⓐ",
    "\u200d",
]


def lines_of(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every line."""
    pos = 0
    for line in text.split("\n"):
        yield pos, pos + len(line)
        pos += len(line) + 1


def holds_around(rule: CompiledRule, at: Context) -> bool:
    """Whether the rule's `before` and `after`, which the gate looks at too, hold."""
    item, expand = rule.rule, rule.grammar.expand
    return (not item.before or before(expand(item.before, item.macros))(at)) and (
        not item.after or after(expand(item.after, item.macros))(at)
    )


def brute_force(rules: Sequence[CompiledRule], text: str) -> set[Place]:
    """Where anchored rules match, tried one by one at every character."""
    found = set()
    for start, end in lines_of(text):
        for rule in rules:
            for pos in range(start, end) if rule.anchored else ():
                line = text[start:end]
                match = rule.find(line, pos - start)
                if match and match.end() > pos - start and holds_around(rule, Context(line, *match.span())):
                    found.add((pos, rule.id))
    return found


def offered(gate: Gate, text: str) -> set[Place]:
    """Where the gate offers which anchored rules."""
    found = set()
    for pos, rule_set in gate.starts(text):
        start, end = line_of(text, pos)
        for rules in rule_set.at(text[start:end], pos - start):
            found |= {(pos, rule.id) for rule in rules}
    return found


def found_by(gate: Gate, text: str) -> list[tuple[int, int, str]]:
    """What the gate finds of rules that are not anchored."""
    return [(base + match.start(), base + match.end(), rule.id) for base, rule, match in gate.searched(text)]


def searched(rules: Sequence[CompiledRule], text: str) -> set[tuple[int, int, str]]:
    """What rules that are not anchored match between what they ask for, searched for line by line."""
    return {
        (start + match.start(), start + match.end(), rule.id)
        for rule in rules
        if not rule.anchored
        for start, end in lines_of(text)
        for match in rule.pattern.finditer(text[start:end])
        if all(test(Context(text[start:end], *match.span())) for test in conditions_around(rule))
    }


def conditions_around(rule: CompiledRule) -> list[Callable[[Context], bool]]:
    """The conditions `before` and `after` of a rule."""
    expand = rule.grammar.expand
    lefts = [before(expand(rule.rule.before, rule.rule.macros))] if rule.rule.before else []
    return [*lefts, *([after(expand(rule.rule.after, rule.rule.macros))] if rule.rule.after else [])]


@pytest.fixture(scope="module", params=textnorm.languages())
def pack_name(request: pytest.FixtureRequest) -> str:
    """Every pack in turn."""
    return str(request.param)


@pytest.fixture(scope="module")
def pack_rules(pack_name: str) -> tuple[CompiledRule, ...]:
    """All rules of a pack, those of layers that are off by default too."""
    pack = load_pack(pack_name, tests=False)
    layers = [f"+{stage.layer}" for stage in pack.stages]
    return tuple(Normalizer.from_pack(pack, layers=layers).rules())


@pytest.fixture(scope="module")
def pack_lines(pack_name: str, sample_lines: dict[str, list[str]]) -> list[str]:
    """The inputs of a pack's examples and its sample lines."""
    inputs = [case.input for _, item in items_of(load_pack(pack_name)) for case in item.tests]
    return [*dict.fromkeys([*inputs, *sample_lines.get(pack_name, [])])]


def test_gate_offers_every_match_of_every_rule(
    pack_rules: tuple[CompiledRule, ...], pack_lines: list[str]
) -> None:
    """Every rule of every pack at every place of every example: a hit is always among the offers."""
    gate = Gate(pack_rules)
    text = "\n".join(pack_lines)
    assert sorted(brute_force(pack_rules, text) - offered(gate, text)) == []


def test_gate_searches_every_line_that_an_unanchored_rule_matches(
    pack_rules: tuple[CompiledRule, ...], pack_lines: list[str]
) -> None:
    """Triggers of rules without a left bound lose no match."""
    text = "\n".join(pack_lines)
    assert searched(pack_rules, text) <= set(found_by(Gate(pack_rules), text))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_gate_offers_every_match_in_mutated_lines(
    data: st.DataObject, pack_rules: tuple[CompiledRule, ...], pack_lines: list[str]
) -> None:
    """Signs put in, taken out, doubled or changed in case make no match that the gate misses."""
    line = data.draw(st.sampled_from(pack_lines))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, max(len(line) - 1, 0)))
        change = data.draw(st.sampled_from(["insert", "drop", "swap", "double", "other"]))
        if change == "insert":
            line = line[:at] + data.draw(st.sampled_from(INSERTS)) + line[at:]
        elif change == "drop":
            line = line[:at] + line[at + 1 :]
        elif change == "swap":
            line = line[:at] + line[at : at + 1].swapcase() + line[at + 1 :]
        elif change == "double":
            line = line[:at] + line[at : at + 3] + line[at:]
        else:
            line += "\n" + data.draw(st.sampled_from(pack_lines))
    assert sorted(brute_force(pack_rules, line) - offered(_gate_of(pack_rules), line)) == []


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60))
@example(text="²dr.\n5\x1ckm")
def test_gate_offers_every_match_in_any_text(text: str, pack_rules: tuple[CompiledRule, ...]) -> None:
    """Text of any signs at all is no exception."""
    assert sorted(brute_force(pack_rules, text) - offered(_gate_of(pack_rules), text)) == []


_GATES: dict[int, Gate] = {}


def _gate_of(rules: tuple[CompiledRule, ...]) -> Gate:
    if id(rules) not in _GATES:
        _GATES[id(rules)] = Gate(rules)
    return _GATES[id(rules)]


RULES = {
    "digit": {"match": r"\d+ km"},
    "word": {"match": "dr"},
    "sign": {"match": r"\+\d"},
    "space": {"match": " x"},
    "folded": {"match": "ik", "ignore_case": "on"},
    "end": {"match": "end$"},
    "start": {"match": "^go"},
    "far": {"match": "a{150}"},
    "ahead": {"match": "to(?= you)"},
    "back": {"match": r"(?P<c>[xy])=(?P=c)"},
    "left": {"match": "me", "before": "to $|(?:^|, )by {1,3}"},
    "right": {"match": r"\d", "after": r" (?:pm|(?i:AM))\b"},
    "right-folded": {"match": "at", "ignore_case": "on", "after": " (?=five)[a-z]"},
    "loose": {"match": "oo", "bounds": "none"},
    "loose-folded": {"match": "ee", "bounds": "none", "ignore_case": "on"},
    "loose-class": {"match": "[uv]{2}", "bounds": "none"},
    "triggered": {"match": r"\w+@\w+", "trigger": "@"},
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 km, 16 km", {(0, "digit"), (6, "digit")}),
        ("a5 km", set()),
        ("dr dr-dr", {(0, "word"), (3, "word"), (6, "word")}),
        ("²dr", {(1, "word")}),
        ("ⓐdr", set()),
        ("x +4", {(2, "sign")}),
        ("- x", {(1, "space")}),
        ("IK İk ik ık", {(0, "folded"), (3, "folded"), (6, "folded")}),
        ("end\nend", {(0, "end"), (4, "end")}),
        ("go\ngo go", {(0, "start"), (3, "start")}),
        ("a" * 150, {(0, "far")}),
        ("x=x y=x", {(0, "back")}),
        ("to you, to me", {(0, "ahead"), (11, "left")}),
        ("by   me", {(5, "left")}),
        ("ask, by me", {(8, "left")}),
        ("ąčę\nto me", {(7, "left")}),
        ("5 pm, 6 aM, 7 PM, 8 amx", {(0, "right"), (6, "right")}),
        ("AT five at six", {(0, "right-folded")}),
    ],
)
def test_anchored_rules_are_offered_where_they_match(
    text: str, expected: set[Place], make: Callable[..., Normalizer], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With RE2 and without it, offers hold the matches that one expects."""
    rules = tuple(make(*({"id": name, **rule} for name, rule in RULES.items())).rules())
    hits = {(pos, f"xx.{name}") for pos, name in expected}
    assert brute_force(rules, text) == hits
    assert hits <= offered(Gate(rules), text)
    monkeypatch.setattr(sets, "re2", None)
    assert hits <= offered(Gate(rules), text)


def test_gate_offers_few_rules(make: Callable[..., Normalizer]) -> None:
    """Of many rules, a place is offered only those that may match there."""
    if sets.re2 is None:
        pytest.skip("without RE2 all rules are offered")
    rules = tuple(make(*({"id": name, **rule} for name, rule in RULES.items())).rules())
    expected = {(3, "xx.word"), (6, "xx.digit"), (11, "xx.ahead")}
    assert offered(Gate(rules), "so dr 5 km to you to be me +x end.") == expected


def test_unanchored_rules_are_searched_for_in_lines_with_their_trigger(
    make: Callable[..., Normalizer],
) -> None:
    """Rules without a left bound match anywhere, those with a trigger only where it is."""
    rules = tuple(make(*({"id": name, **rule} for name, rule in RULES.items())).rules())
    text = "foo\nfEE\n\ncuvb fo\nme@you it"
    assert sorted(found_by(Gate(rules), text)) == [
        (1, 3, "xx.loose"),
        (5, 7, "xx.loose-folded"),
        (10, 12, "xx.loose-class"),
        (17, 23, "xx.triggered"),
    ]


def test_a_trigger_that_runs_over_a_line_end_hides_no_line(make: Callable[..., Normalizer]) -> None:
    """Where its white space begins in one line, rules are still searched for in the next."""
    rules = tuple(make({"id": "dots", "match": r"^\.", "bounds": "none", "trigger": r"(?m)^\s*\."}).rules())
    assert sorted(found_by(Gate(rules), "\n. a\n\n.\n")) == [(1, 2, "xx.dots"), (6, 7, "xx.dots")]


def test_windows_are_bounded(make: Callable[..., Normalizer]) -> None:
    """Neither side of a place shows more than its window."""
    seen: list[tuple[str, str]] = []

    class Spy(RuleSet):
        def __init__(self, rules: Sequence[CompiledRule]) -> None:
            super().__init__(rules)
            self._right = lambda data: seen.append(("right", data.decode())) or [0]  # type: ignore[func-returns-value]
            self._left = lambda data: seen.append(("left", data.decode())) or []  # type: ignore[func-returns-value]

    rules = tuple(make({"id": "left", **RULES["left"]}).rules())
    spy = Spy(rules)
    spy.at("to me", 3)
    spy.at("x" * 99 + "y" * 199, 99)
    assert seen == [("right", "me"), ("left", " ot"), ("right", "y" * WINDOW), ("left", "x" * LEFT_WINDOW)]


@pytest.mark.parametrize("name", textnorm.languages())
def test_results_are_the_same_without_re2(
    name: str, monkeypatch: pytest.MonkeyPatch, sample_lines: dict[str, list[str]]
) -> None:
    """RE2 makes it fast and changes nothing: examples and samples come out the same, edit for edit."""
    pack = load_pack(name)
    lines = [case.input for _, item in items_of(pack) for case in item.tests]
    text = "\n".join([*lines, *sample_lines.get(name, [])])
    with_re2 = Normalizer.from_pack(pack).explain(text, why=False)
    monkeypatch.setattr(sets, "re2", None)
    without = Normalizer.from_pack(pack)
    assert without.explain(text) == with_re2
    assert without(text) == with_re2.text
