"""The tables of a language, and the fences, phonetic keys and variants named among them."""

from __future__ import annotations

from textnorm.pack.keys import Key, Kind
from textnorm.pack.spec.head import file_head

FENCE = Kind(
    "fence",
    "Text that no rule may touch. A fence has one of `match`, `line` and `words`.",
    (
        Key("doc", "text", "What is kept, and why.", required=True),
        Key("option", "pairs", "The fence stands when style options have one of these values."),
        Key("match", "regex", "Stretches that fit this are kept."),
        Key("line", "regex", "A line that fits this somewhere is kept as a whole."),
        Key("trigger", "regex", "A short pattern that a line must contain to be searched for either."),
        Key(
            "words",
            "texts",
            "Lexicons of words of other languages: sentences and quotations where they prevail are kept.",
        ),
        Key("like", "regex", "A lower-case word that this fits somewhere is one of another language, too."),
        Key(
            "strong", "regex", "A word that this fits somewhere is evidence enough, as one in other letters."
        ),
        Key("own_words", "texts", "Lexicons of words of the pack's own language, besides its lexemes."),
        Key("own_like", "regex", "A lower-case word that this fits somewhere is one of the own language."),
        Key(
            "margin",
            "integer",
            "How many words of other languages it takes, beyond two for each of the own language.",
            default="2",
        ),
    ),
)

REWRITE = Kind(
    "rewrite rule",
    "A step towards a plainer spelling; words stand one on each line.",
    (
        Key("match", "text", "A regular expression; `^` and `$` are the ends of a word.", required=True),
        Key("to", "free", "What it becomes; `\\1` is the first group.", required=True),
        Key("doc", "text", "What the step is about."),
    ),
)

PHONETIC = Kind(
    "phonetic key",
    "A code under which words that sound alike are equal. Without `groups` it is the rewritten word.",
    (
        Key("doc", "text", "What the key equates.", required=True),
        Key("case", "text", "Letter case of the rules.", choices=("lower", "upper"), default="lower"),
        Key("drop", "text", "A regular expression for what is taken out first."),
        Key("rewrite", "parts", "Steps that run one after the other.", of=REWRITE),
        Key("units", "texts", "Sequences of letters that count as one."),
        Key("vowels", "texts", "Units that the skeleton leaves out, except at the start of a word."),
        Key("groups", "pairs", "Units that are equal, by the name of their group."),
        Key(
            "first",
            "text",
            "Whether the first letter is written as it is or as its group.",
            choices=("group", "letter"),
            default="group",
        ),
        Key("rejoin", "switch", "Whether letters that meet in the skeleton may form units.", default="off"),
        Key(
            "echo",
            "switch",
            "Whether a vowel stays when it follows another and equals the last unit that was kept.",
            default="off",
        ),
        Key("length", "integer", "How many symbols of the code are kept; 0 keeps all.", default="0"),
        Key("fill", "integer", "How many symbols of group 0 are added before the code is cut.", default="0"),
    ),
)

VARIANTS = Kind(
    "variants",
    "How spelling variants of one word are told from different words.",
    (
        Key("doc", "text", "What is grouped.", required=True),
        Key("key", "text", "The phonetic key under which spellings are one at once.", required=True),
        Key("block", "text", "The phonetic key that all spellings of a word share.", required=True),
        Key("units", "texts", "Sequences of letters that are edited as one."),
        Key("edits", "text", "The table of edits and their weights (columns edit, weight).", required=True),
        Key("threshold", "text", "The log-odds above which spellings are of one word.", required=True),
    ),
)

GRAMMAR_FILE = Kind(
    "grammar",
    "Tables that the grammar interpreter reads; several files of a pack are merged key by key.",
    (
        *file_head("grammar"),
        Key("doc", "text", "What this file describes."),
        Key("features", "tree", "Features and their values."),
        Key("leaf", "text", "The feature along which lists of forms run; the first feature if not given."),
        Key("plural", "tree", "Plural categories of numbers, as CLDR plural rules."),
        Key("agreement", "tree", "What a counted noun looks like after each category."),
        Key("numerals", "tree", "Signs that group digits and that split off decimals."),
        Key("numeral_systems", "tree", "Numerals whose signs add up and multiply: their signs and values."),
        Key("months", "text", "Lexicon of month names and their numbers."),
        Key("senses", "tree", "Tags that tell governors what is counted."),
        Key("tags", "tree", "Features that a lexeme's tag lends to it."),
        Key("alternations", "tree", "Sound changes at stem ends."),
        Key("paradigms", "tree", "Endings of inflected words."),
        Key("numbers", "tree", "How number words are put together."),
        Key("readings", "tree", "Named ways to say a field's text."),
        Key("lexemes", "tree", "Words that templates inflect."),
        Key("morphology", "tree", "Lexicons and endings for the analysis of words in the text."),
        Key("tables", "tree", "Small lookup tables."),
        Key("cues", "tree", "Named lists of cues."),
        Key("governors", "tree", "Words that ask for a case."),
        Key("modifiers", "tree", "Words before a number that agree with what it counts."),
        Key("sentence", "tree", "Where sentences start and end."),
        Key("spelling", "tree", "Names of letters, and what is spelled out."),
        Key("bounds", "tree", "Named conditions on what may touch a match."),
        Key("macros", "pairs", "Named patterns for all rule files of the pack."),
        Key("predicates", "tree", "Named conditions."),
        Key("fences", "named", "What is left as it is.", of=FENCE),
        Key("phonetics", "named", "Codes under which words that sound alike are equal.", of=PHONETIC),
        Key("variants", "named", "How spelling variants are grouped.", of=VARIANTS),
    ),
)
