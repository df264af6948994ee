"""Words of a text and what stands between them; the case of a word for another one."""

from __future__ import annotations

import re

import regex

_WORD, _WITH_APOSTROPHES = r"(\w+)", r"(\w+(?:['’]\w+)*)"
# Among these are all that `\w` of `re` and of `regex` do not agree on: marks, joiners, raised digits …
_ODD = re.compile(
    "[\u00b2\u00b3\u00b9\u00bc-\u00be\u0300-\u036f\u0483-\u0489\u0558-\u1dff\u200c\u200d\u203f\u2040\u2054"
    "\u2070-\u218f\u2460-\u24ff\u2776-\u2793\u2ce5-\u2dff\u3000-\u33ff\ua600-\uabff\ufb1d-\ufb4f\ufe00-\ufe4f\uff00-\uffff\U00010000-\U0010ffff]"
)
_SPLITS = {
    apostrophes: (
        re.compile(pattern, re.ASCII).split,
        re.compile(pattern).split,
        regex.compile(pattern.replace("+", "++").replace(")*", ")*+")).split,
    )
    for apostrophes, pattern in ((False, _WORD), (True, _WITH_APOSTROPHES))
}


def split(text: str, *, apostrophes: bool) -> list[str]:
    """What stands between words, and words, in turns; both ends are between.

    A word is a run of letters, marks, digits and underscores; with `apostrophes`, one between two runs
    belongs to the word.

    >>> split("don't go", apostrophes=True)
    ['', "don't", ' ', 'go', '']
    """
    ascii_only, plain, full = _SPLITS[apostrophes]  # each several times as fast as the next
    if text.isascii():
        return ascii_only(text)
    found: list[str] = full(text) if _ODD.search(text) else plain(text)
    return found


def cased(word: str, target: str) -> str:
    """The target in the case of the word: all capitals, a first capital, or as it is.

    >>> cased("Oedema", "edema"), cased("OEDEMA", "edema")
    ('Edema', 'EDEMA')
    """
    if word[0] == word[0].lower():
        return target
    return target.upper() if len(word) > 1 and word.isupper() else target[:1].upper() + target[1:]
