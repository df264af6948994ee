"""Scores over a fake normalizer whose every answer the test has written down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textnorm.document import Document, Edit, place, replay
from textnorm.errors import Location
from textnorm.evaluate.gold import Sentence
from textnorm.evaluate.metrics import (
    RuleRecord,
    Score,
    diff_words,
    evaluate,
    is_reading,
    nearest,
    tally,
    wilson,
)

Answers = Mapping[str, tuple[Edit, ...]]


def sentence(name: str, text: str, *accepted: str, cls: str = "X", layers: tuple[str, ...] = ()) -> Sentence:
    """A gold sentence."""
    return Sentence(name, cls, text, accepted, Location("gold.tsv", 1), layers)


def fake(answers: Answers) -> Callable[[tuple[str, ...]], Callable[[str], Document]]:
    """An explainer that makes the edits written down for a text, and none in any other."""

    def explain(text: str) -> Document:
        edits = place(answers.get(text, ()))
        return Document(text, replay(text, edits), edits)

    return lambda layers: explain


GOLD = [
    sentence("d1", "on 5", "on five", cls="DATE"),
    sentence("d2", "at 5", "at five", "at the fifth", cls="DATE"),
    sentence("n1", "5 cats", "five cats", cls="CARDINAL"),
    sentence("t1", "B5 bus", "B5 bus", cls="TRAP"),
    sentence("t2", "C5 bus", "C5 bus", cls="TRAP"),
]
ANSWERS = {
    "on 5": (Edit("x.date", "DATE", 3, 4, "5", "five", uncertain=True),),
    "at 5": (Edit("x.date", "DATE", 3, 4, "5", "fifth", uncertain=True),),
    "5 cats": (Edit("x.num", "CARDINAL", 0, 1, "5", "five"),),
    "C5 bus": (Edit("x.num", "CARDINAL", 1, 2, "5", " five"),),
}


def test_scores_per_class_and_total() -> None:
    """Counts split by class in gold order, and add up in the total."""
    evaluation = evaluate(GOLD, fake(ANSWERS))
    assert evaluation.classes == {
        "DATE": Score(n=2, correct=1, uncertain=2, certain_correct=0, reachable=1, traps=0, needless=0),
        "CARDINAL": Score(n=1, correct=1, uncertain=0, certain_correct=1, reachable=0, traps=0, needless=0),
        "TRAP": Score(n=2, correct=1, uncertain=0, certain_correct=1, reachable=0, traps=2, needless=1),
    }
    assert list(evaluation.classes) == ["DATE", "CARDINAL", "TRAP"]
    assert evaluation.total == Score(
        n=5, correct=3, uncertain=2, certain_correct=2, reachable=1, traps=2, needless=1
    )


def test_shares_of_a_score() -> None:
    """Accuracy, share uncertain, and accuracy on the rest come from the counts."""
    score = Score(n=5, correct=3, uncertain=2, certain_correct=2, reachable=1, traps=2, needless=1)
    assert score.accuracy == 0.6
    assert score.uncertain_share == 0.4
    assert score.certain_accuracy == 2 / 3


def test_a_share_of_nothing_is_none() -> None:
    """Where every sentence is uncertain there is no rest to be right on."""
    assert (
        Score(
            n=2, correct=1, uncertain=2, certain_correct=0, reachable=0, traps=0, needless=0
        ).certain_accuracy
        is None
    )
    assert tally([]).accuracy is None


def test_macro_average_weighs_classes_alike() -> None:
    """One sentence of a small class counts as much as all of a large one."""
    assert evaluate(GOLD, fake(ANSWERS)).macro_accuracy == pytest.approx((0.5 + 1 + 0.5) / 3)


def test_confusions_are_counted_against_the_nearest_output() -> None:
    """ "at fifth" lacks a word of "at the fifth"; that it is not "at five" either is no second mistake."""
    assert evaluate(GOLD, fake(ANSWERS)).confusions == (("the", "", 1), ("C5", "C five", 1))


def test_frequent_confusions_come_first() -> None:
    """Confusions are ordered by count, and by appearance where it is equal."""
    gold = [sentence("1", "a", "x"), sentence("2", "b", "y"), sentence("3", "b b", "y y")]
    assert evaluate(gold, fake({})).confusions == (("y", "b", 3), ("x", "a", 1))


def test_rules_of_wrong_sentences_are_counted() -> None:
    """A rule's record tells in how many sentences it took part and how many of them are wrong."""
    assert evaluate(GOLD, fake(ANSWERS)).rules == (RuleRecord("x.date", 2, 1), RuleRecord("x.num", 2, 1))


def test_steps_of_a_composed_edit_count_as_rules() -> None:
    """Where stages overlapped, blame falls on the rules themselves, not on their joined name."""
    steps = (Edit("x.a", "X", 0, 1, "5", "V"), Edit("x.b", "X", 0, 1, "V", "v"))
    answers = {"5": (Edit("x.a+x.b", "X", 0, 1, "5", "v", steps=steps),)}
    evaluation = evaluate([sentence("1", "5", "five")], fake(answers))
    assert [record.rule for record in evaluation.rules] == ["x.a", "x.b"]


def test_a_trap_changed_to_another_accepted_output_is_not_needless() -> None:
    """Only a change that nobody accepts counts as needless."""
    answers = {"5": (Edit("x.a", "X", 0, 1, "5", "five"),)}
    assert evaluate([sentence("1", "5", "5", "five")], fake(answers)).total.needless == 0
    assert evaluate([sentence("1", "5", "5")], fake(answers)).total.needless == 1


def test_worst_sentences_come_first() -> None:
    """Wrong sentences are ordered by distance, and in gold order where it is equal."""
    gold = [sentence("near", "a b c d", "a b c x"), sentence("far", "a", "z"), sentence("ok", "a b", "a b")]
    assert [verdict.sentence.id for verdict in evaluate(gold, fake({})).wrong] == ["far", "near"]


def test_ignore_case_forgives_case_alone() -> None:
    """With ignore_case a capital more or less is no mistake; a letter is."""
    gold = [sentence("1", "A b", "a B"), sentence("2", "A b", "a c")]
    assert [v.correct for v in evaluate(gold, fake({})).verdicts] == [False, False]
    assert [v.correct for v in evaluate(gold, fake({}), ignore_case=True).verdicts] == [True, False]


def test_space_at_the_ends_is_no_mistake() -> None:
    """Gold cells are compared without the white space around them."""
    assert evaluate([sentence("1", "a ", "a")], fake({})).total.correct == 1


def test_each_set_of_layers_gets_one_normalizer() -> None:
    """Sentences whose class adds layers go through a normalizer that has them."""
    asked: list[tuple[str, ...]] = []

    def explainer(layers: tuple[str, ...]) -> Callable[[str], Document]:
        asked.append(layers)
        return lambda text: Document(text, ",".join(layers) or "none", ())

    gold = [
        sentence("1", "a", "none"),
        sentence("2", "a", "spelling", layers=("spelling",)),
        sentence("3", "b", "none"),
        sentence("4", "b", "spelling", layers=("spelling",)),
    ]
    assert evaluate(gold, explainer).total.correct == 4
    assert asked == [(), ("spelling",)]


@pytest.mark.parametrize(("correct", "n"), [(0, 10), (5, 10), (10, 10), (270, 300), (1, 1)])
def test_wilson_interval_ends_where_the_score_test_rejects(correct: int, n: int) -> None:
    """At a bound p inside 0..1 the observed share lies exactly 1.96 standard errors of p away."""
    for p in wilson(correct, n):
        if 1e-9 < p < 1 - 1e-9:
            assert abs(correct / n - p) == pytest.approx(1.959963984540054 * sqrt(p * (1 - p) / n))


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_interval_holds_the_share(counts: tuple[int, int]) -> None:
    """The interval lies in 0..1 and around the share it belongs to."""
    correct, n = counts
    low, high = wilson(correct, n)
    assert 0 <= low <= correct / n + 1e-12
    assert correct / n - 1e-12 <= high <= 1


def test_wilson_interval_of_nothing_is_everything() -> None:
    """Without a sentence nothing is known."""
    assert wilson(0, 0) == (0.0, 1.0)


def test_nearest_prefers_shared_words_then_letters_then_order() -> None:
    """An exact match wins; then words decide, then letters, then the order in the gold file."""
    assert nearest("a b", ["a c", "a b"]) == ("a b", 1.0)
    assert nearest("a b c", ["a x y", "a b z"])[0] == "a b z"
    assert nearest("one fifth", ["one second", "one fifths"])[0] == "one fifths"
    assert nearest("a", ["x", "y"]) == ("x", 0.0)


@pytest.mark.parametrize(
    ("expected", "got", "pairs"),
    [
        ("a b c", "a b c", []),
        ("a b c", "a x c", [("b", "x")]),
        ("a b c d", "a x y d", [("b", "x"), ("c", "y")]),
        ("a b c", "a c", [("b", "")]),
        ("a c", "a b c", [("", "b")]),
        ("a b c", "a x y z c", [("b", "x y z")]),
        ("a", "", [("a", "")]),
    ],
)
def test_diff_words(expected: str, got: str, pairs: list[tuple[str, str]]) -> None:
    """Differing stretches of equal length pair up word by word, others as a whole."""
    assert list(diff_words(expected, got)) == pairs


def test_a_reading_is_any_choice_among_the_alternatives() -> None:
    """Every edit may take any of its readings; text between edits must be as it was."""
    edits = place(
        (
            Edit("x", "X", 1, 2, "5", "five", uncertain=True, alternatives=("fifth", "fifths")),
            Edit("x", "X", 8, 9, "2", "two", uncertain=True, alternatives=("second",)),
        )
    )
    document = Document(" 5 and  2 ", replay(" 5 and  2 ", edits), edits)
    assert document.text == " five and  two "
    assert is_reading(document, "five and  two")
    assert is_reading(document, "fifths and  second")
    assert is_reading(document, "FIFTH AND  TWO".casefold(), str.casefold)
    assert not is_reading(document, "fifth and two")
    assert not is_reading(document, "fifth and  two.")
    assert not is_reading(document, "six and  two")
    assert is_reading(Document(" as it is ", " as it is ", ()), "as it is")
