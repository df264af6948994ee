"""The lines of files as text, for commands that read all of their input before they write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textnorm.stream.blocks import read_blocks
from textnorm.stream.codec import Codec
from textnorm.stream.lines import decode
from textnorm.stream.readers import open_source


def text_lines(paths: Iterable[str], codec: Codec) -> Iterator[str]:
    """The lines of all files, without their ends; "-" is standard input. Raises InputError.

    Compressed files are told by their suffix. Constant memory.
    """
    for path in paths:
        with open_source(path) as source:
            for block in read_blocks(source, codec):
                decoded = decode(block)
                if decoded.error:
                    raise decoded.error
                text = decoded.text.removesuffix("\n")
                yield from (line.removesuffix("\r") for line in text.split("\n"))
