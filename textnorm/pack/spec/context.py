"""The keys of context files: what of a text's words tells whether its mentions are denied, doubted, past …"""

from __future__ import annotations

from textnorm.pack.keys import Key, Kind
from textnorm.pack.spec.head import file_head

FLAGS = ("negated", "uncertain", "historical", "hypothetical", "family")
"""What may be said of a mention, in the order of the output."""

_PHRASES = Key(
    "phrases",
    "texts",
    "The phrases: `(a|b)` is a choice, `(a)?` may be left out, `{name}` is a macro. Letter case, hyphens and"
    " white space do not count. A phrase with a colon at its end is a heading: it counts only before one.",
    required=True,
)

TRIGGER = Kind(
    "trigger",
    "Phrases that say something of the mentions near them.",
    (
        Key("flag", "text", "What they say.", required=True, choices=FLAGS),
        Key(
            "direction",
            "text",
            "Where the mentions stand: after the phrase, before it, or on either side.",
            required=True,
            choices=("forward", "backward", "both"),
        ),
        Key("scope", "integer", "How many words the phrase reaches at most.", default="12"),
        Key(
            "reach",
            "text",
            "What ends the scope in any case: the end of the sentence or, for headings, of the line.",
            choices=("sentence", "line"),
            default="sentence",
        ),
        Key("cased", "switch", "Whether letter case counts.", default="off"),
        Key("doc", "text", "What the phrases have in common."),
        _PHRASES,
    ),
)

TERMINATOR = Kind(
    "terminator",
    "Phrases at which scopes end.",
    (
        Key("ends", "texts", "The flags whose scopes end; all if not given.", choices=FLAGS),
        Key("doc", "text", "What the phrases have in common."),
        _PHRASES,
    ),
)

WORD_LISTS = (
    "words",
    "abbreviations",
    "verbs",
    "plural_verbs",
    "openers",
    "conjunctions",
    "alternatives",
    "determiners",
)

CONTEXT_FILE = Kind(
    "context",
    "Phrases of a language that say whether what a text mentions is denied, doubted, past, merely possible or"
    " somebody else's.",
    (
        *file_head("context"),
        Key("lang", "text", "Language of the phrases.", required=True),
        Key("doc", "text", "Where the phrases are used.", required=True),
        Key(
            "words", "texts", "Frequent words by which a text is known to be in the language.", required=True
        ),
        Key("abbreviations", "texts", "Words whose period does not end a sentence."),
        Key(
            "verbs",
            "texts",
            "Finite verbs: after a comma one of them opens a clause that scopes do not enter.",
        ),
        Key("plural_verbs", "texts", "Those that a list joined by a conjunction agrees with."),
        Key("openers", "texts", "Words that open a new statement when they follow a comma, such as `mild`."),
        Key("conjunctions", "texts", "Words for `and`."),
        Key("alternatives", "texts", "Words for `or`, which hold a list together."),
        Key("determiners", "texts", "Words for `the` and `this` before a form that was mentioned already."),
        Key("introductions", "texts", "What introduces a short form in brackets, such as `hereafter`."),
        Key("macros", "pairs", "Named parts of phrases."),
        Key("triggers", "parts", "The triggers.", required=True, of=TRIGGER),
        Key(
            "pseudo", "texts", "Phrases that look like triggers and say nothing, in the notation of phrases."
        ),
        Key("terminators", "parts", "What ends scopes.", of=TERMINATOR),
        Key(
            "tests",
            "texts",
            "Examples: `No [fever|negated], but [cough].` marks mentions and what is said of them.",
        ),
    ),
)
