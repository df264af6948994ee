"""`textnorm detect`: the language of each line, and in whose letters it is typed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from .common import jobs_option, text_options

if TYPE_CHECKING:
    from textnorm.detect import Detection


@dataclass(frozen=True, slots=True)
class Answers:
    """Turns lines into what they are in."""

    jsonl: bool

    def __call__(self, text: str) -> str:
        """The text with every line replaced by its answer; after a last line end there is no line."""
        from textnorm.detect import detector

        *lines, rest = text.split("\n")
        find = detector()
        answers = [self._line(find(line)) for line in (*lines, rest)]
        return "\n".join(answers if rest else [*answers[:-1], ""])

    def _line(self, found: Detection) -> str:
        if self.jsonl:
            return json.dumps(found.to_dict(), ensure_ascii=False)
        return f"{found.language}\t{found.script}\t{found.confidence:.2f}\t{found.orthography}"


@click.command()
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path())
@click.option("--jsonl", is_flag=True, help="One JSON object for each line, with the likeliest guess.")
@click.option("-o", "--output", metavar="FILE", type=click.Path(), help="Write to this file.")
@jobs_option
@text_options
def detect(
    files: tuple[str, ...], jsonl: bool, output: str | None, jobs: int, encoding: str, errors: str
) -> None:
    """Say which language each line is in, and in whose letters it is typed.

    Prints language, script, confidence (0 to 1) and orthography, with tabs between them. The language
    is "und" where there is doubt. The orthography differs from the language where a line is typed in
    the letters of another one, such as Kurdish with a Persian keyboard.
    """
    from textnorm.stream.codec import make_codec
    from textnorm.stream.files import Run
    from textnorm.stream.lines import LineWork
    from textnorm.stream.parallel import Pool, cpu_count
    from textnorm.stream.writers import open_sink

    codec = make_codec(encoding, errors)
    work = LineWork(Answers(jsonl))
    with Pool(work, jobs or cpu_count()) as pool, open_sink(output) as sink:
        Run(work, pool, codec).into(files or ("-",), sink)
