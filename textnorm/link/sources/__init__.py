"""Readers of terminologies: each takes a file as it is distributed and gives concepts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textnorm.errors import TextnormError
from textnorm.link.sources.concepts import read_concepts
from textnorm.link.sources.jsonl import read_jsonl
from textnorm.link.sources.reading import File, Reader, Reading
from textnorm.stream.codec import Codec, make_codec

_READERS: Mapping[str, Reader] = {"concepts": read_concepts, "jsonl": read_jsonl}
_UTF_8 = make_codec()


def formats() -> list[str]:
    """The names of all formats."""
    return sorted(_READERS)


def read(paths: Sequence[str], format: str, *, codec: Codec = _UTF_8) -> Reading:
    """The concepts in some files of a format, read as they are asked for. Raises TextnormError."""
    reader = _READERS.get(format)
    if reader is None:
        raise TextnormError(f'no format "{format}"', remedy=f"one of {', '.join(formats())}")
    return Reading(format, [File(path, codec) for path in paths], reader)
