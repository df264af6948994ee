"""Conflicts between matches, their order, and how what is said fits into the sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from textnorm.document import Document, Loser
from textnorm.engine.compiled import CompiledRule
from textnorm.engine.rules import RuleStage
from textnorm.normalizer import Normalizer
from textnorm.pack.model import Pack

Make = Callable[..., Normalizer]
CLASSES = ["STRONG", "A", "WEAK"]


def used(document: Document) -> list[tuple[str, str]]:
    """What was replaced, and by which rule."""
    return [(edit.before, edit.rule.removeprefix("xx.")) for edit in document.edits]


@pytest.mark.parametrize(
    ("why", "winner", "loser", "text", "before"),
    [
        ("priority", {"match": "b", "priority": "1"}, {"match": "a b c d"}, "a b c d", "b"),
        ("priority", {"match": "a b"}, {"match": "a b c d", "priority": "-1"}, "a b c d", "a b"),
        ("length", {"match": "b c d"}, {"match": "a b", "class": "STRONG"}, "a b c d", "b c d"),
        ("start", {"match": "a b"}, {"match": "b c", "class": "STRONG"}, "a b c", "a b"),
        ("class", {"match": "a b", "class": "STRONG"}, {"match": "[a-z] b"}, "a b", "a b"),
        ("class", {"match": "a b"}, {"match": "[a-z] b", "class": "WEAK"}, "a b", "a b"),
    ],
)
def test_conflicts_are_resolved_by(
    why: str, winner: dict[str, str], loser: dict[str, str], text: str, before: str, make: Make
) -> None:
    """Higher priority, then the longer match, then the earlier, then the class named first in the pack."""
    # The loser's id comes first, so that the order of ids cannot be what decides.
    tn = make({"id": "z", **winner}, {"id": "a", **loser}, classes=CLASSES)
    document = tn.explain(text, why=True)
    assert used(document) == [(before, "z")], why
    assert [(one.rule, one.reason) for one in document.losers] == [("xx.a", "lost to xx.z")]


def test_ids_decide_last(make: Make) -> None:
    """Of matches that are equal in everything else the id that sorts first is used."""
    tn = make({"id": "b", "match": "x"}, {"id": "a", "match": "[x]"}, {"id": "c", "match": "x"})
    assert used(tn.explain("x")) == [("x", "a")]


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        ({"when": {"present": "none"}}, "condition failed: when"),
        ({"before": "q $"}, "condition failed: before"),
        ({"after": "q"}, "condition failed: after"),
        ({"unless": {"at": "sentence-start"}}, "condition failed: unless"),
        ({"say": "{none}"}, "declined: no value for none"),
        ({"say": [{"when": {"present": "none"}, "say": "never"}]}, "declined: no way of saying it fits"),
    ],
)
@pytest.mark.parametrize("priority", ["1", "0"])
def test_a_match_that_drops_out_leaves_the_field(
    keys: dict[str, Any], reason: str, priority: str, make: Make
) -> None:
    """A failed condition or a verbalizer that declines lets the weaker rule win."""
    strong = {"id": "strong", "match": "a b(?P<none>c)?", "priority": priority, **keys}
    tn = make(strong, {"id": "weak", "match": "b"}, {"id": "weaker", "match": "b", "priority": "-1"})
    document = tn.explain("a b", why=True)
    assert used(document) == [("b", "weak")]
    reported = {one.rule: one.reason for one in document.losers}
    if "xx.strong" in reported:  # the gate may have seen already that `before` or `after` cannot hold
        assert reported["xx.strong"] == reason
    else:
        assert keys.keys() & {"before", "after"}
    assert reported["xx.weaker"] == "lost to xx.weak"


def test_winners_of_one_cluster_may_stand_side_by_side(make: Make) -> None:
    """A long match that loses to a strong one in its middle makes room for the matches it covered."""
    tn = make(
        {"id": "long", "match": "a b c"},
        {"id": "strong", "match": "b", "priority": "1"},
        {"id": "short", "match": "[ac]"},
    )
    assert used(tn.explain("a b c")) == [("a", "short"), ("b", "strong"), ("c", "short")]


def test_the_output_is_not_rescanned(make: Make) -> None:
    """Within a stage every rule sees the text as it came in."""
    tn = make({"id": "ab", "match": "a", "say": "b"}, {"id": "bc", "match": "b", "say": "a"})
    assert tn("x a b") == "x b a"


def test_losers_say_where_they_were(make: Make) -> None:
    """A loser has the offsets of the text that its stage saw."""
    tn = make({"id": "a", "match": "b c", "class": "STRONG"}, {"id": "b", "match": "c"}, classes=CLASSES)
    assert tn.explain("a b c", why=True).losers == (Loser("xx.b", "A", 4, 5, "c", "lost to xx.a"),)
    assert tn.explain("a b c").losers == ()


GUESS = {
    "match": "(?P<n>2) b",
    "resolve": [{"is": ["nom", "acc"], "uncertain": "on"}],
    "say": "{n:cardinal}",
}
TWO = {
    "features": {"case": ["nom", "acc", "gen"]},
    "numbers": {"cardinal": {"2": {"forms": ["two", "twoo", "twos"]}}},
}


def test_uncertain_readings_are_kept_or_marked(make: Make) -> None:
    """What rests on a bare default stays as it is, or is written with all its readings."""
    rules = {"id": "unsure", **GUESS}, {"id": "sure", "match": "b", "say": "d"}
    assert make(*rules, grammar=TWO)("x 2 b b") == "x two d"
    assert make(*rules, grammar=TWO, chosen={"uncertain": "mark"})("x 2 b b") == "x ⟦two|twoo|twos⟧ d"
    keep = make(*rules, grammar=TWO, chosen={"uncertain": "keep"})
    assert keep("x 2 b b") == "x 2 b d"
    (loser,) = (loser for loser in keep.explain("x 2 b", why=True).losers if loser.rule == "xx.unsure")
    assert loser.reason == "uncertain, and such text is to be left alone"


def test_an_uncertain_cue_may_name_the_other_values(make: Make) -> None:
    """Only these are offered, in the order given."""
    guess = {**GUESS, "resolve": [{"is": "nom", "uncertain": "gen acc"}]}
    (edit,) = make({"id": "a", **guess}, grammar=TWO).explain("x 2 b").edits
    assert edit.readings == ("two", "twos", "twoo")


def test_choices_that_no_cue_could_narrow_are_uncertain(make: Make) -> None:
    """The first is taken, and the doubt is shown."""
    rule = {"id": "a", **GUESS, "resolve": [{"is": ["acc", "nom"]}]}
    (edit,) = make(rule, grammar=TWO).explain("x 2 b").edits
    assert (edit.uncertain, edit.readings) == (True, ("twoo", "two"))


def test_a_rule_may_be_a_guess_itself(make: Make) -> None:
    """Then what other rules make of the same text is an alternative, and so is the text as it stands."""
    guess = {"id": "guess", "match": "2 b", "say": "two bees", "priority": "1", "uncertain": "on"}
    other = {"id": "other", "match": "2 b", "say": "second bee"}
    shorter = {"id": "shorter", "match": "2", "say": "two"}
    (edit,) = make(guess, other, shorter).explain("x 2 b").edits
    assert edit.readings == ("two bees", "second bee", "2 b")
    sure = {key: value for key, value in guess.items() if key != "uncertain"}
    assert not make(sure, other, shorter).explain("2 b").edits[0].uncertain


def test_why_names_the_cue_behind_each_feature(make: Make) -> None:
    """Asked why, an edit says what its features rest on; a guess has a question mark."""
    rule = {"id": "a", **GUESS, "resolve": [{"is": ["nom", "acc"]}, {"is": "acc", "uncertain": "on"}]}
    tn = make(rule, grammar=TWO)
    (edit,) = tn.explain("2 b", why=True).edits
    assert edit.evidence == ("fewer choices by is nom acc", "acc by is acc?")
    assert tn.explain("2 b").edits[0].evidence == ()


def test_edits_name_fields_doubt_and_alternatives(make: Make) -> None:
    """An edit carries the raw captures that are not empty, and the other readings, dressed alike."""
    grammar = {
        "features": {"case": ["nom", "acc"]},
        "numbers": {"cardinal": {"2": {"forms": ["two", "twoo"]}}},
    }
    tn = make(
        {
            "id": "n",
            "class": "NUM",
            "match": r"(?P<n>\d)(?P<u>k)?(?P<v>)",
            "resolve": [{"is": ["acc", "nom"], "uncertain": "on"}],
            "say": "{n:cardinal}",
        },
        grammar=grammar,
    )
    (edit,) = tn.explain("2").edits
    assert (edit.rule, edit.cls, edit.before, edit.after) == ("xx.n", "NUM", "2", "Twoo")
    assert (edit.fields, edit.uncertain, edit.alternatives) == ({"n": "2"}, True, ("Two",))


def test_what_is_said_takes_the_capital_of_the_sentence(make: Make) -> None:
    """A replaced stretch that opens a sentence is capitalized, unless what is said has no lower case."""
    tn = make({"id": "a", "match": "5", "say": "five"}, {"id": "b", "match": "6", "say": "6th"})
    assert tn("5 and 5. But it was 5! 5? No, 5") == "Five and five. But it was five! Five? No, five"
    assert tn("6 of 6") == "6th of 6th"


def test_the_last_period_of_a_sentence_is_kept(make: Make) -> None:
    """An abbreviation's period goes with it, except where it also ends the sentence."""
    tn = make(
        {"id": "a", "match": r"etc\.", "bounds": "none", "say": "and so on"},
        {"id": "b", "match": r"dr\.", "bounds": "none", "say": "doctor", "ends_sentence": "off"},
        {"id": "c", "match": r"t\.", "bounds": "word", "say": "ten."},
    )
    assert tn("We saw it etc. and left.") == "We saw it and so on and left."
    assert tn("We all saw it etc. Then we left.") == "We all saw it and so on. Then we left."
    assert tn("We all saw it etc.") == "We all saw it and so on."
    assert tn("We all saw the dr. Then we left, dr.") == "We all saw the doctor Then we left, doctor"
    assert tn("Only t.") == "Only ten."


def test_lines_are_independent(make: Make) -> None:
    """No match crosses a line break, and none sees the line before or after."""
    tn = make(
        {"id": "wide", "match": r"a\sb", "say": "X"},
        {"id": "behind", "match": "c", "before": r"a\s*$", "say": "Y"},
        {"id": "ahead", "match": "d", "after": r"\s*e", "say": "Z"},
    )
    assert tn("a b\na\nb") == "X\na\nb"
    assert tn("a c\na\nc") == "a Y\na\nc"
    assert tn("d e\nd\ne") == "Z e\nd\ne"


# Random rules over three words: enough to overlap in every way.
MATCHES = [
    "a",
    "b",
    "c",
    "a b",
    "b c",
    "a b c",
    "b a",
    "[ab] c",
    "c[ .]a",
    "a(?= b)",
    "[abc]( [abc])?",
    r"\d b",
]
RULE = st.fixed_dictionaries(
    {
        "match": st.sampled_from(MATCHES),
        "priority": st.sampled_from(["-1", "0", "0", "1"]),
        "class": st.sampled_from(CLASSES),
        "bounds": st.sampled_from(["word", "word", "none"]),
        "after": st.sampled_from(["", "", " a", ".?$"]),
        "before": st.sampled_from(["", "", "b $", "^"]),
    }
)
TEXT = st.text("abc 5.\n", max_size=24)


def order(rule: CompiledRule, start: int, end: int) -> tuple[int, int, int, int, str]:
    """The documented order of matches: priority, length, start, class, id."""
    return -rule.rule.priority, start - end, start, CLASSES.index(rule.rule.cls), rule.id


def expected_winners(rules: Sequence[CompiledRule], text: str) -> list[tuple[int, int, str]]:
    """The winners by the documented rule, worked out in the plainest way."""
    found = []
    low = 0
    for line in text.split("\n"):
        for rule in rules:
            places = range(len(line)) if rule.anchored else [m.start() for m in rule.pattern.finditer(line)]
            for pos in places:
                match = rule.pattern.match(line, pos)
                before = rule.rule.before.rstrip("$")
                left = line[:pos] == "" if before == "^" else line[:pos].endswith(before)
                after = rule.rule.after
                right = line[match.end() :] if match else ""
                fits = right.startswith(" a") if after == " a" else len(right) <= 1 or not after
                if match and match.end() > pos and left and fits:
                    span = low + pos, low + match.end()
                    found.append((order(rule, *span), *span, rule.id))
        low += len(line) + 1
    winners: list[tuple[int, int, str]] = []
    for _, start, end, name in sorted(found):
        if all(end <= other[0] or other[1] <= start for other in winners):
            winners.append((start, end, name))
    return sorted(winners)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.lists(RULE, min_size=1, max_size=6), texts=st.lists(TEXT, min_size=1, max_size=8))
def test_winners_are_those_of_the_documented_order(
    drawn: list[dict[str, str]], texts: list[str], make_pack: Callable[..., Pack]
) -> None:
    """Gate, clusters and passes by priority are shortcuts: the result is that of sorting all matches."""
    rules = [
        {"id": f"r{n}", **{key: value for key, value in rule.items() if value}}
        for n, rule in enumerate(drawn)
    ]
    tn = Normalizer.from_pack(make_pack(*rules, classes=CLASSES))
    compiled = tuple(tn.rules())
    stage = RuleStage(compiled, tn.grammar)
    for text in texts:
        winners = [(edit.start, edit.end, edit.rule) for edit in stage.edits(text)]
        assert winners == expected_winners(compiled, text)
        reported: list[Loser] = []
        assert stage.edits(text, reported) == stage.edits(text)
        assert stage.apply(text) == Document(text, "", tuple(stage.edits(text))).replay()


def test_a_mark_leaves_the_text_and_says_what_it_is(make: Make) -> None:
    """A rule with `mark` makes an edit of class and fields over text that stays byte for byte as it is."""
    tn = make(
        {"id": "m", "class": "MARK", "match": "(?P<n>[0-9])x[.]?", "mark": "on", "fields": {"kind": "of {n}"}}
    )
    document = tn.explain("2x. Then 3x.")
    assert tn("2x. Then 3x.") == document.text == document.replay() == "2x. Then 3x."
    assert [(e.before, e.after, e.cls, e.fields) for e in document.edits] == [
        ("2x.", "2x.", "MARK", {"n": "2", "kind": "of 2"}),
        ("3x.", "3x.", "MARK", {"n": "3", "kind": "of 3"}),
    ]


def test_marks_and_rewriting_rules_contend_for_text(make: Make) -> None:
    """In one stage a mark that wins keeps others from rewriting its text, and the other way round."""
    mark = {"id": "m", "match": "big dog", "mark": "on"}
    tn = make(mark, {"id": "r", "match": "dog", "say": "hound"})
    assert tn("a big dog, a dog") == tn.explain("a big dog, a dog").text == "a big dog, a hound"
    tn = make(mark, {"id": "r", "match": "dog", "say": "hound", "priority": "1"})
    assert tn("a big dog") == "a big hound"


def test_a_field_that_cannot_be_said_is_left_out(make: Make) -> None:
    """Fields that a rule adds are templates; one that declines is missing, and the edit stays."""
    keys = {"match": "(?P<a>a)(?P<b>b)?", "say": "A", "fields": {"x": "{b}!", "y": "{a:capital}"}}
    (edit,) = make({"id": "f", **keys}).explain("a").edits
    assert edit.fields == {"a": "a", "y": "A"}


def test_a_pack_of_terms_has_no_sentences(make: Make) -> None:
    """With `borders: off` what is said gets no capital at the start and no period at the end."""
    tn = make(
        {"id": "a", "match": r"mgr\.", "bounds": "none", "say": "manager"},
        grammar={"sentence": {"borders": "off"}},
    )
    assert tn("mgr. of x\nthe mgr.") == "manager of x\nthe manager"


def test_groups_of_what_stands_around_are_fields(make: Make) -> None:
    """Named groups of `before` and `after` are fields of the edit and may be said."""
    rule = {"id": "a", "match": "x", "before": r"(?P<l>\w+) ", "after": r"(?: (?P<r>\w+)|)"}
    tn = make({**rule, "say": "{l}[-{r}]"})
    assert tn("one x two") == "one one-two two"
    (edit,) = tn.explain("one x").edits
    assert (edit.after, edit.fields) == ("one", {"l": "one"})
