"""Passes that ask a model: restoration, transliteration, the fallback and the choice of readings."""

from __future__ import annotations

from textnorm.pack.keys import Key, Kind
from textnorm.pack.spec.head import DOC, PREFIX, TAGS, TESTS, file_head, item_file_head

TAGGER = "tagger"

ENGINES = (TAGGER, "auto", "ct2", "transformers")  # what runs the models of fallback stages

RESTORE_FILE = Kind(
    "restore",
    "Text typed in the script of a neighbouring language, brought back to the language's own spelling.",
    (
        *item_file_head("restore"),
        DOC,
        Key("from", "text", "Language tag of the script that it was typed in, for `--from`.", required=True),
        Key(
            "map",
            "texts",
            "Lexicons with the ways that letters are typed: `clean`, `typed`, `where` in the word, `share`; "
            "a later one has its own word on a letter.",
            required=True,
        ),
        Key("model", "text", "Model in the data folder, such as `ckb/restore`, from `train charlm`.", True),
        Key(
            "tagger",
            "text",
            "Tagger in the data folder, such as `sd/reader`, from `train tagger`: it reads lines in place of"
            " `model`.",
        ),
        Key("tagger_unless", "pairs", "Values of style options under which `model` reads them after all."),
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
        TAGS,
        TESTS,
    ),
)

TRANSLITERATE_FILE = Kind(
    "transliterate",
    "The words of a text in another script.",
    (
        *item_file_head("transliterate"),
        DOC,
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
        TAGS,
        TESTS,
    ),
)

FALLBACK_FILE = Kind(
    "fallback",
    "A model that is asked about the words that are left, and the gate its answers have to pass.",
    (
        *item_file_head("fallback"),
        DOC,
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
        TAGS,
        TESTS,
    ),
)

READINGS_FILE = Kind(
    "readings",
    "A model that chooses among the readings of matches that are uncertain. Its stage stands right after one"
    " of rules and is about their matches; no reading but theirs can come of it.",
    (
        *file_head("readings"),
        PREFIX,
        DOC,
        Key(
            "model",
            "text",
            "Table of weights, such as `xx/readings`, in columns called `clue`, `value` and `weight`, from"
            " `train readings`.",
            required=True,
        ),
        Key(
            "margin",
            "text",
            "By how much the log-probability (natural) of another reading must be above that of the first for"
            " it to be taken, as calibrated by training; `off`: it never is.",
            required=True,
        ),
        TAGS,
        TESTS,
    ),
)
