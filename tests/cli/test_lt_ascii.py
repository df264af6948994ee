"""`textnorm normalize --lang lt-ascii` in bulk, and without what its model needs."""

from __future__ import annotations

from .conftest import Run

TEXT = b"Aciu uz pagalba\r\n\nRytoj grisiu namo 5 val.\nSee you on Monday\n" * 50
WITHOUT_NUMPY = (
    "-c",
    "import sys; sys.modules['numpy'] = None; from textnorm.cli.main import run; sys.exit(run())",
)


def test_several_processes_write_what_one_writes(textnorm: Run) -> None:
    """Lines come out in order, with their line ends, whatever the number of workers."""
    one = textnorm("normalize", "--lang", "lt-ascii", stdin=TEXT)
    two = textnorm("normalize", "--lang", "lt-ascii", "-j", "2", stdin=TEXT)
    assert one.out == two.out
    assert one.out.decode().startswith("Ačiū už pagalbą\r\n\nRytoj grįšiu namo 5 val.\nSee you on Monday\n")


def test_without_the_model_nothing_needs_the_extra(textnorm: Run) -> None:
    """With the layer off the bytes are the same whether numpy is there or not."""
    off = ("normalize", "--lang", "lt-ascii", "--layers", "unicode")
    with_numpy, without = textnorm(*off, stdin=TEXT), textnorm(*off, stdin=TEXT, program=WITHOUT_NUMPY)
    assert with_numpy.out == without.out == TEXT
    assert without.code == 0


def test_a_missing_extra_is_one_line(textnorm: Run) -> None:
    """It names what to install."""
    done = textnorm("normalize", "--lang", "lt-ascii", stdin=TEXT, program=WITHOUT_NUMPY)
    assert done.code == 2
    assert done.err.splitlines() == [
        "textnorm: error: the tagger needs numpy, which is not installed (pip install 'textnorm[fallback]')"
    ]
