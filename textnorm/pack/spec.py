"""Every key of every pack file: what it holds, whether it must be there, and why.

The loader checks files against these tables, `textnorm rules schema` turns them into a JSON Schema
and into the reference manual.
"""

from __future__ import annotations

from textnorm.pack.context import CONTEXT_KEYS
from textnorm.pack.keys import Key, Kind
from textnorm.pack.parts import (
    CHAR,
    ENGINES,
    FENCE,
    OPTION,
    PHONETIC,
    PROTECT,
    RETRIEVAL,
    RULE,
    SERIES,
    STAGE,
    TEST,
    TIER,
    VARIANTS,
    WORD_REWRITE,
)

_FORMAT = Key("format", "text", "Version of the file format.", required=True, choices=("1",))


def _kind(name: str) -> Key:
    return Key("kind", "text", "The kind of this file.", required=True, choices=(name,))


_HEAD = (
    Key("namespace", "text", "Prefix of the ids in this file, such as `lt.date`.", required=True),
    Key("class", "text", "Semiotic class of the edits made here.", required=True),
)
_TAGS = Key("tags", "texts", "Words to switch this file on and off by.")
_DOC = Key("doc", "text", "What this file does and why.", required=True)
_TESTS = Key("tests", "parts", "At least two examples that change and one that does not.", of=TEST)

PACK_FILE = Kind(
    "pack",
    "`pack.yaml`: the name of a pack and its passes in order.",
    (
        _FORMAT,
        _kind("pack"),
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

RULES_FILE = Kind(
    "rules",
    "Rules that match with regular expressions and say with templates.",
    (
        _FORMAT,
        _kind("rules"),
        *_HEAD,
        Key("doc", "text", "What the rules of this file have in common."),
        Key("macros", "pairs", "Named patterns, used as {name} in the patterns of this file."),
        Key("tags", "texts", "Tags of every rule in this file."),
        Key("rules", "parts", "The rules; their order means nothing.", required=True, of=RULE),
    ),
)

CHARMAP_FILE = Kind(
    "charmap",
    "Characters replaced in one simultaneous pass.",
    (
        _FORMAT,
        _kind("charmap"),
        *_HEAD,
        _DOC,
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
        _TAGS,
        _TESTS,
    ),
)

LEXICON_FILE = Kind(
    "lexicon",
    "Whole words replaced from a table.",
    (
        _FORMAT,
        _kind("lexicon"),
        *_HEAD,
        _DOC,
        Key(
            "table",
            "text",
            "Name of the table, such as `lt/misspellings`; its first column is looked up.",
            True,
        ),
        Key("column", "text", "The column with the replacement.", required=True),
        Key(
            "match_case",
            "text",
            "`follow` also finds Capitalized and CAPS.",
            False,
            ("exact", "follow"),
            "exact",
        ),
        _TAGS,
        _TESTS,
    ),
)

SPELLING_FILE = Kind(
    "spelling",
    "Words of an unsettled orthography brought to one spelling.",
    (
        _FORMAT,
        _kind("spelling"),
        *_HEAD,
        _DOC,
        Key("table", "text", "Table of spellings in lower case; its first column is looked up.", True),
        Key("column", "text", "The column with the spelling to use.", required=True),
        Key(
            "keep",
            "texts",
            "Lexicons of words of other languages, which stay; one that the table lists as well is replaced"
            " where words of the language stand around it.",
        ),
        Key("names", "texts", "Lexicons of names, which stay."),
        Key(
            "contexts",
            "text",
            "Table of spellings of several words: word, before, after (neighbours, any of which will do; `^`"
            " and `$` for the ends of a sentence), and `column`. The first row that fits counts.",
        ),
        Key("like", "text", "Words that are not listed are looked up by this phonetic key."),
        Key(
            "short",
            "text",
            "Words with letters left out are looked up by this phonetic key: the spelling that has all their"
            " letters in order, if its `count` is ten times that of the next.",
        ),
        Key("squeeze", "switch", "Whether letters written three times or more count once or twice.", False),
        Key(
            "capitalized",
            "text",
            "Whether capitalized words within a sentence stay, as names.",
            choices=("replace", "keep"),
            default="replace",
        ),
        _TAGS,
        _TESTS,
    ),
)

WORDS_FILE = Kind(
    "words",
    "Words rewritten one by one, each on its own: from a table, then by patterns in their order.",
    (
        _FORMAT,
        _kind("words"),
        *_HEAD,
        _DOC,
        Key("table", "text", "Table of words, first column; a listed word is not rewritten any further."),
        Key("column", "text", "The column with what they become; without it, listed words go out."),
        Key(
            "contexts",
            "text",
            "With `tokens`: table of words that are decided by a neighbour: word, before, after (of which"
            " one may be empty; `^` and `$` are the ends of the line), and `column`. The first row that"
            " fits counts.",
        ),
        Key(
            "apply",
            "text",
            "Whether every rewrite works on what those before wrote, or the first that fits is the only one.",
            choices=("all", "first"),
            default="all",
        ),
        Key(
            "word",
            "texts",
            "What may be in a word besides letters: digits, and apostrophes between letters. With `tokens` a"
            " word is what stands between blanks, less brackets, quotes and punctuation around it: tables"
            " may list any, patterns only see those of letters (with apostrophes and hyphens between).",
            choices=("digits", "apostrophes", "tokens"),
        ),
        Key(
            "match_case",
            "text",
            "`follow` also finds Capitalized and CAPS, and keeps that.",
            choices=("exact", "follow"),
            default="exact",
        ),
        Key("known", "texts", "Lexicons of words that patterns leave alone."),
        Key("except", "regex", "Words that this fits somewhere are left alone by patterns, too."),
        Key(
            "together",
            "integer",
            "With `apply: first`, how many rewrites (1 or 2) may be made of a word that none of them alone"
            " settles; the last must lead `into` a lexicon.",
            default="1",
        ),
        Key("macros", "pairs", "Named patterns, used as {name} in the patterns of this file."),
        Key("rewrites", "parts", "The rewrites, in the order in which they are tried.", of=WORD_REWRITE),
        _TAGS,
        Key("tests", "parts", "Examples of the table: two or more that change, one that does not.", of=TEST),
    ),
)

CASE_FILE = Kind(
    "case",
    "Letter case folded, or set.",
    (
        _FORMAT,
        _kind("case"),
        *_HEAD,
        _DOC,
        Key("keep", "regex", "Words that this fits from end to end stay as they are."),
        Key(
            "make",
            "text",
            "`folded` is the case of comparison, for all letters; `lower` and `capital` (the first letter)"
            " are for tokens of letters, so that addresses, handles and codes stay.",
            choices=("folded", "lower", "capital"),
            default="folded",
        ),
        Key("only", "regex", "With `lower` or `capital`: only tokens that this fits from end to end."),
        Key("before", "regex", "With `capital`: the text to the left must match this at its end."),
        Key("known", "texts", "With `lower` or `capital`: lexicons of tokens that stay as they are."),
        _TAGS,
        _TESTS,
    ),
)

SPACES_FILE = Kind(
    "spaces",
    "White-space repair.",
    (
        _FORMAT,
        _kind("spaces"),
        *_HEAD,
        _DOC,
        Key("repairs", "texts", "Repairs to make.", required=True, choices=("collapse", "trim", "no-break")),
        _TAGS,
        _TESTS,
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
        _FORMAT,
        _kind("unicode"),
        *_HEAD,
        _DOC,
        Key("form", "text", "The normalization form.", required=True, choices=("NFC", "NFD", "NFKC")),
        Key("exclude", "texts", "Composed characters that are taken apart all the same."),
        Key("compose", "parts", "Compositions besides those of the standard, or instead.", of=COMPOSITION),
        Key("option", "pairs", "The form is used when style options have one of these values."),
        _TAGS,
        _TESTS,
    ),
)

RESTORE_FILE = Kind(
    "restore",
    "Text typed in the script of a neighbouring language, brought back to the language's own spelling.",
    (
        _FORMAT,
        _kind("restore"),
        *_HEAD,
        _DOC,
        Key("from", "text", "Language tag of the script that it was typed in, for `--from`.", required=True),
        Key(
            "map",
            "texts",
            "Lexicons with the ways that letters are typed: `clean`, `typed`, `where` in the word, `share`; "
            "a later one has its own word on a letter.",
            required=True,
        ),
        Key("model", "text", "Model in the data folder, such as `ckb/restore`, from `train charlm`.", True),
        Key("letters", "text", "The letters (and marks) that the language is written in.", required=True),
        Key(
            "margin",
            "text",
            "How much likelier (natural logarithm) a reading must be than the word as typed.",
            default="0",
        ),
        Key(
            "evidence",
            "text",
            "How much likelier (natural logarithm) a line must be as a respelled one than as a clean one; "
            "others stay as they are.",
            default="5",
        ),
        _TAGS,
        _TESTS,
    ),
)

TRANSLITERATE_FILE = Kind(
    "transliterate",
    "The words of a text in another script.",
    (
        _FORMAT,
        _kind("transliterate"),
        *_HEAD,
        _DOC,
        Key("to", "text", "Language tag of the result, for `--to`.", required=True),
        Key("letters", "text", "Regular expression for one letter of the source script.", required=True),
        Key(
            "correspondences",
            "text",
            "Table of what corresponds to what: the columns `source` and `target`, `place` and `count`; `∅`"
            " is nothing.",
            required=True,
        ),
        Key("source", "text", "Column of its side that is read.", required=True),
        Key("target", "text", "Column of its side that is written.", required=True),
        Key("words", "texts", "Tables of words with the same columns and `count`; an earlier one wins."),
        Key("model", "text", "Model of words of the target, such as `ur-Latn/urdu`.", required=True),
        Key(
            "given",
            "text",
            "Whether correspondences have the probability of the source given the target, or the other way.",
            choices=("target", "source"),
            default="target",
        ),
        Key("trust", "text", "Weight of the correspondences against the words.", default="1"),
        Key("marks", "pairs", "Punctuation that changes with the script."),
        _TAGS,
        _TESTS,
    ),
)

FALLBACK_FILE = Kind(
    "fallback",
    "A model that is asked about the words that are left, and the gate its answers have to pass.",
    (
        _FORMAT,
        _kind("fallback"),
        *_HEAD,
        _DOC,
        Key(
            "engine",
            "text",
            "What runs the model: the edit tagger, or for a byte model CTranslate2, transformers, or either.",
            choices=ENGINES,
            default="tagger",
        ),
        Key(
            "model",
            "text",
            "Model in the data folder, such as `lt-ascii/restore`; of a byte model the folder, seen from this"
            " file or from where the command runs, or the name on the Hugging Face hub.",
            required=True,
        ),
        Key(
            "threshold",
            "text",
            "The log-probability (natural) from which an answer is taken, as calibrated by training; `off`"
            " takes none, `model` goes by what is written beside a byte model.",
            required=True,
        ),
        Key("edits", "pairs", "Letters as typed, and those that each may stand for: no other is changed."),
        Key("known", "texts", "Lexicons of words that are right as they are."),
        Key("names", "texts", "Lexicons of names, which stay."),
        Key("protect", "regex", "Stretches that fit this stay, besides those with digits, `@`, `#` or `/`."),
        Key("skip", "regex", "Lines that this is found in stay."),
        Key("skip_unless", "pairs", "Values of style options under which no line is skipped."),
        Key(
            "foreign",
            "texts",
            "Lexicons of words of other languages: they stay, unless the model lists them, and lines with"
            " more of them than of the language's own words stay.",
        ),
        Key("foreign_like", "regex", "A word in lower case that this fits somewhere is one of them, too."),
        Key("own_like", "regex", "A word that this fits somewhere is half as good as one the model lists."),
        Key("length", "text", "How long answers may be, as shares of the word's length.", default="0.44 5"),
        Key("distance", "integer", "How many characters of a word may change.", default="4"),
        Key("signs", "text", "Signs that an answer may add to a word; none if not given."),
        _TAGS,
        _TESTS,
    ),
)

LINKING_FILE = Kind(
    "linking",
    "How strings are linked to concepts: the keys that make two strings one, and the search for the rest.",
    (
        _FORMAT,
        _kind("linking"),
        Key("doc", "text", "What is linked.", required=True),
        Key("tiers", "parts", "The tiers, the surest first.", required=True, of=TIER),
        Key("retrieval", "part", "The search for what no tier answers.", of=RETRIEVAL),
        Key("conjunctions", "texts", "Words between several things that one string names."),
        Key("protect", "part", "Names that running text must not be searched for lightly.", of=PROTECT),
        Key("context", "texts", "Files on negation and other context of a mention."),
        Key("concepts", "texts", "Tables of concepts that come with the pack."),
    ),
)

GRAMMAR_FILE = Kind(
    "grammar",
    "Tables that the grammar interpreter reads; several files of a pack are merged key by key.",
    (
        _FORMAT,
        _kind("grammar"),
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

CONTEXT_FILE = Kind(
    "context",
    "Phrases of a language that say whether what a text mentions is denied, doubted, past, merely possible or"
    " somebody else's.",
    (_FORMAT, _kind("context"), *CONTEXT_KEYS),
)

FILES: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        PACK_FILE,
        RULES_FILE,
        CHARMAP_FILE,
        CASE_FILE,
        LEXICON_FILE,
        WORDS_FILE,
        SPELLING_FILE,
        SPACES_FILE,
        UNICODE_FILE,
        RESTORE_FILE,
        TRANSLITERATE_FILE,
        FALLBACK_FILE,
        LINKING_FILE,
        CONTEXT_FILE,
        GRAMMAR_FILE,
    )
}
