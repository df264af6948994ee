"""Formats, blocks and workers together: the same bytes however the work is shared out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textnorm.document import Document
from textnorm.errors import TextnormError
from textnorm.stream.codec import make_codec
from textnorm.stream.files import Run, total_size
from textnorm.stream.formats import Fields, check_delimiter, make_work
from textnorm.stream.parallel import Pool


def fives(text: str) -> str:
    """The text with every 5 written out."""
    return text.replace("5", "fünf")


class Fives:
    """A normalizer that knows the number five."""

    def __call__(self, text: str) -> str:
        """The text with every 5 written out."""
        return fives(text)

    def explain(self, text: str) -> Document:
        """No edits."""
        return Document(text, fives(text), ())


class Reads:
    """A source that gives one piece for each read."""

    name = "in.txt"

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces = iter(pieces)

    def read(self, size: int) -> bytes:
        """The next piece."""
        return next(self._pieces, b"")


class Bytes:
    """A sink in memory."""

    def __init__(self) -> None:
        self.data = b""

    def write(self, data: bytes) -> None:
        """Keep the data."""
        self.data += data


def cuts(data: bytes, places: list[int]) -> list[bytes]:
    """`data` cut at some of its bytes."""
    ends = sorted({place % (len(data) + 1) for place in places} | {0, len(data)})
    return [data[low:high] for low, high in pairwise(ends)]


TEXT = st.text(st.sampled_from('5ą"\\\r\n\x00 '), max_size=8)


@st.composite
def inputs(draw: st.DrawFn) -> tuple[str, str, str]:
    """A format, an input in it, and the output there should be."""
    import csv
    import io
    import json

    kind = draw(st.sampled_from(["text", "jsonl", "csv", "tsv"]))
    texts = draw(st.lists(TEXT, max_size=12))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    if kind == "text":
        text = end.join(texts)
        return kind, text, fives(text)
    if kind == "jsonl":
        lines = [
            [json.dumps({"x": "5", "t": t}, ensure_ascii=False) for t in (old, fives(old))] for old in texts
        ]
        return kind, "".join(old + end for old, _ in lines), "".join(new + end for _, new in lines)
    if kind == "tsv":
        texts = [text.replace("\n", "").replace("\r", "") for text in texts]
        rows = [f"5\t{text}{end}" for text in texts]
        return kind, f"x\tt{end}{''.join(rows)}", f"x\tt{end}" + "".join(f"5\t{fives(t)}{end}" for t in texts)
    out = []
    texts = [text.replace("\x00", "") for text in texts]  # the csv module of Python 3.10 cannot write it
    for values in (texts, [fives(text) for text in texts]):
        file = io.StringIO()
        csv.writer(file, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(
            [("x", "t"), *(("5", t) for t in values)]
        )
        out.append(file.getvalue())
    return kind, out[0], out[1]


@settings(max_examples=60, deadline=None)
@given(inputs(), st.lists(st.integers(0, 500), max_size=8), st.sampled_from([1, 1, 2, 3]))
def test_any_chunking_and_any_jobs_give_the_same_bytes(
    given: tuple[str, str, str], places: list[int], jobs: int
) -> None:
    """Wherever reads end and however many workers there are, the output is the same."""
    kind, source, expected = given
    work = make_work(Fives(), kind, Fields("t"))
    blocks: Iterator[Any] = work.blocks(Reads(cuts(source.encode(), places)), make_codec())
    with Pool(work, jobs, method="fork") as pool:
        results = [result for _, result in pool.map(blocks)]
    assert [result.error for result in results if result.error] == []
    assert b"".join(result.data for result in results).decode() == expected


@pytest.fixture
def run() -> Iterator[Run]:
    """A run over lines of text."""
    work = make_work(Fives(), "text", Fields())
    with Pool(work) as pool:
        yield Run(work, pool, make_codec())


def test_a_run_counts_what_goes_through(run: Run, tmp_path: Path) -> None:
    """Lines and bytes of all files, and how far into them the run is; a watcher hears of each block."""
    paths = [tmp_path / name for name in ("a", "b", "c")]
    for path, text in zip(paths, ("\ufeff5\n6", "", "7\n"), strict=True):
        path.write_text(text, encoding="utf-8")
    seen: list[int] = []
    run.watch = lambda tally: seen.append(tally.position)
    sink = Bytes()
    run.into([str(path) for path in paths], sink)
    assert sink.data.decode() == "\ufefffünf\n6\n7\n"
    assert (run.tally.lines, run.tally.bytes, seen) == (3, 8, [6, 6, 8])


@pytest.mark.parametrize(
    ("names", "size"), [(["a", "a"], 6), (["a", "-"], None), (["a", "none"], None), (["."], None)]
)
def test_the_size_of_files_is_known_or_not(names: list[str], size: int | None, tmp_path: Path) -> None:
    """Only plain files have a size that can be told beforehand."""
    (tmp_path / "a").write_bytes(b"abc")
    assert total_size([name if name == "-" else str(tmp_path / name) for name in names]) == size


@pytest.mark.parametrize("text", ["", "ab", '"', "\n", "ą"])
def test_a_delimiter_is_one_plain_character(text: str) -> None:
    """What cannot separate cells is refused."""
    with pytest.raises(TextnormError, match="cannot separate cells"):
        check_delimiter(text)


def test_a_tab_may_be_written_as_an_escape() -> None:
    """Shells make a real tab hard to type."""
    assert check_delimiter(r"\t") == check_delimiter("\t") == "\t"
