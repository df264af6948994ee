"""`textnorm train tagger` makes a model that the pack then runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Run

PACK = """
format: 1
kind: pack
name: xx
version: 0.1.0
doc: A made-up language in which o before r is written ö.
stages:
  - {stage: fallback, layer: restore, files: [restore.yaml]}
"""
RESTORE = """
format: 1
kind: fallback
namespace: xx.restore
class: DIACR
doc: Marks are put back.
model: xx/restore
edits: {o: ö}
threshold: '-1'
"""
TEXT = (
    "körti törmi bon mol\nvon körtal si törma bon\nbör mönol, törmal vo nolo\nkörti lom törmi nos, bör töri\n"
)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A folder with the pack and text to train on, but no model."""
    folder = tmp_path / "xx"
    (folder / "data" / "xx").mkdir(parents=True)
    (folder / "pack.yaml").write_text(PACK, encoding="utf-8")
    (folder / "restore.yaml").write_text(RESTORE, encoding="utf-8")
    text = [line.replace("bon", f"b{vowel}n") for vowel in "aeiou" for line in TEXT.splitlines() * 12]
    (tmp_path / "text.txt").write_text(
        "\n".join(f"{line} {n}" for n, line in enumerate(text)), encoding="utf-8"
    )
    return folder


def test_a_trained_model_restores_words_that_it_never_saw(textnorm: Run, pack: Path) -> None:
    """The model lands beside a table of origins, the threshold is printed, and the pack works."""
    made = textnorm(
        *("train", "tagger", "--lang", "xx", "--rules", str(pack), "-o", str(pack / "data" / "xx")),
        *("--bits", "14", "--rounds", "4", "--hold-back", "4", "--credit", "text.txt=own, for a test", "text.txt"),
    )  # fmt: skip
    assert made.code == 0, made.err
    assert "threshold: -" in made.err
    origins = (pack / "data" / "xx" / "restore-origins.tsv").read_text(encoding="utf-8")
    assert "--bits 14" in origins
    assert origins.splitlines()[-1].startswith("text.txt\t")
    assert origins.endswith("own, for a test\n")
    done = textnorm("normalize", "--lang", "xx", "--rules", str(pack), stdin=b"Korti tormal 5 bol, norti\n")
    assert done.out.decode() == "Körti törmal 5 bol, nörti\n"


def test_without_a_model_one_line_says_what_to_do(textnorm: Run, pack: Path) -> None:
    """The message names the model and the command that makes it."""
    done = textnorm("normalize", "--lang", "xx", "--rules", str(pack), stdin=b"korti\n")
    assert done.code == 2
    assert 'no model "xx/restore"' in done.err
    assert "textnorm train tagger" in done.err
    assert len(done.err.splitlines()) == 1


def test_too_little_text_to_calibrate_on_switches_the_model_off(textnorm: Run, pack: Path) -> None:
    """Under 150 changed words held back there is no telling what the model is worth."""
    made = textnorm(
        *("train", "tagger", "--lang", "xx", "--rules", str(pack), "-o", "out", "--bits", "14", "text.txt"),
    )
    assert made.code == 0
    assert "threshold: off" in made.err


def test_a_pack_without_edits_cannot_be_trained(textnorm: Run) -> None:
    """Only a fallback stage with `edits`, or a restoration with a `tagger`, says what a tagger may do."""
    made = textnorm("train", "tagger", "--lang", "und-Ethi", "-o", "out", __file__)
    assert made.code == 2
    assert "no fallback with `edits`, and no restoration with a `tagger`" in made.err


TYPED = """
format: 1
kind: pack
name: xy
version: 0.1.0
doc: Ukrainian typed with a Russian keyboard.
stages:
  - {stage: restore, layer: from-ru, default: off, files: [from-ru.yaml]}
options:
  reader: {values: [tagger, beam], default: tagger, doc: What reads.}
"""
FROM_RU = """
format: 1
kind: restore
namespace: xy.ru
class: SCRIPT
doc: Letters of the Russian keyboard.
from: ru
map: [xy/typed-ru]
model: xy/restore
tagger: xy/reader
tagger_unless: {reader: beam}
letters: абвгґдеєжзиіїйклмнопрстуфхцчшщьюя
"""
MAP = "clean\ttyped\twhere\tshare\nі\tи\tany\t1\nи\tы\tany\t1\nї\tи\tany\t1\n"
UKRAINIAN = (
    "кіт і пес сидять біля хати\nриби плавають у синій воді\nвони їдять сир і пиріг\nми йдемо по гриби\n"
)


@pytest.fixture
def typed(tmp_path: Path) -> Path:
    """A folder with a pack that restores text, and clean text, but no model."""
    folder = tmp_path / "xy"
    (folder / "data" / "xy").mkdir(parents=True)
    (folder / "pack.yaml").write_text(TYPED, encoding="utf-8")
    (folder / "from-ru.yaml").write_text(FROM_RU, encoding="utf-8")
    (folder / "data" / "xy" / "typed-ru.tsv").write_text(MAP, encoding="utf-8")
    lines = [f"{line} {n}" for n in range(10) for line in UKRAINIAN.splitlines()]
    (tmp_path / "text.txt").write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_the_tagger_of_a_restoration_is_trained_on_its_own_noise(textnorm: Run, typed: Path) -> None:
    """Clean text is all that it takes; lines held back are measured, and the pack reads with the model."""
    data = str(typed / "data" / "xy")
    made = textnorm(
        *("train", "tagger", "--lang", "xy", "--rules", str(typed), "-o", data, "--bits", "16"),
        *("--hold-back", "10", "--credit", "text.txt=own, for a test", "text.txt"),
    )  # fmt: skip
    assert made.code == 0, made.err
    assert "respelled words right" in made.err
    assert "0 of 4 clean lines changed" in made.err
    origins = (typed / "data" / "xy" / "reader-origins.tsv").read_text(encoding="utf-8")
    assert origins.endswith("own, for a test\n")
    restored = textnorm(
        "normalize",
        "--lang",
        "xy",
        "--rules",
        str(typed),
        "--from",
        "ru",
        stdin="рыбы сыдять у води\n".encode(),
    )
    assert restored.out.decode() == "риби сидять у воді\n"


def test_each_reader_names_the_model_that_it_lacks(textnorm: Run, typed: Path) -> None:
    """The style option says which one reads."""
    run = ("normalize", "--lang", "xy", "--rules", str(typed), "--from", "ru")
    tagger, beam = textnorm(*run, stdin=b"a"), textnorm(*run, "--option", "reader=beam", stdin=b"a")
    assert tagger.code == beam.code == 2
    assert 'no model "xy/reader" (build it with `textnorm train tagger`)' in tagger.err
    assert 'no model "xy/restore" (build it with `textnorm train charlm`)' in beam.err
