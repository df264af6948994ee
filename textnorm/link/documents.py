"""Strings read as the document they stand in reads them: short forms that it defines are written out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from textnorm.link.annotate.abbreviations import definitions, forms
from textnorm.pack.model import Pack

_TOKEN = re.compile(r"[^\W_]+(?:[-./&][^\W_]+)*|[^\W_]+")
_KEPT = 256  # documents whose definitions are kept: their strings come one after the other


class Documents:
    """Reads strings by the definitions of documents. Safe to use from several threads."""

    def __init__(self, pack: Pack | None = None) -> None:
        trees = pack.context if pack else ()
        words = tuple(sorted({str(word) for tree in trees for word in tree.get("introductions", ())}))
        self._long_forms = lru_cache(maxsize=_KEPT)(lambda document: _long_forms(document, words))

    def read(self, query: str, document: str | None) -> str:
        """The string with its short forms written out: all of it if it is one, else the words of it that are.

        A short form that the string itself introduces in brackets is left out.

        >>> Documents().read("familial HCM", "Hypertrophic cardiomyopathy (HCM) runs in families.")
        'familial Hypertrophic cardiomyopathy'
        >>> Documents().read("hypertrophic cardiomyopathy (HCM)", None)
        'hypertrophic cardiomyopathy'
        """
        text = query.strip()
        if "(" in text or "[" in text:
            text = _without_own(text)
        if not document:
            return text
        long = self._long_forms(document)
        if not long:
            return text
        whole = long.get(text)
        if whole is not None:
            return whole
        return _TOKEN.sub(lambda match: _written(match[0], long), text)


def _written(word: str, long: Mapping[str, str]) -> str:
    """A word written out, or a part of it that a hyphen or the like sets off."""
    if word in long or word.isalnum():
        return long.get(word, word)
    return re.sub(r"[^\W_]+", lambda match: long.get(match[0], match[0]), word)


def _long_forms(document: str, introductions: Sequence[str]) -> dict[str, str]:
    """What each short form of a document stands for; the first definition counts."""
    found: dict[str, str] = {}
    for one in definitions(document, introductions):
        long = " ".join(document[slice(*one.long)].split())
        for form in forms(document[slice(*one.short)]):
            found.setdefault(form, long)
    return found


def _without_own(text: str) -> str:
    """The string without the short forms in brackets that it introduces itself."""
    for one in reversed(definitions(text)):
        start, end = one.short
        before, after = text[:start].rstrip(), text[end:].lstrip()
        if before.endswith(("(", "[")) and after.startswith((")", "]")):
            text = f"{before[:-1].rstrip()} {after[1:].lstrip()}".strip()
    return text
