from __future__ import annotations

from pathlib import Path

import pytest

from textnorm.errors import PackError
from textnorm.pack.tables import Lexicons, entries, read_table


def table(tmp_path: Path, text: str, name: str = "xx/t") -> Path:
    """Write a table below `tmp_path`."""
    path = tmp_path / "data" / f"{name}.tsv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_rows_are_tuples_as_wide_as_the_header(tmp_path: Path) -> None:
    """Comments and blank lines are left out; a `#` in the first cell is data."""
    found = read_table(table(tmp_path, "# from somewhere\nsign\tname\n#\thash\n\n# more\n&\t\n"), "xx/t")
    assert found.columns == ("sign", "name")
    assert found.rows == (("#", "hash"), ("&", ""))
    assert found.file == "data/xx/t.tsv"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "a\tb\n1\t2\n3\n",
            'data/xx/t.tsv:3:1: "3" has 1 cells, the header has 2 (separate cells with single tabs)',
        ),
        ("# a\n\na\ta\n", 'data/xx/t.tsv:3:1: header "a\ta" has an empty or double column name'),
        ("# a\n", "data/xx/t.tsv: this table is empty (start with a header line)"),
        ("a\nx\ne\u0301\n", 'data/xx/t.tsv:3:1: "e\u0301" is not in NFC (save the file as NFC)'),
    ],
)
def test_faulty_tables_are_refused(tmp_path: Path, text: str, message: str) -> None:
    """The message names file, line, text and remedy."""
    with pytest.raises(PackError) as caught:
        read_table(table(tmp_path, text), "xx/t")
    assert str(caught.value) == message


def test_missing_table_is_refused(tmp_path: Path) -> None:
    """A table that vanished after the pack was loaded is reported like any unreadable file."""
    with pytest.raises(PackError) as caught:
        read_table(tmp_path / "gone.tsv", "xx/gone")
    assert str(caught.value) == "gone.tsv: cannot read this file: No such file or directory"


def test_entries_are_unique_and_not_empty(tmp_path: Path) -> None:
    """Values come in the order of the table, from the first column unless another is named."""
    found = read_table(table(tmp_path, "a\tb\nx\t1\ny\t\nx\t2\n"), "xx/t")
    assert entries(found, "") == ["x", "y"]
    assert entries(found, "b") == ["1", "2"]


def test_earlier_folder_wins(tmp_path: Path) -> None:
    """A user's table hides the one that came with textnorm."""
    table(tmp_path / "mine", "a\nuser\n")
    table(tmp_path / "theirs", "a\nbuiltin\n")
    table(tmp_path / "theirs", "a\nother\n", "xx/other")
    lexicons = Lexicons([tmp_path / "mine" / "data", tmp_path / "theirs" / "data"], ["xx/t"])
    assert lexicons["xx/t"].rows == (("user",),)
    assert lexicons["xx/other"].rows == (("other",),)
    assert lexicons.known() == ["xx/other", "xx/t"]
    assert (list(lexicons), len(lexicons)) == (["xx/t"], 1)
    assert "xx/t" in lexicons
    assert "xx/none" not in lexicons
    assert "../xx/t" not in lexicons
    with pytest.raises(KeyError):
        lexicons["xx/none"]


def test_table_is_read_once(tmp_path: Path) -> None:
    """The second look-up returns the very same table."""
    table(tmp_path, "a\nx\n")
    lexicons = Lexicons([tmp_path / "data"])
    assert lexicons["xx/t"] is lexicons["xx/t"]
