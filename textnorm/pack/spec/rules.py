"""Rules: a pattern, its conditions, and how the match is said."""

from __future__ import annotations

from textnorm.pack.keys import Key, Kind
from textnorm.pack.spec.head import TEST, item_file_head

SAYING = Kind(
    "saying",
    "A template and the condition under which it is used; the first that holds wins.",
    (
        Key("when", "conditions", "The template is used when this holds; leave it out in the last one."),
        Key("say", "free", "The template.", required=True),
    ),
)

WRITING = Kind(
    "writing",
    "A template of the written form and the condition under which it is used; tried in this order.",
    (
        Key("when", "conditions", "The template is used when this holds for the fields and the spoken text."),
        Key(
            "write",
            "text",
            "The template: `{n}` is the field as written, `{n:spoken}` the words as they stood, `{n:pad 2}`"
            " has at least two digits, `{n:groups 1 3 5}` stands in groups of characters.",
            required=True,
        ),
    ),
)

RULE = Kind(
    "rule",
    "A pattern, the conditions under which it holds, and how the match is written out.",
    (
        Key("id", "text", "Name of the rule in its namespace: lower case, digits, hyphens.", required=True),
        Key("doc", "text", "What the rule reads and why; one or two sentences.", required=True),
        Key(
            "match",
            "regex",
            "The text the rule is about; named groups become fields. A name that begins with `_` is the"
            " rule's own: the edit does not show it.",
            required=True,
        ),
        Key(
            "bounds", "text", "What may touch the match: a name from the grammar's `bounds`.", default="word"
        ),
        Key("class", "text", "Semiotic class, if not the file's."),
        Key("priority", "integer", "Of overlapping matches the higher priority wins.", default="0"),
        Key("tags", "texts", "Words to switch rules on and off by."),
        Key("ignore_case", "switch", "Match whatever the case of letters.", default="off"),
        Key(
            "trigger",
            "regex",
            "A cheap pattern that a line must contain; the rule is then searched for in that line.",
        ),
        Key(
            "uncertain",
            "switch",
            "Whether it is a guess that the text is what this rule takes it for; it may then stay as it is.",
            default="off",
        ),
        Key(
            "ends_sentence",
            "switch",
            "Whether the last period of the match may also end the sentence; off for titles and the like.",
            default="on",
        ),
        Key("before", "regex", "The text to the left must match this at its end; its groups become fields."),
        Key("after", "regex", "The text to the right must match this at its start; its groups are fields."),
        Key("unless", "conditions", "The match is dropped when one of these holds."),
        Key("when", "conditions", "The match is dropped unless this holds."),
        Key("resolve", "cues", "How the features (case, gender, number …) are found, cue by cue."),
        Key("say", "say", "How the match is written out."),
        Key(
            "mark",
            "text",
            "Instead of `say`: the text stays as it is, and the edit says what it is by class and fields.",
            choices=("on",),
        ),
        Key(
            "fields",
            "pairs",
            "More fields of the edit, each a template; one that cannot be said is left out.",
        ),
        Key(
            "write",
            "write",
            "The written form that the inverse puts for what `say` says; a rule without it does not run"
            " backwards.",
        ),
        Key("extends", "text", "Full id of a rule whose keys this one takes over (not `id`, `tests`)."),
        Key("tests", "parts", "At least two examples that change and one that does not.", of=TEST),
    ),
    one_of=("say", "mark"),
)

NOT_INHERITED = ("id", "doc", "tests", "extends")  # keys that a rule has for itself

RULES_FILE = Kind(
    "rules",
    "Rules that match with regular expressions and say with templates.",
    (
        *item_file_head("rules"),
        Key("doc", "text", "What the rules of this file have in common."),
        Key("macros", "pairs", "Named patterns, used as {name} in the patterns of this file."),
        Key("tags", "texts", "Tags of every rule in this file."),
        Key("rules", "parts", "The rules; their order means nothing.", required=True, of=RULE),
    ),
)
