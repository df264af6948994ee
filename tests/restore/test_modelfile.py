from __future__ import annotations

from pathlib import Path

import pytest

from textnorm.errors import PackError
from textnorm.restore.channel import Channel
from textnorm.restore.modelfile import Model, read_model, write_model
from textnorm.restore.scriptmap import ScriptMap
from textnorm.restore.wordmodel import WordModel


def test_a_model_comes_back_as_it_was(tmp_path: Path, words: WordModel, script_map: ScriptMap) -> None:
    """But for rounding, which is a twentieth of a nat at most."""
    path = tmp_path / "x.charlm"
    channels = {"xx": Channel(script_map).probabilities}
    write_model(path, Model(words, channels, {"order": 4}))
    found = read_model(path)
    assert found.words.words == words.words
    assert found.facts == {"order": 4}
    assert found.words.logs == pytest.approx(words.logs, abs=0.051)
    assert found.words.pairs == pytest.approx(words.pairs, abs=0.051)
    assert found.channels["xx"] == pytest.approx(channels["xx"], abs=1e-5)
    for word in ("šuo", "togas"):
        assert found.words.log_probability(word) == pytest.approx(words.log_probability(word), abs=0.6)


def test_the_same_model_is_the_same_file(tmp_path: Path, words: WordModel) -> None:
    """Byte for byte, so that it can be checked that a model is what it claims to be."""
    for name in ("a", "b"):
        write_model(tmp_path / name, Model(words))
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize("data", [b"", b"textnorm charlm 1\n{}\n", b"textnorm charlm 1\nx", b"\x00" * 99])
def test_other_files_are_refused(tmp_path: Path, data: bytes) -> None:
    """With one line that says how to get a model."""
    path = tmp_path / "x.charlm"
    path.write_bytes(data)
    with pytest.raises(PackError, match="train charlm"):
        read_model(path)


def test_a_cut_file_is_refused(tmp_path: Path, words: WordModel) -> None:
    """A download that broke off is no model."""
    path = tmp_path / "x.charlm"
    write_model(path, Model(words))
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(PackError, match="no model"):
        read_model(path)
    with pytest.raises(PackError, match="cannot read"):
        read_model(tmp_path / "y.charlm")
