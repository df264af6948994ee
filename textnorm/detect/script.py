"""Scripts: the words of a text in one script, with letters that keyboards interchange made alike."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import regex

from textnorm.pack.places import data_dir
from textnorm.pack.tables import read_table

# ISO 15924 codes of the scripts that packs write, with their names in Unicode.
SCRIPTS = {"Arab": "Arabic", "Ethi": "Ethiopic", "Latn": "Latin"}
_JOINERS = "\u200c\u200d"  # within words of Arabic script
_FOLDS = "detect_fold"  # table und-SCRIPT/detect_fold.tsv: from, to


@dataclass(frozen=True, slots=True)
class Script:
    """One script: finds its words and folds them."""

    code: str
    pattern: regex.Pattern[str]
    table: dict[int, str]

    def words(self, line: str) -> list[str]:
        """The words of a line as they are written."""
        return list(self.pattern.findall(line))

    def plain(self, word: str) -> str:
        """The word in compatibility form and in small letters."""
        form = unicodedata.normalize("NFKC", word).lower()
        return form.replace(" ", "")  # some ligatures are several words

    def fold(self, word: str) -> str:
        """The plain word with the letters made alike that keyboards and fonts interchange."""
        return self.plain(word).translate(self.table)


@lru_cache(maxsize=len(SCRIPTS))
def script(code: str) -> Script:
    """The script with this ISO 15924 code."""
    letters = rf"[[\p{{Script={SCRIPTS[code]}}}\p{{Mn}}{_JOINERS}]--[\p{{N}}\p{{P}}]]+"
    path = data_dir() / f"und-{code}" / f"{_FOLDS}.tsv"
    table = {ord(joiner): "" for joiner in _JOINERS}
    if path.is_file():
        table |= {ord(row[0]): row[1] for row in read_table(path, f"und-{code}/{_FOLDS}").rows}
    return Script(code, regex.compile(letters, regex.V1), table)


def script_of(letters: str) -> str:
    """The code of the script that most of the letters are in, or an empty string."""
    sizes = {code: len("".join(script(code).words(letters))) for code in SCRIPTS}
    best = max(sizes, key=lambda code: sizes[code])
    return best if sizes[best] else ""
