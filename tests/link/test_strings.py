"""Strings in arrays."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from textnorm.link.strings import Strings, Writer, hash_of, hashes

FLU = "2eded6f15f499ced"  # BLAKE2b with eight bytes
TEXTS = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=8), max_size=40)


def written(texts: list[str]) -> Strings:
    """The texts in arrays."""
    writer = Writer()
    for text in texts:
        writer.append(text)
    return writer.done()


@given(TEXTS)
def test_round_trip(texts: list[str]) -> None:
    """What is written comes back, one by one, as slices, and in batches."""
    strings = written(texts)
    assert list(strings) == texts
    assert strings[1:3] == texts[1:3]
    assert [text for batch in strings.batches(3) for text in batch] == texts


@given(TEXTS.filter(bool), st.data())
def test_gathered(texts: list[str], data: st.DataObject) -> None:
    """Strings can be put in any order, and taken more than once."""
    order = data.draw(st.lists(st.integers(0, len(texts) - 1)))
    assert list(written(texts).gathered(np.array(order, np.int64))) == [texts[number] for number in order]


def test_outside() -> None:
    """A number beyond the end is no string; -1 is the last."""
    strings = written(["a", "b"])
    assert strings[-1] == "b"
    with pytest.raises(IndexError):
        strings[2]


def test_lone_surrogate() -> None:
    """Half a character cannot be written and becomes the replacement character; whole ones stay."""
    assert list(written(["a\ud83d", "\U0001f600"])) == ["a\ufffd", "\U0001f600"]


def test_hashes() -> None:
    """The same on every machine: these values are on disk in users' indexes."""
    assert hashes(["flu", "", "Grippe"]).tolist() == [hash_of("flu"), hash_of(""), hash_of("Grippe")]
    assert hash_of("flu") == int.from_bytes(bytes.fromhex(FLU), "little")
