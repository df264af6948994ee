"""CSV and TSV: one column changes, every other byte stays."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textnorm.document import Document
from textnorm.errors import InputError
from textnorm.stream.cells import CSV, TSV, Dialect, quoted, split_row, unquoted
from textnorm.stream.codec import make_codec
from textnorm.stream.lines import Detail
from textnorm.stream.table import TableWork


@pytest.fixture
def work(fives: Any) -> Any:
    """Makes the work for the column "t"."""

    def make(**more: Any) -> TableWork:
        return TableWork(fives, fives.explain, "t", **more)

    return make


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("id,t\n5,5\n", "id,t\n5,fünf\n"),
        ('"id","t"\r\n"5","5"\r\n', '"id","t"\r\n"5","fünf"\r\n'),
        ('t,x\n"5,5","a ""b"""\n', 't,x\n"fünf,fünf","a ""b"""\n'),
        ('t,x\n"5 ""a""",y\n', 't,x\n"fünf ""a""",y\n'),
        ('x,t\n"two\nlines","5\r\n5"\nb,5', 'x,t\n"two\nlines","fünf\r\nfünf"\nb,fünf'),
        ('t,x\n5" pipe,5\n', 't,x\n"fünf"" pipe",5\n'),
        ('t,x\n"5"rest,5\n', 't,x\n"fünfrest",5\n'),
        ('t,x\n"a"rest,5\n', 't,x\n"a"rest,5\n'),
        ("t,x\n\n5,5\n\r\n", "t,x\n\nfünf,5\n\r\n"),
        ("t\n5\n\n5", "t\nfünf\n\nfünf"),
        ("t,x\na\rb 5,\r\n", 't,x\n"a\rb fünf",\r\n'),
        ("t,x\n\x00,\x0b\u2028\n", "t,x\n\x00,\x0b\u2028\n"),
        ('5,t\n"",""\n,\n', '5,t\n"",""\n,\n'),
        ("t,t\n5,5\n", "t,t\nfünf,5\n"),
        ("t", "t"),
        ('"t"\r\n', '"t"\r\n'),
        ("", ""),
    ],
)
def test_only_the_column_changes(table: str, expected: str, work: Any, through: Any) -> None:
    """Header, other cells, quoting, line ends and blank lines stay as written."""
    assert through(work(), table.encode()).decode() == expected
    assert through(work(), *(table[at : at + 1].encode() for at in range(len(table)))).decode() == expected


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("t\tx\n5\t5\n", "t\tx\nfünf\t5\n"),
        ('t\tx\n"5\t5"\n', 't\tx\n"fünf\t5"\n'),
        ('x\tt\n"\t"5\r\n', 'x\tt\n"\t"fünf\r\n'),
    ],
)
def test_tabs_know_no_quotes(table: str, expected: str, work: Any, through: Any) -> None:
    """In TSV a quotation mark is a letter, closed or not."""
    assert through(work(dialect=TSV), table.encode()).decode() == expected


def test_other_delimiters(work: Any, through: Any) -> None:
    """The delimiter can be chosen; a comma is then a letter."""
    semicolons = work(dialect=Dialect(";"))
    assert through(semicolons, b't;x\n5,5;"a;b"\n').decode() == 't;x\nfünf,fünf;"a;b"\n'


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("t,x\r\n5,\r\n\r\n", "t,x,out\r\n5,,fünf\r\n\r\n"),
        ('t,x\n"5,",y\n', 't,x,out\n"5,",y,"fünf,"\n'),
        ('t,x\n"a",y\n', 't,x,out\n"a",y,"a"\n'),
        ("out,t\n7,5\n", "out,t\nfünf,5\n"),
    ],
)
def test_the_result_may_go_to_another_column(table: str, expected: str, work: Any, through: Any) -> None:
    """With an out field the old column stays; one that is not there yet is added at the end."""
    assert through(work(out_field="out"), table.encode()).decode() == expected


def test_edits_are_listed(work: Any, through: Any) -> None:
    """With edits each row gets the list of its changes, as JSON, after the result."""
    done = through(work(edits=True, out_field="out"), b"t,x\n5,1\na,2\n").decode()
    rows = list(csv.DictReader(io.StringIO(done)))
    assert list(rows[0]) == ["t", "x", "out", "edits"]
    assert rows[0]["edits"].startswith('[{"rule": "xx.five", "class": "NUM", "start": 0')
    assert rows[1] == {"t": "a", "x": "2", "out": "a", "edits": "[]"}


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("5\n", "in.txt:4: this row has 1 cell, the header 2 (each row must have as many cells"),
        ("5,5,5\n", "in.txt:4: this row has 3 cells, the header 2"),
        ('"5,5"\n', "in.txt:4: this row has 1 cell, the header 2"),
        ('"a"",b"\n', "in.txt:4: this row has 1 cell, the header 2"),
        ('5,"5\n5,5\n', "in.txt:4: a quote is opened and not closed (in a quoted cell write a quote twice)"),
    ],
)
def test_a_faulty_row_is_named(rows: str, message: str, work: Any, through: Any) -> None:
    """The error names the line where the row starts; what comes before it is written."""
    with pytest.raises(InputError) as caught:
        through(work(), f't,x\n"5\n",5\n{rows}'.encode())
    assert str(caught.value).startswith(message)
    assert through.written == 't,x\n"fünf\n",5\n'.encode()


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("a,b\n1,2\n", "in.txt:1: no column 't' (its columns: a, b)"),
        ("a;t\n1;2\n", "in.txt:1: no column 't' (its header is 'a;t': name the right --delimiter)"),
        ('a,"t\n1,2\n', "in.txt:1: a quote is opened and not closed"),
        ("\n\n", "in.txt:1: no column 't'"),
    ],
)
def test_a_header_without_the_column_is_named(table: str, message: str, work: Any, through: Any) -> None:
    """The error lists the columns there are."""
    with pytest.raises(InputError) as caught:
        through(work(), table.encode())
    assert str(caught.value).startswith(message)


def test_bad_bytes_are_named_by_line_and_offset(work: Any, through: Any) -> None:
    """Bytes that are not text are an error of their line, in a header too."""
    with pytest.raises(InputError, match=r"in\.txt:3: 0xff at byte 10"):
        through(work(), b"t,x\n5,5\n1,\xff\n")
    assert through.written == "t,x\nfünf,5\n".encode()
    with pytest.raises(InputError, match=r"in\.txt:1: 0xff at byte 1"):
        through(work(), b"t\xff\n5\n")


def test_bad_bytes_in_a_quoted_line_are_named(work: Any, through: Any) -> None:
    """Where the closing quote comes after the bad bytes, these are the fault."""
    with pytest.raises(InputError, match=r"in\.txt:4: 0xff at byte 13 is not"):
        through(work(), b't,x\n5,5\n"a\nb \xff",5\n')
    assert through.written == "t,x\nfünf,5\n".encode()


def test_a_tab_in_the_result_has_no_place_in_tsv(through: Any, fives: Any) -> None:
    """A cell of TSV cannot hold a tab; that is an error of its line, not a broken table."""
    work = TableWork(lambda text: text.replace("5", "\t"), fives.explain, "t", dialect=TSV)
    with pytest.raises(InputError, match=r"in\.txt:3: the normalized text holds a tab"):
        through(work, b"t\na\n5\n")
    assert through.written == b"t\na\n"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1257", "cp037"])
def test_other_encodings_come_through(encoding: str, work: Any, through: Any) -> None:
    """Quoted line ends are found in any encoding."""
    text = 't,x\r\n"5\r\na",y\r\n"5",z\r\n'
    done = through(work(), text.encode(encoding), codec=make_codec(encoding))
    assert done == text.replace("5", "fünf").encode(encoding)


def test_letters_that_share_bytes_with_quotes_are_no_quotes(through: Any, fives: Any) -> None:
    """In ISO-2022-JP the bytes of a letter may be those of quotation marks."""
    table = 't,x\n"あ\nあ",5\n'.encode("iso2022_jp")
    assert table.count(b'"') > 2
    work = TableWork(lambda text: text.replace("あ", "い"), fives.explain, "t")
    done = through(work, table, codec=make_codec("iso2022_jp")).decode("iso2022_jp")
    assert done == 't,x\n"い\nい",5\n'


def test_changes_are_noted_if_asked_for(work: Any, through: Any) -> None:
    """Each changed row is noted with the line where it starts; edits are counted by class."""
    through(work(detail=Detail(changes=True, counts=True)), b't,x\n"a\nb",1\n"5\n5",1\n')
    (result,) = through.results
    assert [(change.line, change.before) for change in result.changes] == [(4, b'"5\n5",1')]
    assert dict(result.counts) == {"NUM": 2}


END = st.sampled_from(["\n", "\r\n"])
CELLS = st.text(st.sampled_from('5a,;"\n\r\t '), max_size=6)
TABLES = st.lists(st.tuples(CELLS, CELLS), max_size=5)


@given(TABLES, st.sampled_from([csv.QUOTE_NONNUMERIC, csv.QUOTE_ALL]), END, st.integers(1, 9))
def test_tables_come_out_as_the_csv_module_reads_them(
    rows: list[tuple[str, str]], quoting: Any, end: str, size: int
) -> None:
    """For anything Python's csv module writes, it reads back from the output what should be there."""
    written = io.StringIO()
    writer = csv.writer(written, quoting=quoting, lineterminator=end)
    writer.writerows([("t", "x"), *rows])
    data = written.getvalue().encode()
    pieces = [data[at : at + size] for at in range(0, len(data), size)]

    class Source:
        name = "x"

        def read(self, size: int) -> bytes:
            return pieces.pop(0) if pieces else b""

    work = TableWork(lambda text: text.replace("5", "f,ünf"), lambda text: Document(text, text, ()), "t")
    done = b"".join(work(block).data for block in work.blocks(Source(), make_codec())).decode()
    read = list(csv.reader(io.StringIO(done, newline="")))
    assert read == [["t", "x"], *([first.replace("5", "f,ünf"), second] for first, second in rows)]


@given(CELLS)
def test_a_cell_holds_what_was_put_into_it(text: str) -> None:
    """Any text survives being written as a cell and read again."""
    cell = quoted(text, CSV)
    assert unquoted(cell, CSV) == text
    assert split_row(f"{cell},x\n", 0, CSV) == ([cell, "x"], len(cell) + 2)
