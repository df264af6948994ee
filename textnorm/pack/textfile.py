"""Bytes to text, for every file of a pack."""

from __future__ import annotations

from textnorm.errors import Location, PackError


def decode(raw: bytes, file: str) -> str:
    """UTF-8 text with line feeds only and no byte-order mark."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        at = Location(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
        message = f"byte 0x{raw[error.start]:02x} is not UTF-8"
        raise PackError(message, at=at, remedy="save the file as UTF-8") from None
    return text.removeprefix("\ufeff").replace("\r\n", "\n")
