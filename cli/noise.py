"""`textnorm noise`: clean text as it may be typed in the script of another language."""

from __future__ import annotations

import click

from .common import text_options


@click.command()
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path())
@click.option("--lang", metavar="TAG", required=True, help="Language of the text: a pack.")
@click.option("--from", "source", metavar="TAG", required=True, help="Language whose script it is typed in.")
@click.option(
    "--level",
    metavar="PERCENT",
    type=click.FloatRange(0, 100),
    default=100,
    show_default=True,
    help="How many of the words are respelled.",
)
@click.option("--seed", metavar="N", type=int, default=1, show_default=True, help="Same seed, same noise.")
@click.option("--even", is_flag=True, help="All ways to type a letter are equally likely.")
@click.option(
    "--rules", metavar="DIR", multiple=True, type=click.Path(exists=True), help="A folder of your own rules."
)
@click.option("-o", "--output", metavar="FILE", type=click.Path(), help="Write to this file.")
@text_options
def noise(
    files: tuple[str, ...],
    lang: str,
    source: str,
    level: float,
    seed: int,
    even: bool,
    rules: tuple[str, ...],
    output: str | None,
    encoding: str,
    errors: str,
) -> None:
    """Respell words of clean text by the script map of a pack, to train on and to test with.

    Reads each FILE, or standard input if there is none or it is "-". Numbers, Latin, addresses and
    handles stay.
    """
    from textnorm.pack.load import load_pack
    from textnorm.restore.load import script_maps
    from textnorm.restore.noise import Noise
    from textnorm.stream.codec import make_codec
    from textnorm.stream.files import Run
    from textnorm.stream.lines import LineWork
    from textnorm.stream.parallel import Pool
    from textnorm.stream.writers import open_sink

    maps = script_maps(load_pack(lang, rules=rules, tests=False), (source,))
    work = LineWork(Noise(maps[source], level, seed, even))
    with Pool(work, 1) as pool, open_sink(output) as sink:
        Run(work, pool, make_codec(encoding, errors)).into(files or ("-",), sink)
