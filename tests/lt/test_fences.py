"""What is not to be read: other languages, code, tables, signs. Names in Lithuanian text change nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

import textnorm
from textnorm.normalizer import Normalizer
from textnorm.patterns import sets

HERE = Path(__file__).parent
NAMES = (HERE / "foreign_names.txt").read_text(encoding="utf-8").splitlines()
PASSAGES = (HERE / "foreign_passages.txt").read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def tn() -> Normalizer:
    """The pack as it comes."""
    return textnorm.load("lt")


@pytest.fixture(scope="module")
def reading() -> Normalizer:
    """The pack without its fences for other languages."""
    return textnorm.load("lt", options={"foreign": "read"})


def test_names_and_terms_do_not_stop_the_reading(tn: Normalizer, reading: Normalizer) -> None:
    """Lithuanian sentences full of foreign names are read as if nothing were foreign."""
    assert len(NAMES) == 100
    assert [tn(line) for line in NAMES] == [reading(line) for line in NAMES]


@pytest.mark.parametrize("line", PASSAGES)
def test_passages_in_other_languages_are_kept(line: str, tn: Normalizer) -> None:
    """Whole lines, and the same in a quotation."""
    assert tn(line) == line
    assert tn(f"Jis ilgai kartojo: „{line}“") == f"Jis ilgai kartojo: „{line}“"


def test_the_sentence_around_a_quotation_is_read(tn: Normalizer) -> None:
    """Only the quotation is foreign; so is one sentence among others."""
    assert tn("Per 2 dienas „We are the 5 best“ parduota.") == "Per dvi dienas „We are the 5 best“ parduota."
    text = "Bilieto kaina buvo 5 Eur. The price was 5 EUR for all of them. Mokėjo 3 draugai."
    assert tn(text) == (
        "Bilieto kaina buvo penki eurai. The price was 5 EUR for all of them. Mokėjo trys draugai."
    )


def test_options_switch_fences_off() -> None:
    """Both are read when asked for."""
    tn = textnorm.load("lt", options={"foreign": "read", "tables": "read"})
    assert tn("We have 5 cats and the dog.") == "We have penki cats and the dog."
    assert tn("Pienas\t5 kg\tKaunas") == "Pienas\tpenki kilogramai\tKaunas"


@pytest.mark.parametrize(
    "line",
    [
        "Pienas\t5 kg\tKaunas",
        "| Pienas | 2 l |",
        "Obuoliai      3 kg      1,20",
        "Jonas;Petraitis;25;Vilnius",
        "x += 5;",
        "while (n < 10) {",
        "const dydis = 12;",
        "UPDATE prekes SET kaina = 5 WHERE id = 3",
        "docker run -p 80 svetaine",
        'Tekste yra `kodas 5` ir <b id="3">.',
        "Rašoma $a_1 + 5 = b$.",
        "1. e4 c5 2. Nf3 d6",
        "2024-01-05 10:15:30 paleista",
        "Failas planas-2024 (5).docx tuščias.",
        "Aplankas ../failai/2024/kovas.",
        "Kas ten :3",
        "Turinys ..... 12",
        "Skambink *123# arba *100*5#.",
        "Tyrimai [3, 5–7] tai patvirtina.",
        "Šalon {{lentelė|2019|p=5}} ir {% if x == 5 %}.",
        "Funkcija f(x) = 2x + 3 tiesinė.",
        "Perka: 1) duonos; 2) sviesto; 3) medaus.",
    ],
)
def test_what_is_not_text_is_kept(line: str, tn: Normalizer) -> None:
    """Tables, code, formulas, games, files."""
    assert tn(line) == line


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Liko 5 min.;jos baigsis greitai.", "Liko penkios minutės;jos baigsis greitai."),
        ("Pirko 5 obuolius,o kriaušes,slyvas,uogas,ir medų paliko.", None),
        ("Kaina:   5 Eur", "Kaina:   penki eurai"),
        ("Sumokėjo $5 ir gavo $10.", None),
        ("Greitis 5 km/h.", "Greitis penki kilometrai per valandą."),
        ("1. Atvyko 5 svečiai.", "1. Atvyko penki svečiai."),
        ("Vaikų skaičius < 5 kasmet.", None),
        ("Laikas: 8 val.", None),
        ("(Iš viso: 5) žmonės.", "(Iš viso: penki) žmonės."),
        ("Gavo 3-5 knygas [iš 10].", None),
    ],
)
def test_ordinary_text_is_not_fenced(line: str, read: str | None, tn: Normalizer) -> None:
    """Signs that also stand in tables and code leave a sentence as it was."""
    assert tn(line) != line
    assert read is None or tn(line) == read


def test_the_scan_for_other_languages_misses_no_line(tn: Normalizer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without RE2 every line is weighed word by word: the outcome is the same."""
    examples = (HERE.parents[1] / "data/gold/lt/dev.tsv").read_text(encoding="utf-8").splitlines()
    lines = [*PASSAGES, *NAMES, *(row.split("\t")[2] for row in examples if row.count("\t") == 3)]
    lines += [f"{line} 5 km" for line in PASSAGES]
    monkeypatch.setattr(sets, "re2", None)
    plain = textnorm.load("lt")
    plain("5 km")  # makes the fences ready
    assert [tn(line) for line in lines] == [plain(line) for line in lines]
