"""From the context files of a pack to rules that run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from textnorm.link.annotate.context.rules import NEITHER, Language, Trigger
from textnorm.link.annotate.context.scope import Context
from textnorm.pack.load import load_pack
from textnorm.pack.phrases import expand
from textnorm.pack.spec.context import FLAGS

Tree = Mapping[str, Any]


@lru_cache(maxsize=8)
def load_contexts(pack: str) -> tuple[Context, ...]:
    """The context rules of a pack, a `Context` for each language; none if it has no such rules."""
    return contexts(load_pack(pack, tests=False).context)


def contexts(trees: Sequence[Tree]) -> tuple[Context, ...]:
    """The rules of each language; files about the same language are taken together."""
    by_lang: dict[str, list[Tree]] = {}
    for tree in trees:
        by_lang.setdefault(tree["lang"], []).append(tree)
    return tuple(Context(_language(lang, files)) for lang, files in by_lang.items())


def _language(lang: str, trees: Sequence[Tree]) -> Language:
    return Language(
        lang,
        [pair for tree in trees for pair in _triggers(tree)],
        verbs=_words(trees, "verbs") | _words(trees, "plural_verbs"),
        plural_verbs=_words(trees, "plural_verbs"),
        openers=_words(trees, "openers"),
        conjunctions=_words(trees, "conjunctions"),
        alternatives=_words(trees, "alternatives"),
        abbreviations=_words(trees, "abbreviations"),
        determiners=_words(trees, "determiners"),
        introductions=_words(trees, "introductions"),
        words=_words(trees, "words"),
    )


def _triggers(tree: Tree) -> list[tuple[Trigger, Sequence[str]]]:
    """What a file says triggers do, with their phrases written out."""
    macros = tree.get("macros", {})

    def written(notations: Sequence[str]) -> Sequence[str]:
        return [phrase for notation in notations for phrase in expand(notation, macros)]

    found = []
    for part in tree["triggers"]:
        trigger = Trigger(
            part["flag"],
            part["direction"],
            int(part.get("scope", 12)),
            part.get("reach") == "line",
            part.get("cased") == "on",
        )
        found.append((trigger, written(part["phrases"])))
    if "pseudo" in tree:
        found.append((Trigger("", NEITHER), written(tree["pseudo"])))
    for part in tree.get("terminators", ()):
        trigger = Trigger("", NEITHER, ends=frozenset(part.get("ends", FLAGS)))
        found.append((trigger, written(part["phrases"])))
    return found


def _words(trees: Sequence[Tree], key: str) -> frozenset[str]:
    return frozenset(
        word.casefold()
        for tree in trees
        for notation in tree.get(key, ())
        for word in expand(notation, tree.get("macros", {}))
    )
