"""How bytes become text and back, with the byte offset and the line of whatever is not text."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace

from textnorm.errors import InputError, Location

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
)
_ROUND_TRIP = frozenset({"utf-8", "ascii", "iso8859-1", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"})
_LOSSY = frozenset({"replace", "ignore", "backslashreplace"})


@dataclass(frozen=True, slots=True)
class Codec:
    """An encoding, an error handler, and the bytes that end a line."""

    encoding: str = "utf-8"
    errors: str = "strict"
    newline: bytes = b"\n"

    @property
    def lossy(self) -> bool:
        """Whether decoding may alter bytes that are not text."""
        return self.errors in _LOSSY

    @property
    def round_trip(self) -> bool:
        """Whether bytes that decode always come back the same when encoded."""
        return not self.lossy and self.encoding in _ROUND_TRIP

    @property
    def ascii_newline(self) -> bool:
        """Whether the byte 0x0A ends a line wherever it stands."""
        return self.newline == b"\n"

    @property
    def one_byte_ascii(self) -> bool:
        """Whether bytes below 0x80 are ASCII characters wherever they stand."""
        return self.encoding.startswith(("utf-8", "ascii", "iso8859", "cp125", "koi8", "euc"))

    def marks(self) -> list[tuple[bytes, str]]:
        """The byte-order marks a file in this encoding may begin with, and the encoding each stands for."""
        name = self.encoding
        return [(mark, known) for mark, known in _MARKS if known == name or known.startswith(f"{name}-")]

    def fitted(self, head: bytes) -> tuple[Codec, bytes]:
        """The codec for a file that begins with `head`, and the byte-order mark found there, or b"".

        UTF-16 and UTF-32 without a mark are read as little-endian, whatever the machine.
        """
        for mark, encoding in self.marks():
            if head.startswith(mark):
                return self._with(encoding), mark
        if self.encoding in ("utf-16", "utf-32"):
            return self._with(f"{self.encoding}-le"), b""
        return self, b""

    def _with(self, encoding: str) -> Codec:
        return replace(self, encoding=encoding, newline="\n".encode(encoding))

    def count_lines(self, data: bytes) -> int:
        """The number of line ends in `data`, which starts at a character."""
        if self.ascii_newline:
            return data.count(b"\n")
        return sum(1 for _ in self._ends(data))

    def last_line_end(self, data: bytes, start: int = 0) -> int:
        """The position after the last line end in data[start:], or 0; `start` is at a character."""
        if len(self.newline) == 1:
            return data.rfind(self.newline, start) + 1
        return max(self._ends(data, start), default=0)

    def _ends(self, data: bytes, start: int = 0) -> list[int]:
        width = len(self.newline)
        found = re.compile(re.escape(self.newline)).finditer(data, start)
        return [match.end() for match in found if match.start() % width == 0]

    def encode(self, text: str, name: str, line: int) -> bytes:
        """`text` as bytes; a character the encoding lacks is an error that names it and its line."""
        try:
            return text.encode(self.encoding, self.errors)
        except UnicodeEncodeError as error:
            char = text[error.start]
            raise InputError(
                f"{char!r} (U+{ord(char):04X}) cannot be written in {self.encoding}",
                at=Location(name, line + text.count("\n", 0, error.start)),
                remedy="convert the input to UTF-8 first",
            ) from None


def make_codec(encoding: str = "utf-8", errors: str = "strict") -> Codec:
    """The codec for an encoding by any of its names; UTF-8 with or without a mark is one and the same."""
    try:
        info = codecs.lookup(encoding)
        known = getattr(info, "_is_text_encoding", True)
    except (LookupError, ValueError):
        known = False
    if not known:
        raise InputError(f"unknown encoding {encoding!r}", remedy="try utf-8, cp1257 or utf-16")
    name = "utf-8" if info.name == "utf-8-sig" else info.name
    codecs.lookup_error(errors)
    newline = b"\n" if name in ("utf-16", "utf-32") else "\n".encode(name)
    return Codec(name, errors, newline)


def bad_bytes(error: UnicodeDecodeError, name: str, line: int, offset: int) -> InputError:
    """The error for bytes that are not text; `line` is where they stand, `offset` that of `error.object`."""
    bad = bytes(error.object[error.start : max(error.end, error.start + 1)])
    shown = " ".join(f"0x{byte:02x}" for byte in bad[:4])
    return InputError(
        f"{shown} at byte {offset + error.start} is not valid {error.encoding}",
        at=Location(name, line),
        remedy="name the right --encoding, or go on with --errors replace",
    )
