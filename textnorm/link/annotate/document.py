"""What annotation finds in a text: mentions with their offsets, concepts and context."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from textnorm.pack.spec.context import FLAGS


@dataclass(frozen=True, slots=True)
class Sense:
    """A concept that a mention may stand for, and how likely it does, from 0 to 1."""

    id: str
    label: str
    score: float
    types: tuple[str, ...] = ()
    alias: str = ""  # the name that was found

    def to_dict(self) -> dict[str, Any]:
        """The sense as JSON-ready data."""
        return {"id": self.id, "label": self.label, "score": self.score, "types": list(self.types)}


class Mention(NamedTuple):
    """A stretch of text that stands for a concept: `text[start:end]`, offsets in code points.

    `senses` are the concepts it may stand for, the likeliest first. It is `linked` to the first of them,
    unless it is a short form that nothing in the document explains: then the senses are candidates only.
    With several senses and nothing to decide between them it is `ambiguous`. `found` says how: by a name
    of the `dictionary`, by an `abbreviation` that the text defines, or by `coreference`. `flags` are what
    the context says, None if nobody looked.
    """

    start: int
    end: int
    text: str
    senses: tuple[Sense, ...]
    linked: bool = True
    ambiguous: bool = False
    found: str = "dictionary"
    flags: frozenset[str] | None = None

    @property
    def id(self) -> str | None:
        """Id of the concept; None for a short form that is not linked."""
        return self.senses[0].id if self.linked else None

    @property
    def label(self) -> str | None:
        """Preferred name of the concept; None for a short form that is not linked."""
        return self.senses[0].label if self.linked else None

    def to_dict(self) -> dict[str, Any]:
        """The mention as JSON-ready data; the flags, if they are known, each as true or false."""
        first = self.senses[0]
        data: dict[str, Any] = {
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "id": self.id,
            "label": self.label,
            "score": first.score if self.linked else 0.0,
            "types": list(first.types) if self.linked else [],
            "found": self.found,
        }
        if self.flags is not None:
            data |= {flag: flag in self.flags for flag in FLAGS}
        data["ambiguous"] = self.ambiguous
        if self.ambiguous:
            data["candidates"] = [sense.to_dict() for sense in self.senses]
        return data


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """A text and the mentions in it, in order of position."""

    text: str
    mentions: tuple[Mention, ...]
    definitions: Mapping[str, str]  # short forms that the text defines, with their long forms

    def to_dict(self) -> dict[str, Any]:
        """The text and its mentions as JSON-ready data."""
        return {"text": self.text, "spans": [mention.to_dict() for mention in self.mentions]}

    def __str__(self) -> str:
        from textnorm.link.annotate.render import annotated_text

        return annotated_text(self)

    def _repr_html_(self) -> str:
        from textnorm.link.annotate.render import annotated_html

        return annotated_html(self)
