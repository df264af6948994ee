"""SNOMED CT in Release Format 2: description snapshots, language reference sets, and the list of concepts.

Source: SNOMED CT Release File Specification. Files are told by their headers. What a language reference
set calls preferred is the label; without one it is the fully specified name without its tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from textnorm.errors import InputError, Location
from textnorm.link.concept import Alias, Concept
from textnorm.link.sources.reading import File

_FULL_NAME, _SYNONYM = "900000000000003001", "900000000000013009"
_PREFERRED, _CASED = "900000000000548007", "900000000000017005"
_TAGGED = re.compile(r"(.*\S)\s*\(([^()]+)\)")
_LOWER_WORD = re.compile(r"[^\W\d_]*[a-zà-ÿ]{3}")
_COLUMNS = {
    "descriptions": {"id", "active", "conceptId", "languageCode", "typeId", "term", "caseSignificanceId"},
    "language": {"active", "referencedComponentId", "acceptabilityId"},
    "concepts": {"id", "active", "definitionStatusId"},
}


class Snomed:
    """Reads the files of a release; `order` says that those which others need come first."""

    def __init__(self) -> None:
        self._preferred: set[str] = set()
        self._acceptable: set[str] = set()
        self._inactive: set[str] = set()

    def order(self, path: str) -> int:
        """Where a file comes among others: descriptions need to know what is preferred and active."""
        return 1 if "escription" in path else 0

    def read(self, file: File) -> Iterator[Concept]:
        """The concepts in a file of descriptions, one a row; other files are only remembered."""
        lines = file.lines()
        header = next(lines, (1, ""))[1].split("\t")
        kind = next((kind for kind, columns in _COLUMNS.items() if columns.issubset(header)), "")
        if not kind:
            remedy = "name description, language reference set or concept snapshots"
            raise InputError("this is no such file of RF2", at=Location(file.path, 1), remedy=remedy)
        for number, row in _rows(file, header, lines):
            if kind == "descriptions":
                yield from self._described(file, number, row)
            elif kind == "concepts" and row["active"] != "1":
                self._inactive.add(row["id"])
            elif kind == "language" and row["active"] == "1":
                preferred = row["acceptabilityId"] == _PREFERRED
                (self._preferred if preferred else self._acceptable).add(row["referencedComponentId"])

    def _described(self, file: File, number: int, row: Mapping[str, str]) -> Iterator[Concept]:
        """What a description says of its concept."""
        id, concept, kind = row["id"], row["conceptId"], row["typeId"]
        listed = bool(self._preferred)
        if row["active"] != "1":
            file.skip("inactive descriptions", number, id)
        elif concept in self._inactive:
            file.skip("descriptions of inactive concepts", number, concept)
        elif not concept or not row["term"].strip():
            file.skip("descriptions without a concept or a term", number, id)
        elif kind not in (_FULL_NAME, _SYNONYM):
            file.skip("descriptions that are no names", number, id)
        elif listed and kind == _SYNONYM and id not in self._preferred and id not in self._acceptable:
            file.skip("names that the language reference set does not list", number, id)
        else:
            text = " ".join(row["term"].split())
            tagged = _TAGGED.fullmatch(text) if kind == _FULL_NAME else None
            text, types = (tagged[1], (tagged[2],)) if tagged else (text, ())
            preferred = id in self._preferred and kind == _SYNONYM if listed else kind == _FULL_NAME
            # Eponyms are marked as well, but people do write them in lower case.
            cased = row["caseSignificanceId"] == _CASED and not _LOWER_WORD.search(text)
            alias = Alias(text, "label" if preferred else "exact", row["languageCode"], cased)
            yield Concept(f"SNOMEDCT:{concept}", "", (alias,), types=types)


def _rows(
    file: File, header: Sequence[str], lines: Iterator[tuple[int, str]]
) -> Iterator[tuple[int, Mapping[str, str]]]:
    """The rows by column, with their lines."""
    for number, line in lines:
        cells = line.split("\t")
        if len(cells) == len(header):
            yield number, dict(zip(header, cells, strict=True))
        elif line:
            file.skip("rows with another number of cells than the header", number, line)
