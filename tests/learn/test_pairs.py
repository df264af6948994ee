from pathlib import Path

import pytest

from textnorm.errors import InputError
from textnorm.learn.pairs import read_pairs


def test_words_by_line_and_sentences_by_empty_line(tmp_path: Path) -> None:
    """Splits hold a space, merged words are empty, and the last sentence needs no empty line."""
    path = tmp_path / "pairs.norm"
    path.write_text("alot\ta lot\nof\tof\n\n\nfun\tfun\nny\t\n", encoding="utf-8")
    assert read_pairs([str(path)]) == [[("alot", "a lot"), ("of", "of")], [("fun", "fun"), ("ny", "")]]


def test_json_lines(tmp_path: Path) -> None:
    """A record holds a sentence as two lists, or a word as two strings."""
    path = tmp_path / "pairs.jsonl"
    path.write_text('{"raw": ["u", "ok"], "norm": ["you", "ok"]}\n\n{"raw": "gr8", "norm": "great"}\n')
    assert read_pairs([str(path)]) == [[("u", "you"), ("ok", "ok")], [("gr8", "great")]]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.norm", "u\tyou\nbroken\n", r"a\.norm:2: 'broken' is no pair"),
        ("a.tsv", "\tyou\n", r"a\.tsv:1: "),
        ("a.tsv", "a\tb\tc\n", r"a\.tsv:1: "),
        ("a.jsonl", '{"raw": ["a", "b"], "norm": ["a"]}\n', "2 words typed and 1 meant"),
        ("a.jsonl", '{"raw": 1, "norm": "a"}\n', "strings or lists of strings"),
        ("a.jsonl", "[]\n", "is no pair"),
    ],
)
def test_what_is_no_pair_is_named_with_its_line(tmp_path: Path, name: str, text: str, message: str) -> None:
    """Nothing is skipped in silence."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_pairs([str(path)])
