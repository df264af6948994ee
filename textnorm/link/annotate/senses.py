"""What a name that was found may mean: the concepts that have it, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textnorm.link.annotate.dictionary import Dictionary
from textnorm.link.annotate.document import Sense
from textnorm.link.annotate.names import USER, same_case
from textnorm.link.concept import SCOPES

# How often a match with a name of this scope is right, where it is the only one.
_TRUST = {"user": 0.98, "label": 0.95, "exact": 0.93, "narrow": 0.8, "broad": 0.6, "related": 0.4}
_SURE = (SCOPES.index("label"), SCOPES.index("exact"))
_SHORT = 3  # capitals of a short form that means nothing without a definition
_REMEMBERED = 1 << 17  # readings of names kept


@dataclass(frozen=True, slots=True)
class Reading:
    """The senses of a name as it is written in a text.

    It is `open` between several of them that are equally sure. `user` says that a user's alias decides,
    `short` that it is a short form of which the source does not say that it is one: it means little
    unless the document explains it.
    """

    senses: tuple[Sense, ...]
    open: bool = False
    user: bool = False
    short: bool = False


class Senses:
    """The readings of names, looked up once for each way in which a name is written."""

    def __init__(self, dictionary: Dictionary, types: Iterable[str] = ()) -> None:
        """With `types`, concepts of other types do not count."""
        self._dictionary = dictionary
        self._types = frozenset(types)
        self._plain: dict[int, Reading | None] = {}
        self._known: dict[tuple[int, str], Reading | None] = {}

    def plain(self, pattern: int) -> Reading | None:
        """The reading of a hit whose letter case does not matter; None if it does, or if there is none."""
        if pattern not in self._plain:
            cased = self._dictionary.names.cased
            matters = any(cased[name] for name in self._dictionary.names_of(pattern))
            self._plain[pattern] = None if matters else self._read(pattern, "")
        return self._plain[pattern]

    def __call__(self, pattern: int, written: str) -> Reading | None:
        """The reading of a hit as it is written; None if no name counts so."""
        key = pattern, written
        known = self._known
        if key not in known:
            if len(known) >= _REMEMBERED:
                self._known = known = {}
            known[key] = self._read(pattern, written)
        return known[key]

    def _read(self, pattern: int, written: str) -> Reading | None:
        names, types = self._dictionary.names, self._dictionary.names.index.types
        best: dict[int, int] = {}  # concept -> its surest name
        for name in self._dictionary.names_of(pattern):
            if names.cased[name] and not same_case(names.text(name), written):
                continue
            concept = names.concept(name)
            if not self._types or self._types.intersection(types[concept]):
                best.setdefault(concept, name)
        scopes = [names.scope(name) for name in best.values()]
        if not scopes:
            return None
        user = scopes[0] == USER
        if user:
            best = dict(list(best.items())[: scopes.count(USER)])
        rivals = _rivals(scopes)
        known = rivals == 1 and names.known_short(next(iter(best.values())))
        short = is_short(written) and not user and not known
        return Reading(tuple(self._senses(best, rivals)), rivals > 1, user, short)

    def _senses(self, best: dict[int, int], rivals: int) -> Iterable[Sense]:
        names = self._dictionary.names
        index = names.index
        for concept, name in best.items():
            score = round(_TRUST[SCOPES[names.scope(name)]] / rivals, 3)
            yield Sense(
                index.ids[concept], index.labels[concept], score, index.types[concept], names.text(name)
            )


def is_short(written: str) -> bool:
    """Whether a text is one to three capitals (or digits), a plural `s` aside.

    >>> is_short("MS"), is_short("PEs"), is_short("COPD"), is_short("flu")
    (True, True, False, False)
    """
    return len(written) <= _SHORT + 1 and len(one := written.removesuffix("s")) <= _SHORT and one.isupper()


def _rivals(scopes: Sequence[int]) -> int:
    """How many concepts have the name about as surely as the first one."""
    if scopes[0] == USER:
        return scopes.count(USER)
    sure = sum(scope in _SURE for scope in scopes)
    return sure or scopes.count(scopes[0])
