"""What the tests of the stream layer share: a normalizer with one rule, and a source of scripted reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pytest

from textnorm.document import Document, Edit, place
from textnorm.stream.blocks import Block, Result
from textnorm.stream.codec import Codec, make_codec


class Fives:
    """Writes 5 as "fünf": letters and bytes differ in number, so offsets get mixed up if they can."""

    def __call__(self, text: str) -> str:
        """The text with every 5 written out."""
        return text.replace("5", "fünf")

    def explain(self, text: str) -> Document:
        """The same with an edit for each 5."""
        found = [at for at, letter in enumerate(text) if letter == "5"]
        edits = place(Edit("xx.five", "NUM", at, at + 1, "5", "fünf") for at in found)
        return Document(text, self(text), edits)


class Reads:
    """A source that gives the pieces it was made of, one for each read."""

    name = "in.txt"

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter([piece for piece in pieces if piece])

    def read(self, size: int) -> bytes:
        """The next piece."""
        return next(self._pieces, b"")


class Through:
    """Sends pieces of input through a format and gives the output; a fault is raised after it."""

    def __init__(self) -> None:
        self.written = b""
        self.results: list[Result] = []

    def __call__(self, work: Callable[[Block], Result], *pieces: bytes, codec: Codec | None = None) -> bytes:
        """The output for the pieces."""
        self.written, self.results = b"", []
        for block in self._blocks(work, pieces, codec or make_codec()):
            result = work(block)
            self.written += result.data
            self.results.append(result)
            if result.error:
                raise result.error
        return self.written

    def _blocks(self, work: object, pieces: Iterable[bytes], codec: Codec) -> Iterator[Block]:
        return work.blocks(Reads(pieces), codec)  # type: ignore[attr-defined]


@pytest.fixture
def fives() -> Fives:
    """A normalizer that knows the number five."""
    return Fives()


@pytest.fixture
def reads() -> type[Reads]:
    """The class of scripted sources."""
    return Reads


@pytest.fixture
def through() -> Through:
    """Input through a format to output."""
    return Through()
