"""Lines of text: bytes in, bytes out."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textnorm.errors import InputError
from textnorm.stream.codec import make_codec
from textnorm.stream.lines import Detail, LineWork, regroup

ODD = "\ufeffa 5\r\n\r\nlone \r here\x00\x0b\x0c\x1c\x85\u2028 5\n\n no end"


def test_what_no_rule_touches_stays_byte_for_byte(through: Any, fives: Any) -> None:
    """CRLF, a mark, lone CR, NUL, other line separators, blank lines, a missing last line end: all stay."""
    assert through(LineWork(fives), ODD.encode()) == ODD.replace("5", "fünf").encode()


def test_bad_bytes_end_the_output_before_their_line(through: Any, fives: Any) -> None:
    """Everything before the bad line is written; the error names file, line and byte."""
    with pytest.raises(InputError, match=r"in\.txt:4: 0xff at byte 11 is not"):
        through(LineWork(fives), b"\xef\xbb\xbfa\n5\n", b"b\nc \xff d\n5\n")
    assert through.written == "\ufeffa\nfünf\nb\n".encode()


def test_bad_bytes_in_the_first_line_leave_nothing(through: Any, fives: Any) -> None:
    """No part of a bad line is written."""
    with pytest.raises(InputError, match=r"in\.txt:1: 0x80 at byte 0 is"):
        through(LineWork(fives), b"\x80")
    assert through.written == b""


def test_replace_puts_a_mark_for_bad_bytes_only(through: Any, fives: Any) -> None:
    """With --errors replace bad bytes become U+FFFD."""
    codec = make_codec("utf-8", "replace")
    assert through(LineWork(fives), b"5 \xff\n\xc4\x85\n", codec=codec) == "fünf \ufffd\ną\n".encode()


def test_replace_holds_for_letters_the_encoding_lacks(through: Any) -> None:
    """With --errors replace output that the encoding cannot hold becomes question marks."""
    work = LineWork(lambda text: text.replace("5", "pięć"))
    assert through(work, b"5 \xa1\n\xe0\n", codec=make_codec("cp1257", "replace")) == b"pi\xe6\xe3 ?\n\xe0\n"
    assert through(work, b"5\n", codec=make_codec("latin-1", "replace")) == b"pi??\n"


def test_surrogateescape_keeps_bad_bytes(through: Any, fives: Any) -> None:
    """With --errors surrogateescape bad bytes go through as they are."""
    codec = make_codec("utf-8", "surrogateescape")
    assert through(LineWork(fives), b"5 \xff\n\xfe\n", codec=codec) == "fünf ".encode() + b"\xff\n\xfe\n"


def test_a_letter_the_encoding_lacks_ends_the_output_before_its_line(through: Any) -> None:
    """An output that cannot be written is an error of its line; what comes before it is kept."""
    work = LineWork(lambda text: text.replace("5", "penkį"))
    with pytest.raises(InputError, match=r"in\.txt:2: 'į' \(U\+012F\) cannot"):
        through(work, "é\n5\nb".encode("latin-1"), codec=make_codec("latin-1"))
    assert through.written == "é\n".encode("latin-1")


def test_two_codes_for_a_letter_stay_two(through: Any, fives: Any) -> None:
    """In an encoding that does not round-trip, lines that stay the same keep their very bytes."""
    twice = b"\xed\x40 \xfa\x5c\n"  # two codes of cp932 for one letter
    assert twice.decode("cp932").encode("cp932") != twice
    assert through(
        LineWork(lambda text: text.replace("5", "Q")), twice + b"5\n", codec=make_codec("cp932")
    ) == (twice + b"Q\n")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32"])
def test_wide_encodings_come_through(encoding: str, through: Any, fives: Any) -> None:
    """UTF-16 and UTF-32 keep their byte order and their mark."""
    codec = make_codec(encoding)
    assert through(LineWork(fives), "a\u0a00 5\r\n\nb".encode(encoding), codec=codec) == (
        "a\u0a00 fünf\r\n\nb".encode(encoding)
    )


def test_changes_are_noted_if_asked_for(through: Any, fives: Any) -> None:
    """Each changed line is noted with its number, and edits are counted by class."""
    through(LineWork(fives, fives.explain, Detail(changes=True, counts=True)), b"a\n5 5\n", b"b\n5\n")
    changes = [change for result in through.results for change in result.changes]
    assert [(change.line, change.before, change.after) for change in changes] == [
        (2, b"5 5", "fünf fünf".encode()),
        (4, b"5", "fünf".encode()),
    ]
    assert [dict(result.counts) for result in through.results] == [{"NUM": 2}, {"NUM": 1}]


LINES = st.text(st.sampled_from("5aą\r\x00\u0a0a"), max_size=5)


@given(st.lists(LINES).map("\n".join), st.lists(st.integers(1, 7), min_size=1, max_size=5), st.data())
def test_any_reads_give_the_same_bytes(text: str, sizes: list[int], data: st.DataObject) -> None:
    """Whatever the encoding and the sizes of reads, the output is the whole text normalized."""
    from itertools import cycle

    from textnorm.stream.blocks import read_blocks

    encoding = data.draw(st.sampled_from(["utf-8", "utf-16-le", "utf-32", "utf-8-sig"]))
    rest, steps, pieces = text.encode(encoding), cycle(sizes), []
    while rest:
        size = next(steps)
        pieces.append(rest[:size])
        rest = rest[size:]

    class Source:
        name = "x"

        def read(self, size: int) -> bytes:
            return pieces.pop(0) if pieces else b""

    work = LineWork(lambda part: part.replace("5", "fünf"))
    blocks = read_blocks(Source(), make_codec(encoding))
    assert b"".join(work(block).data for block in blocks) == text.replace("5", "fünf").encode(encoding)


@given(st.lists(st.text(st.sampled_from("5a\n"), max_size=5)))
def test_regroup_is_a_call_for_each_text(texts: list[str]) -> None:
    """One call for many texts, lines in them included, gives what a call for each would."""
    assert regroup(texts, lambda text: text.replace("5", "fünf")) == [
        text.replace("5", "fünf") for text in texts
    ]


def test_regroup_notices_a_lost_line() -> None:
    """A normalizer that changes the number of lines would mix up texts; that must not pass."""
    with pytest.raises(RuntimeError, match="number of lines"):
        regroup(["a", "b"], lambda text: text.replace("a\n", ""))
