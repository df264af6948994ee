"""`textnorm explain` over a fake pack that reads 5 as "five"."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from textnorm.cli.common import PackChoice
from textnorm.cli.explain import _coloured as coloured_output
from textnorm.cli.explain import explain

from textnorm.document import Document, Edit, Loser, place
from textnorm.errors import InputError

PACK = Path(__file__).parent / "packs" / "xx"
PLAIN = 'on 5\n  3-4  NUM  xx.num  "5" → "five"\n→ on five\n'


class Fake:
    """A normalizer with one rule."""

    signature = "xx|v:1|rules:1a2b"

    def explain(self, text: str, why: bool = False) -> Document:
        """Every document has at most one edit, and a loser if asked why."""
        start = text.find("5")
        edits = place([Edit("xx.num", "NUM", start, start + 1, "5", "five")] if start >= 0 else [])
        losers = (Loser("xx.date", "DATE", start, start + 1, "5", "no month"),) if why and edits else ()
        return Document(text, text.replace("5", "five", 1), edits, losers)


@pytest.fixture(autouse=True)
def _fake_pack(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PackChoice, "load", lambda self: Fake())


Run = Callable[..., str]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Runs the command on real file descriptors and gives its standard output; errors are raised."""

    def call(*arguments: str, stdin: str | bytes = b"") -> str:
        source = tmp_path / "stdin"
        source.write_bytes(stdin.encode() if isinstance(stdin, str) else stdin)
        with source.open(encoding="utf-8") as stream:
            monkeypatch.setattr(sys, "stdin", stream)
            explain.main(["--lang", "xx", *arguments], standalone_mode=False)
        return capfd.readouterr().out

    return call


def test_text_argument(run: Run) -> None:
    """TEXT gives the line, its edits and the output, without colour as no terminal listens."""
    assert run("on 5") == PLAIN


def test_lines_of_standard_input(run: Run) -> None:
    """Each line of input is explained by itself, with an empty line between two."""
    assert run(stdin="on 5\nas it is\n") == PLAIN + "\nas it is\n  unchanged\n→ as it is\n"


def test_line_ends_and_byte_order_mark_are_not_text(run: Run) -> None:
    """CRLF, a mark at the start and a missing last line end leave no trace in the documents."""
    assert run(stdin=b"\xef\xbb\xbfon 5\r\non 5") == f"{PLAIN}\n{PLAIN}"


def test_why_lists_losers(run: Run) -> None:
    """`--why` adds the matches that were not used."""
    assert '  not used: 3-4  DATE  xx.date  "5"  no month\n' in run("--why", "on 5")
    assert "not used" not in run("on 5")


def test_jsonl_is_one_document_per_line(run: Run) -> None:
    """Each line of input gives one JSON object, letters unescaped."""
    lines = run("--jsonl", stdin="ኀ 5\n\n").splitlines()
    assert [json.loads(line)["text"] for line in lines] == ["ኀ five", ""]
    assert '"source": "ኀ 5"' in lines[0]


def test_html_is_a_page_with_the_signature(run: Run) -> None:
    """`--html` prints a whole page that says which rules were used."""
    html = run("--html", stdin="on 5\nas it is\n")
    assert html.startswith("<!DOCTYPE html>\n")
    assert html.count("<section") == 2
    assert "<h1>textnorm explain --lang xx</h1>\n<p>signature: xx|v:1|rules:1a2b</p>" in html
    assert '<bdi lang="xx" dir="auto">' in html


def test_output_file(run: Run, tmp_path: Path) -> None:
    """`-o` writes the page, and nothing to standard output."""
    target = tmp_path / "page.html"
    assert run("--html", "-o", str(target), "on 5") == ""
    assert target.read_text(encoding="utf-8").startswith("<!DOCTYPE html>\n")


def test_jsonl_and_html_exclude_each_other(run: Run) -> None:
    """Two forms at once are a usage error."""
    with pytest.raises(click.UsageError, match="exclude each other"):
        run("--jsonl", "--html", "on 5")


def test_spans_are_places_in_the_text_as_it_is(run: Run) -> None:
    """The text is not rewritten; each stretch has its offsets and its class."""
    assert [json.loads(line) for line in run("--spans", stdin="on 5\nno\n").splitlines()] == [
        {"text": "on 5", "spans": [{"start": 3, "end": 4, "class": "NUM", "text": "5"}]},
        {"text": "no", "spans": []},
    ]


def test_bytes_that_are_not_text_name_their_line(run: Run) -> None:
    """A wrong encoding is an input error with line and remedy."""
    with pytest.raises(InputError) as caught:
        run(stdin=b"on 5\n\xe0\n")
    assert "<stdin>:2" in str(caught.value)
    assert "--errors replace" in str(caught.value)


def test_encoding_of_standard_input(run: Run) -> None:
    """`--encoding` and `--errors` say how to read the input."""
    assert run("--encoding", "cp1257", stdin="ąž 5\n".encode("cp1257")).startswith("ąž 5\n")
    assert run("--errors", "replace", stdin=b"\xe0 5\n").startswith("\ufffd 5\n")


@pytest.mark.parametrize(("no_color", "coloured"), [(None, True), ("", True), ("1", False)])
def test_colour_needs_a_terminal_and_no_veto(
    monkeypatch: pytest.MonkeyPatch, no_color: str | None, coloured: bool
) -> None:
    """On a terminal spans are coloured, unless NO_COLOR is set to anything."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    if no_color is not None:
        monkeypatch.setenv("NO_COLOR", no_color)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert coloured_output(None) is coloured
    assert coloured_output("file.txt") is False


def program(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """The installed program, run on the pack in the folder of these tests."""
    command = [sys.executable, "-m", "textnorm", "explain", "--lang", "xx", "--rules", str(PACK), *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, check=False)


def test_program_explains_over_a_real_pack() -> None:
    """Edits of two layers come out together, in order of position, as plain text into a pipe."""
    done = program("--layers", "+misspellings", stdin=b"on teh 5\r\n")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == (
        "on teh 5\n"
        '  3-6  MISSP  xx.missp.the  "teh" → "the"\n'
        '  7-8  NUM    xx.num.five   "5" → "five"\n'
        "→ on the five\n"
    )


def test_program_reads_utf_16() -> None:
    """Whatever the encoding of the input, the explanation is UTF-8."""
    done = program("--encoding", "utf-16", "--jsonl", stdin="on 5\nኀ".encode("utf-16"))
    assert [json.loads(line)["text"] for line in done.stdout.splitlines()] == ["on five", "ኀ"]


def test_program_explains_what_comes_before_a_faulty_line() -> None:
    """Bytes that are not text end the program with 2 after the lines that could be read."""
    done = program(stdin=b"as it is\n\xe0\n")
    assert done.returncode == 2
    assert done.stdout.decode() == "as it is\n  unchanged\n→ as it is\n"
    assert done.stderr.startswith(b"textnorm: error: <stdin>:2: 0xe0 at byte 9 is not valid utf-8")
