"""`textnorm annotate`: documents in, JSON lines out."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from textnorm.link.concept import Alias, Concept
from textnorm.link.open import write_index

CONCEPTS = (
    Concept("D:1", "gonorrhoea", (Alias("GC"),), types=("disease",)),
    Concept("D:2", "multiple sclerosis", (Alias("MS"),), types=("disease",)),
    Concept("D:3", "fever", types=("symptom",)),
    Concept("D:4", "cough", types=("symptom",)),
    Concept("D:5", "lung cancer", types=("disease",)),
    Concept("D:6", "cancer", types=("disease",)),
    Concept("D:7", "chronic obstructive pulmonary disease", (Alias("COPD"),), types=("disease",)),
)

Annotate = Callable[..., str]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder of an index on disk."""
    folder = tmp_path_factory.mktemp("annotate") / "index"
    facts = {"pack": "", "languages": [], "learned": [], "sources": []}
    write_index(CONCEPTS, folder, pack="", languages=(), facts=lambda: facts)
    return str(folder)


@pytest.fixture
def annotate(textnorm: Any, index: str) -> Annotate:
    """What the command prints for a text."""

    def run(*arguments: str, text: str = "") -> str:
        done = textnorm("annotate", "--index", index, "--context", "medical", *arguments, stdin=text.encode())
        assert done.code == 0, done.err
        return str(done.out.decode())

    return run


def rows(output: str) -> list[Any]:
    """The lines as JSON."""
    return [json.loads(line) for line in output.splitlines()]


def spans(row: Any) -> list[tuple[str, Any]]:
    """The spans of an answer, with their ids; offsets must fit."""
    assert all(row["text"][one["start"] : one["end"]] == one["text"] for one in row["spans"])
    return [(one["text"], one["id"]) for one in row["spans"]]


def test_a_document_is_a_line(annotate: Annotate) -> None:
    """In order, with every flag of a span as true or false."""
    found = rows(annotate(text="No fever.\n\ncough\r\n"))
    assert [spans(row) for row in found] == [[("fever", "D:3")], [], [("cough", "D:4")]]
    assert found[0]["spans"][0]["negated"] is True
    assert found[2]["spans"][0]["negated"] is False
    assert found[0]["spans"][0]["types"] == ["symptom"]


def test_a_byte_order_mark_is_no_part_of_json(annotate: Annotate) -> None:
    """It goes, and offsets count from the first letter."""
    out = annotate(text="\ufeffcough\n")
    assert spans(json.loads(out)) == [("cough", "D:4")]
    assert json.loads(out)["text"] == "cough"


def test_other_fields_of_json_lines_stay_as_they_are(annotate: Annotate) -> None:
    """Byte for byte; the spans come after them."""
    line = '{"id": 1.10, "note":"fever", "x": [1,  2]}\n'
    out = annotate("--jsonl", "--field", "note", text=line)
    assert out.startswith(line.rstrip("}\n"))
    assert json.loads(out)["spans"][0]["id"] == "D:3"


def test_a_document_may_have_several_lines(annotate: Annotate) -> None:
    """Offsets count from its own start, and a definition holds for the whole of it."""
    text = "gastric cancer (GC)\n\n\ngonorrhoea\nor GC\n"
    found = rows(annotate("--separator", "blank", text=text))
    assert [row["text"] for row in found] == ["gastric cancer (GC)", "gonorrhoea\nor GC"]
    assert spans(found[0]) == [("cancer", "D:6")]
    assert spans(found[1]) == [("gonorrhoea", "D:1"), ("GC", "D:1")]


def test_documents_may_be_separated_by_a_pattern(annotate: Annotate) -> None:
    """It must fit the whole line."""
    found = rows(annotate("--separator", "-{3,}", text="fever\n---\ncough --- no\n----\n"))
    assert [row["text"] for row in found] == ["fever", "cough --- no"]


def test_many_documents_in_small_blocks(annotate: Annotate, tmp_path: Path) -> None:
    """No document is cut or lost where a block ends."""
    file = tmp_path / "many.txt"
    file.write_text("fever and\nlung\ncancer\n\n" * 12_000, encoding="utf-8")
    found = rows(annotate("--separator", "blank", "--no-flags", str(file)))
    assert len(found) == 12_000
    assert all(len(row["spans"]) == 2 for row in found)


def test_users_aliases_types_and_nesting(annotate: Annotate, tmp_path: Path) -> None:
    """As the options say."""
    aliases = tmp_path / "mine.tsv"
    aliases.write_text("the big C\tD:6\n", encoding="utf-8")
    text = "the big C, lung cancer, fever"
    ids = spans(rows(annotate("--aliases", str(aliases), text=text))[0])
    assert ids == [("the big C", "D:6"), ("lung cancer", "D:5"), ("fever", "D:3")]
    assert spans(rows(annotate("--types", "symptom", text=text))[0]) == [("fever", "D:3")]
    assert ("cancer", "D:6") in spans(rows(annotate("--nested", text=text))[0])


def test_what_is_wrong_with_aliases_is_told(textnorm: Any, index: str, tmp_path: Path) -> None:
    """Ids that the index does not have, and strings with several; the rest counts."""
    aliases = tmp_path / "mine.tsv"
    aliases.write_text("the big C\tD:6\nflu\tX:1\nthe big C\tD:5\n", encoding="utf-8")
    done = textnorm("annotate", "--index", index, "--aliases", str(aliases), stdin=b"the big C\n")
    assert done.code == 0
    assert f"{aliases}:2: no concept 'X:1', passed over" in done.err
    assert "'the big c' stands for D:5 (1), D:6 (1)" in done.err
    assert len(json.loads(done.out)["spans"]) == 1


def test_short_names_may_be_left_out(annotate: Annotate) -> None:
    """Abbreviations stay."""
    out = rows(annotate("--min-length", "6", text="fever, lung cancer, COPD"))
    assert spans(out[0]) == [("lung cancer", "D:5"), ("COPD", "D:7")]


def test_two_processes_give_what_one_gives(annotate: Annotate, tmp_path: Path) -> None:
    """In the same order."""
    file = tmp_path / "docs.txt"
    file.write_text("No fever, but cough.\nMS is multiple sclerosis.\n" * 6_000, encoding="utf-8")
    assert annotate("-j", "2", str(file)) == annotate(str(file))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--separator", "("], "no regular expression"),
        (["--separator", "x", "--jsonl"], "plain text"),
        (["--aliases", "/no/such/file"], "/no/such/file"),
        (
            ["--types", "symptom,finding"],
            "no concept is of type 'finding' (types of this index: disease, symptom)",
        ),
        (["--context", "medical", "--lang", "fi"], "there are rules for en, de, lt"),
    ],
)
def test_a_wrong_option_is_explained(textnorm: Any, index: str, arguments: list[str], words: str) -> None:
    """In a line that names it."""
    done = textnorm("annotate", "--index", index, *arguments, stdin=b"x")
    assert done.code == 2
    assert done.out == b""
    assert words in done.err
