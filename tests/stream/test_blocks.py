"""Blocks: cut at line ends, passed on as they come, the same whatever the reads."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textnorm.stream import blocks as module
from textnorm.stream.blocks import Block, read_blocks
from textnorm.stream.codec import make_codec


class Reads:
    """A source that gives its pieces one for each read, and notes how many it has given."""

    name = "in.txt"

    def __init__(self, *pieces: bytes) -> None:
        self.pieces, self.given = [piece for piece in pieces if piece], 0

    def read(self, size: int) -> bytes:
        """The next piece."""
        self.given += 1
        return self.pieces[self.given - 1] if self.given <= len(self.pieces) else b""


def cut(*pieces: bytes, encoding: str = "utf-8", **more: Any) -> list[Block]:
    """The blocks that reads of these pieces make."""
    return list(read_blocks(Reads(*pieces), make_codec(encoding), **more))


def test_a_block_ends_after_the_last_line_end() -> None:
    """What follows the last line end of a read waits for the next one."""
    assert [block.data for block in cut(b"a\nb\nc", b"d\ne")] == [b"a\nb\n", b"cd\n", b"e"]


def test_blocks_know_their_place() -> None:
    """Line number and byte offset count from the start of the file, a byte-order mark included."""
    found = cut(b"\xef\xbb\xbfa\nb\n", b"c\n", b"d")
    assert [(block.line, block.offset, block.lines, block.bom) for block in found] == [
        (1, 3, 2, b"\xef\xbb\xbf"),
        (3, 7, 1, b""),
        (4, 9, 1, b""),
    ]


def test_a_line_is_passed_on_before_the_next_read() -> None:
    """Nothing waits for a full block."""
    source = Reads(b"a\n", b"b\n")
    assert next(read_blocks(source, make_codec())).data == b"a\n"
    assert source.given == 1


def test_a_byte_order_mark_may_come_in_pieces() -> None:
    """A mark is recognised even if it arrives byte by byte."""
    assert [block.bom for block in cut(b"\xef", b"\xbb", b"\xbf", b"a\n")] == [b"\xef\xbb\xbf"]


def test_a_file_of_one_byte_order_mark_comes_through() -> None:
    """A mark with nothing after it is not lost."""
    assert [(block.bom, block.data) for block in cut(b"\xef\xbb\xbf")] == [(b"\xef\xbb\xbf", b"")]


def test_no_input_no_blocks() -> None:
    """An empty file has no blocks."""
    assert cut(b"") == []


def test_an_unclosed_record_is_an_error_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A record that never ends must not fill the memory; the error names the line where it starts."""
    monkeypatch.setattr(module, "RECORD_LIMIT", 10)
    with pytest.raises(module.InputError, match=r"in\.txt:2: a record of more than"):
        cut(b'a!\n"b\n', b"cccc\n", b"dddd\n", cut=lambda data, codec: 3 if b"!" in data else 0)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "utf-32", "cp1257", "cp037"])
def test_every_encoding_is_cut_at_its_own_line_ends(encoding: str) -> None:
    """Line ends are those of the encoding: in UTF-16 the bytes of U+0A00 are not one."""
    text = "ab\nc\n\nd" if encoding in ("cp1257", "cp037") else "aą\n\u0a00\n\nĊ\u0a0a"
    data = text.encode(encoding)
    found = cut(*(data[at : at + 3] for at in range(0, len(data), 3)), encoding=encoding)
    parts = [block.data.decode(block.codec.encoding) for block in found]
    assert "".join(parts) == text
    assert all(part.endswith("\n") for part in parts[:-1])
    ends = [part.count("\n") for part in parts]
    assert [block.line for block in found] == [1 + sum(ends[:index]) for index in range(len(ends))]
    assert len(found) > 2


@given(st.lists(st.binary(max_size=6).map(lambda data: data.replace(b"\x01", b"\n"))))
def test_nothing_is_lost_or_moved(pieces: list[bytes]) -> None:
    """Whatever the reads, blocks put together are the input, and offsets and lines add up."""
    whole = b"".join(pieces)
    offset, line = 0, 1
    seen = b""
    for block in cut(*pieces):
        assert block.line == line
        assert block.offset == offset + len(block.bom)
        offset, line = block.offset + len(block.data), line + block.data.count(b"\n")
        seen += block.bom + block.data
    assert seen == whole
