"""The keys of what pack files are made of: conditions, cues, rules, entries of maps, stages, options.

To add a predicate or a cue, add its line here and its meaning in `textnorm.grammar`; nothing else
lists them. The files themselves are in `textnorm.pack.spec`.
"""

from __future__ import annotations

import re

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

CUES = Kind(
    "cue",
    "Cues are consulted in order; each narrows what earlier ones left open.",
    (
        Key("is", "tree", "The features, such as `gen pl`; or a list, the likeliest first."),
        Key("table", "tree", "Look the features of a field (`of`) up in a table of the grammar."),
        Key("of", "tree", "The field that the cue looks at."),
        Key("agree", "tree", "Take the features over from the word in a field."),
        Key(
            "antecedent",
            "regex",
            "Take over what an earlier number counts: a pattern, grouping the number and words after it.",
        ),
        Key("left", "tree", "Take the features over from the word right before, of its readings with these."),
        Key("with", "tree", "The field with the number that counts the word."),
        Key("governor", "tree", "Take the case that a governing word to the left asks for."),
        Key("ahead", "tree", "The governor stands to the right, among this many words."),
        Key("beside", "tree", "A word around the governor ahead must have this reading: its subject."),
        Key("asks", "tree", "Only governors ahead that ask for this case count."),
        Key("until", "tree", "Words of this governor table end the stretch that is searched ahead."),
        Key("modifier", "tree", "Take the features of a word of this modifier table right before the match."),
        Key(
            "past",
            "regex",
            "The cue looks at what stands left of this pattern, which ends at the match; a named group "
            "must be like the field of that name.",
        ),
        Key("sense", "tree", "Restrict governors to these senses."),
        Key("reach", "tree", "How many words away the cue may look."),
        Key("skip", "tree", "Words that may stand in between."),
        Key("lexeme", "tree", "Take the features from a lexeme of the grammar."),
        Key("in", "tree", "The lexeme table that `lexeme` looks in."),
        Key("option", "tree", "The cue applies when a style option has this value."),
        Key("use", "tree", "Insert the cues that the grammar lists under this name."),
        Key(
            "uncertain",
            "tree",
            "The reading is uncertain when this cue decides; other values, likeliest first, or `on` for all.",
        ),
        Key("before", "regex", "The text to the left of the match matches this at its end."),
        Key("after", "regex", "The text to the right of the match matches this at its start."),
        Key("unless_before", "regex", "The cue does not apply when the left context fits this."),
        Key("unless_after", "regex", "The cue does not apply when the right context fits this."),
        Key("when", "conditions", "The cue applies when this condition holds."),
        Key("drop", "tree", "Features of the word that are not taken over."),
    ),
)

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

POSITIONS = ("initial", "medial", "final", "isolated")

CHAR = Kind(
    "character",
    "A character (or sequence), what it becomes, and the Unicode names of both.",
    (
        Key("from", "text", "The character or sequence to replace.", required=True),
        Key(
            "from_name",
            "text",
            "Its Unicode name, or the last words of it; ' + ' joins names.",
            required=True,
        ),
        Key("to", "free", "What it becomes; '' deletes it.", required=True),
        Key("to_name", "free", "Name of the target, likewise; '' for a deletion.", required=True),
        Key(
            "position",
            "texts",
            "Where in a word (a run of letters and marks) it must stand; anywhere if not given.",
            choices=POSITIONS,
        ),
        Key("run", "switch", "Whether it stands for any number of it in a row.", default="off"),
        Key("before", "regex", "The text to the left must match this at its end."),
        Key("after", "regex", "The text to the right must match this at its start."),
    ),
)

SERIES = Kind(
    "series",
    "The first letters of two rows of syllable letters: the letters of the one become those of the other.",
    (
        *CHAR.keys,
        Key(
            "orders",
            "texts",
            "The vowel orders that are replaced: `1`, `1-7`, or `4=1` where the fourth becomes the first;"
            " all that both rows have and name alike if not given.",
        ),
    ),
)

NOT_INHERITED = ("id", "doc", "tests", "extends")  # keys that a rule has for itself

TAGGER = "tagger"
ENGINES = (TAGGER, "auto", "ct2", "transformers")  # what runs the models of fallback stages

STAGE_KINDS = (
    "unicode",
    "charmap",
    "case",
    "rules",
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

TIER = Kind(
    "tier",
    "A key under which strings count as equal; of several tiers the first that answers is believed.",
    (
        Key("tier", "text", "Its name, which stands with every answer.", required=True),
        Key("layers", "texts", "Layers that both sides go through, in the order of the pack.", required=True),
        Key(
            "order",
            "text",
            "Whether words count in their order, or as a sorted set.",
            choices=("written", "sorted"),
            default="written",
        ),
        Key("doc", "text", "What the tier takes for equal, and what that costs."),
    ),
)

RETRIEVAL = Kind(
    "retrieval",
    "The search for what no tier answers: similarity of character trigrams and words.",
    (
        Key("layers", "texts", "Layers that both sides go through.", required=True),
        Key("words", "texts", "Languages whose words are weighed, besides trigrams."),
        Key("centroid", "text", "Weight of the likeness to all names of a concept.", default="0.5"),
        Key("preferred", "text", "Bonus for the preferred name of a concept.", default="0.02"),
        Key("length", "text", "How far long names are marked down, from 0 to 1, the cosine.", default="0.8"),
    ),
)

PROTECT = Kind(
    "protection",
    "Names that are not to be found in running text at every chance.",
    (
        Key("short", "integer", "Names of at most this many characters count in their own case only."),
        Key("stop", "texts", "Lexicons of words that are no mention when they stand alone."),
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

NAMESPACE = re.compile(r"[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*")
RULE_ID = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
