"""Encodings: names, byte-order marks, errors that say where."""

from __future__ import annotations

import pytest

from textnorm.errors import InputError
from textnorm.stream.codec import Codec, bad_bytes, make_codec


def test_names_of_an_encoding_are_one() -> None:
    """UTF-8 is UTF-8 by any of its names; a mark is kept, not asked for."""
    assert make_codec("UTF8") == make_codec("utf-8-sig") == Codec()


@pytest.mark.parametrize("name", ["klingon", "base64", "rot13", "", "a\0b"])
def test_what_is_no_text_encoding_is_refused(name: str) -> None:
    """Unknown names and codecs that do not turn bytes into text are one and the same mistake."""
    with pytest.raises(InputError, match="unknown encoding"):
        make_codec(name)


@pytest.mark.parametrize(
    ("encoding", "head", "expected"),
    [
        ("utf-16", b"\xff\xfea\0", "utf-16-le"),
        ("utf-16", b"\xfe\xff\0a", "utf-16-be"),
        ("utf-16", b"a\0\n\0", "utf-16-le"),
        ("utf-32", b"\xff\xfe\0\0", "utf-32-le"),
        ("utf-16-be", b"\xff\xfea\0", "utf-16-be"),
        ("utf-8", b"\xff\xfea\0", "utf-8"),
    ],
)
def test_a_mark_decides_the_byte_order(encoding: str, head: bytes, expected: str) -> None:
    """The order that the mark tells is used; without one it is little-endian."""
    assert make_codec(encoding).fitted(head)[0].encoding == expected


def test_a_letter_that_an_encoding_lacks_is_named() -> None:
    """The error says which letter, where, and what to do."""
    with pytest.raises(InputError) as caught:
        make_codec("latin-1").encode("a\nbą", "x.txt", 7)
    assert str(caught.value) == (
        "x.txt:8: 'ą' (U+0105) cannot be written in iso8859-1 (convert the input to UTF-8 first)"
    )


def test_bad_bytes_are_shown_with_their_offset() -> None:
    """The error shows the bytes and where they stand in the file."""
    with pytest.raises(UnicodeDecodeError) as caught:
        b"ab\xe2\x28".decode()
    error = bad_bytes(caught.value, "x.txt", 3, 100)
    assert str(error) == (
        "x.txt:3: 0xe2 at byte 102 is not valid utf-8 "
        "(name the right --encoding, or go on with --errors replace)"
    )
