"""`textnorm index`: builds the indexes that strings are linked to, and looks into them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from textnorm.link.sources.columns import Table
    from textnorm.link.store import Index


@click.group()
def index() -> None:
    """Build and look into concept indexes, which strings are linked to.

    An index holds the concepts of a taxonomy or an ontology with all their names. It is a folder.
    """


@index.command()
@click.argument("sources", metavar="SRC...", nargs=-1, required=True, type=click.Path())
@click.option(
    "--from",
    "format",
    metavar="FORMAT",
    required=True,
    help="What SRC is; `textnorm index formats` lists them.",
)
@click.option("-o", "--output", metavar="IDX", required=True, type=click.Path(), help="The folder to write.")
@click.option("--lang", metavar="PACK", default="", help="Pack whose rules make names comparable.")
@click.option(
    "--rules",
    metavar="DIR",
    multiple=True,
    type=click.Path(exists=True),
    help="A folder of your own rules over the pack; the index remembers where it lies.",
)
@click.option(
    "--language",
    metavar="TAG,TAG",
    default="",
    help="Keep only names in these languages; labels in the first are preferred.",
)
@click.option(
    "--where",
    metavar="COLUMN=REGEX",
    multiple=True,
    help="Keep only rows whose column fits, such as SAB=MSH|ICD10CM.",
)
@click.option("--id", metavar="COLUMN", default="id", help="csv, tsv: where the id is.  [default: id]")
@click.option("--label", metavar="COLUMN", default="label", help="The preferred label.  [default: label]")
@click.option(
    "--alias",
    metavar="COLUMN[=SCOPE]",
    multiple=True,
    help="Further names, exact unless a scope says: narrow, broad, related.  [default: aliases]",
)
@click.option("--type", metavar="COLUMN", multiple=True, help="Types, to choose concepts by.")
@click.option("--alt-id", metavar="COLUMN", multiple=True, help="Other ids of the same concept.")
@click.option("--xref", metavar="COLUMN", multiple=True, help="Ids in other terminologies.")
@click.option(
    "--sep", metavar="TEXT", default="|", show_default=True, help="Between several values in a cell."
)
@click.option("--encoding", metavar="NAME", default="utf-8", show_default=True, help="Encoding of SRC.")
def build(
    sources: tuple[str, ...],
    format: str,
    output: str,
    lang: str,
    rules: tuple[str, ...],
    language: str,
    where: tuple[str, ...],
    sep: str,
    encoding: str,
    **columns: Any,
) -> None:
    """Build an index from a terminology.

    SRC are the files as they are distributed; .gz, .xz, .bz2 and .zst are unpacked on the way. One in
    another format than the rest is written FORMAT=FILE. Concepts with the same id are one, so that
    several languages, or names and types in different files, come together. What cannot be used is
    counted and reported, and does not stop the rest. An index that is there already is replaced when
    the new one is complete.

    Queries must go through the same rules as the names: --lang is remembered in the index.
    """
    from pathlib import Path

    from textnorm.link.open import build_index
    from textnorm.link.sources import Readings, read
    from textnorm.stream.codec import make_codec

    _need_numpy()
    tags = tuple(tag.strip() for tag in language.split(",") if tag.strip())
    options: dict[str, Any] = {
        "table": _table(columns, sep),
        "where": [_where(text) for text in where],
        "languages": tags,
        "codec": make_codec(encoding),
    }
    found = [read(paths, name, **options) for name, paths in _by_format(sources, format).items()]
    built = build_index(Readings(found), Path(output), pack=lang, rules=rules, languages=tags)
    _report(built, output)


@index.command()
@click.argument("folder", metavar="IDX", type=click.Path())
@click.argument("pairs", metavar="PAIRS...", nargs=-1, required=True, type=click.Path())
@click.option(
    "-o", "--output", metavar="IDX", type=click.Path(), help="Write a new index; leave IDX as it is."
)
@click.option("--encoding", metavar="NAME", default="utf-8", show_default=True, help="Encoding of PAIRS.")
def learn(folder: str, pairs: tuple[str, ...], output: str | None, encoding: str) -> None:
    """Add strings that somebody linked to concepts as aliases of them.

    Each line of PAIRS is a string, a tab, the id of its concept and, if known, a tab and a count. Such
    aliases win over all other names. A string with several ids keeps them all, the most frequent first.
    A file that the index has learned before counts once.
    """
    from pathlib import Path

    from textnorm.link.useraliases import learn as learn_pairs
    from textnorm.stream.codec import make_codec

    _need_numpy()
    target = Path(output or folder)
    found, again = learn_pairs(Path(folder), pairs, target, make_codec(encoding))
    for path in again:
        _tell(f"{path}: learned before, nothing added")
    for line in found.report():
        _tell(line)
    _tell(
        f"{target}: {len(found.seen):,} aliases of users, {len(found.conflicts()):,} ambiguous strings, "
        f"{len(found.unknown):,} unknown ids"
    )


@index.command()
@click.argument("name", metavar="IDX", type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="Print the manifest as JSON.")
@click.option("--check", is_flag=True, help="Read every byte and compare checksums.")
@click.argument("ids", metavar="[ID]...", nargs=-1)
def info(name: str, as_json: bool, check: bool, ids: tuple[str, ...]) -> None:
    """Print what an index was built from: counts, version, licence, and what was skipped.

    IDX is a folder, or a pack that ships concepts. With ID the
    concepts of these ids are printed, as lines of the format jsonl.
    """
    import json
    from pathlib import Path

    from textnorm.link.manifest import is_index, read_index
    from textnorm.link.open import open_index

    _need_numpy()
    found = read_index(Path(name), check=check) if is_index(Path(name)) else open_index(name)
    if ids:
        lines = [_concept(found, id) for id in ids]
    elif as_json:
        lines = [json.dumps(found.manifest, ensure_ascii=False, indent=1)]
    else:
        lines = [*_described(found.manifest)]
    click.echo("\n".join(lines))


@index.command("formats")
@click.argument("name", required=False)
def list_formats(name: str | None) -> None:
    """List the formats that indexes are built from, or print the description of the one called NAME.

    A description is a YAML file that says which column holds what. One of your own is a format as
    well: give its path to --from. docs/linking.md shows one.
    """
    from textnorm.link.sources import formats
    from textnorm.link.sources.described import description

    if name:
        click.echo(description(name), nl=False)
        return
    for known, doc in formats().items():
        click.echo(f"{known:<10} {doc}")


def _need_numpy() -> None:
    """One line that says what to install, where it is not."""
    from textnorm.stream.readers import require

    require("numpy", "link", "linking")


def _by_format(sources: Sequence[str], format: str) -> dict[str, list[str]]:
    """The files of each format: that of the option, or the one written before a file."""
    from textnorm.link.sources import format_names

    names, found = format_names(), dict[str, list[str]]()
    for source in sources:
        name, equals, path = source.partition("=")
        own = bool(equals) and name in names
        found.setdefault(name if own else format, []).append(path if own else source)
    return found


def _where(text: str) -> tuple[str, str]:
    column, equals, regex = text.partition("=")
    if not equals or not column:
        raise click.UsageError(f"--where {text}: write it as COLUMN=REGEX")
    return column, regex


def _table(columns: Mapping[str, Any], sep: str) -> Table:
    """What the options say of the columns."""
    from textnorm.link.concept import SCOPES
    from textnorm.link.sources.columns import Name, Table, Value

    names = [Name(Value((columns["label"],)), "label")]
    for text in columns["alias"] or ("aliases",):
        column, _, scope = text.partition("=")
        if scope and scope not in SCOPES:
            raise click.UsageError(f"--alias {text}: a scope is one of {', '.join(SCOPES[1:])}")
        names.append(Name(Value((column,), sep), scope or "exact"))
    types, alt_ids, xrefs = (
        tuple(Value((column,), sep) for column in columns[key]) for key in ("type", "alt_id", "xref")
    )
    return Table((Value((columns["id"],)),), tuple(names), types=types, alt_ids=alt_ids, xrefs=xrefs)


def _report(found: Index, name: str) -> None:
    """Say on stderr what was built, and what was skipped."""
    counts = found.manifest["counts"]
    for source in found.manifest["sources"]:
        for reason, skip in source["skipped"].items():
            _tell(f"{source['file']}: skipped {_skipped(reason, skip)}")
    _tell(f"{name}: {counts['concepts']:,} concepts, {counts['aliases']:,} names")


def _skipped(reason: str, skip: Mapping[str, Any]) -> str:
    """How much was skipped, why, and the first of it."""
    place = f"; first in line {skip['first']:,}" if skip["first"] else ""
    text = f": {skip['text']}" if skip["text"] else ""
    return f"{skip['count']:,} {reason}{place}{text}"


def _described(manifest: Mapping[str, Any]) -> Iterator[str]:
    counts = manifest["counts"]
    yield f"concepts   {counts['concepts']:,}"
    yield f"names      {counts['aliases']:,} ({_listed(counts['scopes'])})"
    yield f"languages  {_listed({name or 'not said': count for name, count in counts['langs'].items()})}"
    yield f"other ids  {counts['alt_ids']:,}, ids elsewhere {counts['xrefs']:,}"
    yield f"types      {', '.join(manifest['types'][:20]) or 'none'}"
    yield f"rules      {manifest['pack'] or 'none'}, {manifest['keys']}: {', '.join(manifest['tiers'])}"
    for source in manifest["sources"]:
        yield f"source     {source['file']} ({source['format']}), {source['records']:,} records"
        for key in ("version", "licence", "sha256"):
            if source[key]:
                yield f"  {key:<8} {source[key]}"
        for reason, skip in source["skipped"].items():
            yield f"  skipped  {_skipped(reason, skip)}"
    for entry in manifest["learned"]:
        yield f"learned    {entry['file']}, {entry['seen']:,} links"


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts.items() if count) or "none"


def _concept(found: Index, id: str) -> str:
    """A concept as a line of JSON, as the format jsonl has it."""
    from textnorm.errors import InputError
    from textnorm.link.sources.jsonl import dump

    number = found.find(id)
    if number is None:
        raise InputError(f"no concept {id!r}", remedy="see `textnorm index info IDX` for what is in it")
    return dump(found.concept(number))


def _tell(text: str) -> None:
    click.echo(f"textnorm: {text}", file=sys.stderr)
