"""`textnorm normalize --lang sd --from ur`: Sindhi typed with an Urdu keyboard, in bulk and without numpy."""

from __future__ import annotations

import pytest

from .conftest import Run
from .test_lt_ascii import WITHOUT_NUMPY

RUN = ("normalize", "--lang", "sd", "--from", "ur")
TYPED = "ہی کتاب سندھی زبان ۾ آہی\r\n\r\nمنہنجو نالو علی آہی @کتاب 2024\r\nهي ڪتاب سنڌي زبان ۾ آهي\r\n"
CLEAN = "هي ڪتاب سنڌي زبان ۾ آهي\r\n\r\nمنهنجو نالو علي آهي @کتاب 2024\r\nهي ڪتاب سنڌي زبان ۾ آهي\r\n"


@pytest.mark.parametrize("more", [(), ("-j", "2"), ("--option", "reader=tagger")])
def test_typed_text_is_restored(textnorm: Run, more: tuple[str, ...]) -> None:
    """Line by line, with line ends; by one process or two, by the search or the tagger."""
    done = textnorm(*RUN, *more, stdin=TYPED.encode() * 50)
    assert done.out.decode() == CLEAN * 50
    assert done.code == 0


def test_without_numpy_one_line_says_what_to_do(textnorm: Run) -> None:
    """There are two ways out, and the second one works."""
    tagger = ("--option", "reader=tagger")
    done = textnorm(*RUN, *tagger, stdin=TYPED.encode(), program=WITHOUT_NUMPY)
    assert done.code == 2
    assert done.err.splitlines() == [
        "textnorm: error: the tagger needs numpy, which is not installed "
        "(pip install 'textnorm[fallback]', or --option reader=beam)"
    ]
    beam = textnorm(*RUN, stdin=TYPED.encode(), program=WITHOUT_NUMPY)
    assert beam.out.decode() == CLEAN


def test_text_without_a_source_needs_no_model(textnorm: Run) -> None:
    """The pack by itself runs without numpy, and leaves clean text as it is."""
    done = textnorm("normalize", "--lang", "sd", stdin=CLEAN.encode(), program=WITHOUT_NUMPY)
    assert done.out.decode() == CLEAN
