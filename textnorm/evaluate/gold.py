"""Gold sentences: what goes in, and every output that counts as right.

A gold file is a table of four columns separated by tabs: id, class, input, accepted outputs. A text
often has several correct readings, so the last column may hold more than one, separated by ` || `.
Lines that start with `#` are comments; one of them may switch on layers for the sentences of a
class, because a class may ask for work that is off by default:

    # layers: MISSP=+misspellings
    id	class	input	accepted
    d1	DATE	on 5 May	on the fifth of May || on May the fifth
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from textnorm.errors import InputError, Location

COLUMNS = ("id", "class", "input", "accepted outputs")
SEPARATOR = " || "
LAYERS_HEADER = "layers:"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One row of a gold file; `layers` are those its class adds to the default ones."""

    id: str
    cls: str
    input: str
    accepted: tuple[str, ...]
    at: Location
    layers: tuple[str, ...] = ()

    @property
    def is_trap(self) -> bool:
        """Whether leaving the text alone is right, so that a change is likely needless."""
        return self.input.strip() in self.accepted


def read_gold(
    paths: Iterable[str | Path], class_layers: Mapping[str, tuple[str, ...]] | None = None
) -> list[Sentence]:
    """The sentences of all files, in order; `class_layers` overrules what the files say of a class.

    Ids are unique over all files, so that a file given twice is not counted twice.
    """
    overruled = class_layers or {}
    seen: dict[str, Location] = {}
    sentences: list[Sentence] = []
    for path in paths:
        for sentence in _read_file(Path(path)):
            if sentence.id in seen:
                raise InputError(
                    f"id {sentence.id!r} is already taken at {seen[sentence.id]}",
                    at=sentence.at,
                    remedy="give every sentence an id of its own, and every file once",
                )
            seen[sentence.id] = sentence.at
            layers = overruled.get(sentence.cls, sentence.layers)
            sentences.append(replace(sentence, layers=layers))
    return sentences


def parse_layers(text: str, at: Location | None = None) -> dict[str, tuple[str, ...]]:
    """The layers each class adds, from `CLASS=+layer,+layer` items separated by white space.

    >>> parse_layers("MISSP=+misspellings SCRIPT=+charmap,+unicode")
    {'MISSP': ('misspellings',), 'SCRIPT': ('charmap', 'unicode')}
    """
    found: dict[str, tuple[str, ...]] = {}
    for item in text.split():
        cls, _, names = item.partition("=")
        layers = tuple(name.removeprefix("+") for name in names.split(","))
        if not cls or not all(layers) or any(name.startswith("-") for name in layers):
            raise InputError(
                f"{item!r} does not say which layers a class adds",
                at=at,
                remedy="write CLASS=+layer or CLASS=+layer,+layer",
            )
        found[cls] = (*found.get(cls, ()), *layers)
    return found


def _read_file(path: Path) -> list[Sentence]:
    """The sentences of one file, each with the layers that the file's own header gives its class."""
    layers: dict[str, tuple[str, ...]] = {}
    sentences: list[Sentence] = []
    header_allowed = True
    for at, line in gold_lines(path):
        if line.startswith("#"):
            comment = line.lstrip("# ")
            if comment.startswith(LAYERS_HEADER):
                layers.update(parse_layers(comment.removeprefix(LAYERS_HEADER), at))
            continue
        if not line.strip():
            continue
        cells = line.split("\t")
        if not (header_allowed and cells[0] == "id"):
            sentences.append(_sentence(cells, at))
        header_allowed = False
    if not sentences:
        raise InputError("no gold sentences", at=Location(str(path)), remedy=f"columns: {', '.join(COLUMNS)}")
    return [replace(sentence, layers=layers.get(sentence.cls, ())) for sentence in sentences]


def gold_lines(path: Path) -> Iterator[tuple[Location, str]]:
    """The lines of a file with their places; cut at line feeds only, as editors count them.

    `str.splitlines` would also cut at characters that a sentence may hold, such as U+2028.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"cannot read gold file: {error.strerror}", at=Location(str(path)), remedy="check the path"
        ) from error
    for number, raw in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        at = Location(str(path), number)
        try:
            yield at, raw.removesuffix(b"\r").decode("utf-8")
        except UnicodeDecodeError as error:
            raise InputError(
                f"byte {raw[error.start]:#04x} is not UTF-8", at=at, remedy="save the file as UTF-8"
            ) from error


def _sentence(cells: list[str], at: Location) -> Sentence:
    """A checked row. White space at the ends of an accepted output carries no meaning."""
    if len(cells) != len(COLUMNS):
        raise InputError(
            f"{len(cells)} columns where {len(COLUMNS)} are needed",
            at=at,
            remedy=f"separate {', '.join(COLUMNS)} by single tabs",
        )
    for name, cell in zip(COLUMNS, cells, strict=True):
        if not cell.strip():
            raise InputError(f"column {name!r} is empty", at=at, remedy="fill it in or remove the line")
    accepted = tuple(dict.fromkeys(text.strip() for text in cells[3].split(SEPARATOR)))
    for text in accepted:
        if not text or "||" in text:
            raise InputError(
                f"cannot tell the accepted outputs apart in {cells[3]!r}",
                at=at,
                remedy=f"put {SEPARATOR!r}, with its spaces, between two outputs and nowhere else",
            )
    return Sentence(cells[0].strip(), cells[1].strip(), cells[2], accepted, at)
