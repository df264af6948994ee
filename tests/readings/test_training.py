"""A table of weights is learned from gold sentences, and cross-validation says whether it is worth having."""

from __future__ import annotations

from math import exp

import pytest

from textnorm.errors import Location
from textnorm.evaluate.gold import Sentence
from textnorm.normalizer import Normalizer
from textnorm.readings.clues import clues, values
from textnorm.readings.examples import Example, examples
from textnorm.readings.linear import Linear, table_rows
from textnorm.readings.protocol import Ask, Candidate
from textnorm.readings.train import Settings, train, validate

NOUNS, VERBS = ("kom", "bil", "sova", "lito"), ("mavas", "lusas", "tibas", "rokas")
ASK = Ask(
    "Lu po 7 ",
    "2 kg",
    ", ne trumai. La",
    (Candidate("dua", "xx.a", (("nom", None), ("acc", "f"))), Candidate("2 kg", "xx.a", ())),
)


def gold(accusative: bool = True) -> list[Sentence]:
    """Sentences with a number after a noun or a verb; of the verbs' numbers the forms may be reversed."""
    rows = []
    for number, word in (("1", "una"), ("2", "dua"), ("3", "tria")):
        for noun in NOUNS:
            rows.append((f"a {noun} {number}", f"a {noun} {word}"))
        for verb in VERBS:
            rows.append((f"a {verb} {number}", f"a {verb} {word}{'n' if accusative else ''}"))
    at = Location("gold.tsv")
    return [Sentence(str(n), "NUM", text, (out,), at) for n, (text, out) in enumerate(rows * 2)]


@pytest.fixture
def found(plain: Normalizer) -> list[Example]:
    """The examples in the sentences."""
    return list(examples(gold(), lambda layers: plain))


def test_clues_are_the_words_around_and_what_the_rules_say_first() -> None:
    """Two words on each side, whole and by their ends, any word of the clause, what is written, the rule."""
    found = set(clues(ASK))
    assert {"left 0", "left2 po", "before lu", "as kg", "rule xx.a", "first nom", "any"} <= found
    assert {"right ,", "right2 ne", "after trumai"} <= found
    assert {clue for clue in found if clue.startswith("after")} == {"after ,", "after ne", "after trumai"}
    assert "left |" in clues(ASK._replace(left=""))
    assert {"left -as", "left -vas", "left mavas"} <= set(clues(ASK._replace(left="mavas ")))


def test_values_are_given_for_each_set_of_features() -> None:
    """The place in the written order, the rule, and the features; the text as it stands has none."""
    assert values(ASK.candidates[0], 0) == (("first", "rule xx.a", "nom"), ("first", "rule xx.a", "acc", "f"))
    assert values(ASK.candidates[1], 1) == (("place 1", "rule xx.a", "as-is"),)


def test_a_reading_is_as_likely_as_all_its_sets_of_features_together() -> None:
    """Without weights two of three sets are the first reading's; probabilities add up to 1."""
    (even,) = Linear("none", {}).score([ASK])
    assert exp(even[0]) == pytest.approx(2 / 3)
    (other,) = Linear("some", {"as kg": {"as-is": 2.0}, "left lu": {"nom": 9.0}}).score([ASK])
    assert other[1] > other[0]
    assert sum(map(exp, other)) == pytest.approx(1.0)


def test_examples_know_which_readings_are_accepted(found: list[Example]) -> None:
    """One for each sentence with something uncertain: the nominative, or the accusative after verbs."""
    assert len(found) == len(gold())
    assert {example.right for example in found} == {frozenset({(0,)}), frozenset({(1,)})}


def test_several_choices_in_a_sentence_are_right_only_together(plain: Normalizer) -> None:
    """Accepted outputs are compared whole."""
    sentence = Sentence("1", "NUM", "a 1 b 2", ("a una b dua", "a unan b duan"), Location("gold.tsv"))
    (example,) = examples([sentence], lambda layers: plain)
    assert example.right == {(0, 0), (1, 1)}


def test_what_the_context_decides_is_learned(found: list[Example]) -> None:
    """Held-out sentences come out right, a margin is recommended, and the ending is the reason."""
    validation = validate(found, Settings(rounds=8))
    assert (validation.sentences, validation.right, validation.reachable) == (48, 24, 48)
    best = validation.best
    assert best is not None
    assert (best.fixed, best.broken) == (24, 0)
    weights = train(found, Settings(rounds=8))
    assert weights["left -as"]["acc"] > 0.5 > weights["left kom"]["acc"]


def test_the_written_order_that_is_right_is_not_bettered(plain: Normalizer) -> None:
    """Nothing is fixed, so there is no margin to recommend."""
    found = list(examples(gold(accusative=False), lambda layers: plain))
    validation = validate(found, Settings())
    assert validation.right == validation.reachable == 48
    assert validation.best is None


def test_a_gain_that_may_be_chance_is_none(found: list[Example]) -> None:
    """Four sentences fixed and none broken are not enough for the sign test; five are."""
    validation = validate(found, Settings(rounds=1))
    result = validation.results[0]
    assert not result._replace(fixed=4, broken=0).is_better
    assert result._replace(fixed=5, broken=0).is_better
    assert not result._replace(fixed=0, broken=0).is_better
    assert not result._replace(fixed=9, broken=8).is_better


def test_training_is_repeatable(found: list[Example]) -> None:
    """The same examples and seed give the same table."""
    one, other = (list(table_rows(train(found, Settings()))) for _ in range(2))
    assert one == other
    assert all(abs(float(row.split("\t")[2])) >= 0.05 for row in one)
