"""`textnorm key`: a comparison key for each line, to find lines that mean the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from .common import PackChoice, jobs_option, pack_options, text_options

if TYPE_CHECKING:
    from textnorm.normalizer import Normalizer


@dataclass(frozen=True, slots=True)
class Keys:
    """Turns lines into their keys; with `both`, the line and a tab stand before the key."""

    normalizer: Normalizer
    both: bool

    def __call__(self, text: str) -> str:
        """The text with every line replaced; the carriage return of a CRLF stays at the end."""
        *lines, rest = text.split("\n")  # after a last line end there is no line
        if rest:
            lines.append(rest)
        if not lines:
            return text
        bodies = [line.removesuffix("\r") for line in lines]
        folded = self.normalizer.fold("\n".join(bodies)).casefold().split("\n")
        keys = [self._line(*parts) for parts in zip(lines, bodies, folded, strict=True)]
        return "\n".join(keys if rest else [*keys, ""])

    def _line(self, line: str, body: str, folded: str) -> str:
        key, end = " ".join(folded.split()), line[len(body) :]
        return f"{body}\t{key}{end}" if self.both else key + end


@click.command()
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path())
@pack_options
@click.option("--both", is_flag=True, help="Print the line, a tab, and its key.")
@click.option("-o", "--output", metavar="FILE", type=click.Path(), help="Write to this file.")
@jobs_option
@text_options
def key(
    files: tuple[str, ...],
    pack: PackChoice,
    both: bool,
    output: str | None,
    jobs: int,
    encoding: str,
    errors: str,
) -> None:
    """Print a comparison key for each line.

    Lines with the same key say the same in different ways: normalized, in lower case, with single
    spaces. Reads each FILE, or standard input if there is none or it is "-".
    """
    from textnorm.stream.codec import make_codec
    from textnorm.stream.files import Run
    from textnorm.stream.lines import LineWork
    from textnorm.stream.parallel import Pool, cpu_count
    from textnorm.stream.writers import open_sink

    codec = make_codec(encoding, errors)
    work = LineWork(Keys(pack.load(), both))
    with Pool(work, jobs or cpu_count()) as pool, open_sink(output) as sink:
        Run(work, pool, codec).into(files or ("-",), sink)
