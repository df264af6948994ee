"""Finds the reader for a format by its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple, Protocol

from textnorm.errors import InputError
from textnorm.link.concept import Concept
from textnorm.link.sources.claml import read_claml
from textnorm.link.sources.columns import Table
from textnorm.link.sources.concepts import read_concepts
from textnorm.link.sources.described import Format, known, load_format
from textnorm.link.sources.jsonl import read_jsonl
from textnorm.link.sources.obo import read_obo
from textnorm.link.sources.obograph import read_obograph
from textnorm.link.sources.reading import File, Reader, Reading
from textnorm.link.sources.snomed import Snomed
from textnorm.stream.codec import Codec, make_codec


class Plain(NamedTuple):
    """A format that one function reads, a file at a time."""

    read: Reader

    def order(self, path: str) -> int:
        """All files are alike."""
        return 0


class Kind(Protocol):
    """A format: what it is, how a file is read, and which files of several come first."""

    @property
    def read(self) -> Reader:
        """The concepts in a file."""

    def order(self, path: str) -> int:
        """Where a file comes among others."""


_CODED: Mapping[str, tuple[str, Callable[[], Kind]]] = {
    "claml": ("ICD-10 and its national versions as ClaML, an XML format.", lambda: Plain(read_claml)),
    "concepts": ("A table with columns id, label_en, exact_en, label_de, …", lambda: Plain(read_concepts)),
    "jsonl": ('JSON Lines: {"id": …, "label": …, "aliases": […]}.', lambda: Plain(read_jsonl)),
    "obo": ("An ontology as OBO file: DOID, MONDO, HPO, UBERON, ChEBI.", lambda: Plain(read_obo)),
    "obograph": ("An ontology as OBO Graph, a JSON format.", lambda: Plain(read_obograph)),
    "snomed": ("SNOMED CT as RF2: descriptions, language reference sets, concepts.", Snomed),
}
TABLES = {
    "csv": "A table whose columns you name with --id, --label, --alias …, quoted as in CSV.",
    "tsv": "The same between tabs, where a quotation mark is a letter like any other.",
}
"""The formats of tables whose columns are named by the caller."""

_UTF_8 = make_codec()


def format_names() -> set[str]:
    """The names of all formats that come with textnorm."""
    return {*known(), *_CODED, *TABLES}


def formats() -> dict[str, str]:
    """The names of all formats, with a line that says what each is."""
    described = TABLES | {name: load_format(name).doc for name in known()}
    return dict(sorted({**described, **{name: doc for name, (doc, _) in _CODED.items()}}.items()))


def read(
    paths: Sequence[str],
    format: str,
    *,
    table: Table | None = None,
    where: Sequence[tuple[str, str]] = (),
    languages: Sequence[str] = (),
    codec: Codec = _UTF_8,
) -> Reading:
    """The concepts in some files, read as they are asked for. Raises TextnormError.

    `table` says what the columns hold in the formats of `TABLES`. `where` keeps the rows whose columns fit
    patterns, `languages` the names in these languages and those in none.
    """
    kind: Kind
    if format in _CODED:
        if where:
            raise InputError(f"{format} has no columns to choose rows by", remedy="leave --where out")
        kind = _CODED[format][1]()
    else:
        for column, regex in where:
            _require_regex(column, regex)
        own = format in TABLES and table is not None
        kind = (Format("", "", (table,)) if own and table else load_format(format)).keeping(where)
    files = [File(path, codec) for path in sorted(paths, key=kind.order)]
    reader = _in_languages(kind.read, languages) if languages else kind.read
    return Reading(format, files, reader, [column for column, _ in where])


def _require_regex(column: str, regex: str) -> None:
    try:
        re.compile(regex)
    except re.error as error:
        raise InputError(f"{column}={regex} is no pattern: {error}", remedy="a regular expression") from None


def _in_languages(reader: Reader, languages: Sequence[str]) -> Reader:
    """The reader, without the names in other languages; `de` takes in `de-CH`."""
    wanted = tuple(languages)

    @cache
    def fits(lang: str) -> bool:
        return not lang or any(lang == tag or lang.startswith(f"{tag}-") for tag in wanted)

    def filtered(file: File) -> Iterator[Concept]:
        for concept in reader(file):
            aliases = tuple(alias for alias in concept.aliases if fits(alias.lang))
            label = concept.label if fits(concept.lang) else ""
            dropped = len(concept.aliases) - len(aliases) + bool(concept.label and not label)
            if dropped:
                file.skip("names in other languages", 0, count=dropped)
            yield concept._replace(label=label, aliases=aliases)

    return filtered
