"""The `unicode` stage: canonical composition or decomposition (Unicode Standard Annex #15)."""

from __future__ import annotations

import unicodedata
from typing import Literal, cast

import regex

from textnorm.document import Edit
from textnorm.pack.model import Unicode

_Form = Literal["NFC", "NFD"]
# A starter with what may combine with it, conjoining jamo included: no normalization crosses it.
_CLUSTER = regex.compile(r"[^\p{M}\u1160-\u11ff\n]?[\p{M}\u1160-\u11ff]+|[^\x00-\x7f]")


class UnicodeStage:
    """Brings text to one normalization form."""

    def __init__(self, item: Unicode) -> None:
        self._item = item
        self._form = cast(_Form, item.form)

    def apply(self, text: str) -> str:
        """The text in the form; returned as it is where nothing has to change."""
        return text if unicodedata.is_normalized(self._form, text) else self._replace(text)

    def _replace(self, text: str) -> str:
        form = self._form
        return str(_CLUSTER.sub(lambda match: unicodedata.normalize(form, match.group()), text))

    def edits(self, text: str) -> list[Edit]:
        """One edit per changed cluster."""
        if unicodedata.is_normalized(self._form, text):
            return []
        item, form = self._item, self._form
        return [
            Edit(item.id, item.cls, match.start(), match.end(), match.group(), after)
            for match in _CLUSTER.finditer(text)
            if (after := unicodedata.normalize(form, match.group())) != match.group()
        ]
