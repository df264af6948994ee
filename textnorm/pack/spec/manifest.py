"""`pack.yaml`: passes and options."""

from __future__ import annotations

from textnorm.pack.keys import Key, Kind
from textnorm.pack.spec.head import file_head

STAGE_KINDS = (
    "unicode",
    "charmap",
    "case",
    "rules",
    "readings",
    "lexicon",
    "words",
    "spelling",
    "spaces",
    "restore",
    "transliterate",
    "fallback",
)

STAGE = Kind(
    "stage",
    "One pass over the text.",
    (
        Key("stage", "text", "The kind of the pass and of its files.", required=True, choices=STAGE_KINDS),
        Key("layer", "text", "Name by which the pass is switched on and off.", required=True),
        Key("default", "switch", "Whether the pass runs unless asked otherwise.", default="on"),
        Key("files", "texts", "Files of the pass, relative to the pack's folder.", required=True),
        Key("before", "text", "The layer that a new pass goes before, if not after all others."),
    ),
)

OPTION = Kind(
    "option",
    "A style choice that the user of the pack makes.",
    (
        Key("values", "texts", "The values to choose from.", required=True),
        Key("default", "text", "The value used unless the user says otherwise.", required=True),
        Key("doc", "text", "What the choice is about.", required=True),
    ),
)

PACK_FILE = Kind(
    "pack",
    "`pack.yaml`: the name of a pack and its passes in order.",
    (
        *file_head("pack"),
        Key("name", "text", "A BCP 47 language tag, or a domain.", required=True),
        Key("version", "text", "Version of the rules.", required=True),
        Key("doc", "text", "What the pack covers.", required=True),
        Key("extends", "text", "A pack whose passes, options, grammar and files this one builds on."),
        Key("aliases", "texts", "Other language tags for this pack."),
        Key("stages", "parts", "The passes in the order they run.", of=STAGE),
        Key("grammar", "texts", "Grammar files, relative to the pack's folder."),
        Key("classes", "texts", "Semiotic classes; of equal matches the class named earlier wins."),
        Key("options", "named", "Style choices.", of=OPTION),
        Key("off", "texts", "Ids (or patterns such as `lt.date.*`) of inherited items to leave out."),
        Key("linking", "text", "File that says how strings are linked to concepts."),
        Key(
            "key",
            "texts",
            "Layers that a comparison key applies; those that are on by default if not given.",
        ),
        Key(
            "protected",
            "texts",
            "Distinctive letters of the language: no pass that is on by default may turn one into another.",
        ),
    ),
)
