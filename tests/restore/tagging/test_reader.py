"""Lines are read back; clean lines, and what cannot have been meant, stay."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textnorm.document import replay
from textnorm.pack.model import Restore
from textnorm.restore.noise import Noise
from textnorm.restore.scriptmap import ScriptMap
from textnorm.restore.stage import RestoreStage
from textnorm.restore.tagging.measure import measure
from textnorm.restore.tagging.model import Restorer
from textnorm.restore.tagging.reader import TagReader

from .conftest import LINES

CHARS = "абвгдеиійклмноырстуьюяїґ ,.\n1a@"


@pytest.fixture(scope="module")
def stage(model: Restorer, item: Restore) -> RestoreStage:
    """The trained model at work."""
    return RestoreStage(item, TagReader(model, item.margin, item.evidence))


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("вона йисть рыбу", "вона їсть рибу"),
        ("диты йидят сыр и пыриг", "діти їдять сир і пиріг"),
        ("рыбы плавають, а кит сыдыть", "риби плавають, а кіт сидить"),
    ],
)
def test_typed_lines_are_restored(stage: RestoreStage, typed: str, clean: str) -> None:
    """Letters that are one in the other script, two letters for one, and letters left out."""
    assert stage.apply(typed) == clean


@pytest.mark.parametrize("line", dict.fromkeys(LINES))
def test_clean_lines_stay(stage: RestoreStage, line: str) -> None:
    """There is nothing to restore in them."""
    assert stage.apply(line) == line


def test_a_word_in_its_own_letters_stays_among_typed_ones(stage: RestoreStage) -> None:
    """The writer had the keyboard for it."""
    assert stage.apply("кіт сыдыть биля хаты") == "кіт сидить біля хати"


def test_lines_do_not_depend_on_their_neighbours(stage: RestoreStage, script_map: ScriptMap) -> None:
    """A block is judged at once, and comes out as its lines do one by one."""
    typed = Noise(script_map, 80, seed=3)("\n".join(LINES[:40]))
    assert stage.apply(typed).split("\n") == [stage.apply(line) for line in typed.split("\n")]


def test_a_full_table_of_readings_is_renewed(
    model: Restorer, item: Restore, script_map: ScriptMap, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Memory stays bounded, and what is read stays the same."""
    typed = Noise(script_map, 80, seed=3)("\n".join(LINES[:40])).split("\n")
    full = RestoreStage(item, TagReader(model, item.margin, item.evidence))
    monkeypatch.setattr("textnorm.restore.tagging.reader._KEPT", 5)
    tiny = RestoreStage(item, TagReader(model, item.margin, item.evidence))
    assert [tiny.apply(line) for line in typed] == [full.apply(line) for line in typed]


@settings(max_examples=100)
@given(st.text(st.sampled_from(CHARS), max_size=80))
def test_edits_replay_and_the_output_is_its_own_output(stage: RestoreStage, text: str) -> None:
    """On any text; digits, Latin and handles stay."""
    once = stage.apply(text)
    assert stage.apply(once) == once
    assert replay(text, stage.edits(text)) == once
    kept = "1a@"
    assert [char for char in once if char in kept] == [char for char in text if char in kept]


@settings(max_examples=100)
@given(st.text(st.sampled_from("абгиійкоыьї "), max_size=40))
def test_no_letter_becomes_what_it_cannot_stand_for(stage: RestoreStage, model: Restorer, text: str) -> None:
    """Whatever the weights say: without what may be typed otherwise, nothing of a line has changed."""
    loose = str.maketrans("", "", "".join({*model.mask.edits, *"".join(sum(model.mask.edits.values(), ()))}))
    assert stage.apply(text).translate(loose) == text.translate(loose)


def test_doubtful_words_name_their_rivals(stage: RestoreStage) -> None:
    """кит may be кіт or кит; the edit tells how far it leads, and the line's share of respelled words."""
    edits = stage.edits("сирый кит, рыба, рыбы, хаты")
    assert all(len(edit.evidence) == 2 for edit in edits)
    assert {edit.before: edit.after for edit in edits}["рыба"] == "риба"


def test_training_is_measured_on_lines_held_back(
    model: Restorer, item: Restore, script_map: ScriptMap
) -> None:
    """All words are respelled, and most come back; of the clean lines none changes."""
    told = measure(model, item, script_map, LINES[:8], seed=5)
    assert told.startswith("4")
    assert told.endswith("0 of 8 clean lines changed")
