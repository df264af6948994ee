"""What a format description may say: the keys of a YAML file of kind `terminology`."""

from __future__ import annotations

from textnorm.link.concept import SCOPES
from textnorm.pack.keys import Key, Kind

_VALUE_KEYS = (
    Key("column", "text", "The column that holds the value."),
    Key("columns", "texts", "Columns whose values are joined by colons."),
    Key("split", "free", "What stands between several values in one cell."),
    Key("rewrite", "pairs", "{REGEX: TEXT}: the first that fits the whole value says what it becomes."),
    Key("prefix", "text", "Put before the value, such as `ISCO08:`."),
)
VALUE = Kind("value", "Where a value comes from.", _VALUE_KEYS, one_of=("column", "columns"))
NAME = Kind(
    "name",
    "Where names come from.",
    (
        *_VALUE_KEYS,
        Key("scope", "text", "What the name says of the concept.", choices=SCOPES, default="exact"),
        Key("scope_column", "text", "A column that decides about the scope."),
        Key("scopes", "pairs", "{REGEX: SCOPE} for the value of that column; the first that fits."),
        Key("label_when", "pairs", "{COLUMN: REGEX}: where all fit, the name is the preferred label."),
        Key("cased_when", "pairs", "{COLUMN: REGEX}: where all fit, the name counts in its own case only."),
        Key("lang", "text", "Language of these names, where the columns of the table do not say."),
    ),
    one_of=("column", "columns"),
)
TABLE = Kind(
    "table",
    "One kind of file.",
    (
        Key("doc", "text", "Which file it is."),
        Key("file", "text", "REGEX in the name of the file; a group `lang` gives the language."),
        Key("cells", "text", "What stands between cells.", choices=("tab", "comma", "semicolon", "bar")),
        Key("header", "texts", "The columns, where the file does not name them."),
        Key("widths", "pairs", "{COLUMN: FIRST-LAST}: places in the line, counted from 1."),
        Key("comments", "text", "What a line of comment begins with; the header may be one of them."),
        Key("facts", "pairs", "{licence or version: KEY}: lines KEY: VALUE among the comments."),
        Key("empty", "texts", "Cells that mean nothing, such as `n/a`."),
        Key(
            "keep", "pairs", "{COLUMN: REGEX}: rows that do not fit are left out, where there is the column."
        ),
        Key("id", "parts", "The id of the concept; the first that has a value.", required=True, of=VALUE),
        Key("names", "parts", "Names of the concept.", of=NAME),
        Key("lang", "parts", "The language of the names of a row.", of=VALUE),
        Key("types", "parts", "Types of the concept.", of=VALUE),
        Key("alt_ids", "parts", "Other ids that stand for the concept.", of=VALUE),
        Key("xrefs", "parts", "Ids in other terminologies.", of=VALUE),
    ),
)
FORMAT = Kind(
    "terminology",
    "A terminology that comes in tables: which column holds what.",
    (
        Key("format", "text", "Version of the file format.", required=True, choices=("1",)),
        Key("kind", "text", "The kind of this file.", required=True, choices=("terminology",)),
        Key("doc", "text", "What it is and where it comes from.", required=True),
        Key("licence", "text", "Under what terms the content comes."),
        Key("tables", "parts", "The files, those with names first.", required=True, of=TABLE),
    ),
)
