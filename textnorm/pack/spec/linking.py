"""How strings are linked to concepts."""

from __future__ import annotations

from textnorm.pack.keys import Key, Kind
from textnorm.pack.spec.head import file_head

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

LINKING_FILE = Kind(
    "linking",
    "How strings are linked to concepts: the keys that make two strings one, and the search for the rest.",
    (
        *file_head("linking"),
        Key("doc", "text", "What is linked.", required=True),
        Key("tiers", "parts", "The tiers, the surest first.", required=True, of=TIER),
        Key("retrieval", "part", "The search for what no tier answers.", of=RETRIEVAL),
        Key("conjunctions", "texts", "Words between several things that one string names."),
        Key("protect", "part", "Names that running text must not be searched for lightly.", of=PROTECT),
        Key("context", "texts", "Files on negation and other context of a mention."),
        Key("concepts", "texts", "Tables of concepts that come with the pack."),
    ),
)
