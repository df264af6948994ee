"""The linker: strings to ranked concepts, each with the probability that it is meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from textnorm.link.calibrate import NIL, Calibration, Sieved
from textnorm.link.composite import Splitter
from textnorm.link.concept import Candidate
from textnorm.link.documents import Documents
from textnorm.link.keys import Keys, keys_of
from textnorm.link.open import open_index
from textnorm.link.rank import Scored, ranked
from textnorm.link.retrieve import NONE, Retriever
from textnorm.link.sieve import FULL, USER, Hit, Sieve, leaders
from textnorm.link.store import Index
from textnorm.link.vectors import Settings

if TYPE_CHECKING:
    from textnorm.link.annotate.annotator import Annotator
    from textnorm.link.annotate.document import AnnotatedText
    from textnorm.link.overlay import Overlay
    from textnorm.link.rerank import Reranker

ALIKE = "similar"
"""The tier of candidates that the search by likeness found."""

_BATCH = 256  # strings that are searched for together
_LIKEST = 10  # concepts that a string is compared with, however few are asked for


class Answer(NamedTuple):
    """What a string was linked to: candidates, the likeliest first, or none where no concept fits.

    `ambiguous`: the string is a name of several concepts, equally surely. `composite`: it names several
    things, and the first candidates are one concept for each. `read` is the string that was looked for,
    where the document defines what a short form in it stands for.
    """

    query: str
    candidates: tuple[Candidate, ...]
    ambiguous: bool = False
    composite: bool = False
    read: str = ""


class Linker:
    """Links strings to the concepts of an index. Made by `load_linker`; safe to use from several threads.

    `report` has lines about the users' aliases: those passed over, since the index does not have their ids,
    and strings that stand for several concepts.
    """

    def __init__(
        self,
        index: Index,
        aliases: Sequence[str] = (),
        name: str | Path | None = None,
        encoder: str | None = None,
    ) -> None:
        self.index, self._aliases, self._name, self._encoder = index, tuple(aliases), name, encoder
        self._reranker = _reranker(encoder)
        self._keys = keys_of(index.manifest)
        self._settings = Settings.of(self._keys)
        self._retriever = Retriever(index, self._settings)
        self._overlay, self.report = _overlay(index, self._keys, self._settings, aliases)
        self._sieve = Sieve(index, self._keys, self._overlay)
        tree = index.manifest.get("calibration")
        self.calibration = Calibration.from_dict(tree) if tree else Calibration()
        pack = self._keys.pack
        self._documents = Documents(pack)
        self._splitter = Splitter(pack.linking.get("conjunctions", ()) if pack else ())
        self._annotator: Annotator | None = None

    def __call__(
        self,
        query: str,
        top: int = 10,
        context: str | None = None,
        types: Sequence[str] | None = None,
        min_precision: float = 0.0,
    ) -> list[Candidate]:
        """The concepts that `query` may stand for, at most `top`, the likeliest first.

        The list is empty where no concept fits: no tier answers and the best one is less likely than
        `calibrate.NIL`, or it is less likely than answers of `min_precision` (0 to 1) must be. `context` is
        the document that the string stands in: a short form is read as the document defines it. `types`
        names the types that are wanted.
        """
        return list(self.answers([query], top, [context], types, min_precision)[0].candidates)

    def link_all(
        self,
        queries: Iterable[str],
        top: int = 10,
        contexts: Iterable[str | None] | None = None,
        types: Sequence[str] | None = None,
        min_precision: float = 0.0,
    ) -> Iterator[list[Candidate]]:
        """The same for many strings, in order and faster; they are read some hundreds at a time."""
        remaining = iter(queries)
        others = iter(contexts) if contexts is not None else None
        while batch := list(islice(remaining, _BATCH)):
            documents = list(islice(others, len(batch))) if others is not None else None
            for answer in self.answers(batch, top, documents, types, min_precision):
                yield list(answer.candidates)

    def answers(
        self,
        queries: Sequence[str],
        top: int = 10,
        contexts: Sequence[str | None] | None = None,
        types: Sequence[str] | None = None,
        min_precision: float = 0.0,
    ) -> list[Answer]:
        """An answer for each string, with all that is known about it."""
        if top < 1:
            raise ValueError(f"top must be at least 1, not {top}")
        # What an encoder has a say in is calibrated, but the thresholds are those of the lexical scores.
        least = min_precision if self._reranker else self.calibration.threshold(min_precision)
        allowed = self._allowed(types)
        found = []
        for start in range(0, len(queries), _BATCH):
            batch = queries[start : start + _BATCH]
            documents = contexts[start : start + _BATCH] if contexts else [None] * len(batch)
            texts = self._read(batch, documents, allowed)
            hits = self._sieve(texts, allowed)
            rows = self._scored(texts, hits, top, allowed)
            for number, text in enumerate(texts):
                ties = leaders(hits[number])
                answer = self._answer(batch[number], text, rows[number], int(ties == 1), least)
                answer = answer._replace(ambiguous=ties > 1 and bool(answer.candidates))
                parts = None if self._in_order(hits[number]) else self._parts(text, allowed)
                if parts:
                    several = self._answer(batch[number], text, parts, len(parts), least)
                    answer = answer if _surer(answer, several) else several._replace(composite=True)
                found.append(answer)
        return found

    def annotate(self, text: str) -> AnnotatedText:
        """The mentions of concepts in a running text."""
        if self._annotator is None:
            from textnorm.link.annotate.load import annotator_of  # links alone do not need it

            self._annotator = annotator_of(self.index, aliases=self._aliases)
        return self._annotator(text)

    def scored(
        self, queries: Sequence[str], top: int, without: Sequence[NDArray[np.int64]]
    ) -> list[list[Scored]]:
        """Candidates without probabilities, with some names left out of account; for calibration."""
        hits = self._sieve(queries, None, without)
        return self._scored(queries, hits, top, None, without)

    def __reduce__(self) -> tuple[Any, ...]:
        if self._name is None:
            raise TypeError("a linker of an index that has no name cannot be pickled")
        return load_linker, (self._name, self._aliases, self._encoder)

    def _allowed(self, types: Sequence[str] | None) -> NDArray[np.bool_] | None:
        if not types:
            return None
        self.index.require_types(types)
        return self.index.having(types)

    def _scored(
        self,
        queries: Sequence[str],
        hits: Sequence[list[Hit]],
        top: int,
        allowed: NDArray[np.bool_] | None,
        without: Sequence[NDArray[np.int64]] | None = None,
    ) -> list[list[Scored]]:
        texts = self._settings.texts(self._keys, queries)
        also = [np.array([hit.concept for hit in mine], np.int64) for mine in hits]
        most = max(top + 1, _LIKEST)
        found = list(self._retriever.search(texts, most, allowed, without, also))
        if self._overlay:
            found = self._overlay.search(texts, found, most, allowed)
        return [ranked(*row, top) for row in zip(texts, hits, found, strict=True)]

    def _read(
        self,
        queries: Sequence[str],
        documents: Sequence[str | None],
        allowed: NDArray[np.bool_] | None,
    ) -> list[str]:
        """The strings to look for: with short forms written out, unless the string is a user's alias."""
        texts = [query.strip() for query in queries]
        read = [self._documents.read(*pair) for pair in zip(texts, documents, strict=True)]
        changed = [number for number, text in enumerate(texts) if text != read[number]]
        own = self._sieve([texts[number] for number in changed], allowed)
        for number, hits in zip(changed, own, strict=True):
            if hits and hits[0].scope == USER:
                read[number] = texts[number]
        return read

    def _parts(self, text: str, allowed: NDArray[np.bool_] | None) -> list[Scored] | None:
        """A concept for each of the things that a string names, if there is one way to read it so."""
        readings = [self._concepts(reading, allowed) for reading in self._splitter.readings(text)]
        good = [reading for reading in readings if reading]
        return good[0] if len(good) == 1 else None

    def _concepts(self, parts: Sequence[str], allowed: NDArray[np.bool_] | None) -> list[Scored]:
        """A concept for each part, or none if not every part is surely the name of one of its own."""
        found = []
        for part, hits in zip(parts, self._sieve(parts, allowed), strict=True):
            if leaders(hits) != 1 or hits[0].scope > FULL or not self._in_order(hits):
                return []
            found += ranked(part, hits, NONE, 1)
        return found if len({one.concept for one in found}) == len(parts) else []

    def _in_order(self, hits: Sequence[Hit]) -> bool:
        """Whether a tier answered that keeps the words of a string, and their order."""
        return bool(hits) and not self._keys.tiers[hits[0].tier].sorted

    def _answer(self, query: str, text: str, row: Sequence[Scored], settled: int, least: float) -> Answer:
        """An answer to `query`, which was looked for as `text`; the first `settled` candidates stay first."""
        read = text if text != query.strip() else ""
        scores = _falling([self.calibration(one.known) for one in row])
        candidates = [self._candidate(*pair) for pair in zip(row, scores, strict=True)]
        if self._reranker:
            candidates = self._reranker(text, candidates, settled=settled)
        if not candidates or candidates[0].score < max(least, NIL if candidates[0].tier == ALIKE else 0.0):
            return Answer(query, (), read=read)
        return Answer(query, tuple(candidates), read=read)

    def _name_of(self, number: int) -> str:
        if number >= 0 or self._overlay is None:
            return self.index.alias_text(number)
        return self._overlay.index.alias_text(-1 - number)

    def _candidate(self, one: Scored, score: float) -> Candidate:
        alias = self._name_of(one.name)
        tier = ALIKE
        if isinstance(one.known, Sieved):
            tier = "user" if one.known.scope == USER else self.index.tiers[one.known.tier]
        return Candidate(self.index.ids[one.concept], self.index.labels[one.concept], score, alias, tier)


def load_linker(index: str | Path, aliases: Sequence[str] = (), encoder: str | None = None) -> Linker:
    """A linker for the index in a folder, or for the concepts that the pack called `index` ships.

    `aliases` are files of users' aliases (string, tab, id), which win over everything. `encoder` is the
    folder of a sentence encoder or cross-encoder that puts the candidates in order once more. Raises
    TextnormError.
    """
    return Linker(open_index(index), aliases, index, encoder)


def _reranker(encoder: str | None) -> Reranker | None:
    if encoder is None:
        return None
    from textnorm.link.rerank import load_reranker  # PyTorch takes seconds

    return load_reranker(encoder)


def _overlay(
    index: Index, keys: Keys, settings: Settings, paths: Sequence[str]
) -> tuple[Overlay | None, tuple[str, ...]]:
    """The aliases in some files, and what is to be said of them."""
    if not paths:
        return None, ()
    from textnorm.link.overlay import Overlay  # few need it
    from textnorm.link.useraliases import user_aliases

    aliases = user_aliases(index, keys, paths)
    overlay = Overlay(index, keys, settings, aliases) if aliases.seen else None
    return overlay, tuple(aliases.report())


def _falling(scores: Sequence[float]) -> list[float]:
    """Scores that nowhere rise: a candidate is no likelier than one ranked before it."""
    found: list[float] = []
    for score in scores:
        found.append(min(score, found[-1]) if found else score)
    return found


def _surer(answer: Answer, other: Answer) -> bool:
    """Whether the first candidate of an answer is at least as likely as that of another one."""
    first, second = ((one.candidates[0].score if one.candidates else 0.0) for one in (answer, other))
    return first >= second
