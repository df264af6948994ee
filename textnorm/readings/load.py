"""From a pack's file to what chooses: the table is read when the first match is uncertain."""

from __future__ import annotations

from collections.abc import Mapping

from textnorm.pack.model import Lexicon, Readings
from textnorm.readings.chooser import Chooser
from textnorm.readings.linear import read_table


def chooser_of(item: Readings, lexicons: Mapping[str, Lexicon]) -> Chooser | None:
    """What chooses as a readings file of a pack says; None if that is off."""
    if item.margin is None:
        return None
    return Chooser(item.id, item.margin, lambda: read_table(lexicons[item.model]))
