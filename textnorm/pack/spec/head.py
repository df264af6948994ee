"""What files of every kind begin with, and the examples that they end with."""

from __future__ import annotations

from textnorm.pack.keys import Key, Kind

TAGS = Key("tags", "texts", "Words to switch this file on and off by.")
PREFIX = Key("namespace", "text", "Prefix of the ids in this file, such as `lt.date`.", required=True)
DOC = Key("doc", "text", "What this file does and why.", required=True)

TEST = Kind(
    "test",
    "An example, run through the whole pack.",
    (
        Key("in", "text", "The input.", required=True),
        Key("out", "free", "The expected output."),
        Key("unchanged", "text", "The input must come out as it is.", choices=("true",)),
        Key(
            "fields",
            "pairs",
            "The rule makes an edit that has these fields; without `out`, the text must stay as it is.",
        ),
        Key("known_failure", "text", "Why this example fails today; it must fail."),
        Key("options", "pairs", "Style options for this example."),
        Key(
            "layers",
            "texts",
            "Layers that the example runs through; all that are on by default, and the item's, if not given.",
        ),
        Key("gloss", "text", "What the example means, for readers."),
        Key("source", "text", "Where the example was found."),
    ),
)

TESTS = Key("tests", "parts", "At least two examples that change and one that does not.", of=TEST)


def file_head(kind: str) -> tuple[Key, ...]:
    """The keys that every file begins with."""
    return (
        Key("format", "text", "Version of the file format.", required=True, choices=("1",)),
        Key("kind", "text", "The kind of this file.", required=True, choices=(kind,)),
    )


def item_file_head(kind: str) -> tuple[Key, ...]:
    """The keys that files of a pass begin with: what is in them has ids and a class."""
    return (
        *file_head(kind),
        PREFIX,
        Key("class", "text", "Semiotic class of the edits made here.", required=True),
    )
