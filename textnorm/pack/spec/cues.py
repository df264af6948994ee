"""The keys of cues, which find the features of what is said; see `textnorm.grammar.cues`."""

from __future__ import annotations

from textnorm.pack.keys import Key, Kind

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
