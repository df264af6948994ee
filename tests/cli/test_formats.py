"""`textnorm normalize` on fields and files: JSON Lines, tables, Parquet, packed files, in place."""

from __future__ import annotations

import gzip
import json
import os
import resource
import stat
from pathlib import Path
from typing import Any

import pytest

FIVES = b"5 a\n" * 100_000
DONE = "五 a\n".encode() * 100_000


def names(folder: Path) -> list[str]:
    """What lies in a folder, hidden files too."""
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_json_lines(normalize: Any, jobs: str) -> None:
    """One field of each object is normalized; numbers, key order and letters stay as written."""
    line = '{{"id": 1.10, "ą": 1e400, "t": "{}", "big": 123456789012345678901234567890}}\n'
    done = normalize("--jsonl", "--field", "t", "-j", jobs, stdin=line.format("ä 5").encode() * 10_000)
    assert done == (0, line.format("ä 五").encode() * 10_000, "")


def test_json_lines_with_edits(normalize: Any) -> None:
    """The result goes to another field, and the edits beside it."""
    args = ("--jsonl", "--field", "t", "--out-field", "n", "--edits")
    found = json.loads(normalize(*args, stdin=b'{"t": "a 5"}').out)
    assert (found["t"], found["n"]) == ("a 5", "a 五")
    (edit,) = found["edits"]
    assert (edit["rule"], edit["class"], edit["start"], edit["after"]) == ("tt.num.five", "NUM", 2, "五")


def test_nbest_readings(normalize: Any) -> None:
    """The readings of each line in order; with --field they are added to the object."""
    done = normalize("--nbest", "3", "--jsonl", stdin="a 9 9\r\n\nü\n".encode())
    lines = [json.loads(line) for line in done.out.decode().splitlines()]
    assert lines == [
        {"source": "a 9 9", "text": "a 九 九", "nbest": ["a 九 九", "a 九 玖", "a 玖 九"]},
        {"source": "", "text": "", "nbest": [""]},
        {"source": "ü", "text": "ü", "nbest": ["ü"]},
    ]
    done = normalize("--nbest", "9", "--jsonl", "--field", "t", stdin=b'{"t": "9", "n": 1.0}\n{"t": null}\n')
    assert done.out.decode() == '{"t": "九", "n": 1.0, "nbest": ["九", "玖"]}\n{"t": null, "nbest": []}\n'
    edits = normalize("--nbest", "1", "--jsonl", "--edits", stdin=b"9").out
    assert json.loads(edits)["edits"][0]["alternatives"] == ["玖"]


@pytest.mark.parametrize(
    ("args", "fault"),
    [
        (("--nbest", "2"), "--nbest writes JSON: add --jsonl"),
        (("--nbest", "0", "--jsonl"), "Invalid value for '--nbest'"),
        (("--nbest", "2", "--jsonl", "--field", "nbest"), '--nbest writes the field "nbest"'),
    ],
)
def test_nbest_goes_with_json(normalize: Any, args: tuple[str, ...], fault: str) -> None:
    """Wrong combinations are one line that says what to do."""
    done = normalize(*args, stdin=b"9")
    assert done.code == 2
    assert fault in done.err


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_csv(normalize: Any, jobs: str) -> None:
    """One column is normalized; mark, quoting, CRLF and quoted line ends stay."""
    row = '"two\r\nlines",{}\r\n'
    source = "\ufeff" + "x,t\r\n" + row.format("a 5") * 50_000
    done = normalize("--csv", "--field", "t", "-j", jobs, stdin=source.encode())
    assert done == (0, source.replace("a 5", "a 五").encode(), "")


def test_tsv_and_other_delimiters(normalize: Any) -> None:
    """--tsv takes quotes as letters; --delimiter chooses what separates the cells of --csv."""
    assert normalize("--tsv", "--field", "t", stdin=b't\tx\n"a 5\t5\n').out == 't\tx\n"a 五\t5\n'.encode()
    args = ("--csv", "--delimiter", ";", "--field", "t")
    assert normalize(*args, stdin=b't;x\n"a 5";5\n').out == 't;x\n"a 五";5\n'.encode()


@pytest.mark.parametrize(
    ("args", "source", "out", "message"),
    [
        (
            ("--jsonl",),
            b'{"t": "5"}\n{"t": \n',
            '{"t": "五"}\n',
            "<stdin>:2:7: not valid JSON: Expecting a value",
        ),
        (
            ("--jsonl",),
            b'{"t": "5"}\n{"x": "5"}\n',
            '{"t": "五"}\n',
            "<stdin>:2: no field 't' in this object",
        ),
        (("--csv",), b"t,x\n5,5\n5\n", "t,x\n五,5\n", "<stdin>:3: this row has 1 cell, the header 2"),
        (("--csv",), b"a,b\n5,5\n", "", "<stdin>:1: no column 't' (its columns: a, b)"),
        (("--tsv",), b"t\tx\n5\t5\n5\t5\t5\n", "t\tx\n五\t5\n", "<stdin>:3: this row has 3 cells"),
    ],
)
def test_faulty_records_are_one_line(
    normalize: Any, args: tuple[str, ...], source: bytes, out: str, message: str
) -> None:
    """A faulty record is an error that names its line; what comes before it is written."""
    done = normalize(*args, "--field", "t", stdin=source)
    assert (done.code, done.out.decode(), done.err.count("\n")) == (2, out, 1)
    assert done.err.startswith(f"textnorm: error: {message}")


def test_check_and_diff_of_records(normalize: Any) -> None:
    """--check and --diff go by the lines of the file, also where a record has several."""
    args = ("--csv", "--field", "t", "--out-field", "n")
    source = b't,n\n"a\nb","a\nb"\na 5,x\n'
    assert normalize("--check", *args, stdin=source) == (1, b"<stdin>:5\n", "")
    assert normalize("--diff", *args, stdin=source).out.decode() == (
        '--- <stdin>\n+++ <stdin>\n@@ -2,4 +2,4 @@\n "a\n b","a\n b"\n-a 5,x\n+a 5,a 五\n'
    )


@pytest.mark.parametrize("suffix", [".gz", ".bz2", ".xz", ".zst"])
def test_packed_files(normalize: Any, tmp_path: Path, suffix: str) -> None:
    """The suffix tells how input is unpacked and output packed."""
    if suffix == ".zst":
        pytest.importorskip("zstandard")
    (tmp_path / "a").write_bytes(FIVES)
    assert normalize("a", "-o", f"b{suffix}") == (0, b"", "")
    assert (tmp_path / f"b{suffix}").stat().st_size < len(FIVES) / 10
    assert normalize(f"b{suffix}").out == DONE
    assert names(tmp_path) == ["a", f"b{suffix}"]


def test_a_packed_file_cut_short(normalize: Any, tmp_path: Path) -> None:
    """What could be unpacked is written; the error names the file."""
    packed = gzip.compress(os.urandom(400_000).hex().encode() + b"\n")
    (tmp_path / "a.gz").write_bytes(gzip.compress(FIVES) + packed[: len(packed) // 2])
    done = normalize("a.gz")
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert done.err.startswith("textnorm: error: a.gz: compressed data is damaged or cut short")
    assert done.out.startswith(DONE)


@pytest.mark.parametrize(
    ("module", "args"), [("zstandard", ("a.zst",)), ("pyarrow", ("--check", "a.parquet"))]
)
def test_a_missing_extra_is_one_line(
    textnorm: Any, fake: Any, tmp_path: Path, module: str, args: tuple[str, ...]
) -> None:
    """Without the package that a format needs, the error names the pip command."""
    (tmp_path / args[-1]).touch()
    code = (
        f"import sys, runpy; sys.modules[{module!r}] = None; runpy.run_path({fake[0]!r}, run_name='__main__')"
    )
    args = ("normalize", "--lang", "identity", *args, *(["--field", "t"] if module == "pyarrow" else []))
    done = textnorm(*args, program=("-c", code))
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert 'pip install "textnorm[' in done.err


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_in_place(normalize: Any, tmp_path: Path, jobs: str) -> None:
    """-i replaces each file, keeps its mode, and leaves nothing else behind."""
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(FIVES)
        (tmp_path / name).chmod(0o604)
    assert normalize("-i", "-j", jobs, "a", "b") == (0, b"", "")
    assert [(tmp_path / name).read_bytes() for name in ("a", "b")] == [DONE, DONE]
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o604
    assert names(tmp_path) == ["a", "b"]


@pytest.mark.parametrize("name", ["a", "a.gz"])
def test_in_place_without_changes(normalize: Any, tmp_path: Path, name: str) -> None:
    """A file that would stay the same is not touched."""
    path = tmp_path / name
    path.write_bytes(gzip.compress(b"x\n") if name == "a.gz" else b"x\n")
    before = (path.read_bytes(), path.stat().st_ino, path.stat().st_mtime_ns)
    assert normalize("-i", name) == (0, b"", "")
    assert (path.read_bytes(), path.stat().st_ino, path.stat().st_mtime_ns) == before
    assert names(tmp_path) == [name]


@pytest.mark.parametrize("args", [("-i", "a", "b"), ("a", "b", "-o", "a"), ("a", "b", "-o", "c")])
def test_an_error_damages_no_file(normalize: Any, tmp_path: Path, args: tuple[str, ...]) -> None:
    """After bad bytes the file at fault is as it was, and no half output stands under a good name."""
    (tmp_path / "a").write_bytes(b"5\n")
    bad = FIVES + b"\xff\n"
    (tmp_path / "b").write_bytes(bad)
    done = normalize(*args)
    assert done.err.startswith("textnorm: error: b:100001: 0xff at byte 400000 is not valid utf-8")
    assert (done.code, (tmp_path / "b").read_bytes(), names(tmp_path)) == (2, bad, ["a", "b"])
    assert (tmp_path / "a").read_bytes() == ("五\n".encode() if "-i" in args else b"5\n")


def test_a_full_disk_damages_no_file(normalize: Any, tmp_path: Path) -> None:
    """When output does not fit, the old file is there, and nothing else."""
    (tmp_path / "a").write_bytes(FIVES)
    limit = {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))}
    done = normalize("-i", "a", **limit)
    assert done == (2, b"", "textnorm: error: a: cannot write this file: file too large\n")
    assert ((tmp_path / "a").read_bytes(), names(tmp_path)) == (FIVES, ["a"])


def test_output_may_be_the_input(normalize: Any, tmp_path: Path) -> None:
    """-o may name an input file: it is replaced when all has been read."""
    (tmp_path / "a").write_bytes(FIVES)
    assert normalize("a", "-o", "a") == (0, b"", "")
    assert (tmp_path / "a").read_bytes() == DONE


def test_parquet(normalize: Any, tmp_path: Path) -> None:
    """One column is normalized; other columns, nulls, row groups and metadata stay."""
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    table = pa.table({"id": [1, 2, 3], "t": ["a 5", None, "x\n5"], "y": [[1], [], None]})
    table = table.replace_schema_metadata({"who": "me"})
    pq.write_table(table, tmp_path / "a.parquet", row_group_size=2, compression="zstd")
    assert normalize("--field", "t", "--check", "a.parquet") == (1, b"a.parquet:1\na.parquet:3\n", "")
    assert normalize("--field", "t", "-j", "2", "a.parquet", "-o", "b.parquet") == (0, b"", "")
    found = pq.ParquetFile(tmp_path / "b.parquet")
    assert found.read().equals(table.set_column(1, "t", pa.array(["a 五", None, "x\n五"])))
    assert (found.num_row_groups, found.schema_arrow.metadata) == (2, {b"who": b"me"})
    assert found.metadata.row_group(0).column(0).compression == "ZSTD"


def test_parquet_with_edits_in_place(normalize: Any, tmp_path: Path) -> None:
    """The result goes to another column, edits beside it; without changes the file is not touched."""
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"t": pa.array(["5 x", "x"]).dictionary_encode()}), path)
    args = ("--field", "t", "--out-field", "n", "--edits", "--stats", "-i", "a.parquet")
    done = normalize(*args)
    assert (done.code, done.err) == (0, "textnorm: 2 rows, 1 changed; NUM 1\n")
    found = pq.read_table(path)
    assert found.column("n").to_pylist() == ["五 x", "x"]
    assert [len(json.loads(edits)) for edits in found.column("edits").to_pylist()] == [1, 0]
    before = path.stat().st_ino
    assert normalize("--field", "n", "-i", "a.parquet").code == 0
    assert path.stat().st_ino == before


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--check", "a.parquet"), "Parquet needs --field NAME"),
        (("--field", "t", "a.parquet"), "write one Parquet file to another, or use --in-place"),
        (("--field", "t", "--diff", "a.parquet"), "--diff shows lines, which Parquet has not: use --check"),
        (("--field", "t", "-i", "a.parquet", "b.txt"), "Parquet files go by themselves"),
        (("b.txt", "-o", "a.parquet"), "only Parquet files can be written to a Parquet file"),
        (("--field", "no", "--check", "a.parquet"), "a.parquet: no column 'no' (its columns: t, n)"),
        (("--field", "n", "--check", "a.parquet"), "a.parquet: column 'n' holds int64, not text"),
        (("--field", "t", "--check", "b.parquet"), "b.parquet: not a Parquet file, or damaged"),
        (("--field", "t", "--check", "c.parquet"), "c.parquet: no such file or directory"),
    ],
)
def test_parquet_errors_are_one_line(
    normalize: Any, tmp_path: Path, args: tuple[str, ...], message: str
) -> None:
    """What does not go with Parquet is an error that says so."""
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    pq.write_table(pa.table({"t": ["a"], "n": [1]}), tmp_path / "a.parquet")
    (tmp_path / "b.parquet").write_bytes(b"PAR1 is not all")
    done = normalize(*args)
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert done.err.startswith(f"textnorm: error: {message}")
