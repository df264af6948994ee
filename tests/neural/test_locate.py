from pathlib import Path

import pytest

from textnorm.errors import PackError
from textnorm.neural.locate import PUBLISHED, locate
from textnorm.neural.settings import Settings, read_settings, write_settings


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    """The error names the folder and what it lacks."""
    with pytest.raises(PackError, match=r"config\.json is missing"):
        locate(str(tmp_path))


def test_a_path_that_is_not_there_is_no_name_on_the_hub() -> None:
    """A mistyped path is not looked up on the network."""
    with pytest.raises(PackError, match="no model at"):
        locate("models/lt/small")


def test_names_on_the_hub_are_not_fetched_unasked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that is not in the local cache is an error that says how to get it."""
    pytest.importorskip("huggingface_hub", reason="needs the extra: pip install 'textnorm[byt5]'")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(PackError, match="--allow-download"):
        locate("ufal/byt5-small-multilexnorm2021-hr")


def test_published_models_get_the_case_they_were_trained_on(tmp_path: Path) -> None:
    """Six of the twelve models were trained on lower case, a seventh on Turkish and German mixed."""
    lower = {name.rpartition("-")[2] for name, settings in PUBLISHED.items() if settings.lower}
    assert lower == {"en", "es", "hr", "iden", "sl", "sr", "trde"}
    assert len(PUBLISHED) == 12
    copied = tmp_path / "byt5-small-multilexnorm2021-hr"
    copied.mkdir()
    (copied / "config.json").write_text('{"model_type": "t5", "vocab_size": 384}')
    assert locate(str(copied))[1].lower


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ('{"model_type": "mt5", "vocab_size": 250112}', "no T5 model but mt5"),
        ('{"model_type": "t5", "vocab_size": 32128}', "32128 entries, not 384"),
        ('{"model_type": "t5", "vocab_size": 300}', "300 entries, not 384"),
        ('{"model_type": "bert", "vocab_size": 384}', "no T5 model but bert"),
        ("[]", "no T5 model but something else"),
        ("{", "cannot be read"),
    ],
)
def test_models_that_do_not_read_bytes_are_refused(tmp_path: Path, config: str, message: str) -> None:
    """Numbers of bytes mean nothing to a model that reads pieces of words: it is refused before it is loaded."""
    (tmp_path / "config.json").write_text(config)
    with pytest.raises(PackError, match=message) as caught:
        locate(str(tmp_path))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "settings",
    ['{"context": -1}', '{"context": "two"}', '{"lower": 1}', '{"longest": 0}', '{"written": true}',
     '{"threshold": "off"}', '{"threshold": 0.5}'],
)  # fmt: skip
def test_settings_that_cannot_be_meant_are_refused(tmp_path: Path, settings: str) -> None:
    """A value of the wrong kind is named, instead of failing with the first word."""
    (tmp_path / "textnorm.json").write_text(settings)
    with pytest.raises(PackError, match="unusable settings: "):
        read_settings(tmp_path)


def test_settings_beside_a_model_are_read_back(tmp_path: Path) -> None:
    """What training writes is what running reads."""
    settings = Settings(context=2, lower=True, threshold=-0.25)
    write_settings(tmp_path, settings)
    assert read_settings(tmp_path) == settings


def test_unknown_settings_are_refused(tmp_path: Path) -> None:
    """A misspelled setting is an error that lists the right ones."""
    (tmp_path / "textnorm.json").write_text('{"contex": 2}')
    with pytest.raises(PackError, match=r"unknown settings: contex .*known are context"):
        read_settings(tmp_path)
