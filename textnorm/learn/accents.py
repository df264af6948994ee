"""Words without their accents, and the known words that they stand for."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping

from textnorm.evaluate.aligned import Sentence

_TIMES = 20  # how much more frequent the word must be than others without the same accents
# Letters that Unicode takes for single ones.
_PLAIN = str.maketrans({"ı": "i", "đ": "d", "ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d"})


def without_accents(word: str) -> str:
    """The word in letters that have no marks.

    >>> without_accents("čašća"), without_accents("smørrebrød")
    ('casca', 'smorrebrod')
    """
    letters = unicodedata.normalize("NFD", word.translate(_PLAIN))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def learn_accents(
    sentences: Iterable[Sentence], words: Mapping[str, int], listed: Mapping[str, float]
) -> tuple[tuple[str, str], ...]:
    """Each known word with accents by what it is without them, if that is no known word itself.

    Of several words the most frequent one is taken, where the others are rare beside it. Words come from the
    pairs and, if they give none, from the list.
    """
    seen = {raw.lower() for sentence in sentences for raw, _ in sentence}
    found = dict(_by_plain(listed, seen | words.keys() | listed.keys()))
    found |= _by_plain(words, seen | words.keys() | listed.keys())
    return tuple(sorted(found.items()))


def _by_plain(words: Mapping[str, float], known: Iterable[str]) -> dict[str, str]:
    forms: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
    taken = set(known)
    for word, count in words.items():
        plain = without_accents(word)
        if plain != word and plain not in taken and word.isalpha():
            forms[plain].append((count, word))
    found = {}
    for plain, counted in forms.items():
        (most, word), *others = sorted(counted, reverse=True)
        if not others or most >= _TIMES * others[0][0]:
            found[plain] = word
    return found
