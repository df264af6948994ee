"""Concepts and the names they go by, as every reader of a terminology delivers them."""

from __future__ import annotations

from typing import NamedTuple

SCOPES = ("user", "label", "exact", "narrow", "broad", "related")
"""What a name says of its concept, the surest first; of equal matches the surer one wins."""

SEEN = 1_000_000_000
"""Counts of users' aliases are below this."""


class Alias(NamedTuple):
    """One name of a concept.

    `lang` is a language tag, or empty where the source does not say. With `cased`, the name counts only
    in this very case: `ALL` the leukaemia is not the word "all". `seen` says how often a user's alias
    was met, 0 for names that come from the terminology.
    """

    text: str
    scope: str = "exact"
    lang: str = ""
    cased: bool = False
    seen: int = 0


class Concept(NamedTuple):
    """An entry of a terminology: its id, its preferred label, and its other names.

    Files that give one name a row are read as one record a row: records with the same id are one concept,
    and a record may lack a label.
    """

    id: str
    label: str
    aliases: tuple[Alias, ...] = ()
    alt_ids: tuple[str, ...] = ()
    xrefs: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    lang: str = ""


class Candidate(NamedTuple):
    """A concept that a string may stand for.

    `score` is the probability that the link is right, from 0 to 1, as calibrated on held-back data;
    `alias` is the name that matched and `tier` the step of the search that found it.
    """

    id: str
    label: str
    score: float
    alias: str
    tier: str
