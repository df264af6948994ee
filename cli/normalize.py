"""`textnorm normalize`: lines in, normalized lines out."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TextIO

import click

from .common import PackChoice, counts_line, inverse_option, jobs_option, pack_options, text_options

if TYPE_CHECKING:
    from textnorm.stream.files import Tally
    from textnorm.stream.formats import Fields
    from textnorm.stream.lines import Detail, Normalizes

_LARGE = 1 << 20  # bytes from which a progress bar is worth its room


@dataclass(frozen=True, slots=True)
class Request:
    """What a command line asks for, besides the rules to run."""

    files: tuple[str, ...]
    output: str | None
    in_place: bool
    jobs: int
    jsonl: bool
    csv: bool
    tsv: bool
    delimiter: str | None
    field: str | None
    out_field: str | None
    edits: bool
    nbest: int | None
    check: bool
    diff: bool
    stats: bool
    quiet: bool
    encoding: str
    errors: str

    @property
    def kind(self) -> str:
        """How the input is cut into records."""
        if any(_is_parquet(path) for path in self.files):
            return "parquet"
        if self.jsonl and self.nbest and not self.field:
            return "readings"
        return "jsonl" if self.jsonl else "csv" if self.csv else "tsv" if self.tsv else "text"

    def validate(self) -> None:
        """Complain about options that do not go together."""
        for wrong, message in (*self._output_faults(), *self._field_faults(), *self._parquet_faults()):
            if wrong:
                raise click.UsageError(message)

    def _output_faults(self) -> Iterator[tuple[bool, str]]:
        compare = self.check or self.diff
        yield self.check and self.diff, "--check and --diff: choose one"
        yield self.in_place and bool(self.output), "--in-place and --output: choose one"
        yield compare and self.in_place, "--check and --diff change nothing: leave out --in-place"
        yield compare and bool(self.output), "--check and --diff write no text: leave out --output"
        yield self.in_place and (not self.files or "-" in self.files), "--in-place needs the names of files"

    def _field_faults(self) -> Iterator[tuple[bool, str]]:
        formats = self.jsonl + self.csv + self.tsv
        has_fields = self.kind not in ("text", "readings")
        yield bool(self.nbest) and not self.jsonl, "--nbest writes JSON: add --jsonl"
        yield formats > 1, "--jsonl, --csv and --tsv: choose one"
        yield (
            has_fields and not self.field,
            f"--{self.kind} needs --field NAME".replace("--parquet", "Parquet"),
        )
        for given, name in ((self.field, "field"), (self.out_field, "out-field"), (self.edits, "edits")):
            readings = name == "edits" and self.kind == "readings"
            yield bool(given) and not (has_fields or readings), f"--{name} needs --jsonl, --csv or --tsv"
        yield bool(self.delimiter) and not self.csv, "--delimiter needs --csv"
        for given, name in ((self.edits, "edits"), (bool(self.nbest), "nbest")):
            taken = given and name in (self.field, self.out_field)
            yield taken, f'--{name} writes the field "{name}": choose another name for your own'

    def _parquet_faults(self) -> Iterator[tuple[bool, str]]:
        to_parquet = bool(self.output) and _is_parquet(str(self.output))
        if self.kind != "parquet":
            yield to_parquet, "only Parquet files can be written to a Parquet file"
            return
        yield not all(_is_parquet(path) for path in self.files), "Parquet files go by themselves"
        yield bool(self.jsonl or self.csv or self.tsv), "Parquet files need no --jsonl, --csv or --tsv"
        yield self.diff, "--diff shows lines, which Parquet has not: use --check"
        alone = to_parquet and len(self.files) == 1
        yield (
            not (alone or self.in_place or self.check),
            "write one Parquet file to another, or use --in-place",
        )

    def fields(self) -> Fields:
        """Which field is normalized, and where the result goes."""
        from textnorm.stream.formats import Fields

        return Fields(self.field or "", self.out_field, self.edits, self.delimiter or ",", self.nbest or 0)

    def detail(self) -> Detail:
        """What has to be noted besides the output."""
        from textnorm.stream.lines import Detail

        return Detail(changes=self.check or self.diff or self.stats, counts=self.stats)


@click.command()
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path())
@pack_options
@inverse_option
@click.option("-o", "--output", metavar="FILE", type=click.Path(), help="Write to this file.")
@click.option("-i", "--in-place", is_flag=True, help="Replace each file by its normalized form.")
@jobs_option
@click.option("--jsonl", is_flag=True, help="Each line is a JSON object; normalize its --field.")
@click.option("--csv", is_flag=True, help="Rows with quoting and a header; normalize the column --field.")
@click.option("--tsv", is_flag=True, help="Rows with tabs, no quoting and a header; likewise.")
@click.option("--delimiter", metavar="CHAR", help="What separates the cells of --csv.  [default: ,]")
@click.option("--field", metavar="NAME", help="Field or column to normalize.")
@click.option("--out-field", metavar="NAME", help="Put the result here, and leave --field as it is.")
@click.option("--edits", is_flag=True, help='Add a field "edits" that lists every change.')
@click.option(
    "--nbest",
    metavar="K",
    type=click.IntRange(min=1),
    help='With --jsonl: add a field "nbest" with at most K readings, the likeliest first. Without --field '
    "the input is plain lines.",
)
@click.option("--check", is_flag=True, help="Only list lines that would change; exit code 1 if any.")
@click.option("--diff", is_flag=True, help="Only show what would change; exit code 1 if anything.")
@click.option("--stats", is_flag=True, help="Sum up lines, changes and edits on stderr; takes longer.")
@click.option("--quiet", is_flag=True, help="Show no progress bar.")
@text_options
@click.pass_context
def normalize(ctx: click.Context, /, pack: PackChoice, **options: Any) -> None:
    """Write out numbers, dates, abbreviations, line by line.

    Reads each FILE, or standard input if there is none or it is "-". A line gives a line, in order;
    what no rule touches comes out byte for byte as it went in. Files that end in .gz, .bz2, .xz or .zst
    are unpacked and packed; in a .parquet file the column --field is normalized.
    """
    request = Request(**options)
    request.validate()
    run = _parquet if request.kind == "parquet" else _text
    if run(pack.load(), request):
        ctx.exit(1)


def _text(normalizer: Normalizes, request: Request) -> bool:
    """Do what is asked for with files of lines; whether --check or --diff found something."""
    from textnorm.stream.codec import make_codec
    from textnorm.stream.diff import ChangeList, UnifiedDiff
    from textnorm.stream.files import Run
    from textnorm.stream.formats import make_work
    from textnorm.stream.parallel import Pool
    from textnorm.stream.writers import open_sink

    codec = make_codec(request.encoding, request.errors)
    work = make_work(normalizer, request.kind, request.fields(), request.detail())
    files = request.files or ("-",)
    found = False
    with Pool(work, _jobs(request)) as pool, _progress(request, files) as watch:
        run = Run(work, pool, codec, watch=watch)
        if request.in_place:
            for path in files:
                run.in_place(path)
        else:
            with open_sink(request.output) as sink:
                if request.check or request.diff:
                    report = ChangeList(sink) if request.check else UnifiedDiff(sink)
                    found = run.compare(files, report)
                else:
                    run.into(files, sink)
    if request.stats:
        tally = run.tally
        _summary(f"{tally.lines:,} lines, {tally.bytes:,} bytes, {tally.changed:,} changed", tally.counts)
    return found


def _parquet(normalizer: Normalizes, request: Request) -> bool:
    """Do what is asked for with Parquet files; whether --check found something."""
    from textnorm.stream.formats import make_slice_work
    from textnorm.stream.parallel import Pool
    from textnorm.stream.parquet import ParquetRun

    work = make_slice_work(normalizer, request.fields(), request.detail())
    with Pool(work, _jobs(request)) as pool:
        run = ParquetRun(work, pool)
        for path in request.files:
            if request.check:
                for row in run.compare(path):
                    click.echo(b"%s:%d" % (os.fsencode(path), row))  # a path need not be text
            else:
                run.convert(path, request.output or path)
    if request.stats:
        _summary(f"{run.rows:,} rows, {run.changed:,} changed", run.counts)
    return request.check and run.changed > 0


def _jobs(request: Request) -> int:
    from textnorm.stream.parallel import cpu_count

    return request.jobs or cpu_count()


def _summary(text: str, counts: dict[str, int]) -> None:
    click.echo(f"textnorm: {text}{'; ' if counts else ''}{counts_line(counts)}", err=True)


@contextmanager
def _progress(request: Request, files: tuple[str, ...]) -> Iterator[Callable[[Tally], None] | None]:
    """A function that moves a progress bar, or None where a bar would be noise.

    It would be on anything but a terminal, amid output on the same terminal, and for a moment's work.
    """
    from textnorm.stream.files import total_size

    size = total_size(files) or 0
    shares_terminal = _is_terminal(sys.stdout) and not (request.output or request.in_place)
    if request.quiet or size < _LARGE or not _is_terminal(sys.stderr) or shares_terminal:
        yield None
        return
    with click.progressbar(length=size, label="Normalizing", file=sys.stderr) as bar:
        yield lambda tally: bar.update(tally.position - bar.pos)


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()  # None: the program was started without it


def _is_parquet(path: str) -> bool:
    return os.path.splitext(path)[1].lower() in (".parquet", ".pq")
