"""Words that govern what stands to their right: prepositions, verbs, measure nouns.

A governor table lists words or phrases (or stems ending in '*'), the features they ask for, and
optionally the *senses* for which a row holds (time, money, …; `other` if none) and how far the
governor reaches: `adjacent`, with nothing but transparent words between, or `clause`, from anywhere
in the clause.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

import regex

from textnorm.grammar.context import Context, compile_regex
from textnorm.grammar.features import Bundle, Features
from textnorm.pack.model import Lexicon

_WORDS_BACKWARDS = regex.compile(r"(?r)\w+(?:[-'’]\w+)*\.?|[^\w\s]")
_WORDS_FORWARDS = regex.compile(r"[^\S\n]*(\w+(?:[-'’]\w+)*)")
_LONGEST_PHRASE = 4
_HEAD = 2  # letters by which stems are looked up
_REACH = 90  # characters to the left in which a governor is looked for
_KEPT = 20_000
Row = tuple[Bundle, frozenset[str], bool]  # features, senses, reaches the whole clause
Found = tuple[Bundle, ...]
HasReading = Callable[[str, list[str]], bool]
Keys = Callable[[str], frozenset[str]]


class _Words:
    """The words to the left of a match, nearest first, read only as far as they are asked for."""

    def __init__(self, text: str) -> None:
        self._matches: Iterator[Any] = _WORDS_BACKWARDS.finditer(text)
        self._read: list[str] = []

    def get(self, index: int) -> str:
        """The word `index` places to the left, or '' beyond the beginning."""
        while len(self._read) <= index:
            match = next(self._matches, None)
            if match is None:
                return ""
            self._read.append(match.group())
        return self._read[index]

    def phrase(self, index: int, width: int) -> str:
        """The `width` words that end `index` places to the left, in lower case and reading order."""
        return " ".join(self.get(index + offset) for offset in range(width - 1, -1, -1)).lower()


class _Negation:
    """What negation does to governed features: a negated verb turns its accusative into a genitive."""

    def __init__(self, spec: Mapping[str, Any], features: Features) -> None:
        self._prefixes = tuple(spec["prefix"].split())
        self._minimum = int(spec.get("minimum", 4))  # letters that a word must have without the prefix
        self._turned = {features.parse(old): features.parse(new) for old, new in spec["turns"].items()}
        self._lost = tuple(features.parse(value) for value in spec.get("loses", []))
        self._depending = compile_regex(spec["depending"]) if "depending" in spec else None
        self._deniers = compile_regex(spec["deniers"], regex.IGNORECASE) if "deniers" in spec else None

    def affirmed(self, word: str) -> str:
        """The word without its negating prefix, or '' if it has none."""
        for prefix in self._prefixes:
            if word.startswith(prefix) and len(word) >= len(prefix) + self._minimum:
                return word[len(prefix) :]
        return ""

    def turn(self, found: Found) -> Found:
        """The features under negation."""
        return tuple(self._turned.get(bundle, bundle) for bundle in found if bundle not in self._lost)

    def depends(self, word: str) -> bool:
        """Whether a governor of this form, an infinitive say, depends on another word."""
        return self._depending is not None and self._depending.fullmatch(word) is not None

    def denies(self, word: str) -> bool:
        """Whether this word negates what depends on it."""
        return self._deniers is not None and self._deniers.fullmatch(word) is not None


class _Filled:
    """When a governor has its object already, so that a further number is none.

    A word between it and the match, or right before it, that can only be its object shows this.
    """

    def __init__(self, spec: Mapping[str, Any], features: Features, has: HasReading, keys: Keys) -> None:
        self._asked = features.parse(spec["case"])
        self._reading = str(spec["reading"]).split()
        self._between = compile_regex(spec["between"], regex.IGNORECASE) if "between" in spec else None
        self._unless = [str(one).split() for one in spec.get("unless", [])]
        self._reach = int(spec.get("reach", 1))  # how many words before the governor it may stand
        self._stops = frozenset(str(spec.get("stops", "")).split())
        self._extents = frozenset(str(spec.get("extents", "")).split())  # senses that are no objects
        self._after = keys(spec["not_after"]) if "not_after" in spec else frozenset()
        self._subject = features.parse(spec["subject"]) if "subject" in spec else None
        self._subjects = frozenset(str(spec.get("subjects", "")).split())  # senses of those who act
        self.doubtful = spec.get("doubtful", "off") == "on"  # what looks like the object may not be one
        self._has_none = compile_regex(spec["no_subject"]) if "no_subject" in spec else None
        self._has = has

    def subject(self, word: str, sense: str) -> Found:
        """What a number right after this governor is: its subject, if it is of those who act."""
        if self._subject is None or (sense or "other") not in self._subjects:
            return ()
        return () if self._has_none and self._has_none.search(word) else (self._subject,)

    def holds(self, words: _Words, index: int, found: Found, sense: str) -> bool:
        """Whether the governor at `index` has an object."""
        if self._asked not in found or sense in self._extents:
            return False
        if any(self._is_object(words, place) for place in range(index)):
            return True
        return any(self._is_object(words, place) for place in self._before(words, index))

    def _before(self, words: _Words, index: int) -> Iterator[int]:
        """Places before the governor where its object may stand, within the clause."""
        for place in range(index + 1, index + 1 + self._reach):
            word = words.get(place)
            if not word[:1].isalpha() or word.lower() in self._stops:
                return
            yield place

    def _is_object(self, words: _Words, place: int) -> bool:
        word, before = words.get(place), words.get(place + 1)
        if self._between is not None and self._between.fullmatch(before):
            before = words.get(place + 2)  # "už tą remontą"
        return (
            self._has(word, self._reading)
            and before.lower() not in self._after
            and not any(self._has(word, reading) for reading in self._unless)
        )


class GovernorTable:
    """Finds the governor of a match."""

    def __init__(
        self,
        lexicons: Iterable[Lexicon],
        spec: Mapping[str, Any],
        skip: Iterable[str],
        features: Features,
        abbreviated: Callable[[str], bool],
        has: HasReading,
        keys: Keys,
    ) -> None:
        self._abbreviated = abbreviated  # whether a word keeps its period within a sentence
        self._rows: dict[str, list[Row]] = {}
        self._widths: dict[str, tuple[int, ...]] = {}  # last word → lengths of the phrases it ends
        self._stems: dict[str, list[tuple[str, Row]]] = {}  # first letters → stems, the longest first
        self._clause_words = int(spec.get("clause_words", 8))
        self._stops = frozenset(spec.get("stops", '. ; : ! ? ( ) „ “ ” " —').split())
        self._soft_stops = frozenset(spec.get("soft_stops", ",").split())
        self._barriers = frozenset(spec.get("barriers", "").split())  # stops right before the match
        self._nominal_after = frozenset(spec.get("not_after", "").split())  # no verb stands after these
        self._pass = compile_regex(spec["pass"]) if "pass" in spec else None
        self._negation = _Negation(spec["negation"], features) if "negation" in spec else None
        self._filled = [_Filled(one, features, has, keys) for one in spec.get("filled", [])]
        for lexicon in lexicons:
            self._read_rows(lexicon, spec, features)
        self._widths = _widths_by_last_word(self._rows)
        for stems in self._stems.values():
            stems.sort(key=lambda entry: -len(entry[0]))
        self._skipped: frozenset[str] = frozenset(phrase.lower() for phrase in skip)
        self._skip_widths = _widths_by_last_word(self._skipped)
        self._memo: dict[tuple[str, str], Found] = {}

    def _read_rows(self, lexicon: Lexicon, spec: Mapping[str, Any], features: Features) -> None:
        key, value = lexicon.column(spec["key"]), lexicon.column(spec["value"])
        senses = lexicon.columns.index("sense") if "sense" in lexicon.columns else None
        reach = lexicon.columns.index("reach") if "reach" in lexicon.columns else None
        default_reach = spec.get("reach", "adjacent")
        shared: dict[tuple[str, str, str], Row] = {}  # thousands of rows say the same
        for cells in lexicon.rows:
            words = cells[key].lower()
            said = (
                cells[value],
                "" if senses is None else cells[senses],
                default_reach if reach is None else cells[reach],
            )
            row = shared.get(said)
            if row is None:
                asked = features.parse(said[0])
                row = shared[said] = asked, frozenset(said[1].split()), said[2] == "clause"
            if words[-1:] == "*":
                self._stems.setdefault(words[:_HEAD], []).append((words[:-1], row))
            else:
                self._rows.setdefault(words, []).append(row)

    def find(self, at: Context, sense: str) -> Found:
        """Bundles asked for by the nearest governor to the left of the match; empty if none."""
        low = max(0, at.start - _REACH)
        key = (at.text[low : at.start], sense)
        known = self._memo.get(key)
        if known is None:
            if len(self._memo) > _KEPT:
                self._memo.clear()
            known = self._memo[key] = self._find(_Words(key[0]), sense)
        return known

    def _find(self, words: _Words, sense: str) -> Found:
        index = 0
        while self._passes(words, index):
            index += 1
        adjacent = True
        steps = 0
        while steps < self._clause_words:
            word = words.get(index)
            if not word or word in self._stops or word in self._soft_stops:
                return ()
            if adjacent and word in self._barriers:
                return ()
            if word[-1] == "." and self._ends_sentence(words, index):
                return ()
            if adjacent and (width := self._skips(words, index)):
                index += width
                continue
            found = self._lookup(words, index, sense, adjacent)
            filled = next((one for one in self._filled if one.holds(words, index, found, sense)), None)
            if filled is not None:
                subject = filled.subject(word, sense) if adjacent else ()
                return (*found, *subject) if filled.doubtful else subject
            if found and words.get(index + 1).lower() in self._nominal_after:
                return ()
            if found:
                return self._under_negation(words, index, found)
            index += 1
            adjacent = False
            steps += 1
        return ()

    def single(self, word: str) -> Found:
        """Bundles asked for by this word, if it is a governor by itself, however far it reaches."""
        words = _Words(word)
        return self._lookup(words, 0, "", True) if self._widths.get(word.lower(), (1,))[-1] == 1 else ()

    def _ends_sentence(self, words: _Words, index: int) -> bool:
        """Whether this word's period ends a sentence: no abbreviation, and a capital or the match follows."""
        following = words.get(index - 1) if index else ""
        return (not following or following[0].isupper()) and not self._abbreviated(words.get(index)[:-1])

    def _passes(self, words: _Words, index: int) -> bool:
        """Whether the search goes on past this word: it fits the table's `pass` and governs nothing."""
        if self._pass is None or self._pass.fullmatch(words.get(index)) is None:
            return False
        return bool(words.get(index)) and not self._lookup(words, index, "", True)

    def _skips(self, words: _Words, index: int) -> int:
        """How many words from here to the left are a transparent phrase; 0 if none."""
        for width in self._skip_widths.get(words.get(index).lower(), ()):
            if words.phrase(index, width) in self._skipped:
                return width
        return 0

    def _lookup(self, words: _Words, index: int, sense: str, adjacent: bool) -> Found:
        word = words.get(index).lower()
        for width in self._widths.get(word, ()):
            rows = self._rows.get(words.phrase(index, width))
            if rows and (found := _fitting(rows, sense, adjacent)):
                return found
        found = self._by_stem(word, sense, adjacent)
        if not found and self._negation is not None and (affirmed := self._negation.affirmed(word)):
            # Verbs that govern the whole clause have objects; with the others it is an extent, never negated.
            rows = self._rows.get(affirmed)
            found = _fitting(rows, sense, False) if rows else self._by_stem(affirmed, sense, False)
            return self._negation.turn(found)
        return found

    def _by_stem(self, word: str, sense: str, adjacent: bool) -> Found:
        for stem, row in self._stems.get(word[:_HEAD], ()):
            if word.startswith(stem) and (found := _fitting([row], sense, adjacent)):
                return found
        return ()

    def _under_negation(self, words: _Words, index: int, found: Found) -> Found:
        """The same, or turned if the governor is an infinitive that depends on a negated word."""
        negation = self._negation
        if negation is None or not negation.depends(words.get(index)):
            return found
        further = index + 1
        while width := self._skips(words, further):
            further += width
        near = (words.get(further), words.get(further + 1))
        return negation.turn(found) if any(map(negation.denies, near)) else found


def following(at: Context, count: int) -> list[str]:
    """Up to `count` words to the right of the match, as far as no punctuation stands between them."""
    words: list[str] = []
    pos = at.end
    while len(words) < count:
        match = _WORDS_FORWARDS.match(at.text, pos)
        if match is None:
            break
        words.append(match[1])
        pos = match.end()
    return words


def _widths_by_last_word(phrases: Collection[str]) -> dict[str, tuple[int, ...]]:
    """Last word → numbers of words of the phrases that end with it, the largest first."""
    widths: dict[str, tuple[int, ...]] = {phrase: (1,) for phrase in phrases if " " not in phrase}
    for phrase in phrases:
        if " " in phrase:
            words = phrase.split(" ")
            if len(words) <= _LONGEST_PHRASE:
                found = {*widths.get(words[-1], ()), len(words)}
                widths[words[-1]] = tuple(sorted(found, reverse=True))
    return widths


def _fitting(rows: list[Row], sense: str, adjacent: bool) -> Found:
    """Rows made for the sense ("other" if it has none), else neutral ones; at worst, without a sense, all."""
    near = [row for row in rows if adjacent or row[2]]
    chosen = [row for row in near if (sense or "other") in row[1]] or [row for row in near if not row[1]]
    if not sense and not chosen:
        chosen = near
    return tuple(dict.fromkeys(row[0] for row in chosen))
