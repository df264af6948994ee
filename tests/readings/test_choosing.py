"""A model chooses among the readings of rules by their numbers, and can bring in nothing else."""

from __future__ import annotations

import pickle
import warnings
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from textnorm.document import replay
from textnorm.errors import PackError
from textnorm.normalizer import Normalizer
from textnorm.readings.chooser import Chooser
from textnorm.readings.protocol import Ask

from .conftest import CHOICE, RULE, STAGES

Choosing = Callable[..., Normalizer]
ONCE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
LINES = st.lists(st.sampled_from(["1", "2", "3", "4", "las", "la", ".", "-", "\n"]), max_size=12).map(
    " ".join
)


class Fake:
    """Answers with whatever a function of the ask returns, and keeps what it was asked."""

    name = "fake"

    def __init__(self, answer: Callable[[Ask], Any]) -> None:
        self._answer = answer
        self.asked: list[Ask] = []

    def score(self, asks: Sequence[Ask]) -> Any:
        """One row of scores for each ask."""
        self.asked += asks
        return [self._answer(ask) for ask in asks]


def last(ask: Ask) -> list[float]:
    """All but certain of the last reading."""
    return [-9.0] * (len(ask.candidates) - 1) + [-0.1]


def fake(answer: Callable[[Ask], Any], margin: float = 1.0) -> Chooser:
    """A chooser that asks a fake model."""
    return Chooser("test.fake", margin, lambda: Fake(answer))


def test_the_likeliest_reading_is_taken(choosing: Choosing) -> None:
    """A table of weights prefers the accusative after words in -as, and the default stays elsewhere."""
    tn = choosing()
    assert tn("la 2\nlas 2\nla 2 las") == "la dua\nlas duan\nla dua las"


def test_an_edit_says_who_chose(choosing: Choosing) -> None:
    """It stays uncertain, lists the reading that was passed over, and names model and probability."""
    (edit,) = choosing().explain("las 2").edits
    assert (edit.rule, edit.chosen_by, edit.uncertain) == ("xx.number", "xx.choice", True)
    assert edit.readings == ("duan", "dua", "duas")
    assert edit.evidence == ("model: xx/choice", "log-probability: -0.02, that is 98%")
    assert edit.to_dict()["chosen_by"] == "xx.choice"
    (kept,) = choosing().explain("la 2").edits
    assert (kept.readings, kept.chosen_by) == (("dua", "duan", "duas"), "")


def test_another_reading_needs_the_margin(choosing: Choosing) -> None:
    """With a margin that is not reached, or `off`, the written order holds."""
    assert choosing({"margin": "3.9"})("las 2") == "las duan"
    assert choosing({"margin": "4.1"})("las 2") == "las dua"
    assert choosing({"margin": "off"})("las 2") == "las dua"


def test_layers_and_items_switch_it_off(choosing: Choosing) -> None:
    """Like any stage, and `only` is about rules."""
    assert choosing(chosen={"layers": ["-choice"]})("las 2") == "las dua"
    assert choosing(chosen={"off": ["xx.choice"]})("las 2") == "las dua"
    assert choosing(chosen={"only": ["xx.number"]})("las 2") == "las duan"


def test_uncertain_readings_are_kept_or_marked_all_the_same(choosing: Choosing) -> None:
    """What is left alone is not asked about; marks list the chosen reading first."""
    assert choosing(chosen={"uncertain": "keep"})("las 2") == "las 2"
    assert choosing(chosen={"uncertain": "mark"})("las 2") == "las ⟦duan|dua|duas⟧"


def test_a_model_is_shown_the_line_and_the_readings(plain: Normalizer) -> None:
    """Left and right of the match, and the features of each reading in the written order."""
    model = Fake(last)
    plain.choose_by(Chooser("test.fake", 1.0, lambda: model))
    assert plain("no\nas 2 b\nno") == "no\nas duas b\nno"
    (ask,) = model.asked
    assert (ask.left, ask.before, ask.right) == ("as ", "2", " b")
    assert [(one.text, one.rule, one.bundles) for one in ask.candidates] == [
        ("dua", "xx.number", (("nom",),)),
        ("duan", "xx.number", (("acc",),)),
        ("duas", "xx.number", (("gen",),)),
    ]


def test_sentence_capitals_and_rivals_are_among_the_readings(choosing: Choosing) -> None:
    """A reading of a rule that lost names its own rule, and so does the edit if it is taken."""
    other = {"id": "digit", "match": "2", "priority": "-1", "say": "zwei", "class": "B"}
    tn = choosing(rules=(RULE, other))
    tn.choose_by(fake(last))
    (edit,) = tn.explain("2 b").edits
    assert edit.readings == ("Zwei", "Dua", "Duan", "Duas")
    assert (edit.rule, edit.cls) == ("xx.digit", "B")
    assert tn("2 b") == "Zwei b"


def test_only_uncertain_matches_are_asked_about_and_each_once(choosing: Choosing) -> None:
    """What the rules are sure of never reaches the model, and answers are remembered."""
    sure = {"id": "sure", "match": "b", "say": "c"}
    tn, model = choosing(rules=(RULE, sure)), Fake(last)
    tn.choose_by(Chooser("test.fake", 1.0, lambda: model))
    assert tn("a b") == "a c"
    assert model.asked == []
    assert tn("a 2\na 2\na b 2") == tn("a 2\na 2\na b 2") == "a duas\na duas\na c duas"
    assert len(model.asked) == 2


class Picklable:
    """A model that prefers the last reading, of a class that other processes know."""

    name = "last"

    def score(self, asks: Sequence[Ask]) -> list[list[float]]:
        """All but certain of the last reading."""
        return [last(ask) for ask in asks]


def test_other_processes_choose_alike(plain: Normalizer) -> None:
    """What was set by hand goes along when a normalizer is pickled, as does its absence."""
    plain.choose_by(Chooser("test.last", 1.0, Picklable))
    assert pickle.loads(pickle.dumps(plain))("a 2") == "a duas"
    plain.choose_by(None)
    assert pickle.loads(pickle.dumps(plain))("a 2") == "a dua"


HOSTILE: list[Callable[[Ask], Any]] = [
    lambda ask: [],
    lambda ask: [-1.0] * (len(ask.candidates) + 1),
    lambda ask: [float("nan")] * len(ask.candidates),
    lambda ask: [-5.0, float("inf"), -5.0],
    lambda ask: [-5.0, 7.0, -5.0],
    lambda ask: [-5.0, "0", -5.0],
    lambda ask: [-5.0, None, -5.0],
    lambda ask: ["dua", "slovo", "x"],
    lambda ask: None,
    lambda ask: 3,
    lambda ask: 1 / 0,
]


@pytest.mark.parametrize("answer", HOSTILE)
@given(text=LINES)
@ONCE
def test_a_hostile_model_leaves_the_written_order(
    answer: Callable[[Ask], Any], text: str, plain: Normalizer
) -> None:
    """Whatever a model returns or raises, the output is what it is without a model."""
    plain.choose_by(None)
    without = plain.explain(text)
    plain.choose_by(fake(answer))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert plain(text) == without.text
        assert plain.explain(text).edits == without.edits


@pytest.mark.parametrize("rows", [[], [[-9.0, -0.1, -9.0]] * 5, None, "abc", 7])
def test_too_few_rows_or_too_many_are_none(rows: Any, plain: Normalizer) -> None:
    """Rows that cannot be matched with asks are not used."""

    class Wrong(Fake):
        def score(self, asks: Any) -> Any:
            return rows

    plain.choose_by(Chooser("test.fake", 0.0, lambda: Wrong(last)))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert plain("a 2 b 3") == "a dua b tria"


def test_a_failing_model_is_told_of(plain: Normalizer) -> None:
    """The warning names the model and what becomes of the text."""
    plain.choose_by(fake(lambda ask: 1 / 0))
    with pytest.warns(UserWarning, match="model fake: ZeroDivisionError.*first readings stay"):
        assert plain("a 2") == "a dua"


@given(text=LINES, scores=st.lists(st.floats(-20, 0), min_size=3, max_size=3), margin=st.floats(0, 9))
@ONCE
def test_no_reading_but_the_rules_own_can_appear(
    text: str, scores: list[float], margin: float, plain: Normalizer
) -> None:
    """For any model the edits have the same readings as without it, in some order, and `apply` agrees."""
    plain.choose_by(None)
    without = plain.explain(text)
    plain.choose_by(fake(lambda ask: scores, margin))
    document = plain.explain(text)
    assert [sorted(edit.readings) for edit in document.edits] == [
        sorted(edit.readings) for edit in without.edits
    ]
    assert [(edit.start, edit.end, edit.uncertain) for edit in document.edits] == [
        (edit.start, edit.end, edit.uncertain) for edit in without.edits
    ]
    assert plain(text) == document.text == replay(text, document.edits)


@given(text=st.text(max_size=40))
@ONCE
def test_plain_text_and_explanations_agree_for_a_shipped_pack(text: str, lt: Normalizer) -> None:
    """With a model that always wants the last reading, on any text between doubtful numbers."""
    doubtful = f"pamatė 3 kg, {text} 5 iš 7 {text}\n{text} 12 val."
    lt.choose_by(fake(last, 0.0))
    try:
        assert lt(doubtful) == lt.explain(doubtful).text == lt.explain(doubtful, why=True).text
    finally:
        lt.choose_by(None)


@pytest.mark.parametrize(
    ("choice", "table", "message"),
    [
        ({"margin": "-1"}, None, "a margin below 0"),
        ({"margin": "much"}, None, '"much" is no number'),
        ({"model": "xx/chioce"}, None, "xx/chioce"),
        ({}, "clue\tvalue\nany\tacc\n", 'no column "weight"'),
        ({}, "clue\tvalue\tweight\nany\tacc\tbig\n", '"big" is no weight'),
        ({}, "clue\tvalue\tweight\nany\tacc\t1e9\n", '"1e9" is no weight'),
    ],
)
def test_faulty_files_are_refused(
    choice: dict[str, str], table: str | None, message: str, choosing: Choosing
) -> None:
    """With what is wrong, before or with the first uncertain match."""
    with pytest.raises(PackError, match=message):
        choosing(choice, **({} if table is None else {"table": table}))("las 2")


def test_a_readings_stage_follows_rules(choosing: Choosing) -> None:
    """Anywhere else there are no readings that it could be about."""
    with pytest.raises(PackError, match="put this stage after a stage of rules"):
        choosing(stages=STAGES[::-1])
    twice = [STAGES[0], {**STAGES[1], "files": ["choice.yaml", "more.yaml"]}]
    files = {"choice": CHOICE, "more": {**CHOICE, "namespace": "xx.more"}}
    with pytest.raises(PackError, match="one file of readings is enough"):
        choosing(stages=twice, files=files)
