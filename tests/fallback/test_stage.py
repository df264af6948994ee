"""The stage asks about words only, and no model can make the text worse."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textnorm.document import replay
from textnorm.errors import PackError
from textnorm.fallback.gate import Gate
from textnorm.fallback.lines import Signs, Words
from textnorm.fallback.protocol import Ask
from textnorm.fallback.stage import FallbackStage, Rules


class FakeEngine:
    """Answers with whatever a function of the ask returns, and keeps what it was asked."""

    name, reach = "fake", 2

    def __init__(self, answer: Callable[[Ask], Any]) -> None:
        self._answer = answer
        self.asked: list[Ask] = []

    def knows(self, word: str) -> bool:
        """No word is listed."""
        return False

    def settled(self, word: str) -> str | None:
        """No form is certain."""
        return None

    def predict(self, asks: Sequence[Ask]) -> Any:
        """One answer for each ask."""
        self.asked += asks
        return [self._answer(ask) for ask in asks]


def stage(engine: Any, threshold: float | None = -1.0, **rules: Any) -> FallbackStage:
    """A stage that asks the engine."""
    return FallbackStage(Rules("test.fake", "TEST", Gate(threshold), **rules), lambda: engine)


def doubled(ask: Ask) -> tuple[str, float]:
    """The word with its last letter twice."""
    return ask.word + ask.word[-1], -0.1


def test_words_are_asked_about_with_their_neighbours() -> None:
    """Two tokens on each side go along, and the ends of the line are seen by their absence."""
    engine = FakeEngine(doubled)
    assert stage(engine).apply("one, two three four") == "onee, twoo threee fourr"
    assert engine.asked[0] == Ask((), "one", (",", "two"))
    assert engine.asked[2] == Ask((",", "two"), "three", ("four",))


@pytest.mark.parametrize(
    "protected",
    ["42", "4th", "https://a.example/path", "www.example.org", "me@example.org", "@handle", "#tag", "a/b", "C:\\x",
     "snake_case", "x²", "..."],
)  # fmt: skip
def test_protected_classes_never_reach_a_model(protected: str) -> None:
    """Numbers, addresses, handles, tags and paths stay, and are not even shown as the word in question."""
    engine = FakeEngine(doubled)
    assert stage(engine).apply(f"so {protected} so") == f"soo {protected} soo"
    assert {ask.word for ask in engine.asked} == {"so"}


def test_known_words_names_and_what_the_pack_protects_stay() -> None:
    """Lists and patterns of the pack keep words from the model."""
    quoted = re.compile('"[^"]*"')
    rules: dict[str, Any] = {
        "stays": {"known"},
        "protect": lambda line: (match.span() for match in quoted.finditer(line)),
        "skip": re.compile("^>").search,
    }
    text = 'Known new "new words" new\n> new\nnew'
    assert stage(FakeEngine(doubled), **rules).apply(text) == 'Known neww "new words" neww\n> new\nneww'


def test_what_rules_made_stays() -> None:
    """Stretches that are handed over as made by rules are not asked about, wherever the line begins."""
    text = "ab cd\nef gh"
    assert stage(FakeEngine(doubled)).apply(text, made=[(3, 5), (6, 8)]) == "abb cd\nef ghh"


def test_lines_of_other_languages_stay() -> None:
    """A line needs more of the own language's words than of others, and foreign words stay in any."""
    lines = Words(Signs(lambda word: word in {"labas", "to"}, {"the", "to"}))
    made = stage(FakeEngine(doubled), lines=lines)
    assert made.apply("the to zzz") == "the to zzz"
    assert made.apply("labas the to zzz labas") == "labass the too zzzz labass"


def test_an_edit_says_what_speaks_for_it() -> None:
    """Model, log-probability and the checks of the gate are in the evidence; a doubtful edit is uncertain."""
    sure, doubtful = stage(FakeEngine(doubled)), stage(FakeEngine(lambda ask: (ask.word + "s", -0.7)))
    (edit,) = sure.edits("word")
    assert (edit.before, edit.after, edit.uncertain) == ("word", "wordd", False)
    assert edit.evidence[0] == "model: fake"
    assert edit.evidence[1].startswith("log-probability: -0.10")
    assert "digits" in edit.evidence[2]
    assert "script" in edit.evidence[2]
    assert doubtful.edits("word")[0].uncertain
    assert stage(FakeEngine(lambda ask: (ask.word + "s", -0.7)), keep_uncertain=True).apply("word") == "word"


def test_each_word_in_its_place_is_asked_about_once() -> None:
    """Answers are remembered over lines and texts."""
    engine = FakeEngine(doubled)
    made = stage(engine)
    assert made.apply("so so\nso so\nso so") == made.apply("so so\nso so\nso so")
    assert len(engine.asked) == 2


def test_a_stage_that_is_off_asks_nothing() -> None:
    """Without a threshold the text stays, and the model is not even made."""

    def missing() -> Any:
        raise AssertionError("asked for")

    off = FallbackStage(Rules("test.off", "TEST", Gate(None)), missing)
    assert off.apply("some words") == "some words"
    assert off.edits("some words") == []


HOSTILE: list[Callable[[Ask], Any]] = [
    lambda ask: ("", 0.0),
    lambda ask: (ask.word * 1000, 0.0),
    lambda ask: ("\ud800", 0.0),
    lambda ask: ("\n", 0.0),
    lambda ask: ("слово", 0.0),
    lambda ask: (ask.word + "7", 0.0),
    lambda ask: (ask.word + "\u202e", 0.0),
    lambda ask: (None, 0.0),
    lambda ask: (3.0, 0.0),
    lambda ask: (ask.word + "x", float("nan")),
    lambda ask: (ask.word + "x", None),
    lambda ask: None,
    lambda ask: ("a", 0.0, "b"),
    lambda ask: 1 / 0,
    lambda ask: [].pop(),
    lambda ask: (ask.word + "x", 10**400),
    lambda ask: (ask.word + "x", -(10**400)),
    lambda ask: (ask.word + "x", complex(0, 1)),
    lambda ask: (ask.word[:-1] + "\x00", 0.0),
    lambda ask: (ask.word + "\u0301" * 40, 0.0),
    lambda ask: (ask.word.encode(), 0.0),
]


@pytest.mark.parametrize("answer", HOSTILE)
@given(text=st.text(max_size=60))
def test_a_hostile_model_changes_nothing(answer: Callable[[Ask], Any], text: str) -> None:
    """Whatever a model returns or raises, the text stays as it is and nothing crashes."""
    made = stage(FakeEngine(answer))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert made.apply(text) == text
        assert made.edits(text) == []


@given(text=st.text(max_size=60), short=st.booleans())
def test_a_model_that_answers_too_few_or_too_many_changes_nothing(text: str, short: bool) -> None:
    """Answers that cannot be matched with words are not used."""

    class Wrong(FakeEngine):
        def predict(self, asks: Any) -> Any:
            return [("a", 0.0)] * (len(asks) - 1 if short else len(asks) + 1)

    assert stage(Wrong(doubled)).apply(text) == text


def test_a_model_cannot_alter_what_it_is_asked() -> None:
    """An engine that empties the list of questions, or never ends answering, changes nothing and stops nothing."""

    class Greedy(FakeEngine):
        def predict(self, asks: Any) -> Any:
            asks.clear()
            return []

    class Endless(FakeEngine):
        def predict(self, asks: Any) -> Any:
            while True:
                yield "a", 0.0

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert stage(Greedy(doubled)).apply("some words") == "some words"
        assert stage(Endless(doubled)).apply("some words") == "some words"


def test_a_fault_that_the_user_can_mend_is_told() -> None:
    """What is wrong with a pack or its model comes out as the error that it is."""

    def fault(ask: Ask) -> Any:
        raise PackError("no such file")

    with pytest.raises(PackError, match="no such file"):
        stage(FakeEngine(fault)).apply("some words")


@pytest.mark.parametrize("form", ["", "слово", 3, b"word", "two\nlines", ZeroDivisionError])
def test_forms_that_a_model_is_certain_of_pass_the_gate_too(form: Any) -> None:
    """What needs no context is no more trusted than what does."""

    class Certain(FakeEngine):
        def settled(self, word: str) -> Any:
            if form is ZeroDivisionError:
                raise form
            return form

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert stage(Certain(doubled)).apply("some words") == "some words"


def test_a_failing_model_is_reported_once_for_each_batch() -> None:
    """The user learns that the model failed, and the words stay."""
    with pytest.warns(UserWarning, match="ZeroDivisionError"):
        assert stage(FakeEngine(lambda ask: 1 / 0)).apply("some words") == "some words"


@given(text=st.text(max_size=80), answers=st.lists(st.tuples(st.text(max_size=9), st.floats()), min_size=1))
def test_edits_replay_to_the_output(text: str, answers: list[tuple[str, float]]) -> None:
    """For any model the edits lead to what `apply` returns, and the number of lines stays."""
    engine = FakeEngine(lambda ask: answers[len(ask.word) % len(answers)])
    output = stage(engine).apply(text)
    assert replay(text, stage(engine).edits(text)) == output
    assert output.count("\n") == text.count("\n")
    assert [char for char in output if char.isdigit()] == [char for char in text if char.isdigit()]
