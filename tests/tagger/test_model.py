"""A trained tagger: what it learns, what it can never do, and that it survives being written to a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textnorm.errors import PackError
from textnorm.fallback.protocol import Ask
from textnorm.tagger.letters import Letters
from textnorm.tagger.model import Model, Tagger
from textnorm.tagger.modelfile import read_model, write_model
from textnorm.tagger.train import Sources, train

from .conftest import LINES, SETTINGS, untracked


def test_listed_words_with_one_reading_are_certain(model: Model) -> None:
    """What was seen with one reading is that reading, in the capitals of the typed word."""
    assert Tagger("t", model).predict([Ask((), "Korti", ()), Ask((), "BON", ())]) == [
        ("Körti", 0.0),
        ("BON", 0.0),
    ]


def test_an_unseen_word_is_read_by_its_letters(model: Model) -> None:
    """The rule of the language holds for words that were never seen, with a probability below 1."""
    ((answer, score),) = Tagger("t", model).predict([Ask((), "kortam", ())])
    assert answer is not None
    assert answer.startswith("kört")
    assert score < 0


def test_context_chooses_between_listed_readings(letters: Letters) -> None:
    """A word with two readings takes the one that stood beside the same neighbour."""
    lines = ["su bora", "ir borå", "su mola ir borå", "ne su bora"] * 20
    model = train(Sources([lines]), letters, SETTINGS, {}, untracked, lambda text: None)
    tagger = Tagger("t", model)
    answers = tagger.predict([Ask(("su",), "bora", ()), Ask(("ir",), "bora", ())])
    assert [answer for answer, _ in answers] == ["bora", "borå"]


@given(
    word=st.text("abortkmsnöÄOA", min_size=1, max_size=10),
    right=st.lists(st.text(min_size=1, max_size=5), max_size=3),
)
def test_no_base_letter_ever_changes(model: Model, word: str, right: list[str]) -> None:
    """Whatever the word and its neighbours, only marks are put on, and words that have marks stay."""
    ((answer, score),) = Tagger("t", model).predict([Ask((), word, tuple(right))])
    assert answer is not None
    assert model.letters.plain(answer) == model.letters.plain(word)
    assert score <= 0
    if model.letters.plain(word) != word:
        assert answer == word


def test_answers_do_not_depend_on_what_else_is_asked(model: Model) -> None:
    """Batches are about speed alone."""
    asks = [Ask(("von",), word, ("si",)) for word in ("kortam", "nola", "tormas", "lora", "x")]
    tagger = Tagger("t", model)
    assert tagger.predict(asks) == [tagger.predict([ask])[0] for ask in asks]


def test_training_is_deterministic(letters: Letters, model: Model) -> None:
    """The same sources and settings give the same weights."""
    sources = Sources([LINES], words=["körti", "nola", "nolä"])
    again = train(sources, letters, SETTINGS, {}, untracked, lambda text: None)
    assert (again.weights.table == model.weights.table).all()
    assert again.words == model.words


def test_a_model_is_the_same_after_writing_and_reading(model: Model, tmp_path: Path) -> None:
    """Weights, words and mask survive."""
    path = tmp_path / "m.tagger"
    write_model(path, model)
    back = read_model(path)
    assert (back.weights.table == model.weights.table).all()
    assert back.weights.unit == model.weights.unit
    assert back.words == model.words
    assert back.letters.edits == model.letters.edits


@pytest.mark.parametrize("data", [b"", b"textnorm tagger 1\n", b"textnorm tagger 1\n{}\n", b"PK\x03\x04"])
def test_a_file_that_is_no_model_is_refused(data: bytes, tmp_path: Path) -> None:
    """With one line that names the file."""
    path = tmp_path / "m.tagger"
    path.write_bytes(data)
    with pytest.raises(PackError, match="no model"):
        read_model(path)


def test_a_missing_model_is_refused(tmp_path: Path) -> None:
    """With the command that makes one."""
    with pytest.raises(PackError, match="cannot read"):
        read_model(tmp_path / "none.tagger")
