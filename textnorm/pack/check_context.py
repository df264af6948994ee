"""Checks of context files beyond their keys: phrases that can be written out, macros that are there."""

from __future__ import annotations

from textnorm.pack.check import refuse
from textnorm.pack.phrases import expand
from textnorm.pack.spec.context import WORD_LISTS
from textnorm.pack.yamlfile import Map


def check_context(tree: Map) -> None:
    """Refuse a file with a phrase or macro that cannot be written out."""
    macros = tree.get("macros", {})
    for owner in (*tree.get("triggers", ()), *tree.get("terminators", ())):
        _check_phrases(owner, "phrases", macros)
    for key in ("pseudo", *WORD_LISTS):
        if key in tree:
            _check_phrases(tree, key, macros)


def _check_phrases(owner: Map, key: str, macros: Map) -> None:
    for index, notation in enumerate(owner[key]):
        try:
            expand(notation, macros)
        except ValueError as error:
            refuse(owner[key], index, f'"{notation}": {error}', "write (a|b) or (a)?")
