"""Passes over characters: maps, normalization forms and white space."""

from __future__ import annotations

from textnorm.pack.keys import Key, Kind
from textnorm.pack.spec.head import DOC, TAGS, TESTS, item_file_head

POSITIONS = ("initial", "medial", "final", "isolated")

CHAR = Kind(
    "character",
    "A character (or sequence), what it becomes, and the Unicode names of both.",
    (
        Key("from", "text", "The character or sequence to replace.", required=True),
        Key(
            "from_name",
            "text",
            "Its Unicode name, or the last words of it; ' + ' joins names.",
            required=True,
        ),
        Key("to", "free", "What it becomes; '' deletes it.", required=True),
        Key("to_name", "free", "Name of the target, likewise; '' for a deletion.", required=True),
        Key(
            "position",
            "texts",
            "Where in a word (a run of letters and marks) it must stand; anywhere if not given.",
            choices=POSITIONS,
        ),
        Key("run", "switch", "Whether it stands for any number of it in a row.", default="off"),
        Key("before", "regex", "The text to the left must match this at its end."),
        Key("after", "regex", "The text to the right must match this at its start."),
    ),
)

SERIES = Kind(
    "series",
    "The first letters of two rows of syllable letters: the letters of the one become those of the other.",
    (
        *CHAR.keys,
        Key(
            "orders",
            "texts",
            "The vowel orders that are replaced: `1`, `1-7`, or `4=1` where the fourth becomes the first;"
            " all that both rows have and name alike if not given.",
        ),
    ),
)

CHARMAP_FILE = Kind(
    "charmap",
    "Characters replaced in one simultaneous pass.",
    (
        *item_file_head("charmap"),
        DOC,
        Key("map", "parts", "Single replacements.", of=CHAR),
        Key(
            "table",
            "text",
            "A table with more of them, in columns called from, from_name, to and to_name.",
        ),
        Key(
            "series",
            "parts",
            "First letters of rows of syllable letters: each stands for the vowel orders of its row.",
            of=SERIES,
        ),
        Key(
            "declares", "texts", "Properties to hold the map to.", choices=("idempotent", "length_preserving")
        ),
        Key(
            "words",
            "text",
            "Lexicon of words that may be confused; `explain` says which of them the map makes alike.",
        ),
        Key("option", "pairs", "The map is used when style options have one of these values."),
        Key("skip", "regex", "Nothing is replaced within stretches that fit this."),
        Key("lines", "regex", "Only lines that this is found in are looked at; it must not match line ends."),
        TAGS,
        TESTS,
    ),
)

COMPOSITION = Kind(
    "composition",
    "A letter with one mark, what both become, and the Unicode names of all.",
    (
        Key("from", "text", "The letter and the mark.", required=True),
        Key("from_name", "text", "Their Unicode names, joined by ' + '; last words will do.", required=True),
        Key("to", "text", "The letter that they become.", required=True),
        Key("to_name", "text", "Its name, likewise.", required=True),
    ),
)

UNICODE_FILE = Kind(
    "unicode",
    "Unicode normalization.",
    (
        *item_file_head("unicode"),
        DOC,
        Key("form", "text", "The normalization form.", required=True, choices=("NFC", "NFD", "NFKC")),
        Key("exclude", "texts", "Composed characters that are taken apart all the same."),
        Key("compose", "parts", "Compositions besides those of the standard, or instead.", of=COMPOSITION),
        Key("option", "pairs", "The form is used when style options have one of these values."),
        TAGS,
        TESTS,
    ),
)

SPACES_FILE = Kind(
    "spaces",
    "White-space repair.",
    (
        *item_file_head("spaces"),
        DOC,
        Key("repairs", "texts", "Repairs to make.", required=True, choices=("collapse", "trim", "no-break")),
        TAGS,
        TESTS,
    ),
)
