"""Passes over words: lexicons, spellings, rewrites and letter case."""

from __future__ import annotations

from textnorm.pack.keys import Key, Kind
from textnorm.pack.spec.head import DOC, TAGS, TEST, TESTS, item_file_head

LEXICON_FILE = Kind(
    "lexicon",
    "Whole words replaced from a table.",
    (
        *item_file_head("lexicon"),
        DOC,
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
        TAGS,
        TESTS,
    ),
)

SPELLING_FILE = Kind(
    "spelling",
    "Words of an unsettled orthography brought to one spelling.",
    (
        *item_file_head("spelling"),
        DOC,
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
        TAGS,
        TESTS,
    ),
)

WORD_REWRITE = Kind(
    "word rewrite",
    "A pattern over a single word, and what it is replaced by wherever it fits.",
    (
        Key("id", "text", "Name in the namespace: lower case, digits, hyphens.", required=True),
        Key("doc", "text", "What is rewritten and why.", required=True),
        Key("match", "regex", "A pattern; `^` and `$` are the ends of the word.", required=True),
        Key("to", "free", "What it becomes; `\\1` is the first group. A word left empty goes out.", True),
        Key("except", "regex", "Words that this fits somewhere stay as they are."),
        Key("known", "texts", "Lexicons of words that stay as they are, besides the file's."),
        Key("into", "texts", "Lexicons: the result is accepted only if one of them lists it."),
        Key("tags", "texts", "Words to switch the rewrite on and off by."),
        Key("tests", "parts", "At least two examples that change and one that does not.", of=TEST),
    ),
)

WORDS_FILE = Kind(
    "words",
    "Words rewritten one by one, each on its own: from a table, then by patterns in their order.",
    (
        *item_file_head("words"),
        DOC,
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
        TAGS,
        Key("tests", "parts", "Examples of the table: two or more that change, one that does not.", of=TEST),
    ),
)

CASE_FILE = Kind(
    "case",
    "Letter case folded, or set.",
    (
        *item_file_head("case"),
        DOC,
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
        TAGS,
        TESTS,
    ),
)
