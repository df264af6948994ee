"""What a trained restorer knows, and its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from textnorm.errors import PackError
from textnorm.restore.tagging.model import (
    Restorer,
    kind,
    level,
    listed,
    paused,
    read_restorer,
    spelled,
    write_restorer,
)
from textnorm.restore.tagging.signs import Signs
from textnorm.restore.tokens import tokens
from textnorm.tagger.letters import Mask
from textnorm.tagger.weights import Weights

MASK = Mask({"и": ("і", "ї"), "й": ("",), "ы": ("и",)})


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("кит", {(0,): "кит", (1,): "кіт"}),
        ("рыба", {(1,): "риба"}),
        ("мойи", {(1, 2): "мої"}),
        ("лес", {}),
        ("дом", {(): "дом"}),
        ("ки", {}),
        ("", {}),
    ],
)
def test_listed_words_that_may_have_been_typed_so(
    model: Restorer, typed: str, found: dict[tuple[int, ...], str]
) -> None:
    """All of them, with the reading that each letter of the mask has; beginnings of words are no words."""
    words = sorted(["кит", "кіт", "риба", "мої", "дом", "кита"])
    small = Restorer(MASK, Signs({}), model.weights, words)
    assert listed(small, typed) == found
    assert {spelled(MASK, typed, choices) for choices in found} == set(found.values())


def test_a_model_comes_back_from_its_file(model: Restorer, tmp_path: Path) -> None:
    """With the same mask, signs, words and weights."""
    path = tmp_path / "reader.tagger"
    write_restorer(path, model)
    again = read_restorer(path)
    assert again.mask.edits == model.mask.edits
    assert again.signs.odds == model.signs.odds
    assert list(again.words) == list(model.words)
    assert (again.weights.table == model.weights.table).all()


@pytest.mark.parametrize("data", [b"", b"textnorm tagger 1\n{}", b"textnorm restorer 1\n{}\n"])
def test_other_files_are_refused(tmp_path: Path, data: bytes) -> None:
    """In one line that names the remedy."""
    path = tmp_path / "reader.tagger"
    path.write_bytes(data)
    with pytest.raises(PackError, match="no model of this version"):
        read_restorer(path)


def test_only_white_space_is_no_pause() -> None:
    """A comma parts two words, a space does not."""
    found = tokens("так, він  тут")
    assert list(paused([token.text for token in found], found, ",")) == ["так", ",", "він", "тут"]


def test_words_are_of_24_kinds() -> None:
    """Eight by the share of words of their line that were respelled, three by their own letters."""
    assert [level(share) for share in (0.06, 0.13, 0.5, 0.99, 1.0)] == [0, 1, 4, 7, 7]
    assert len({kind(level(n / 8), odds) for n in range(9) for odds in (-3.4, 0.0, 11.0)}) == 24


def test_weights_are_bytes(model: Restorer) -> None:
    """A trained model is small: no more weights than were asked for, in one byte each."""
    assert isinstance(model.weights, Weights)
    assert model.weights.table.dtype.itemsize == 1
    assert 0 < (model.weights.table != 0).sum() <= 20_000
