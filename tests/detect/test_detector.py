"""Which language a line is in, and in whose letters it is typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textnorm.detect import detector
from textnorm.detect.detector import Detector, profile_files
from textnorm.detect.profile import read_profile
from textnorm.detect.train import count_lines, learn, profile_table
from textnorm.errors import PackError
from textnorm.evaluate.gold import read_gold
from textnorm.pack.places import data_dir, pack_names

GOLD = Path(__file__).parents[2] / "data" / "gold" / "detect"
WRONG, RIGHT = 0.02, 0.88  # at most, at least; a line in doubt is neither


@pytest.mark.parametrize("part", ["dev", "test"])
def test_gold_lines(part: str) -> None:
    """Most lines written by hand are told, and hardly any is told wrong."""
    items = read_gold([GOLD / f"{part}.tsv"])
    found = [(item.cls, detector()(item.input).language) for item in items]
    right = sum(wanted == language for wanted, language in found)
    wrong = [(wanted, language) for wanted, language in found if language not in (wanted, "und")]
    assert len(found) > 50
    assert right >= RIGHT * len(found)
    assert len(wrong) <= WRONG * len(found), wrong


@pytest.mark.parametrize(
    ("line", "language", "orthography"),
    [
        ("باوکم له کومپانیایهکی گهوره کار دهکات", "ckb", "fa"),
        ("باوکم لە کۆمپانیایەکی گەورە کار دەکات و زۆر ماندووە", "ckb", "ckb"),
        ("میں کل شام اپنے دوست کے ساتھ بازار گیا تھا۔", "ur", "ur"),
        ("من هر روز صبح ساعت هفت از خواب بيدار مي‌شوم و كار مي‌كنم", "fa", "fa"),
    ],
)
def test_whose_letters(line: str, language: str, orthography: str) -> None:
    """A neighbour's letters are told from the language's own; Arabic yeh and kaf alone make no other language."""
    found = detector()(line)
    assert (found.language, found.orthography) == (language, orthography)


@pytest.mark.parametrize(
    "line",
    [
        "",
        " ",
        "12 345",
        "سلام",
        "ሀ",
        "ok",
        "Der Zug nach Berlin fährt heute zwanzig Minuten später ab.",
        "\ud800",
    ],
)
def test_too_little_or_unknown(line: str) -> None:
    """Short lines, lines without letters and languages that no pack knows are undetermined."""
    assert detector()(line).language == "und"


def test_script_and_confidence_of_doubt() -> None:
    """A line in doubt still has a script and a guess, and a confidence below certainty."""
    found = detector()("سلام")
    assert (found.script, found.language, found.orthography) == ("Arab", "und", "und")
    assert found.confidence < 0.97
    assert found.guess in detector().languages


def test_long_lines_and_mixed_scripts() -> None:
    """The script with most letters decides, and a line of a megabyte is a line."""
    assert detector()("میں نے https://example.org/a پر یہ خبر پڑھی ہے اور مجھے پسند آئی").language == "ur"
    assert detector()("یہ کتاب مجھے بہت پسند آئی ہے۔ " * 20_000).language == "ur"


def test_every_profile_is_of_a_pack_and_says_where_it_comes_from() -> None:
    """Profiles lie in data folders of packs, and their first lines name origin and licence."""
    for path in profile_files(data_dir()):
        assert path.parent.name in pack_names()
        assert "# Origin: " in path.read_text(encoding="utf-8").split("kind\t")[0]


@given(st.text(st.characters(exclude_characters="\n"), max_size=200))
def test_never_fails(line: str) -> None:
    """Any line gets an answer: a known language or und, a confidence between 0 and 1, always the same."""
    found = detector()(line)
    assert found.language in {*detector().languages, "und"}
    assert 0 <= found.confidence <= 1
    assert detector()(line) == found


def test_a_profile_learned_from_text(tmp_path: Path) -> None:
    """What is learned survives the file, and tells two made-up languages apart."""
    texts = {"aa": ["бабу лома кори тали мано"] * 5, "bb": ["жигэ шицы юфэх щеця эюшь"] * 5}
    for name, lines in texts.items():
        latin = [
            line.translate(str.maketrans("абвгдежзиклмнорстуцшщэюяфхьы", "abvgdeqziklmnorstucwxyjhfpåö"))
            for line in lines
        ]
        made = learn(count_lines(latin), name, name, 1000, 10)
        (tmp_path / name).mkdir()
        path = tmp_path / name / "profile.tsv"
        path.write_text(profile_table(made, "own", ["Origin: made up"]), encoding="utf-8")
        assert read_profile(path) == made
    find = Detector(map(read_profile, profile_files(tmp_path)))
    assert find.languages == ["aa", "bb"]
    assert find("mano tali kori").language == "aa"
    assert find("123").language == "und"


@pytest.mark.parametrize(
    "text",
    [
        "a\tb\n1\t2\n",
        "kind\titem\tcount\tsource\nletter\ta\tmany\town\n",
        "kind\titem\tcount\tsource\nx\ta\t1\town\n",
    ],
)
def test_what_is_no_profile(tmp_path: Path, text: str) -> None:
    """A table of another form is refused with a remedy."""
    (tmp_path / "profile.tsv").write_text(text, encoding="utf-8")
    with pytest.raises(PackError):
        read_profile(tmp_path / "profile.tsv")
