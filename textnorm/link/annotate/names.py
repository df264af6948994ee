"""The names of an index together with those that a user adds to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from textnorm.link.concept import SCOPES
from textnorm.link.store import Index

USER = SCOPES.index("user")
_CAPITALS = 6  # one word in capitals of up to so many characters is an abbreviation
_SHOUTING = 0.5  # share of names of several words in capitals from which capitals mean nothing


class Names:
    """Names by number: first those of the index, then the user's, each with its concept.

    `cased` says of each whether it counts in its own letter case only: names of up to `short` characters,
    and abbreviations in capitals. What a user writes counts in any case.
    """

    def __init__(self, index: Index, user: Sequence[tuple[str, int]] = (), short: int = 3) -> None:
        """`user` has names and the numbers of their concepts."""
        self.index, self._user, self._short = index, user, short
        self._own = len(index.alias_concept)
        self.cased = self._cased()

    def __len__(self) -> int:
        return self._own + len(self._user)

    def __iter__(self) -> Iterator[str]:
        for batch in self.index.alias_texts.batches():
            yield from batch
        for text, _ in self._user:
            yield text

    def text(self, name: int) -> str:
        """The name as it was given."""
        return self.index.alias_text(name) if name < self._own else self._user[name - self._own][0]

    def concept(self, name: int) -> int:
        """The number of the concept."""
        if name < self._own:
            return int(self.index.alias_concept[name])
        return self._user[name - self._own][1]

    def scope(self, name: int) -> int:
        """The number of the scope in `SCOPES`."""
        return int(self.index.alias_scope[name]) if name < self._own else USER

    def known_short(self, name: int) -> bool:
        """Whether the source itself says that the name counts in its own case: it knows of short forms."""
        return name < self._own and bool(self.index.alias_cased[name])

    def _cased(self) -> NDArray[np.bool_]:
        flags = np.zeros(len(self), np.bool_)
        flags[: self._own] = self.index.alias_cased
        capitals = spaced = 0
        short: list[int] = []
        for name, text in enumerate(self):
            if self.scope(name) == USER:
                continue
            if " " in text:
                spaced += 1
                capitals += text.isupper()
            elif len(text) <= self._short:
                flags[name] = True
            elif len(text) <= _CAPITALS and text.isupper():
                short.append(name)
        if capitals <= _SHOUTING * max(spaced, 1):
            flags[short] = True
        return flags


def same_case(name: str, written: str) -> bool:
    """Whether `written` is in the case of a name: a plural `s` and a sentence's capital aside.

    >>> same_case("MS", "MS"), same_case("MS", "Ms"), same_case("PE", "PEs"), same_case("flu", "Flu")
    (True, False, True, True)
    """
    if written in (name, f"{name}s"):
        return True
    return name.islower() and written == name.capitalize()
