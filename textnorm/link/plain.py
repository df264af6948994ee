"""Keys without a pack: the text without differences of case and width, and its words in order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+")


class PlainTier(NamedTuple):
    """A step of the search that needs no pack."""

    name: str


class PlainKeys:
    """Two steps: `exact`, case and width aside, and `bag`, the set of words in alphabetical order."""

    tiers = (PlainTier("exact"), PlainTier("bag"))
    signature = "plain-1"

    def of(self, tier: int, texts: Sequence[str]) -> list[str]:
        """The key of each text at a step."""
        folded = [" ".join(unicodedata.normalize("NFKC", text).casefold().split()) for text in texts]
        return folded if tier == 0 else [" ".join(sorted(set(_WORD.findall(text)))) for text in folded]
