"""Phonetic keys: codes under which words that sound alike become equal.

A pack describes a key as data. Rewrite rules bring a word to a plainer spelling; if the key has
groups, the word is then cut into units (letters, and sequences that stand for one sound), reduced to
its consonant skeleton, and every unit is replaced by the name of its group. The model of such codes
is UrduPhone (Khan et al., "A Clustering Framework for Lexical Normalization of Roman Urdu", arXiv
2004.00088), itself a relative of Soundex.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import regex

from textnorm.errors import Location, PackError


class PhoneticKey:
    """One key of a pack, compiled; calling it with a word gives the code of the word."""

    def __init__(self, name: str, spec: Mapping[str, Any], at: Location | None = None) -> None:
        self.name = name
        self._upper = spec.get("case", "lower") == "upper"
        self._drop = _compiled(name, spec.get("drop", ""), at)
        self._rules = [
            (_compiled(name, rule["match"], at), _target(name, rule, at)) for rule in spec.get("rewrite", ())
        ]
        self._groups = {
            unit: group for group, units in spec.get("groups", {}).items() for unit in units.split()
        }
        self._units = regex.compile(
            "|".join([*map(regex.escape, _longest(spec.get("units", ()))), "."]), regex.S
        )
        self._vowels = frozenset(spec.get("vowels", ()))
        self._first_letter = spec.get("first", "group") == "letter"
        self._rejoin = spec.get("rejoin", "off") == "on"
        self._echo = spec.get("echo", "off") == "on"
        self._length, self._fill = int(spec.get("length", "0")), int(spec.get("fill", "0"))

    def __call__(self, word: str) -> str:
        """The code of one word; "" if nothing of the word counts."""
        return self.codes([word])[0]

    def codes(self, words: Sequence[str]) -> list[str]:
        """The codes of many words, in order; the rewrite rules run over all of them at once."""
        plain = self._rewritten(words) if words else []
        return [self._code(word) for word in plain] if self._groups else plain

    def _rewritten(self, words: Sequence[str]) -> list[str]:
        folded = (word.upper() if self._upper else word.lower() for word in words)
        text = "\n".join(word.replace("\n", " ") for word in folded)
        if self._drop is not None:
            text = self._drop.sub("", text)
        for pattern, target in self._rules:
            text = pattern.sub(target, text)
        found = text.split("\n")
        if len(found) != len(words):
            raise PackError(
                f"phonetic key {self.name!r}: its patterns match line ends", remedy="write [^x\\n] for [^x]"
            )
        return found

    def _code(self, word: str) -> str:
        units = self._units.findall(word)
        if not units:
            return ""
        kept = self._skeleton(units)
        letters = "".join(kept)
        if self._first_letter:
            first, rest = letters[0], letters[1:]
            tail = self._units.findall(rest) if self._rejoin else _without_first(kept, rest)
            coded = [first]
        else:
            coded, tail = [], self._units.findall(letters) if self._rejoin else kept
        coded += map(self._group, tail)
        coded += ["_0"] * self._fill
        return "".join(coded[: self._length or None])

    def _group(self, unit: str) -> str:
        group = self._groups.get(unit)
        return unit if group is None else f"_{group}"

    def _skeleton(self, units: list[str]) -> list[str]:
        """The first unit and the consonants after it; a doubled consonant counts once.

        A vowel keeps two equal consonants apart. With `echo`, a unit that follows a vowel and equals
        the last kept unit is kept even when it is a vowel itself, as the published program does.
        """
        vowels, kept = self._vowels, units[:1]
        if all(unit in vowels for unit in units[1:]):
            return kept
        place, last = 1, len(units) - 1
        while place < last:
            unit = units[place]
            if unit in vowels:
                if not (units[place + 1] == kept[-1] and (self._echo or units[place + 1] not in vowels)):
                    while place <= last and units[place] in vowels:
                        place += 1
                    if place > last:
                        break
                    kept.append(units[place])
                else:
                    kept.append(units[place + 1])
                    place += 1
            elif unit != kept[-1]:
                kept.append(unit)
            place += 1
        if units[last] not in vowels and units[last] != kept[-1]:
            kept.append(units[last])
        return kept


def _without_first(kept: Sequence[str], rest: str) -> list[str]:
    """The units after the first letter: what is left of the first unit, and the others."""
    return [*kept[0][1:], *kept[1:]] if rest else []


def _longest(units: Iterable[str]) -> list[str]:
    return sorted(units, key=lambda unit: (-len(unit), unit))


def _compiled(name: str, pattern: str, at: Location | None) -> Any:
    """The pattern, which sees the words one on each line; None if it is empty."""
    if not pattern:
        return None
    try:
        return regex.compile(pattern, regex.MULTILINE)
    except regex.error as error:
        raise PackError(f"phonetic key {name!r}: {error} in {pattern!r}", at=at) from None


def _target(name: str, rule: Mapping[str, str], at: Location | None) -> str:
    """What a rewrite rule writes; `\\1` refers to a group of its pattern, which is checked here."""
    groups = regex.compile(rule["match"]).groups
    if any(int(number) > groups for number in regex.findall(r"\\(\d+)", rule["to"])):
        raise PackError(f"phonetic key {name!r}: {rule['to']!r} names a group that is not there", at=at)
    return rule["to"]
