"""The predicates of conditions; what each means is said in `textnorm.grammar.predicates`."""

from __future__ import annotations

from textnorm.pack.keys import Key, Kind

PREDICATES = Kind(
    "condition",
    "All predicates of a condition must hold; of a list of conditions one must. Fields are the named"
    " groups of the rule's `match`.",
    (
        Key("calendar", "texts", "The fields year, month and day name a day that exists; `-`: any year."),
        Key("luhn", "text", "The digits of the field pass the Luhn check (payment cards, some ids)."),
        Key("isbn", "text", "The field is an ISBN with a right check digit."),
        Key("range", "tree", "Fields are numbers between two bounds: {FIELD: [LOW, HIGH]}."),
        Key("ascending", "texts", "The fields are numbers, each larger than the one before."),
        Key(
            "category", "pairs", "Fields are numbers of one of these plural categories: {FIELD: CATEGORIES}."
        ),
        Key("in", "pairs", "Fields are entries of a lexicon: {FIELD: pack/name}."),
        Key("in_sequence", "text", "The number in this field fits the ascending list that it stands in."),
        Key("equal", "texts", "The fields hold the same text."),
        Key("present", "text", "The fields, separated by spaces, have text."),
        Key("matches", "pairs", "Fields match a regular expression from end to end: {FIELD: REGEX}."),
        Key("option", "pairs", "Style options have one of these values: {NAME: VALUES}."),
        Key(
            "agrees", "tree", "Words can be what a number counts: {number: FIELD, words: [FIELD], known: on}."
        ),
        Key("analysis", "pairs", "Fields have a reading with these features: {FIELD: FEATURES}."),
        Key("line", "regex", "The line matches this somewhere."),
        Key("near", "regex", "This matches within 40 characters to the left or right of the match."),
        Key("at", "text", "Where the match stands: `sentence-start` or `sentence-end`."),
        Key("match", "regex", "The matched text as a whole fits this pattern."),
        Key("left", "text", "The word right before the match has a reading with these features."),
        Key("modified", "text", "A word of this modifier table stands right before the match."),
        Key("named", "text", "A predicate that the grammar defines under this name."),
        Key("all", "conditions", "Every condition of the list holds."),
        Key("any", "conditions", "At least one condition of the list holds."),
        Key("not", "conditions", "None of the conditions holds."),
        Key("before", "regex", "The text to the left of the match matches this at its end."),
        Key("after", "regex", "The text to the right of the match matches this at its start."),
    ),
)
