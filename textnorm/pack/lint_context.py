"""Faults of context files: phrases that say two things, macros without use, too few examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from textnorm.errors import Location
from textnorm.pack.model import Tree
from textnorm.pack.phrases import expand
from textnorm.pack.yamlfile import where

_EXAMPLES = 5  # at least


def context_faults(tree: Mapping[str, Tree]) -> Iterator[tuple[Location, str, str]]:
    """Place, code and message of each fault."""
    if len(tree.get("tests", ())) < _EXAMPLES:
        yield where(tree, None), "few-tests", f"needs at least {_EXAMPLES} examples"
    macros = tree.get("macros", {})
    pseudo = {phrase.casefold() for notation in tree.get("pseudo", ()) for phrase in expand(notation, macros)}
    for part in tree["triggers"]:
        for index, notation in enumerate(part["phrases"]):
            both = [phrase for phrase in expand(notation, macros) if phrase.casefold() in pseudo]
            if both:
                message = f'"{both[0]}" is a pseudo-trigger, too'
                yield where(part["phrases"], index), "two-meanings", message
    used = str([part["phrases"] for part in (*tree["triggers"], *tree.get("terminators", ()))])
    used += str(tree.get("pseudo", ()))
    for name in macros:
        if f"{{{name}}}" not in used:
            yield where(tree["macros"], name), "unused-macro", f"no phrase uses the macro {{{name}}}"
