"""Checks, while a pack loads, that the macros and lexicons it mentions exist.

Patterns are written out only when the engine compiles them, so a misspelt name would otherwise show
up late, or, in a rule that is switched off, never.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from textnorm.pack.check import refuse
from textnorm.pack.expand import references
from textnorm.pack.hints import near
from textnorm.pack.model import Tree
from textnorm.pack.spec.conditions import PREDICATES
from textnorm.pack.spec.cues import CUES
from textnorm.pack.spec.rules import RULE
from textnorm.pack.spec.words import WORD_REWRITE
from textnorm.pack.tables import LEXICON_NAME, Lexicons

_REGEX_KEYS = frozenset(
    key.name for kind in (RULE, WORD_REWRITE, CUES, PREDICATES) for key in kind.keys if key.shape == "regex"
)
_CONDITIONS = ("unless", "when", "resolve")
_NAMING = (
    "lexemes",
    "morphology",
    "tables",
    "governors",
    "modifiers",
    "sentence",
    "spelling",
    "cues",
    "predicates",
    "fences",
    "variants",
)


class References:
    """Looks names up and collects the lexicons that are used, with their files."""

    def __init__(self, lexicons: Lexicons) -> None:
        self.lexicons = lexicons
        self.names: dict[str, Path] = {}
        self.packs = {path.name for folder in lexicons.folders for path in folder.glob("*") if path.is_dir()}

    def rule(self, tree: Tree, macros: Mapping[str, str]) -> None:
        """Check everything a rule mentions."""
        for key, value in tree.items():
            if key in _REGEX_KEYS:
                self._pattern(tree, key, value, macros)
            elif key.rstrip("+-") in _CONDITIONS:
                self._tree(value, macros)
            elif key in ("known", "into"):
                self.lexicons_of(tree, key)
            elif key.rstrip("+-") == "write" and isinstance(value, list):
                for choice in value:
                    self._tree(choice.get("when", {}), macros)

    def macros(self, tree: Tree, visible: Mapping[str, str]) -> None:
        """Check the macros defined in `tree`, which may use all those that are `visible` to them."""
        for key, value in tree.items():
            self._pattern(tree, key, value, visible)

    def grammar(self, grammar: Mapping[str, Tree]) -> None:
        """Note the lexicons that a grammar names, and check its macros."""
        for key, value in grammar.items():
            for owner, at, text in _strings({key: value}):
                if key in _NAMING and self._names_lexicon(text):
                    self.lexicon(owner, at, text)
                self._lexicons(owner, at, text)
        shared = grammar.get("macros", {})
        self.macros(shared, shared)

    def _tree(self, tree: Tree, macros: Mapping[str, str]) -> None:
        for owner, key, text in _strings(tree):
            if key in _REGEX_KEYS:
                self._pattern(owner, key, text, macros)
            elif self._names_lexicon(text):
                self.lexicon(owner, key, text)
            else:
                self._lexicons(owner, key, text)

    def _pattern(self, tree: Tree, key: str | int | None, pattern: str, macros: Mapping[str, str]) -> None:
        if "{" not in pattern:
            return
        for sort, name in references(pattern):
            if sort == "lexicon":
                self.lexicon(tree, key, name)
            elif name not in macros:
                refuse(tree, key, f"unknown macro {{{name}}}", near(name, macros))

    def _lexicons(self, tree: Tree, key: str | int, text: str) -> None:
        """Note the lexicons in a string that may be a pattern."""
        if "{lexicon:" in text:
            for sort, name in references(text):
                if sort == "lexicon":
                    self.lexicon(tree, key, name)

    def _names_lexicon(self, text: str) -> bool:
        """Whether a string can only be meant as a lexicon: `km/h` is not, for want of a data folder `km`."""
        return (
            "/" in text and text.partition("/")[0] in self.packs and LEXICON_NAME.fullmatch(text) is not None
        )

    def lexicons_of(self, tree: Tree, key: str) -> None:
        """Note the lexicon, or the list of lexicons, under a key that need not be there."""
        value = tree.get(key, ())
        for owner, at, name in _strings({key: value} if isinstance(value, str) else value):
            self.lexicon(tree if isinstance(value, str) else owner, at, name)

    def lexicon(self, tree: Tree, key: str | int | None, name: str) -> None:
        """Note the lexicon that `tree` mentions under `key`; it must exist."""
        if name in self.names:
            return
        path = self.lexicons.find(name)
        if path is None:
            refuse(
                tree,
                key,
                f'no lexicon "{name}"',
                near(name, self.lexicons.known()) or f"put it at data/{name}.tsv",
            )
        self.names[name] = path


def _strings(tree: Tree) -> Iterator[tuple[Tree, str | int, str]]:
    """Every string below a tree, with the mapping or list that holds it and its key there."""
    for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree):
        if isinstance(value, str):
            yield tree, key, value
        else:
            yield from _strings(value)
