"""Keys under which a clean word is found by all the ways it may be typed.

Letters that may be typed alike fall together. In a *shape* all letters are still there, in a *key*
those that may go untyped are left out. What is written in its own way at the start of a word, such as
a vowel with its bearer, is one sign there; a typed word may or may not begin with one, so it has
several keys.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from textnorm.restore.scriptmap import Row, ScriptMap

JOINERS = " \u200c\u0640"
_DOUBLE = re.compile(r"(.)\1+")
_OPENING = "\x01"

Names = tuple[str, str]  # key and shape


class Keys:
    """The keys that follow from a script map."""

    def __init__(self, script_map: ScriptMap) -> None:
        initial = [row for row in script_map.rows if _is_opening(row)]
        classes, untyped, surplus = _classes([row for row in script_map.rows if not _is_opening(row)])
        openings = "|".join(map(re.escape, _longest_first(row.clean for row in initial)))
        self._openings = re.compile(f"(?m)^(?:{openings})") if openings else None
        self._typed_openings = _longest_first(_typed_openings(initial, script_map))
        gone = dict.fromkeys((*JOINERS, *surplus), "")
        self._shapes = str.maketrans({**classes, **gone})
        self._keys = str.maketrans({**classes, **gone, **dict.fromkeys(untyped, "")})

    def of_words(self, words: Iterable[str]) -> Iterator[Names]:
        """The key and the shape of each clean word, made in one go."""
        text = "\n".join(words)
        if self._openings:
            text = self._openings.sub(_OPENING, text)
        names = (_DOUBLE.sub(r"\1", text.translate(table)) for table in (self._keys, self._shapes))
        return zip(*(one.split("\n") for one in names), strict=True)

    def of_typed(self, typed: str) -> list[Names]:
        """The keys and shapes of the words that may be typed so."""
        found = [self._names("", typed)]
        for opening in self._typed_openings:
            if typed.startswith(opening):
                names = self._names(_OPENING, typed[len(opening) :])
                if names not in found:
                    found.append(names)
        return found

    def _names(self, opening: str, rest: str) -> Names:
        shape = _DOUBLE.sub(r"\1", rest.translate(self._shapes))
        return opening + _DOUBLE.sub(r"\1", rest.translate(self._keys)), opening + shape


def _is_opening(row: Row) -> bool:
    return row.where == "initial" and len(row.clean) > 1


def _typed_openings(rows: Sequence[Row], script_map: ScriptMap) -> Iterable[str]:
    """All that opening units are typed as, be it as a whole or letter by letter."""
    for row in rows:
        yield row.typed
        ways = [script_map.ways(letter, at == 0, False) for at, letter in enumerate(row.clean)]
        for typed in product(
            *([letter, *(form for form, _ in way)] for letter, way in zip(row.clean, ways, strict=True))
        ):
            yield "".join(typed)


def _longest_first(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({text for text in texts if text}, key=lambda text: (-len(text), text)))


def _base(text: str) -> str:
    """Letters without marks, spaces and joiners: آ is a kind of ا, whatever the map."""
    return "".join(
        char
        for char in unicodedata.normalize("NFD", text)
        if unicodedata.category(char) not in ("Mn", "Cf", "Zs", "Sk")
    )


def _classes(rows: Sequence[Row]) -> tuple[dict[str, str], set[str], set[str]]:
    """Letters with a name for their class; those that may go untyped; those typed for nothing."""
    parent: dict[str, str] = {}

    def root(char: str) -> str:
        parent.setdefault(char, char)
        while parent[char] != char:
            char = parent[char]
        return char

    untyped: set[str] = set()
    surplus: set[str] = set()
    for row in rows:
        for char in row.clean + row.typed:
            base = _base(char)
            if base:
                parent[root(char)] = root(base[0])
            elif char not in JOINERS:
                surplus.add(char)
        left, right = list(_base(row.clean)), list(_base(row.typed))
        for char in [char for char in left if char in right]:
            if char in right:
                left.remove(char)
                right.remove(char)
        for clean, typed in zip(left, right, strict=False):
            parent[root(clean)] = root(typed)
        if set(row.clean) != set(_base(row.typed)):  # a doubled letter is one letter anyway
            untyped.update(left[len(right) :])
        surplus.update(right[len(left) :])
    classes = {char: root(char) for char in [*parent, *untyped, *surplus]}
    return classes, _whole(classes, untyped), _whole(classes, surplus)


def _whole(classes: dict[str, str], some: set[str]) -> set[str]:
    """All letters of the classes that `some` letters are of."""
    names = {classes[char] for char in some}
    return some | {char for char, name in classes.items() if name in names}
