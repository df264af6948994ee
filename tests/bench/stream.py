"""Speed of the stream layer alone, with a normalizer that changes nothing: `python -m tests.bench.stream`."""

from __future__ import annotations

import csv
import io
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from textnorm.document import Document
from textnorm.stream.blocks import read_blocks
from textnorm.stream.codec import make_codec
from textnorm.stream.files import Run
from textnorm.stream.formats import Fields, make_work
from textnorm.stream.parallel import Pool
from textnorm.stream.readers import open_source
from textnorm.stream.writers import open_sink

LINE = "Vilniuje žydi ąžuolai, o čia ir ten gyvena žmonės, kurie dar nežino savo metų."
TIMES = 5


class Identity:
    """A normalizer with no rules."""

    def __call__(self, text: str) -> str:
        """The text."""
        return text

    def explain(self, text: str) -> Document:
        """The text without edits."""
        return Document(text, text, ())


def best(label: str, size: int, work: Callable[[], object]) -> None:
    """Print the best rate of some runs, in MB a second of time on the clock."""
    took = []
    for _ in range(TIMES):
        start = time.perf_counter()
        work()
        took.append(time.perf_counter() - start)
    print(f"{label:<24}{size / 1e6 / min(took):8.0f} MB/s")


def write_inputs(folder: Path, lines: int) -> dict[str, Path]:
    """Files with the same text in each format."""
    texts = [f"{LINE} {number}" for number in range(lines)]
    table = io.StringIO()
    csv.writer(table).writerows([("id", "t"), *enumerate(texts)])
    contents = {
        "text": "\n".join(texts),
        "jsonl": "".join(
            json.dumps({"id": text[-3:], "t": text}, ensure_ascii=False) + "\n" for text in texts
        ),
        "csv": table.getvalue(),
        "tsv": "id\tt\n" + "".join(f"5\t{text}\n" for text in texts),
    }
    for kind, content in contents.items():
        (folder / kind).write_text(content, encoding="utf-8", newline="")
    return {kind: folder / kind for kind in contents}


def run_all(path: Path, kind: str, jobs: int, out: str) -> None:
    """The whole way of `textnorm normalize`, start-up left out."""
    work = make_work(Identity(), kind, Fields("t"))
    with Pool(work, jobs) as pool, open_sink(out) as sink:
        Run(work, pool, make_codec()).into([str(path)], sink)


def read_only(path: Path) -> None:
    """Reading and cutting into blocks."""
    with open_source(str(path)) as source:
        for _ in read_blocks(source, make_codec()):
            pass


def main(lines: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        paths = write_inputs(Path(name), lines)
        size = paths["text"].stat().st_size
        best("blocks", size, lambda: read_only(paths["text"]))
        for kind, path in paths.items():
            for jobs in (1, 2):
                label = f"{kind}, {jobs} process{'es' * (jobs > 1)}"
                best(label, path.stat().st_size, lambda: run_all(path, kind, jobs, "/dev/null"))  # noqa: B023


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300_000)
