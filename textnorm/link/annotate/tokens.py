"""Text as a string of codes: one character for each word and for what stands between two words.

Words with the same normal form have the same code. So a search for names is a search for substrings, every
hit starts and ends at the border of a word, and its place among the codes is its place among the words.
What no name contains has the code `NOTHING`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, islice

from textnorm.errors import TextnormError

Normal = Callable[[Sequence[str]], Sequence[str]]  # the normal forms of words, many at a time

NOTHING = "\0"
_SURROGATES = range(0xD800, 0xE000)
_CODES = 0x110000 - len(_SURROGATES) - 1
_REMEMBERED = 1 << 18  # distinct words of texts that are kept with their codes
_BATCH = 50_000

# Combining marks belong to words; so does an apostrophe between letters, which only some texts have.
_WORD_CHAR = r"[\w\u0300-\u036f]"
_NO_WORD_CHAR = r"[^\w\u0300-\u036f]"
_PLAIN = re.compile(rf"{_WORD_CHAR}+|{_NO_WORD_CHAR}+")
_APOSTROPHES = re.compile(rf"{_WORD_CHAR}+(?:['’]{_WORD_CHAR}+)*|{_NO_WORD_CHAR}+")
_WORD = re.compile(_WORD_CHAR)
_HYPHENS = re.compile(r"[-\u2010-\u2015\u2212/\u00ad]")


def split(text: str) -> list[str]:
    """The words of a text and what stands between them, in turns; joined they are the text.

    >>> split("Crohn's disease, type 2")
    ["Crohn's", ' ', 'disease', ', ', 'type', ' ', '2']
    """
    pattern = _APOSTROPHES if "'" in text or "’" in text else _PLAIN
    return pattern.findall(text)


def is_word(part: str) -> bool:
    """Whether a part is a word, and not what stands between words."""
    return _WORD.match(part) is not None


def offsets(parts: Iterable[str]) -> list[int]:
    """Where each part starts in the text, and at the end where the last one ends."""
    return list(accumulate(map(len, parts), initial=0))


def separator(part: str) -> str:
    """What a stretch between words comes to: a blank for spaces, hyphens and slashes.

    >>> separator(" "), separator("-"), separator(", "), separator("\\n\\n")
    (' ', ' ', ',', '¶')
    """
    if part.count("\n") > 1:
        return "¶"
    return _HYPHENS.sub("", "".join(part.split())) or " "


def ignore_case(words: Sequence[str]) -> Sequence[str]:
    """The normal forms of words where no pack says what is alike."""
    return [word.casefold().replace("’", "'") for word in words]


class Codes:
    """The codes of the words that names are made of."""

    def __init__(self, normal: Normal, names: Iterable[str]) -> None:
        """Codes for the words of all `names`, which are gone through once."""
        self._normal = normal
        counts: Counter[str] = Counter()
        rest = iter(names)
        while batch := list(islice(rest, _BATCH)):
            for name in batch:
                counts.update(split(name))
        forms: Counter[str] = Counter()
        for part, form in self._forms(list(counts)):
            forms[form] += counts[part]
        if len(forms) > _CODES:
            raise TextnormError(
                f"{len(forms):,} different words are more than the {_CODES:,} that text can be searched for",
                remedy="build the index from fewer names",
            )
        # Frequent words get the codes with the shortest UTF-8, which is what is searched.
        self._codes = dict(zip((form for form, _ in forms.most_common()), _characters(), strict=False))
        self._known: dict[str, str] = {}

    def encode(self, parts: Sequence[str]) -> str:
        """One code for each part of a text."""
        try:
            return "".join(map(self._known.__getitem__, parts))
        except KeyError:
            self.learn(parts)
        return "".join(map(self._known.__getitem__, parts))

    def learn(self, parts: Iterable[str]) -> None:
        """Look up what is new among `parts`: the more at a time, the faster."""
        known = self._known if len(self._known) < _REMEMBERED else {}
        new = set(parts).difference(known)
        codes = self._codes
        known.update((part, codes.get(form, NOTHING)) for part, form in self._forms(list(new)))
        self._known = known

    def _forms(self, parts: Sequence[str]) -> Iterator[tuple[str, str]]:
        words = [part for part in parts if is_word(part)]
        yield from zip(words, self._word_forms(words), strict=True)
        yield from ((part, separator(part)) for part in parts if not is_word(part))

    def _word_forms(self, words: Sequence[str]) -> Iterator[str]:
        for word, form in zip(words, self._normal(words), strict=True):
            yield form or word


def _characters() -> Iterator[str]:
    """All characters that may be codes."""
    for number in range(1, 0x110000):
        if number not in _SURROGATES:
            yield chr(number)
