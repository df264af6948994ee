"""Finds the mentions of concepts in texts, and says what each means and what its context says of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from textnorm.link.annotate.context.scope import Context
from textnorm.link.annotate.coreference import later_forms, one_sense
from textnorm.link.annotate.dictionary import Dictionary, Safety
from textnorm.link.annotate.document import AnnotatedText, Mention
from textnorm.link.annotate.names import Names
from textnorm.link.annotate.passage import Candidate, Passage, longest
from textnorm.link.annotate.senses import Senses
from textnorm.link.annotate.shortforms import expand
from textnorm.link.annotate.tokens import Normal, ignore_case, split

_ABBREVIATION = 4  # letters; a longer word in capitals is no abbreviation
_SEEN = 150  # words and separators at the start of a text that tell its language


@dataclass(frozen=True, slots=True)
class Options:
    """What to look for, and how much to say.

    `nested` also keeps mentions within longer ones. `flags` says what the context says of mentions,
    `coreference` finds later short forms of what was named before and gives a document one sense for an
    ambiguous name. `lang` is the language of the texts; without one each text is looked at.
    """

    types: tuple[str, ...] = ()
    nested: bool = False
    flags: bool = True
    coreference: bool = True
    lang: str = ""


class Annotator:
    """Annotates texts with concepts. Safe to share between threads once made."""

    def __init__(
        self,
        names: Names,
        *,
        normal: Normal = ignore_case,
        safety: Safety | None = None,
        contexts: Sequence[Context] = (),
        options: Options | None = None,
    ) -> None:
        """`normal` gives the normal forms of words, `contexts` the rules of the languages of the texts."""
        self.spec: tuple[Any, ...] | None = None  # what it was loaded from
        self.report: Sequence[str] = ()  # lines about users' aliases that were passed over or conflict
        self.options = options or Options()
        self.safety = safety or Safety()
        self.dictionary = Dictionary(names, normal, self.safety)
        self._senses = Senses(self.dictionary, self.options.types)
        self._contexts = {context.language.lang: context for context in contexts}
        self._introductions = sorted({w for context in contexts for w in context.language.introductions})

    def __reduce__(self) -> tuple[Any, ...]:
        """Where processes cannot share it, each loads its own."""
        if self.spec is None:
            raise TypeError("only an annotator that was loaded by name can be pickled")
        from textnorm.link.annotate.load import reload

        return reload, self.spec

    def __call__(self, text: str) -> AnnotatedText:
        """The mentions in one document."""
        return self._annotated(Passage(text, split(text)))

    def all(self, texts: Iterable[str]) -> list[AnnotatedText]:
        """The mentions in many documents, which is faster than one by one."""
        passages = [Passage(text, split(text)) for text in texts]
        self.dictionary.codes.learn(set().union(*(passage.parts for passage in passages)))
        return list(map(self._annotated, passages))

    def _annotated(self, passage: Passage) -> AnnotatedText:
        text, options = passage.text, self.options
        candidates, written = expand(passage, self._found(passage), self._found, self._introductions)
        if not candidates:
            return AnnotatedText(text, (), written)
        if options.nested:
            candidates.sort(key=lambda one: (one.start, -one.end))
        else:
            candidates = longest(candidates)
        context = self._context(passage.parts) if options.flags or options.coreference else None
        if options.coreference:
            candidates = one_sense(candidates)
            if context is not None:
                words = context.language.determiners
                later = later_forms(passage, candidates, words, self.safety.stop)
                candidates = sorted([*candidates, *later], key=lambda one: one.start)
        flags = self._flags(passage, candidates, context)
        return AnnotatedText(
            text,
            tuple(_mention(passage, one, said) for one, said in zip(candidates, flags, strict=True)),
            written,
        )

    def _found(self, passage: Passage) -> list[Candidate]:
        """Every name in a text that counts as it is written there."""
        found = []
        senses = self._senses
        for pattern, start, end in self.dictionary.find(self.dictionary.codes.encode(passage.parts)):
            reading = senses.plain(pattern) or senses(pattern, passage.written(start, end))
            if reading is not None and not (reading.short and _shouted(passage.parts, start)):
                found.append(Candidate(start, end, reading))
        return found

    def _context(self, parts: Sequence[str]) -> Context | None:
        """The rules of the language of a text."""
        if self.options.lang:
            return self._contexts.get(self.options.lang)
        if len(self._contexts) < 2:
            return next(iter(self._contexts.values()), None)
        words = set(parts[:_SEEN])
        return max(self._contexts.values(), key=lambda context: len(words & context.frequent))

    def _flags(
        self, passage: Passage, candidates: Sequence[Candidate], context: Context | None
    ) -> Sequence[frozenset[str] | None]:
        if not self.options.flags or context is None:
            return [None] * len(candidates)
        return context.of_parts(passage.parts, [(one.start, one.end) for one in candidates])


def _shouted(parts: Sequence[str], place: int) -> bool:
    """Whether a neighbour of a short form is a longer word in capitals, so that its own mean nothing."""
    around = (*parts[max(0, place - 2) : place - 1], *parts[place + 2 : place + 3])
    return any(len(word) > _ABBREVIATION and word.isupper() for word in around)


def _mention(passage: Passage, one: Candidate, flags: frozenset[str] | None) -> Mention:
    start, end = passage.offsets[one.start], passage.offsets[one.end]
    return Mention(
        start, end, passage.text[start:end], one.reading.senses, one.linked, one.ambiguous, one.found, flags
    )
