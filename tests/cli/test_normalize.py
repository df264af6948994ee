"""`textnorm normalize` on lines of text: what comes out, which rules run, exit codes."""

from __future__ import annotations

import random
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

ODD = "\ufeffa 5\r\n\r\nlone \r here \x00\x0b\x0c\x85\u2028 5\n\n no end 5"


def test_standard_input_to_standard_output(normalize: Any) -> None:
    """Without a file, lines come from standard input; "-" says the same."""
    assert normalize(stdin=b"on 5\nas is\n") == (0, "on 五\nas is\n".encode(), "")
    assert normalize("-", stdin=b"on 5\n").out == "on 五\n".encode()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_no_rule_touches_stays_byte_for_byte(normalize: Any, jobs: str) -> None:
    """CRLF, a byte-order mark, lone CR, NUL, blank lines, a missing last line end: all stay."""
    expected = ODD.replace("5", "五").encode()
    assert normalize("-j", jobs, stdin=ODD.encode()) == (0, expected, "")


def test_no_input_no_output(normalize: Any) -> None:
    """Nothing in, nothing out."""
    assert normalize() == (0, b"", "")


def test_files_come_one_after_the_other(normalize: Any, tmp_path: Path) -> None:
    """Several files and standard input give one output; no line runs into that of the next file."""
    (tmp_path / "a").write_bytes(b"5")
    (tmp_path / "b").write_bytes(b"b 5\r\n")
    assert normalize("a", "-", "b", "a", stdin=b"in 5\n").out == "五\nin 五\nb 五\r\n五".encode()


@pytest.mark.parametrize("jobs", ["2", "3", "0"])
def test_any_number_of_jobs_gives_the_same_bytes(normalize: Any, tmp_path: Path, jobs: str) -> None:
    """Blocks come out in order whatever worker had them; a line may be longer than a block."""
    draw = random.Random(7)
    lines = [
        " ".join(draw.choices(["5", "ąžuolas", "0", "\r", "x" * 90], k=draw.randrange(9)))
        for _ in range(30_000)
    ]
    lines[3000] = "long 5 " * 100_000
    (tmp_path / "a").write_text("\n".join(lines), encoding="utf-8", newline="")
    alone = normalize("a").out
    assert alone.count(b"\n") == len(lines) - 1
    assert normalize("-j", jobs, "a") == (0, alone, "")
    assert normalize("-j", jobs, stdin=(tmp_path / "a").read_bytes()).out == alone


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ((), "五 零 九 teh"),
        (("--only", "tt.num.f*"), "五 0 9 teh"),
        (("--only", "tt.num.five", "--only", "rare"), "五 零 9 teh"),
        (("--off", "rare", "--off", "tt.num.perhaps"), "五 0 9 teh"),
        (("--off", "NUM"), "5 0 9 teh"),
        (("--layers", "slips"), "5 0 9 the"),
        (("--layers", "slips,numbers"), "五 零 九 the"),
        (("--layers", "+slips"), "五 零 九 the"),
        (("--option", "zero=nought"), "五 〇 九 teh"),
        (("--strict",), "五 零 9 teh"),
        (("--uncertain", "keep"), "五 零 9 teh"),
        (("--uncertain", "mark"), "五 零 ⟦九|玖⟧ teh"),
    ],
)
def test_rules_can_be_chosen(normalize: Any, options: tuple[str, ...], expected: str) -> None:
    """--only and --off by id glob, class and tag; layers exactly or as well; style options; --strict."""
    assert normalize(*options, stdin=b"5 0 9 teh").out.decode() == expected


def test_rules_of_ones_own(textnorm: Any, tmp_path: Path) -> None:
    """--rules lays a folder over the pack, several times."""
    rule = (
        "format: 1\nkind: rules\nnamespace: my\nclass: NUM\nrules:\n"
        "  - {{id: {id}, doc: Mine., match: '{match}', say: '{say}'}}\n"
    )
    for number, (match, say) in enumerate([("7", "seven"), ("8", "eight")]):
        (tmp_path / f"r{number}").mkdir()
        (tmp_path / f"r{number}" / "my.yaml").write_text(rule.format(id=f"n{match}", match=match, say=say))
    pack = str(Path(__file__).parent / "packs" / "tt")
    args = ("--lang", "tt", "--rules", pack, "--rules", "r0", "--rules", "r1")
    assert textnorm("normalize", *args, stdin=b"5 7 8").out == "五 seven eight".encode()


def test_check_lists_lines(normalize: Any, tmp_path: Path) -> None:
    """--check prints file:line of what would change and ends with 1; nothing is written."""
    (tmp_path / "a").write_bytes(b"x\n5\nx\n5 5")
    (tmp_path / "b").write_bytes(b"5")
    assert normalize("--check", "a", "-", "b", stdin=b"x\n5\n") == (1, b"a:2\na:4\n<stdin>:2\nb:1\n", "")
    assert normalize("--check", stdin=b"x\n") == (0, b"", "")
    assert (tmp_path / "a").read_bytes() == b"x\n5\nx\n5 5"


@pytest.mark.skipif(shutil.which("patch") is None, reason="patch is missing")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_diff_can_be_applied(normalize: Any, tmp_path: Path, jobs: str) -> None:
    """--diff prints what `patch` makes the change from, and ends with 1."""
    text = "".join(f"{number % 97}\n" for number in range(100_000))
    (tmp_path / "a").write_text(text)
    done = normalize("--diff", "-j", jobs, "a")
    assert (done.code, done.err) == (1, "")
    assert normalize("--diff", stdin=b"x\n") == (0, b"", "")
    subprocess.run(["patch", "-p0", "-s"], input=done.out, cwd=tmp_path, check=True)
    assert (tmp_path / "a").read_bytes() == normalize(stdin=text.encode()).out


def test_stats_sum_up(normalize: Any) -> None:
    """--stats counts lines, bytes, changed lines and edits by class, on standard error."""
    done = normalize("--stats", "--layers", "+slips", stdin="ą 5 0\na teh\nx".encode())
    assert done.out == "ą 五 零\na the\nx".encode()
    assert done.err == "textnorm: 3 lines, 14 bytes, 2 changed; NUM 2, MISSP 1\n"


def test_encodings(normalize: Any) -> None:
    """--encoding names that of input and output; --errors what happens to what is not text."""
    assert normalize("--encoding", "gbk", stdin="ü 5\n".encode("gbk")).out == "ü 五\n".encode("gbk")
    assert normalize("--encoding", "utf-16", stdin="ü 5\r\n".encode("utf-16")).out == "ü 五\r\n".encode(
        "utf-16"
    )
    assert normalize("--errors", "replace", stdin=b"\xff 5").out == "\ufffd 五".encode()
    assert normalize("--errors", "surrogateescape", stdin=b"\xff 5").out == b"\xff \xe4\xba\x94"


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("-o", "x", "-i", "f"), "--in-place and --output: choose one"),
        (("-i",), "--in-place needs the names of files"),
        (("-i", "-"), "--in-place needs the names of files"),
        (("--check", "--diff"), "--check and --diff: choose one"),
        (("--check", "-i", "f"), "--check and --diff change nothing: leave out --in-place"),
        (("--diff", "-o", "f"), "--check and --diff write no text: leave out --output"),
        (("--jsonl", "--csv", "--field", "t"), "--jsonl, --csv and --tsv: choose one"),
        (("--jsonl",), "--jsonl needs --field NAME"),
        (("--field", "t"), "--field needs --jsonl, --csv or --tsv"),
        (("--edits",), "--edits needs --jsonl, --csv or --tsv"),
        (("--tsv", "--field", "t", "--delimiter", ";"), "--delimiter needs --csv"),
        (("--jsonl", "--field", "edits", "--edits"), '--edits writes the field "edits"'),
        (("--option", "zero"), "--option zero: write it as NAME=VALUE"),
        (("--layers", "slips,+numbers"), "--layers slips,+numbers: either all names add (+a,b) or none does"),
        (("-j", "-1"), "Invalid value for '-j' / '--jobs'"),
        (("--nonsense",), "No such option"),
    ],
)
def test_options_that_do_not_fit_are_one_line(normalize: Any, args: tuple[str, ...], message: str) -> None:
    """A usage error is one line that points to the help page; the exit code is 2."""
    done = normalize(*args)
    assert (done.code, done.out, done.err.count("\n")) == (2, b"", 1)
    assert done.err.startswith(f"textnorm: error: {message}")
    assert done.err.endswith("(see textnorm normalize --help)\n")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("none.txt",), "none.txt: no such file or directory (check the path)"),
        (("-i", "none.txt"), "none.txt: no such file or directory (check the path)"),
        (("."), ".: is a directory (name the files in it: ./*)"),
        (("-i", "."), ".: is a directory (name the files in it: ./*)"),
        (("-o", "no/x"), "no/x: no such file or directory (check the path)"),
        (("-o", "."), ".: is a directory (name a file)"),
        (("--encoding", "klingon"), "unknown encoding 'klingon' (try utf-8, cp1257 or utf-16)"),
        (("--csv", "--field", "t", "--delimiter", "ab"), "'ab' cannot separate cells"),
        (("--option", "zero=no"), "option 'zero' cannot be 'no' (one of: nil nought)"),
        (("--option", "one=no"), "pack 'tt' has no option 'one'"),
        (("--layers", "no"), "pack 'tt' has no layer 'no'"),
    ],
)
def test_errors_are_one_line(normalize: Any, args: tuple[str, ...], message: str) -> None:
    """An error is one line that names the fault and the remedy; the exit code is 2."""
    done = normalize(*args)
    assert (done.code, done.out, done.err.count("\n")) == (2, b"", 1)
    assert done.err.startswith(f"textnorm: error: {message}")


def test_an_unknown_pack_is_one_line(textnorm: Any) -> None:
    """A language without a pack is an error that lists those with one."""
    done = textnorm("normalize", "--lang", "tlh")
    assert (done.code, done.out, done.err.count("\n")) == (2, b"", 1)
    assert done.err.startswith("textnorm: error: no pack called")
    assert textnorm("normalize").err == (
        "textnorm: error: Missing option '--lang' (see textnorm normalize --help)\n"
    )


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_bad_bytes_end_the_output_before_their_line(normalize: Any, tmp_path: Path, jobs: str) -> None:
    """What comes before a line that is not UTF-8 is written; the error names file, line and byte."""
    head = b"5 a\n" * 200_000
    (tmp_path / "a").write_bytes(head + b"b\nc\xff 5\n5\n")
    done = normalize("-j", jobs, "a")
    assert (done.code, done.out) == (2, "五 a\n".encode() * 200_000 + b"b\n")
    assert done.err == (
        "textnorm: error: a:200002: 0xff at byte 800003 is not valid utf-8 "
        "(name the right --encoding, or go on with --errors replace)\n"
    )


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_missing_file_in_the_middle(normalize: Any, tmp_path: Path, jobs: str) -> None:
    """What comes before a file that is not there is written."""
    (tmp_path / "a").write_bytes(b"5\n")
    done = normalize("-j", jobs, "a", "none", "a")
    assert done == (2, "五\n".encode(), "textnorm: error: none: no such file or directory (check the path)\n")
