"""Words from a Hunspell dictionary: affixes in use are put on, and nothing is left out that is typed alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from textnorm.errors import PackError
from textnorm.tagger.hunspell import Dictionary
from textnorm.tagger.letters import Letters

RULES = """
SET UTF-8
SFX A Y 2
SFX A 0 al [^l]
SFX A l ler l
SFX B Y 1
SFX B 0 xyz .
PFX N Y 1
PFX N 0 ne .
"""
STEMS = [f"b{vowel}{end}" for vowel in ("a", "e", "o", "ö", "u") for end in ("rt", "mp", "nd", "sk")]


@pytest.fixture
def dictionary(tmp_path: Path) -> Dictionary:
    """A made-up dictionary."""
    (tmp_path / "index.aff").write_text(RULES, encoding="utf-8")
    entries = ["22", *(f"{stem}/ABN" for stem in STEMS), "Mol/A", "bör"]
    (tmp_path / "index.dic").write_text("\n".join(entries) + "\n", encoding="utf-8")
    return Dictionary(tmp_path / "index.dic")


def sample() -> set[str]:
    """Words of a text that show the suffix `al` and the prefix `ne`, but never `xyz`."""
    return {f"{stem}al" for stem in STEMS} | {f"ne{stem}" for stem in STEMS} | {"moler"}


def test_affixes_that_the_sample_shows_are_put_on(dictionary: Dictionary, letters: Letters) -> None:
    """Conditions decide which affix a word takes; what nobody uses makes no words."""
    words = dictionary.words(sample(), letters, 10_000)
    assert {"bart", "bartal", "nebart", "nebartal", "mol", "bör"} <= {*words}
    assert not any(word.endswith("xyz") for word in words)
    assert "molal" not in words


def test_of_many_forms_a_part_is_taken_with_all_that_is_typed_alike(
    dictionary: Dictionary, letters: Letters
) -> None:
    """Either both of "bort" and "bört" are taken or none."""
    words = {*dictionary.words(sample(), letters, 30)}
    every = {*dictionary.words(sample(), letters, 10_000)}
    assert words < every
    typed = {letters.plain(word) for word in words}
    assert words == {word for word in every if letters.plain(word) in typed}


def test_a_dictionary_without_its_rules_is_refused(tmp_path: Path) -> None:
    """The message names the file that is missing."""
    (tmp_path / "index.dic").write_text("1\nbort\n", encoding="utf-8")
    with pytest.raises(PackError, match=r"cannot read this dictionary.*") as caught:
        Dictionary(tmp_path / "index.dic")
    assert "index.aff" in str(caught.value)
