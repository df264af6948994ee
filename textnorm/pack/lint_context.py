"""Faults of context files: phrases that say two things, and files without examples."""

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
    seen: dict[tuple[str, str, str], Location] = {}
    for part in (*tree["triggers"], {"flag": "", "direction": "", "phrases": tree.get("pseudo", ())}):
        for index, notation in enumerate(part["phrases"]):
            at = where(part["phrases"], index)
            for phrase in expand(notation, tree.get("macros", {})):
                key = part["flag"], part["direction"], phrase.casefold()
                first = seen.setdefault(key, at)
                if first != at:
                    yield at, "double-phrase", f'"{phrase}" stands already at {first}'
                    break
    used = str([part["phrases"] for part in (*tree["triggers"], *tree.get("terminators", ()))])
    used += str(tree.get("pseudo", ()))
    for name in tree.get("macros", {}):
        if f"{{{name}}}" not in used:
            yield where(tree["macros"], name), "unused-macro", f"no phrase uses the macro {{{name}}}"
